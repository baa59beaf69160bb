"""Whether each dataset is true on a day, says how old it is, or is wrong without a word."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.marks import Mark
from tests.partner_center.company import Company
from tests.syncing.days import Days
from tests.syncing.row_truth import TRUTH, Parts, standing

REFUSED = FetchState.NO_ACCESS_FOR_SOME
"""The state that counts customers who gave no access: nothing is known of so many."""
_BY_DAY = ("activity", "azure_meters")


_MONTH_TO_DATE = ("azure_category_costs", "azure_subscription_costs")
"""Datasets whose rows name the day that they are of: those of the mark's day are its figures."""


class Verdict(StrEnum):
    """What is found of a dataset."""

    TRUE = "true"
    MARKED = "marked"
    WRONG = "wrong without a word"


def verdicts(days: Days, lived: Sequence[Company]) -> dict[str, Verdict]:
    """The verdict on each dataset after a sync on the last of these days."""
    found, marks = standing(days.folder), days.marks
    for name in _MONTH_TO_DATE:
        found[name] = _of_its_day(found[name], marks[name].as_of)
    return {
        name: _verdict(found[name], [_truth(name, lived, upto) for upto in range(len(lived))], told)
        for name in TRUTH
        for told in [_Told(marks[name], [company.today for company in lived])]
    }


def _of_its_day(found: Parts, day: date | None) -> Parts:
    """The rows of a day, of every day where none is told."""
    return {
        part: kept
        for part, rows in found.items()
        if (kept := [row for row in rows if day in (None, row[0])])
    }


class _Told:
    """What a mark tells, beside the days that there were."""

    def __init__(self, mark: Mark, days: Sequence[date]) -> None:
        self.doubts = bool(mark.reasons)
        self.first = 0 if mark.as_of is None else days.index(mark.as_of)
        self.nothing = mark.as_of is None
        self.today = mark.as_of == days[-1]
        counts = [int(each.values["missing"]) for each in mark.reasons if each.state is REFUSED]
        self.refused = sum(counts)


def _truth(name: str, lived: Sequence[Company], upto: int) -> Parts:
    """What stands on a day; of datasets by day, what was told of all days so far."""
    since = 0 if name in _BY_DAY else upto
    rows: Parts = {}
    for company in lived[since : upto + 1]:
        rows |= TRUTH[name](company)
    return {part: sorted(its, key=str) for part, its in rows.items() if its}


def _verdict(found: Parts, truths: Sequence[Parts], told: _Told) -> Verdict:
    found = {part: sorted(rows, key=str) for part, rows in found.items()}
    if found == truths[-1]:
        return Verdict.TRUE
    if told.today and not told.doubts:
        return Verdict.WRONG
    known = truths[told.first :]
    parts: Mapping[str, object] = {**found, **{part: 0 for truth in known for part in truth}}
    odd = [part for part in parts if not _is_of_a_day(part, found, known, told)]
    right = len(odd) <= told.refused and not found.keys() & odd
    return Verdict.MARKED if right else Verdict.WRONG


def _is_of_a_day(part: str, found: Parts, known: Sequence[Parts], told: _Told) -> bool:
    """Whether a part is as it was on a day that is not before the mark's; or never came."""
    if part not in found and told.doubts and told.nothing:
        return True
    return any(found.get(part) == truth.get(part) for truth in known)
