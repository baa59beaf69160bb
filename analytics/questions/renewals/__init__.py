"""What has to be decided about subscriptions before their terms end, and what happens if it is
not.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from analytics.questions.dataset_days import known_day
from analytics.questions.renewals.cases import RenewalCase, SetApartReason
from analytics.questions.renewals.decided import RenewalGroup, decided_signatures
from analytics.questions.renewals.lines import (
    RenewalCount,
    RenewalDot,
    RenewalLine,
    RenewalsApart,
    RenewalsOfCase,
    RenewalSum,
    RenewalWeek,
)
from analytics.questions.renewals.listed import renewal_dots, renewal_lines
from analytics.questions.renewals.span import WEEKS, RenewalSpan, usual_period
from analytics.questions.stamp import Basis, Stamp, stamp
from analytics.tables import DEPLOYMENT, OFFER_SKUS, SUBSCRIPTIONS, USAGE
from analytics.values import Customer, Period, Unknown
from analytics.warehouse.facts import Facts

SHOWN = 10
"""Lines listed at once."""

RENEWAL_BASIS = Basis(
    (SUBSCRIPTIONS, DEPLOYMENT, USAGE, OFFER_SKUS), "subscriptions", "stamp-rule-renewals"
)
"""Subscriptions that this partner sold; the seats beside them are of all partners and direct."""


@dataclass(frozen=True, slots=True)
class Renewals:
    """The answer to `renewals`. All figures are unknown together where subscriptions never came;
    then there are no lines and weeks either.
    """

    NOT_COMPARED: ClassVar = ("stamp", "now", "day", "period", "weeks")

    customer: Customer | None
    """None for all that the reader may see together."""
    everyone: bool
    """True if the reader sees every customer."""
    now: datetime
    """The instant asked for, UTC."""
    day: date
    """The day of the last whole fetch of subscriptions; that of the build where none came."""
    period: Period
    """Days ahead: lines whose end or `act_by` lies in it, and those whose term is just over."""
    period_asked: bool
    decisions: RenewalCount
    """Lines in the period."""
    decision_seats: RenewalSum
    """Seats of these lines; those of a second line of a subscription once more."""
    extensions: RenewalCount
    """Lines that lead into a paid extension, or are in one."""
    cases: tuple[RenewalsOfCase, ...]
    """Lines by case, in the order of the decision; cases without lines are not among them."""
    lines: tuple[RenewalLine, ...]
    """The first ten: extensions first, then by `act_by`; all for a file."""
    quiet: RenewalCount
    """Monthly terms that renew by themselves in the period."""
    quiet_seats: RenewalSum
    apart: tuple[RenewalsApart, ...]
    """Subscriptions without a line, by reason; reasons without any are not among them."""
    weeks: tuple[RenewalWeek, ...]
    """13 weeks from the period's first day, whatever its length."""
    stamp: Stamp


def renewals(
    facts: Facts, customer: Customer | None, asked: datetime, period: Period | None = None
) -> Renewals:
    """Return the decisions about the subscriptions of a customer, or of all that the reader may
    see. `asked` is the instant of the question in UTC; ask with whole minutes, so that equal
    questions are answered once.
    """
    span = RenewalSpan(customer, asked, period or usual_period(asked))
    day = known_day(facts, SUBSCRIPTIONS.name)
    if isinstance(day, Unknown):
        return _unknown(facts, span, day, asked_period=period is not None)
    decided = decided_signatures(facts, span)
    groups = decided.groups(facts)
    counted = [each for each in groups if each.in_period and _is_line(each)]
    quiet = [each for each in groups if each.in_period and each.decided is RenewalCase.QUIET]
    found = renewal_lines(facts, decided, SHOWN) if counted else ()
    lines = tuple(each if each.fetched else replace(each, fetched=day) for each in found)
    drawn = any(each.week is not None and _is_line(each) for each in groups)
    dots = renewal_dots(facts, decided) if drawn else ()
    return Renewals(
        customer=customer,
        everyone=facts.sees_all,
        now=asked,
        day=day,
        period=span.period,
        period_asked=period is not None,
        decisions=_rows(counted),
        decision_seats=_seats(counted),
        extensions=_rows(each for each in counted if each.extends),
        cases=tuple(_of_cases(counted)),
        lines=lines,
        quiet=_rows(quiet),
        quiet_seats=_seats(quiet),
        apart=tuple(_apart(groups)),
        weeks=_weeks(span, groups, dots),
        stamp=_stamp(facts, day, lines),
    )


def _unknown(facts: Facts, span: RenewalSpan, why: Unknown, *, asked_period: bool) -> Renewals:
    return Renewals(
        customer=span.customer,
        everyone=facts.sees_all,
        now=span.now,
        day=facts.generation.built.date(),
        period=span.period,
        period_asked=asked_period,
        decisions=why,
        decision_seats=why,
        extensions=why,
        cases=(),
        lines=(),
        quiet=why,
        quiet_seats=why,
        apart=(),
        weeks=(),
        stamp=stamp(facts, RENEWAL_BASIS, ()),
    )


def _is_line(group: RenewalGroup) -> bool:
    return isinstance(group.decided, RenewalCase) and group.decided is not RenewalCase.QUIET


def _rows(groups: Iterable[RenewalGroup]) -> int:
    return sum(each.rows for each in groups)


def _seats(groups: Iterable[RenewalGroup]) -> int:
    return sum(each.seats for each in groups)


def _of_cases(lines: Collection[RenewalGroup]) -> Iterator[RenewalsOfCase]:
    for case in RenewalCase:
        if its := [each for each in lines if each.decided is case]:
            yield RenewalsOfCase(case, _rows(its), _seats(its))


def _apart(groups: Collection[RenewalGroup]) -> Iterator[RenewalsApart]:
    for reason in SetApartReason:
        for each in groups:
            if each.decided is reason and each.in_period:
                yield RenewalsApart(reason, each.rows, each.seats)


def _weeks(
    span: RenewalSpan, groups: Collection[RenewalGroup], dots: Iterable[tuple[int, RenewalDot]]
) -> tuple[RenewalWeek, ...]:
    """Return the 13 weeks from the period's first day."""
    drawn: dict[int, list[RenewalDot]] = defaultdict(list)
    for week, dot in dots:
        drawn[week].append(dot)
    lines = [each for each in groups if _is_line(each)]
    return tuple(
        _week(span, at, [each for each in lines if each.week == at], drawn[at])
        for at in range(WEEKS)
    )


def _week(
    span: RenewalSpan, at: int, its: Collection[RenewalGroup], dots: Iterable[RenewalDot]
) -> RenewalWeek:
    first = span.period.first + timedelta(weeks=at)
    extending = [each for each in its if each.extends]
    return RenewalWeek(
        first=first,
        last=first + timedelta(days=6),
        decisions=_rows(its),
        seats=_seats(its),
        extensions=_rows(extending),
        extension_seats=_seats(extending),
        dots=tuple(dots),
    )


def _stamp(facts: Facts, day: date, lines: Iterable[RenewalLine]) -> Stamp:
    """Return the stamp; the seats beside the lines are as of their oldest report."""
    spare = [each.spare for each in lines if each.spare and each.spare.last]
    used = [(SUBSCRIPTIONS.name, "", day)]
    for name, figures in (
        (DEPLOYMENT.name, [each.unassigned for each in spare]),
        (USAGE.name, [each.unused for each in spare]),
    ):
        days = [
            each.last for each, known in zip(spare, figures, strict=True)
            if each.last and not isinstance(known, Unknown)
        ]  # fmt: skip
        used += [(name, "", min(days))] if days else []
    return stamp(facts, RENEWAL_BASIS, used)
