"""Seats that the partner sold: how many there are, what was added and reduced, and each event."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import cache, partial
from typing import Annotated, ClassVar

from analytics.current_names import current_name
from analytics.folded_text import folded_text
from analytics.questions.activity.window import name_of
from analytics.questions.dataset_days import known_day
from analytics.questions.licenses.events import LicenceEvent, licence_events
from analytics.questions.licenses.flows import (
    OF_LISTS,
    Ledger,
    LicenceSeats,
    MonthOfLicences,
    SeatFlow,
    first_month,
    unknown_flow,
)
from analytics.questions.licenses.rows import SHOWN, LicenceChange, change_rows
from analytics.questions.named_products import product_name
from analytics.questions.results import Measure
from analytics.questions.seat_steps import seat_steps, standing_seats, steps_known_from
from analytics.questions.stamp import Basis, Exclusion, Stamp, stamp
from analytics.questions.subscriptions.rows import product_title
from analytics.questions.topics import Topic
from analytics.tables import AUDIT, SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS
from analytics.values import Customer, Period, Seats, TenantId, Unknown
from analytics.warehouse.facts import Facts

LICENSES_BASIS = Basis(
    (SUBSCRIPTIONS, SUBSCRIPTION_INSIGHTS, AUDIT), "licenses", "stamp-rule-licenses"
)
"""Seats of subscriptions that the partner sold, as customers' own lists tell them, else Microsoft's
analytics; the activity log dates their changes, where it came.
"""

USUAL_DAYS = 30
EVENT_DAYS = 90
"""Days of the events listed without a period."""

TOP = 5
"""Products and customers named."""

_DAY = timedelta(days=1)


class Direction(Enum):
    """A kind of change that the list of events is narrowed to."""

    ADDED = "added"
    REDUCED = "reduced"


@dataclass(frozen=True, slots=True)
class NetChange:
    """The change of the seats of one product, or of one customer."""

    name: str
    adds: Annotated[int, OF_LISTS]
    reductions: Annotated[int, OF_LISTS]
    moved: Annotated[int, OF_LISTS]
    """Seats moved in, less those moved out; of a customer 0."""
    customer: Customer | None = None
    """None of a product."""

    @property
    def net(self) -> Annotated[int, OF_LISTS]:
        """Seats more than before."""
        return self.adds - self.reductions + self.moved


@dataclass(frozen=True, slots=True)
class LicensesResult:
    """The answer to `licenses`. All figures are unknown together; then there are no rows either."""

    NOT_COMPARED: ClassVar = (
        "stamp",
        "day",
        "known",
        "period",
        "months",
        "listed_days",
        "direction",
    )

    customer: Customer | None
    """None for all that the reader may see together."""
    topic: Topic | None
    """The product asked for; or a workload, for the products that include it."""
    everyone: bool
    """True if the reader sees every customer."""
    day: date
    """The newest day that a source tells of."""
    known: date | Unknown
    """Day of the first load: changes are known from the day after."""
    period: Period
    """Days in which adds and reductions are counted: by default the 30 days up to `day`."""
    period_asked: bool
    total: LicenceSeats
    """Seats of active and suspended subscriptions that are billed by seat, on the newest day of the
    period that is known; without trials.
    """
    flow: SeatFlow
    """Those of the period."""
    newest: SeatFlow
    """Those of `day` and the day before it."""
    moved: LicenceSeats
    """Seats that moved between subscriptions in the period: neither added nor reduced."""
    unusual: LicenceSeats
    """Seats reduced in the listed days by Microsoft or a migration."""
    trials: LicenceSeats
    """Seats of trials; they are in no other figure."""
    months: tuple[MonthOfLicences, ...]
    """Twelve months, or those of a longer period, the oldest first."""
    products: tuple[NetChange, ...]
    """The five products whose seats changed most in the period, the largest change first."""
    customers: tuple[NetChange, ...]
    """The five customers, of all; empty for one."""
    direction: Direction | None
    listed_days: Period
    """Days of the events: those of the period, or 90."""
    matches: Annotated[
        Seats, Measure("events", SUBSCRIPTIONS, "subscription", SUBSCRIPTION_INSIGHTS)
    ]
    """Events in them, of the direction asked for."""
    events: tuple[LicenceChange, ...]
    """The newest 15 of them, the newest first."""
    names_persons: bool
    """True if the reader may see who did it."""
    stamp: Stamp


def licenses(
    facts: Facts,
    customer: Customer | None,
    period: Period | None,
    topic: Topic | None = None,
    direction: Direction | None = None,
) -> LicensesResult:
    """Return the seats of a customer, or of all that the reader may see, and their changes."""
    days = [known_day(facts, each.name) for each in (SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS)]
    told = [day for day in days if not isinstance(day, Unknown)]
    day = max(told, default=facts.generation.built.date())
    span = period or Period(day - (USUAL_DAYS - 1) * _DAY, day)
    listed = period or Period(day - (EVENT_DAYS - 1) * _DAY, day)
    asked = _Asked(facts, customer, topic, direction, day, span, listed, asked=period is not None)
    why = next((each for each in days if isinstance(each, Unknown)), None)
    return asked.answer() if told or why is None else asked.without_answer(why)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, with the days that it is about."""

    facts: Facts
    customer: Customer | None
    topic: Topic | None
    direction: Direction | None
    day: date
    span: Period
    listed: Period
    asked: bool = field(kw_only=True)

    def answer(self) -> LicensesResult:
        """Return the answer, where a source of subscriptions came."""
        standing = standing_seats(self.facts, self.customer)
        known = steps_known_from(self.facts) or self.day
        counts = _products_of(self.facts, self.topic)
        since = min(first_month(self.span, self.day), self.span.first, self.listed.first)
        events = licence_events(seat_steps(self.facts, self.customer, known, since))
        mine = [each for each in standing if counts(each.product)]
        seats = sum(each.seats for each in mine)
        ledger = Ledger(seats, events, known, self.day, counts)
        flow, days = ledger.flow(self.span), ledger.of_days(self.span)
        within = ledger.events_of(days)
        listed = ledger.events_of(ledger.of_days(self.listed))
        shown = [each for each in listed if self._fits(each)]
        return self._result(
            known=known,
            total=flow.end,
            flow=flow,
            newest=ledger.flow(Period(self.day - _DAY, self.day)),
            moved=days if isinstance(days, Unknown) else sum(each.moves for each in within),
            unusual=sum(each.reductions for each in listed if each.unusual),
            trials=sum(each.trials for each in mine),
            months=ledger.months(self.span),
            products=_top(_by_product(within, counts)),
            customers=() if self.customer else _top(_by_customer(self.facts, within, counts)),
            matches=len(shown),
            events=change_rows(self.facts, shown[: self.facts.list_length(SHOWN)]),
            stamp=_stamp(self.facts, sum(each.unknown for each in mine)),
        )

    def _fits(self, event: LicenceEvent) -> bool:
        if self.direction is None:
            return True
        return bool(event.adds if self.direction is Direction.ADDED else event.reductions)

    def without_answer(self, why: Unknown) -> LicensesResult:
        """Return the answer, where none came."""
        return self._result(
            known=why,
            total=why,
            flow=unknown_flow(why),
            newest=unknown_flow(why),
            moved=why,
            unusual=why,
            trials=why,
            months=(),
            products=(),
            customers=(),
            matches=why,
            events=(),
            stamp=stamp(self.facts, LICENSES_BASIS, ()),
        )

    @property
    def _result(self) -> partial[LicensesResult]:
        """The result without its figures, which are its callers'."""
        return partial(
            LicensesResult,
            customer=self.customer,
            topic=self.topic,
            everyone=self.facts.sees_all,
            day=self.day,
            period=self.span,
            period_asked=self.asked,
            direction=self.direction,
            listed_days=self.listed,
            names_persons=self.facts.sight.persons,
        )


def _products_of(facts: Facts, topic: Topic | None) -> Callable[[str], bool]:
    """Return which products count, by their names: every one without a topic."""
    if topic is None:
        return lambda _product: True
    names = {folded_text(product_name(facts, product)) for product in topic.products}
    return cache(lambda product: _usual_name(product) in names)


def _usual_name(product: str) -> str:
    """Return the name in the form that products are compared in, without what stands in brackets at
    its end, such as `(Extended Service Term)`.
    """
    return folded_text(current_name(product_title(product.partition(" (")[0])))


def _by_product(
    events: Iterable[LicenceEvent], counts: Callable[[str], bool]
) -> Iterable[NetChange]:
    sums = defaultdict[str, list[int]](lambda: [0, 0, 0])
    for each in events:
        sides = [(each.step.product, 1), (each.source.product if each.source else "", -1)]
        for product, sign in sides:
            if product and counts(product):
                own = sums[product_title(product)]
                own[2] += sign * each.moves
                own[0] += each.adds
                own[1] += each.reductions
    return [NetChange(name, adds, less, moved) for name, (adds, less, moved) in sums.items()]


def _by_customer(
    facts: Facts, events: Iterable[LicenceEvent], counts: Callable[[str], bool]
) -> Iterable[NetChange]:
    sums = defaultdict[TenantId, list[int]](lambda: [0, 0, 0])
    for each in events:
        own = sums[each.step.tenant]
        own[2] += each.moves_into(counts)
        if counts(each.step.product):
            own[0] += each.adds
            own[1] += each.reductions
    named = [(name_of(facts, tenant), tenant, own) for tenant, own in sums.items()]
    return [
        NetChange(name, adds, less, moved, Customer(tenant, name))
        for name, tenant, (adds, less, moved) in named
    ]


def _top(changes: Iterable[NetChange]) -> tuple[NetChange, ...]:
    """Return those with the largest change, ties by name; none without a change."""
    changed = [each for each in changes if each.net]
    return tuple(sorted(changed, key=lambda each: (-abs(each.net), each.name))[:TOP])


def _stamp(facts: Facts, unknown: int) -> Stamp:
    days = [(each.name, "", known_day(facts, each.name)) for each in LICENSES_BASIS.datasets]
    used = [(name, part, day) for name, part, day in days if not isinstance(day, Unknown)]
    left_out = (Exclusion("stamp-without-quantity", {"n": unknown}),) if unknown else ()
    return stamp(facts, LICENSES_BASIS, used, left_out)
