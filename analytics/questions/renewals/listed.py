"""The lines of renewals one by one, and the dots of their picture."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import cast

from analytics.questions.renewals.cases import Certainty, Remedy, RenewalCase, RenewalOutcome
from analytics.questions.renewals.decided import DecidedSignatures
from analytics.questions.renewals.lines import (
    RenewalDot,
    RenewalLine,
    RenewalRule,
    ScheduledTerm,
    TermIdentity,
)
from analytics.questions.renewals.order import CaseDecision
from analytics.questions.renewals.span import WINDOW
from analytics.questions.renewals.spare import with_spare_seats
from analytics.questions.subscriptions.rows import product_title
from analytics.values import Customer, TenantId, plain
from analytics.warehouse.facts import Facts

DOTS = 12
"""Dots of one week."""

_LINES = """
    SELECT s.tenant, s.subscription, s.signature, s.offer, s.product_name, s.nickname, s.seats,
        s.act_by, s.last_refund, s.is_refund, s.ends, s.term, s.next_term, s.legacy, s.is_over,
        s.next_quantity, s.next_offer, s.scheduled_term, s.next_ends, s.reseller, f.day
    FROM (
        FROM {renewal_due} WHERE in_period
        ORDER BY extends DESC, act_by, seats DESC NULLS LAST, tenant, subscription, is_refund
        LIMIT $shown) s
    LEFT JOIN {fetched_subscriptions} f ON f.tenant = s.tenant
    ORDER BY s.extends DESC, s.act_by, s.seats DESC NULLS LAST, s.tenant, s.subscription,
        s.is_refund"""

_DOTS = """
    SELECT week, greatest(act_by::DATE, $first) AS day, seats, label FROM {renewal_due}
    WHERE week IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY week
        ORDER BY extends DESC, seats DESC NULLS LAST, act_by::DATE, label) <= $dots
    ORDER BY week, day, seats DESC NULLS LAST, label"""


@dataclass(frozen=True, slots=True)
class _FoundLine:
    """A row of the query of lines."""

    tenant: str
    subscription: str
    signature: int
    offer: str
    product: str
    nickname: str
    seats: int | None
    act_by: datetime
    last_refund: datetime | None
    is_refund: bool
    ends: date
    term: str
    next_term: str
    legacy: bool
    is_over: bool
    next_quantity: int | None
    next_offer: str | None
    scheduled_term: str | None
    next_ends: date | None
    reseller: str
    fetched: date | None


def renewal_lines(facts: Facts, decided: DecidedSignatures, most: int) -> tuple[RenewalLine, ...]:
    """Return the first lines of the period, or all for a file: what leads into a paid extension
    first, then what is to be done first.
    """
    found = facts.rows(_LINES, **decided.line_values, shown=facts.list_length(most))
    rows = [_FoundLine(*each) for each in found]  # type: ignore[arg-type]  # in the query's order
    return with_spare_seats(facts, [_line(facts, decided, each) for each in rows])


def renewal_dots(facts: Facts, decided: DecidedSignatures) -> Iterator[tuple[int, RenewalDot]]:
    """Yield the largest decisions of each of the 13 weeks, with the number of the week."""
    found = facts.rows(_DOTS, **decided.line_values, dots=DOTS)
    for week, day, seats, label in cast("list[tuple[int, date, int | None, str]]", found):
        yield week, RenewalDot(day, seats, RenewalCase(label))


def _line(facts: Facts, decided: DecidedSignatures, row: _FoundLine) -> RenewalLine:
    its = decided.by_signature[row.signature]
    assert isinstance(its, CaseDecision)  # noqa: S101 what is set apart is no line
    tenant, rule = TenantId(row.tenant), RenewalRule.REFUND if row.is_refund else RenewalRule.TERM
    product, nickname = product_title(row.product or ""), plain(row.nickname or "")
    line = RenewalLine(
        customer=facts.customer(tenant) or Customer(tenant, row.tenant),
        identity=TermIdentity(facts.sight.partner, rule, tenant, row.subscription, row.ends),
        subscription=row.subscription,
        offer=plain(row.offer),
        product=product,
        nickname="" if product.casefold().startswith(nickname.casefold()) else nickname,
        seats=row.seats,
        case=its.case,
        certainty=its.certainty,
        doubts=its.doubts,
        outcome=its.outcome,
        remedies=its.remedies,
        act_by=row.act_by.replace(tzinfo=UTC),
        then_until=_until(row, its),
        term=row.term,
        next_term=_next_term(row, its),
        term_end=row.ends,
        ends_exclusive=row.legacy,
        scheduled=_scheduled_term(row),
        by_distributor=bool(row.reseller),
        is_refund_window=row.is_refund,
        renewing=row.is_over,
        fetched=row.fetched,
        spare=None,
    )
    return _refund_line(line) if row.is_refund else line


def _refund_line(line: RenewalLine) -> RenewalLine:
    return replace(
        line,
        certainty=Certainty.WILL,
        doubts=(),
        outcome=RenewalOutcome.LOCKED,
        remedies=(Remedy.REMOVE_SEATS,),
        next_term="",
    )


def _until(row: _FoundLine, its: CaseDecision) -> datetime | None:
    """Return the last second of what can be done after the deadline: the days after a renewal, or
    the last part of seats that were added at different times.
    """
    if row.last_refund:
        later = row.last_refund.replace(tzinfo=UTC)
        return later if row.last_refund > row.act_by else None
    if Remedy.CUT_AFTER not in its.remedies:
        return None
    end = datetime(row.ends.year, row.ends.month, row.ends.day, 23, 59, 59, tzinfo=UTC)
    return end + WINDOW


_FOLLOWS: Mapping[RenewalOutcome, Callable[[_FoundLine], str]] = {
    RenewalOutcome.RENEWS: lambda row: row.next_term or row.term,
    RenewalOutcome.RENEWS_AS_SCHEDULED: lambda row: row.scheduled_term or row.next_term or row.term,
    RenewalOutcome.EXTENDS: lambda _: "P1M",
    RenewalOutcome.STAYS_EXTENDED: lambda _: "P1M",
}


def _next_term(row: _FoundLine, its: CaseDecision) -> str:
    follows = _FOLLOWS.get(its.outcome)
    return follows(row) if follows else ""


def _scheduled_term(row: _FoundLine) -> ScheduledTerm | None:
    found = ScheduledTerm(
        row.next_quantity, plain(row.next_offer or ""), row.scheduled_term or "", row.next_ends
    )
    return (
        found
        if any(getattr(found, each.name) not in (None, "") for each in fields(found))
        else None
    )
