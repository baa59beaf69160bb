"""Several replicas that start at once on a store of an older Seatwise all come up."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.postgres import Server
from tests.store.behind import BehindFile, BehindServer
from tests.store.test_migrations import NEWEST, VERSIONS

ROUNDS = 4


async def started(urls: list[str]) -> str:
    """What became of three starts on each of these empty stores."""
    words = (sys.executable, "-m", "tests.store.starting", *urls)
    process = await asyncio.create_subprocess_exec(*words, stdout=PIPE, stderr=PIPE)
    said, complaints = await process.communicate()
    return (complaints or said).decode().strip()


def files(folder: Path, rounds: int) -> list[str]:
    """Where SQLite is to keep a store for each round."""
    return [f"sqlite+aiosqlite:///{folder / f'{n}.db'}" for n in range(rounds)]


@contextmanager
def databases(server: Server, rounds: int) -> Iterator[list[str]]:
    """An empty database for each round."""
    with ExitStack() as stack:
        yield [stack.enter_context(server.fresh()) for _ in range(rounds)]


async def test_three_at_once_migrate_an_older_file(tmp_path: Path) -> None:
    urls = files(tmp_path, ROUNDS)
    assert await started(urls) == "0 failed"
    assert BehindFile(tmp_path / "0.db").rows(VERSIONS) == NEWEST


async def test_a_store_that_cannot_be_made_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "0.db").write_text("no database")
    assert "file is not a database" in await started(files(tmp_path, 1))


async def test_three_at_once_migrate_an_older_database(postgres: Server) -> None:
    with databases(postgres, ROUNDS) as urls:
        assert await started(urls) == "0 failed"
        assert BehindServer(urls[0]).rows(VERSIONS) == NEWEST
