"""Syncs of the same partner on days in a row, each laid over those before."""

import asyncio
import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from analytics.sources.partner_center.sync_once import (
    Synced,
    SyncOrder,
    current_knowledge,
    sync_once,
)
from analytics.values import Program
from analytics.warehouse.building.build import Published, build
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.marks import Mark
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept, connected
from tests.partner_center.standin import Standin
from tests.run_cache import built_once
from tests.syncing.fetching import Noted, WithoutInsights
from tests.warehouse.rows import opened

START = datetime(2026, 11, 25, 5, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Days:
    """A folder of facts, and the syncs into it."""

    folder: Path

    async def sync(self, standin: Standin, now: datetime = START, **more: Any) -> Synced:
        """One sync. Days of activity and Azure meters before yesterday are known already. `more`:
        the watch.
        """
        before = current_knowledge(self.folder)
        past = [now.date() - timedelta(days=back) for back in range(2, 91)]
        quiet = {str(day): day + timedelta(days=99) for day in past}
        meters = {str(day): day for day in past if (now.date() - day).days > 7}
        parts = {"activity": quiet, "azure_meters": meters, **_kept(before.parts)}

        def publish(staged: Path) -> Published:
            return build(
                self.folder, (), {"made_up": "no", "built": now.isoformat()}, staged=staged
            )

        order = SyncOrder(self.folder, Program.DIRECT, replace(before, parts=parts), publish)
        async with connected(standin, WithoutInsights(Kept())) as client:  # type: ignore[arg-type]  # a TokenStore
            return await sync_once(client, order, lambda: now, more.get("watch") or Noted())

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The marks of the current generation."""
        generation = Warehouse(self.folder).current()
        assert generation
        return generation.marks

    def why(self, dataset: str) -> list[str]:
        """The reasons why a dataset is not complete."""
        return [reason.sentence for reason in self.marks[dataset].reasons]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the current generation answers."""
        return opened(self.folder).rows(sql)

    def count(self, table: str) -> int:
        """The rows of a dataset that stand; of licences, the newest snapshot's."""
        ((rows,),) = self.rows(f"SELECT count(*) FROM {{newest_{table}}}")  # noqa: S608 our tables
        return int(rows)


def _kept(parts: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {name: its for name, its in parts.items() if name not in ("activity", "azure_meters")}


async def first_day(tmp_path: Path, company: Company) -> Days:
    """A folder with one whole sync of the company at START."""
    name = hashlib.sha256(repr(company).encode()).hexdigest()[:16]
    made = await asyncio.to_thread(
        built_once,
        f"first-day-{name}",
        lambda folder: asyncio.run(Days(folder).sync(Standin(company))),
    )
    shutil.copytree(made, tmp_path / "facts")
    return Days(tmp_path / "facts")
