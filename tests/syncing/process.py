"""A process that syncs once; what it staged is kept beside, and what it took is printed."""

import asyncio
import json
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.dataset_marks import Before
from analytics.sources.partner_center.sync_once import SyncOrder, sync_once
from analytics.values import Program
from analytics.warehouse.building.build import Published, build
from tests.partner_center.connecting import Waits, access, throttled
from tests.partner_center.renewing import KeptInFile
from tests.syncing.fetching import Noted, WithoutInsights

KEPT = "kept.duckdb"


def kept(staged: Path) -> Published:
    """Keeps the staging as it is, and builds from it."""
    folder = staged.parent.parent
    shutil.copy(staged, folder / KEPT)
    meta = {"made_up": "no", "built": "2026-11-25T05:30:00+00:00"}
    return build(folder, (), meta, staged=staged)


def peak() -> float:
    """Megabytes of this process alone: what it was before it began to be itself does not count."""
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


async def main(address: str, token: str, today: str) -> None:
    """Syncs into the folder that the token's file is in, waiting on a clock of its own."""
    file, now, waits = Path(token), datetime.fromisoformat(today).replace(tzinfo=UTC), Waits()
    order = SyncOrder(file.parent, Program.DIRECT, Before(), kept)
    keeper = WithoutInsights(KeptInFile(file))
    async with Client(access(address), keeper, throttle=throttled(waits)) as client:
        its = await sync_once(client, order, lambda: now, Noted())
    said = {
        "whole": its.complete,
        "calls": sum(its.calls.values()),
        "waited": max(waits.waited, default=0.0),
        "minutes": waits.now / 60,
        "mb": peak(),
    }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
