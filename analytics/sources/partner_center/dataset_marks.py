"""The mark of each dataset after its fetch: how whole it is, as of which day, and why not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analytics.sources.partner_center.reports import FetchPlan, KnownParts, Step
from analytics.sources.partner_center.trouble import Absent, Denied, Trouble
from analytics.tables import Dataset
from analytics.values import TenantId
from analytics.warehouse.marks import Mark, Reason


@dataclass(frozen=True, slots=True)
class Before:
    """The parts, marks and customers that the current generation knows."""

    parts: Mapping[str, Mapping[str, date]] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    tenants: Sequence[TenantId] = ()

    def since(self, dataset: Dataset, today: date) -> str:
        """Return the day of a dataset's last complete fetch, or today where there was none."""
        old = self.marks.get(dataset.name)
        return ((old.as_of if old else None) or today).isoformat()

    def mark(self, dataset: Dataset, reasons: tuple[Reason, ...]) -> Mark:
        """Return the mark of a dataset not complete now: its last complete day, and the reasons."""
        old = self.marks.get(dataset.name)
        return Mark(dataset.name, old.as_of if old else None, reasons)


@dataclass(frozen=True, slots=True)
class FetchEnd:
    """The end of one dataset's fetch."""

    report: FetchPlan
    known: KnownParts
    steps: Sequence[Step]
    """The parts that were asked for."""
    failed: Sequence[Trouble]
    kept: Sequence[Reason] = ()
    """Why parts that came are not believed."""
    unlisted: Sequence[Reason] = ()
    """What it no longer lists though it came whole, so that older figures stay beside the new."""

    def mark(self, before: Before, marks: Mapping[str, Mark]) -> Mark:
        """Return the dataset's mark, with every reason, the gravest first; `marks` are those of the
        datasets that it rests on. If only parts are missing to which there is no access, or which
        are too many for a day, it is complete.
        """
        words = self.report.denied_words
        left_out = [each for each in self.failed if words and _is_denial(each)]
        lost = [each for each in self.failed if each not in left_out]
        grave = (*self._upstream_reasons(marks), *_part_reasons(lost, self._whole), *self.kept)
        counted = {"missing": str(len(left_out)), "of": str(self._whole)}
        denied = (Reason(words, counted),) if left_out else ()
        lasting = (*self.unlisted, *denied, *self.report.beyond(self.known))
        if grave:
            return before.mark(self.report.dataset, grave + lasting)
        return Mark(self.report.dataset.name, self._oldest_day(before), lasting)

    @property
    def _whole(self) -> int:
        """The number of parts that the dataset has, or of those asked for where time makes ever new
        ones.
        """
        return len(self.known.tenants if self.report.by_customer else self.steps)

    def _oldest_day(self, before: Before) -> date:
        """Return the day of the oldest part: customers who were not asked today are as they were.
        Those who give no access are left out: the mark says how many they are.
        """
        if not self.report.by_customer:
            return self.known.today
        days = before.parts.get(self.report.dataset.name, {})
        asked = {step.part for step in self.steps}
        earlier = [days[t] for t in self.known.tenants if t not in asked and t in days]
        return min([*earlier, self.known.today])

    def _upstream_reasons(self, marks: Mapping[str, Mark]) -> Iterator[Reason]:
        """Yield the reasons why steps that went well may not cover the whole dataset."""
        for other, words in self.report.rests_on:
            for first in marks[other.name].reasons[:1]:
                yield Reason(words, {"why": first.sentence, **first.values})


def _is_denial(trouble: Trouble) -> bool:
    return isinstance(trouble, Denied | Absent)


def reason_of(trouble: Trouble) -> Reason:
    """Return the reason that a trouble gives."""
    return Reason(trouble.because, trouble.values)


def _part_reasons(failed: Sequence[Trouble], parts: int) -> list[Reason]:
    """Return the causes of failed parts, each with its number of parts, the commonest first."""
    if parts == 1:
        return list(map(reason_of, failed))
    first = {each.because: each for each in reversed(failed)}
    return [
        Reason(
            "sync-why-parts",
            {"missing": str(missing), "of": str(parts), "why": why, **first[why].values},
        )
        for why, missing in Counter(each.because for each in failed).most_common()
    ]
