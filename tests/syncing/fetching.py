"""A fetch into a staging, and what stands in it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb

from analytics.sources.partner_center.dataset_marks import Before
from analytics.sources.partner_center.fetch import Fetching
from analytics.sources.partner_center.page_model import SignIn
from analytics.sources.partner_center.token_store import TokenRenewal, TokenStore
from analytics.tables import Dataset
from analytics.values import Program
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.generations import Generations
from analytics.warehouse.marks import Mark
from tests.partner_center.connecting import Kept, connected
from tests.partner_center.standin import Standin


class Killed(BaseException):
    """As if the process ended here."""


@dataclass
class WithoutInsights:
    """analytics.sources.partner_center.token_store.TokenStore, without a sign-in to Insights."""

    keeper: TokenStore

    @asynccontextmanager
    async def renewal(self, sign_in: SignIn) -> AsyncIterator[TokenRenewal]:
        if sign_in is SignIn.INSIGHTS:
            yield Kept("")
            return
        async with self.keeper.renewal(sign_in) as renewal:
            yield renewal


@dataclass
class Noted:
    """analytics.sources.partner_center.fetch.Watch."""

    began_with: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    stop_after: int = 10**9

    def begin_dataset(self, dataset: Dataset, parts: int) -> None:
        self.began_with[dataset.name] = parts

    def add_page(self, dataset: Dataset, rows: int, calls: int) -> None:
        self.rows[dataset.name] = self.rows.get(dataset.name, 0) + rows
        self.stop_after -= 1
        if self.stop_after == 0:
            raise Killed

    def end_part(self, dataset: Dataset, done: int) -> None:
        assert done <= self.began_with[dataset.name]


_TOTALS = {
    "customers": "SELECT count(DISTINCT tenant) FROM new_customer_list",
    "sold": "SELECT sum(sold) FROM new_deployment",
    "assigned": "SELECT sum(assigned) FROM new_deployment",
    "active": "SELECT sum(active) FROM new_usage",
    "subscriptions": "SELECT count(*) FROM new_subscriptions",
    "seats": "SELECT sum(quantity) FROM new_subscriptions",
    "insights": "SELECT count(*) FROM new_subscription_insights",
    "activity": "SELECT count(DISTINCT event) FROM new_activity",
    "spend": "SELECT count(*) FROM new_azure_spend",
    "members": "SELECT count(*) FROM new_role_members",
}


@dataclass
class Fetched:
    """What a fetch left."""

    file: Path
    marks: dict[str, Mark]
    watch: Noted

    def one(self, sql: str) -> Any:
        """A single value; tables that were never begun hold nothing."""
        return self.values({"": sql})[""]

    @property
    def totals(self) -> dict[str, int]:
        """The same figures as Company.totals()."""
        return {name: value or 0 for name, value in self.values(_TOTALS).items()}

    def values(self, asked: dict[str, str]) -> dict[str, Any]:
        """What each asks for, as `one` gives it. Opening a connection takes 50 ms."""
        found: dict[str, Any] = dict.fromkeys(asked, 0)
        with duckdb.connect(self.file, read_only=True) as con:
            for name, sql in asked.items():
                with suppress(duckdb.CatalogException):
                    row = con.execute(sql).fetchone()
                    found[name] = row and row[0]
        return found

    @property
    def unfinished(self) -> int:
        """Parts that were begun and neither finished nor dropped."""
        return int(self.one("SELECT count(*) FROM part WHERE NOT done"))


def quiet(today: date, **more: Mapping[str, date]) -> dict[str, Mapping[str, date]]:
    """Parts known already: days of activity and of Azure meters, but for the newest, which is 140
    calls less; and more of them by dataset.
    """
    days = {name: range(*since) for name, since in _KNOWN.items()}
    known = {
        name: {str(today - timedelta(days=back)): today for back in its}
        for name, its in days.items()
    }
    return {**known, **more}


_KNOWN = {"activity": (6, 90), "azure_meters": (8, 61)}


async def fetched(
    standin: Standin,
    file: Path,
    *,
    before: Before | None = None,
    watch: Noted | None = None,
    **more: Any,
) -> Fetched:
    """One fetch, or the rest of one. `more`: the program, the keeper of refresh tokens, the time
    (05:30 on the company's day), and the folder of the facts known before.
    """
    watch = watch or Noted()
    async with connected(standin, more.get("keeper")) as client:
        with Staging(file) as staging:
            program = more.get("program", Program.DIRECT)
            now = more.get("now") or datetime.combine(standin.company.today, time(5, 30), UTC)
            if facts := more.get("facts"):
                staging.set_beside(Generations(facts).current())
            lent = (now, before or Before(), watch, program, more.get("azure_plans", 500))
            fetching = Fetching(client, staging, *lent)
            await fetching.everything()
            return Fetched(file, staging.marks(), watch)
