"""Whole syncs with the stand-in, published: what a bot finds that was synced before."""

import asyncio
import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from analytics.sources.partner_center.sync_once import SyncOrder, current_knowledge, sync_once
from analytics.values import Program
from analytics.warehouse.building.build import Published, build
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept, connected
from tests.partner_center.standin import Standin
from tests.run_cache import built_once
from tests.syncing.fetching import Noted

Faults = tuple[tuple[str, str], ...]

NOT_SIGNED_IN = "not-signed-in"
"""Instead of a fault: nobody has signed in, and the app's own token is all there is."""


async def sync_into(
    folder: Path, now: datetime, faults: Faults, company: type[Company] = Company
) -> None:
    """One sync a day, the last one at `now`, each with a fault in the calls that hold some words.
    Customers are called `Contoso 0`, `Fabrikam 1` and so on.
    """
    name = hashlib.sha256(repr((now, faults, company.__name__)).encode()).hexdigest()[:16]

    def sync(made: Path) -> None:
        asyncio.run(_syncs(made, now, faults, company))

    synced = await asyncio.to_thread(built_once, f"synced-{name}", sync)
    shutil.copytree(synced, folder, dirs_exist_ok=True)


async def _syncs(
    folder: Path, now: datetime, faults: Sequence[tuple[str, str]], company: type[Company]
) -> None:
    for back, (fault, where) in zip(range(len(faults) - 1, -1, -1), faults, strict=True):
        day = now - timedelta(days=back)
        spoilt = "" if fault == NOT_SIGNED_IN else fault
        standin = Standin(company(6, seed=3, today=day.date()), spoilt, where=where)
        nobody = Kept("") if fault == NOT_SIGNED_IN else None
        async with connected(standin, nobody) as client:
            await sync_once(client, sync_order(folder, day), lambda day=day: day, Noted())  # type: ignore[misc]  # its default is the loop's own


def sync_order(folder: Path, now: datetime) -> SyncOrder:
    """What a sync of the folder at that moment begins with; the older days are known already."""

    def publish(staged: Path) -> Published:
        meta = {"made_up": "no", "built": now.isoformat(), "keep_months": "36"}
        return build(folder, (), meta, staged=staged)

    before = current_knowledge(folder)
    quiet = {str(now.date() - timedelta(days=back)): now.date() for back in range(3, 91)}
    parts = {"activity": quiet, "azure_meters": quiet, **before.parts}  # 150 calls less
    return SyncOrder(folder, Program.DIRECT, replace(before, parts=parts), publish)
