"""Fetching of all datasets of a partner's programme, page by page, into a staging. A dataset that
could not be fetched completely keeps its old rows, and its mark says why.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.item_rows import rows_of
from analytics.sources.partner_center.page_model import Bearer
from analytics.sources.partner_center.progress import Watch
from analytics.sources.partner_center.reports import REPORTS, ROLES, FetchPlan, KnownParts, Step
from analytics.sources.partner_center.trouble import (
    Absent,
    Denied,
    Nonsense,
    Trouble,
    is_of_the_login,
)
from analytics.tables import AUDIT, CUSTOMERS, LICENCES, ROLE_MEMBERS, Dataset
from analytics.values import Program, TenantId
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.marks import Mark, Reason

AT_ONCE = 8
"""Parts of one dataset that are fetched in parallel."""


@dataclass(frozen=True, slots=True)
class Before:
    """The parts, marks and customers that the current generation knows."""

    parts: Mapping[str, Mapping[str, date]] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    tenants: Sequence[TenantId] = ()
    held: Collection[str] = ()
    """Names of the datasets that have rows."""

    def mark(self, dataset: Dataset, reasons: tuple[Reason, ...]) -> Mark:
        """Return the mark of a dataset not complete now: its last complete day, and the reasons."""
        old = self.marks.get(dataset.name)
        return Mark(dataset.name, old.as_of if old else None, reasons)


@dataclass(slots=True)
class Fetching:
    """The fetching of one sync."""

    source: Client
    staging: Staging
    today: date
    before: Before
    watch: Watch
    program: Program = Program.DIRECT
    lost: dict[Bearer, Trouble] = field(default_factory=dict)
    """Sign-ins that need a person, or whose login service was away after all tries: no further call
    is made with them.
    """

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
            steps = report.steps(await self._known_parts(report.dataset))
        except Trouble as trouble:
            mark = self.before.mark(report.dataset, (_reason(trouble),))
        else:
            mark = self._dataset_mark(report, steps, await self._parts(report.dataset, steps))
        if report.instead:
            mark = replace(mark, reasons=mark.reasons + await self._instead(report.instead, mark))
        made = sum(self.source.calls.values()) - calls
        self.staging.mark(replace(mark, calls=made))

    async def _instead(self, report: FetchPlan, lacking: Mark) -> tuple[Reason, ...]:
        """Fetch the replacement report if one is needed; return the reason that only totals came,
        empty if they failed too.
        """
        if not lacking.reasons:
            self.staging.mark(self.before.mark(report.dataset, (Reason("sync-why-not-asked"),)))
            return ()
        await self._report(report)
        lost = self.staging.marks()[report.dataset.name].reasons
        return () if lost else (Reason("sync-why-totals-only"),)

    async def _known_parts(self, dataset: Dataset) -> KnownParts:
        tenants = self.staging.texts(CUSTOMERS, "tenant") or self.before.tenants
        stirred = frozenset(self.staging.texts(AUDIT, "tenant"))
        roles = await self._roles() if dataset is ROLE_MEMBERS else {}
        whose = [TenantId(tenant) for tenant in tenants]
        return KnownParts(self.today, self.before.parts, whose, stirred, roles)

    async def _roles(self) -> dict[str, str]:
        """The names of Partner Center's roles by id. Raises Trouble; Nonsense if a role has no id,
        or none came where members of roles are known.
        """
        if Bearer.USER in self.lost:
            raise self.lost[Bearer.USER]
        found = [item async for page in self.source.pages(ROLES) for item in page.items]
        if not found and ROLE_MEMBERS.name in self.before.held:
            raise Nonsense("sync-why-empty")
        ids = [item.get("id") for item in found]
        if not all(isinstance(each, str) and each for each in ids):
            raise Nonsense("sync-why-cell", field="id")  # else members are missing without a word
        return {str(item["id"]): str(item.get("name") or "") for item in found}

    async def _parts(self, dataset: Dataset, steps: Sequence[Step]) -> list[Trouble]:
        """Fetch the parts that are not done yet; return the trouble of each that failed."""
        for step in steps:  # a process may have ended before it checked a whole part
            if self._doubt(dataset, step.part):
                self.staging.drop(dataset, step.part)
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
        try:
            if step.call.bearer in self.lost:
                raise self.lost[step.call.bearer]
            await self._twice(dataset, step)
        except Trouble as trouble:
            if is_of_the_login(trouble):
                self.lost[step.call.bearer] = trouble
            self.staging.miss(dataset, step.part)
            raise

    async def _twice(self, dataset: Dataset, step: Step) -> None:
        try:
            await self._fetch_part(dataset, step)
        except (Nonsense, Absent) as error:
            if isinstance(error, Absent) and not self.staging.part(dataset, step.part).following:
                raise
            self.staging.drop(dataset, step.part)  # a continuation may have expired
            await self._fetch_part(dataset, step)

    async def _fetch_part(self, dataset: Dataset, step: Step) -> None:
        following = self.staging.part(dataset, step.part).following
        async for page in self.source.pages(step.call, following):
            rows = rows_of(dataset, page.items, step.given, self.today)
            self.staging.add(dataset, step.part, rows, page.following)
            self.watch.add_page(dataset, len(rows), sum(self.source.calls.values()))
        if doubt := self._doubt(dataset, step.part):
            raise doubt

    def _doubt(self, dataset: Dataset, name: str) -> Nonsense | None:
        """Return why licences may be incomplete though every page came; None if they are not."""
        if dataset not in LICENCES:
            return None
        if doubled := self.staging.duplicate_count(dataset):
            return Nonsense("sync-why-doubled", rows=str(doubled))
        part = self.staging.part(dataset, name)
        nothing = part.done and not part.came
        return Nonsense("sync-why-empty") if nothing and dataset.name in self.before.held else None

    def _dataset_mark(
        self, report: FetchPlan, steps: Sequence[Step], failed: Sequence[Trouble]
    ) -> Mark:
        """Return the mark of a dataset whose fetch has ended, with every reason, the gravest first.
        If only customers who give no access are missing, the dataset is complete as of today.
        """
        left_out = [each for each in failed if report.skips_denied and _is_denial(each)]
        lost = [each for each in failed if each not in left_out]
        grave = (*self._upstream_reasons(report), *_part_reasons(lost, len(steps)))
        counted = {"missing": str(len(left_out)), "of": str(len(steps))}
        no_gdap = (Reason("sync-why-no-gdap", counted),) if left_out else ()
        if grave:
            return self.before.mark(report.dataset, grave + no_gdap)
        return Mark(report.dataset.name, self.today, no_gdap)

    def _upstream_reasons(self, report: FetchPlan) -> Iterator[Reason]:
        """Yield the reasons why steps that went well may not cover the whole dataset."""
        marks = self.staging.marks()
        for other, words in report.rests_on:
            for first in marks[other.name].reasons[:1]:
                yield Reason(words, {"why": first.sentence, **first.values})


def _is_denial(trouble: Trouble) -> bool:
    return isinstance(trouble, Denied | Absent)


def _reason(trouble: Trouble) -> Reason:
    return Reason(trouble.because, trouble.values)


def _part_reasons(failed: Sequence[Trouble], steps: int) -> list[Reason]:
    """Return the causes of failed parts, each with its number of parts, the commonest first."""
    if steps == 1:
        return list(map(_reason, failed))
    first = {each.because: each for each in reversed(failed)}
    return [
        Reason(
            "sync-why-parts",
            {"missing": str(parts), "of": str(steps), "why": why, **first[why].values},
        )
        for why, parts in Counter(each.because for each in failed).most_common()
    ]


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
