"""kill -9 while rights are changed, 250 times on each database."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import postgres
from tests.bench.measuring import Row
from tests.store.test_killed_grants import Damage, killed

KILLS = 250


def rows(*, quick: bool) -> list[Row]:
    """What the kills did on SQLite and on PostgreSQL."""
    kills = KILLS // 10 if quick else KILLS
    with TemporaryDirectory() as folder:
        file = f"sqlite+aiosqlite:///{Path(folder, 'seatwise.db')}"
        found = [_row("SQLite", asyncio.run(killed(file, kills, seed=2)))]
    with postgres.running() as server, server.fresh() as url:
        return [*found, _row("PostgreSQL", asyncio.run(killed(url, kills, seed=3)))]


def _row(store: str, damage: Damage) -> Row:
    harm = len(damage.lost) + len(damage.doubled) + len(damage.without_audit)
    harm += damage.without_admin + len(damage.broken)
    return Row(
        f"{damage.kills} kills during grants on {store}: {len(damage.said)} said done",
        f"{harm} lost, doubled, unaudited, unchained or without an admin",
        "",
        None,
        "0",
        harm == 0,
    )
