"""Partner Center's own list of subscriptions configured for a paid extension, set against what is
decided from the subscriptions themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

from analytics.questions.renewals.cases import Certainty, RenewalCase, SetApartReason
from analytics.questions.renewals.order import CaseDecision, decision_of
from analytics.questions.renewals.span import RenewalSpan
from analytics.questions.renewals.traits import RenewalTraits
from analytics.tables import EXTENSION_LIST, SUBSCRIPTIONS
from analytics.values import Period
from analytics.warehouse.building.agreements import Agreement, Compared
from analytics.warehouse.facts import Facts

NAMED = 200
"""Most rows that are named of one difference; any further ones are only counted."""

_LONGEST = timedelta(days=4 * 365)
"""Longer than any term: no subscription that stands ends later."""
_SETTLED = timedelta(days=1)
"""Days between the list and a fetch that a change of the subscription may lie in."""

_ROWS = """
    SELECT coalesce(l.subscription, s.subscription) AS id, l.ends, s.ends, s.traits, f.day,
        s.long_past, s.is_over
    FROM {newest_extension_list} l
    FULL JOIN {renewal_rows} s ON s.subscription = l.subscription
    LEFT JOIN {fetched_subscriptions} f ON f.tenant = s.tenant
    ORDER BY id"""
_CAME = "SELECT max(since) FROM {newest_extension_list}"

UNKNOWN, NOT_LISTED, OTHER_CASE, OTHER_END = (
    Compared(what, EXTENSION_LIST, SUBSCRIPTIONS)
    for what in (
        "check-extension-unknown",
        "check-extension-not-listed",
        "check-extension-other-case",
        "check-extension-other-end",
    )
)


@dataclass(frozen=True, slots=True)
class _PairedRow:
    """A subscription of the list, of the subscriptions, or of both."""

    id: str
    listed_end: date | None
    """None for one that the list does not have."""
    end: date | None
    traits: str | None
    """None for one that does not stand."""
    fetched: date | None
    long_past: bool | None
    over: bool | None


def extension_agreements(facts: Facts) -> tuple[Agreement, ...]:
    """Return what the list and the subscriptions cannot both be right about, each difference by the
    subscription's id; nothing where either never came. A subscription that was fetched on another
    day than the list may have changed between, and is counted as late.
    """
    ((came,),) = cast("list[tuple[date | None]]", facts.rows(_CAME))
    if came is None or SUBSCRIPTIONS.name not in facts.generation.tables:
        return ()
    day = _listed_day(facts, came)
    now = datetime.combine(day, time(12), UTC)
    span = RenewalSpan(None, now, Period(day, day + _LONGEST))
    found = facts.rows(_ROWS, **span.row_values)
    rows = [_PairedRow(*each) for each in found]  # type: ignore[arg-type]  # in the query's order
    told = [(each, _difference(each)) for each in rows]
    return tuple(
        _agreement(kind, day, told) for kind in (UNKNOWN, NOT_LISTED, OTHER_CASE, OTHER_END)
    )


def _listed_day(facts: Facts, came: date) -> date:
    """Return the day of the newest list; `came` is that on which its newest row was first seen."""
    mark = facts.marks.get(EXTENSION_LIST.name)
    return mark.as_of if mark and mark.as_of else came


def _difference(row: _PairedRow) -> Compared | None:
    """Return what the two say differently of a subscription; None if nothing."""
    if row.traits is None:
        return UNKNOWN
    decided = _decision(row, row.traits)
    if row.listed_end is None:
        return NOT_LISTED if _is_surely_ahead(decided) else None
    if row.listed_end != row.end:
        return OTHER_END
    if decided is SetApartReason.NOT_ASKED_YET or _leads_there(decided):
        return None
    return OTHER_CASE


def _decision(row: _PairedRow, traits: str) -> CaseDecision | SetApartReason:
    """Return what follows at the end of the term, whether or not a window is open before."""
    return decision_of(RenewalTraits.of(traits, False, row.long_past, row.over))  # noqa: FBT003 as the row has it


def _leads_there(decided: CaseDecision | SetApartReason) -> bool:
    return isinstance(decided, CaseDecision) and decided.case.is_extension


def _is_surely_ahead(decided: CaseDecision | SetApartReason) -> bool:
    """Check whether a paid extension will come; one that has begun may be off the list."""
    if not isinstance(decided, CaseDecision) or decided.case is RenewalCase.IN_EXTENSION:
        return False
    return decided.case.is_extension and decided.certainty is Certainty.WILL


def _agreement(
    kind: Compared, day: date, told: list[tuple[_PairedRow, Compared | None]]
) -> Agreement:
    differing = [row for row, difference in told if difference is kind]
    wrong = [row for row in differing if not _is_late(row, day)]
    return Agreement(
        kind,
        (day, max((row.fetched for row, _ in told if row.fetched), default=day)),
        same=sum(row.listed_end is not None and not difference for row, difference in told),
        wrong=len(wrong),
        late=len(differing) - len(wrong),
        rows=tuple(_names(kind, wrong))[:NAMED],
    )


def _is_late(row: _PairedRow, day: date) -> bool:
    return row.fetched is not None and abs(row.fetched - day) > _SETTLED


def _names(kind: Compared, rows: list[_PairedRow]) -> Iterator[str]:
    """Yield each subscription's id, with both days where they differ."""
    for row in rows:
        yield f"{row.id} ({row.listed_end}, {row.end})" if kind is OTHER_END else row.id
