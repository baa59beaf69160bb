"""Three replicas that start at once on a store with pending migrations, fifty times."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import postgres
from tests.bench.measuring import Row
from tests.store.starting import AT_ONCE
from tests.store.test_starts import databases, files, started

ROUNDS = 50


def rows(*, quick: bool) -> list[Row]:
    """What became of the starts on SQLite and on PostgreSQL."""
    rounds = ROUNDS // 10 if quick else ROUNDS
    with TemporaryDirectory() as folder:
        found = [_row("SQLite", rounds, asyncio.run(started(files(Path(folder), rounds))))]
    with postgres.running() as server, databases(server, rounds) as urls:
        return [*found, _row("PostgreSQL", rounds, asyncio.run(started(urls)))]


def _row(store: str, rounds: int, said: str) -> Row:
    what = f"{rounds} times {AT_ONCE} starts at once with pending migrations on {store}"
    return Row(what, said, "", None, "0 failed", said == "0 failed")
