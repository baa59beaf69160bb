"""A process that syncs once; what it staged is kept beside, and what it took is printed."""

import asyncio
import json
import resource
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.synced import Order, sync_once
from analytics.sources.partner_center.syncing import Before
from analytics.values import Program
from analytics.warehouse.building import Published
from analytics.warehouse.merging import Brought
from tests.partner_center.connecting import Waits, access, throttled
from tests.partner_center.renewing import KeptInFile
from tests.syncing.fetching import Noted, WithoutInsights

KEPT = "kept.duckdb"


def kept(staged: Path) -> Published:
    """Stands in for a build: the staging as it is."""
    shutil.copy(staged, staged.parent.parent / KEPT)
    return Published(1, Brought(1, 0, 0))


async def main(address: str, token: str, today: str) -> None:
    """Syncs into the folder that the token's file is in, waiting on a clock of its own."""
    file, now, waits = Path(token), datetime.fromisoformat(today).replace(tzinfo=UTC), Waits()
    order = Order(file.parent, Program.DIRECT, Before(), kept)
    keeper = WithoutInsights(KeptInFile(file))
    async with Client(access(address), keeper, throttle=throttled(waits)) as client:
        its = await sync_once(client, order, lambda: now, Noted())
    said = {
        "whole": its.complete,
        "calls": sum(its.calls.values()),
        "waited": max(waits.waited, default=0.0),
        "minutes": waits.now / 60,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
