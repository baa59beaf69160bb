"""Decisions as a test of words needs them, without figures behind them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from analytics.questions.renewals import RENEWAL_BASIS, Renewals
from analytics.questions.renewals.cases import Certainty, Remedy, RenewalCase, RenewalOutcome
from analytics.questions.renewals.lines import (
    RenewalDot,
    RenewalLine,
    RenewalRule,
    RenewalsOfCase,
    RenewalWeek,
    SpareSeats,
    TermIdentity,
)
from analytics.questions.stamp import RestsOn, Stamp
from analytics.values import OWN, Customer, Period, TenantId

TENANT = TenantId("1ccc2d59-fcb4-5b28-aaf9-a559bfd9c242")
SUBSCRIPTION = "a3b1c2d4-0000-4000-8000-000000000001"
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
END = date(2027, 2, 28)
LAST_SECOND = datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC)

_LINE = RenewalLine(
    customer=Customer(TENANT, "Contoso"),
    identity=TermIdentity(OWN, RenewalRule.TERM, TENANT, SUBSCRIPTION, END),
    subscription=SUBSCRIPTION,
    offer="CFQ7TTC0LFLX:0001:CFQ7TTC0ABCD",
    product="Microsoft 365 E3",
    nickname="",
    seats=80,
    case=RenewalCase.RENEWS,
    certainty=Certainty.WILL,
    doubts=(),
    outcome=RenewalOutcome.RENEWS,
    remedies=(Remedy.SCHEDULE, Remedy.CANCEL_AT_END, Remedy.CUT_AFTER),
    act_by=LAST_SECOND,
    then_until=datetime(2027, 3, 7, 23, 59, 59, tzinfo=UTC),
    term="P1Y",
    next_term="P1Y",
    term_end=END,
    ends_exclusive=False,
    scheduled=None,
    by_distributor=False,
    is_refund_window=False,
    renewing=False,
    fetched=NOW.date(),
    spare=SpareSeats("e3", 210, 12, 19, 28, NOW.date() - timedelta(days=28), NOW.date()),
)

EXTENSION: dict[str, Any] = {
    "case": RenewalCase.EXTENSION,
    "outcome": RenewalOutcome.EXTENDS,
    "remedies": (Remedy.CANCEL_AT_END, Remedy.RENEW),
    "then_until": None,
    "next_term": "",
}
"""What a line into a paid extension has of its own."""


def line(name: str = "Contoso", **changed: Any) -> RenewalLine:
    """Eighty seats of a year that renew by themselves on 28 February 2027, twelve of them without a
    user, unless told otherwise.
    """
    return replace(_LINE, customer=Customer(TENANT, name), **changed)


def answer(*lines: RenewalLine, customer: Customer | None = None, **changed: Any) -> Renewals:
    """The answer with these lines, each in the week of its deadline."""
    extending = [each for each in lines if each.case.is_extension]
    cases = {each.case: [one for one in lines if one.case is each.case] for each in lines}
    period = Period(NOW.date(), NOW.date() + timedelta(days=60))
    whole = Renewals(
        customer=customer,
        everyone=True,
        now=NOW,
        day=NOW.date(),
        period=period,
        period_asked=False,
        decisions=len(lines),
        decision_seats=sum(each.seats or 0 for each in lines),
        extensions=len(extending),
        cases=tuple(
            RenewalsOfCase(case, len(its), sum(each.seats or 0 for each in its))
            for case, its in cases.items()
        ),
        lines=lines,
        quiet=0,
        quiet_seats=0,
        apart=(),
        weeks=tuple(_week(at, lines) for at in range(13)),
        stamp=Stamp(
            basis=RENEWAL_BASIS,
            rests_on=(RestsOn("subscriptions", None, NOW.date()),),
            made_up=False,
            left_out=(),
            gaps=(),
        ),
    )
    return replace(whole, **changed)


def _week(at: int, lines: tuple[RenewalLine, ...]) -> RenewalWeek:
    first = NOW.date() + timedelta(weeks=at)
    last = first + timedelta(days=6)
    its = [each for each in lines if first <= each.act_by.date() <= last]
    extending = [each for each in its if each.case.is_extension]
    return RenewalWeek(
        first=first,
        last=last,
        decisions=len(its),
        seats=sum(each.seats or 0 for each in its),
        extensions=len(extending),
        extension_seats=sum(each.seats or 0 for each in extending),
        dots=tuple(RenewalDot(each.act_by.date(), each.seats, each.case) for each in its),
    )
