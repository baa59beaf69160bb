"""Fetching of all datasets of a partner's programme, page by page, into a staging. A dataset that
could not be fetched completely keeps its old rows, and its mark says why.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from analytics.offers import published_offers
from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.dataset_marks import Before, FetchEnd, reason_of
from analytics.sources.partner_center.item_rows import rows_of
from analytics.sources.partner_center.loss_guard import kept_reasons, unlisted_reasons
from analytics.sources.partner_center.page_model import Bearer
from analytics.sources.partner_center.progress import Watch
from analytics.sources.partner_center.repeats import EarlierRows, refused_as_nonsense
from analytics.sources.partner_center.reports import (
    AZURE_PLANS,
    REPORTS,
    ROLES,
    FetchPlan,
    KnownParts,
    Step,
)
from analytics.sources.partner_center.summed_rows import SummedRows
from analytics.sources.partner_center.trouble import (
    Absent,
    Nonsense,
    TokenRefused,
    Trouble,
    UnevenPages,
    is_of_the_login,
)
from analytics.tables import AUDIT, CUSTOMERS, ROLE_MEMBERS, Dataset
from analytics.values import Program, TenantId
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.marks import Mark, Reason

AT_ONCE = 8
"""Parts of one dataset that are fetched in parallel."""
_MOST_REFUSALS = 3
"""Refusals of a token just issued after which no other part of the dataset is asked for."""


@dataclass(slots=True)
class Fetching:
    """The fetching of one sync."""

    source: Client
    staging: Staging
    now: datetime
    before: Before
    watch: Watch
    program: Program = Program.DIRECT
    azure_plans: int = AZURE_PLANS
    """How many Azure plans are asked for their costs."""
    lost: dict[Bearer, Trouble] = field(default_factory=dict)
    """Sign-ins that need a person, or whose login service was away after all tries: no further call
    is made with them.
    """
    refused: dict[str, list[TokenRefused]] = field(default_factory=dict)
    """Refusals of calls whose token was just issued, by dataset."""

    @property
    def today(self) -> date:
        """The day of the sync, in UTC."""
        return self.now.date()

    async def everything(self) -> None:
        """Fetch every dataset and leave a mark for each."""
        for report in REPORTS:
            if self.program in report.dataset.programs:
                await self._report(report)
            else:
                reasons = (Reason("sync-why-not-for-program"),)
                self.staging.mark(self.before.mark(report.dataset, reasons))

    async def _report(self, report: FetchPlan) -> None:
        calls = sum(self.source.calls.values())
        try:
            known = await self._known_parts(report)
        except Trouble as trouble:
            mark = self.before.mark(report.dataset, (reason_of(trouble),))
        else:
            mark = await self._fetch(report, known)
        if report.instead:
            mark = replace(mark, reasons=mark.reasons + await self._instead(report.instead, mark))
        made = sum(self.source.calls.values()) - calls
        self.staging.mark(replace(mark, calls=made))

    async def _instead(self, report: FetchPlan, lacking: Mark) -> tuple[Reason, ...]:
        """Fetch the replacement report if one is needed; return the reason that only totals came,
        empty if they failed too.
        """
        if not _is_missing(lacking):
            self.staging.mark(self.before.mark(report.dataset, (Reason("sync-why-not-asked"),)))
            return ()
        await self._report(report)
        lost = self.staging.marks()[report.dataset.name].reasons
        return () if lost else (Reason("sync-why-totals-only"),)

    async def _fetch(self, report: FetchPlan, known: KnownParts) -> Mark:
        """Fetch a dataset's parts, and keep old rows where the new ones are doubted; return the
        mark.
        """
        dataset, steps = report.dataset, report.steps(known)
        if dataset is ROLE_MEMBERS:  # a list of roles may be short of some, so these are doubted
            for role in self._gone_parts(dataset, known.roles):
                self.staging.add(dataset, role, [], "", 0)
        failed = await self._parts(dataset, steps)
        since = self.before.since(dataset, self.today)
        kept = kept_reasons(self.staging, dataset, self.now, since)
        unlisted = unlisted_reasons(self.staging, dataset)
        self._close_roles(report, known)
        outcome = FetchEnd(report, known, steps, failed, kept, unlisted)
        return outcome.mark(self.before, self.staging.marks())

    def _close_roles(self, report: FetchPlan, known: KnownParts) -> None:
        """End the members of roles that are gone, where that is believed. What customers held who
        left ends in the build.
        """
        dataset = report.dataset
        if dataset is not ROLE_MEMBERS:
            return
        done = {name for name, part in self.staging.parts(dataset).items() if part.done}
        for part in done.intersection(self._gone_parts(dataset, known.roles)):
            self.staging.close_part(dataset, part)

    def _gone_parts(self, dataset: Dataset, asked: Iterable[str]) -> set[str]:
        standing = self.staging.standing.parts(dataset)
        return set(standing).difference(each.lower() for each in asked)

    async def _known_parts(self, report: FetchPlan) -> KnownParts:
        known = KnownParts(self.today, self.before.parts)
        if report.dataset is ROLE_MEMBERS:
            return replace(known, roles=await self._roles())
        if report.by_sold:
            return self._sold(known)
        if not report.by_customer:
            return known
        standing = self.staging.standing
        tenants: Sequence[str] = self.staging.texts(CUSTOMERS, "tenant")
        if not self.staging.part(CUSTOMERS, "").done:  # then those known before are asked
            tenants = standing.customers() or self.before.tenants
        return replace(
            known,
            tenants=[TenantId(tenant) for tenant in tenants],
            stirred={*self.staging.texts(AUDIT, "tenant"), *standing.changed_tenants()},
            due=frozenset(standing.due_tenants(self.today)),
            unasked=standing.unasked_tenants(self.today),
        )

    def _sold(self, known: KnownParts) -> KnownParts:
        """Add the Azure plans, and the offers whose product neither a source nor a page of
        Microsoft's tells.
        """
        sold = self.staging.sold
        return replace(
            known,
            plans=sold.azure_plans(self.today),
            most_plans=self.azure_plans,
            offers=sold.offers_to_ask(self.today, published_offers().keys()),
        )

    async def _roles(self) -> dict[str, str]:
        """The names of Partner Center's roles by id. Raises Trouble; Nonsense if a role has no id,
        or none came where members of roles are known.
        """
        if Bearer.USER in self.lost:
            raise self.lost[Bearer.USER]
        found = [item async for page in self.source.pages(ROLES) for item in page.items]
        if not found and self.staging.standing.parts(ROLE_MEMBERS):
            raise Nonsense("sync-why-empty")
        ids = [item.get("id") for item in found]
        if not all(isinstance(each, str) and each for each in ids):
            raise Nonsense("sync-why-cell", field="id")  # else members are missing without a word
        return {str(item["id"]): str(item.get("name") or "") for item in found}

    async def _parts(self, dataset: Dataset, steps: Sequence[Step]) -> list[Trouble]:
        """Fetch the parts that are not done yet; return the trouble of each that failed."""
        done = {name for name, part in self.staging.parts(dataset).items() if part.done}
        self.watch.begin_dataset(dataset, len(steps))
        waiting, failed = iter([step for step in steps if step.part not in done]), list[Trouble]()
        ended = len(steps) - sum(step.part not in done for step in steps)

        async def work() -> None:
            nonlocal ended
            for step in waiting:
                try:
                    await self._step(dataset, step)
                except Trouble as trouble:
                    failed.append(trouble)
                ended += 1
                self.watch.end_part(dataset, ended)

        await _together([work() for _ in range(min(AT_ONCE, len(steps)))])
        return failed

    async def _step(self, dataset: Dataset, step: Step) -> None:
        """Fetch one part, whole or not at all. One that does not add up is fetched once more."""
        refusals = self.refused.setdefault(dataset.name, [])
        try:
            if step.call.bearer in self.lost:
                raise self.lost[step.call.bearer]
            if len(refusals) >= _MOST_REFUSALS:
                raise refusals[0]
            await self._twice(dataset, step)
        except Trouble as trouble:
            if is_of_the_login(trouble):
                self.lost[step.call.bearer] = trouble
            if isinstance(trouble, TokenRefused):
                refusals.append(trouble)
            self.staging.miss(dataset, step.part)
            raise

    async def _twice(self, dataset: Dataset, step: Step) -> None:
        try:
            await self._fetch_part(dataset, step)
        except (Nonsense, Absent) as error:
            if isinstance(error, Absent) and not self.staging.part(dataset, step.part).following:
                raise
            self.staging.drop(dataset, step.part)  # a continuation may have expired
            uneven = error.pages if isinstance(error, UnevenPages) else frozenset[bytes]()
            await self._fetch_part(dataset, step, uneven)

    async def _fetch_part(
        self, dataset: Dataset, step: Step, believed: frozenset[bytes] = frozenset()
    ) -> None:
        if dataset.item:
            await self._fetch_sums(dataset, step, believed)
            return
        earlier = EarlierRows(dataset)
        following = self._following(dataset, step.part)
        async for page in self.source.pages(step.call, following, believed=believed):
            rows = rows_of(dataset, page.items, step.given, self.today, step.day)
            earlier.refuse_repeats(rows)
            with refused_as_nonsense():
                self.staging.add(dataset, step.part, rows, page.following, page.total)
            self.watch.add_page(dataset, len(rows), sum(self.source.calls.values()))

    async def _fetch_sums(self, dataset: Dataset, step: Step, believed: frozenset[bytes]) -> None:
        """Fetch a part whose rows are sums of the source's items: kept when the last item came."""
        sums, total = SummedRows(dataset), None
        async for page in self.source.pages(step.call, believed=believed):
            sums.add(page.items, rows_of(dataset, page.items, step.given, self.today))
            self.watch.add_page(dataset, len(page.items), sum(self.source.calls.values()))
            total = page.total
        rows = sums.rows
        self.staging.add(dataset, step.part, rows, "", total and len(rows))

    def _following(self, dataset: Dataset, part: str) -> str:
        """Return the continuation of a part that was begun; rows without a key begin anew, because
        repeats over pages are seen only while all pages pass.
        """
        following = self.staging.part(dataset, part).following
        if following and not dataset.key:
            self.staging.drop(dataset, part)
            return ""
        return following


def _is_missing(mark: Mark) -> bool:
    """Check whether a dataset could not be had; one that came and is doubted is not replaced."""
    return bool(mark.reasons) and mark.reasons[0].state is not FetchState.KEPT


async def _together(works: Sequence[Coroutine[object, object, None]]) -> None:
    """Run all works in parallel. If one raises, the others are cancelled and awaited, so that none
    of them writes after this call.
    """
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
