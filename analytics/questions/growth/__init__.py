"""Customers gained and lost, by both official definitions: over a period, and by month."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, cast

from analytics.questions.billed_months import BilledMonth, billed_months
from analytics.questions.dataset_days import known_day
from analytics.questions.growth.counts import CustomersCounted, GrowthCount, unknown_count
from analytics.questions.growth.months import (
    MOST_MONTHS,
    GrowthRate,
    KnownSpells,
    MonthGrowth,
    growth_rate,
    months_of,
)
from analytics.questions.growth.moves import CustomerMove, newest_moves
from analytics.questions.growth.spells import Definition, first_sync
from analytics.questions.month_spans import month_before, month_of
from analytics.questions.stamp import Basis, Exclusion, Stamp, stamp
from analytics.questions.subscriptions.rows import product_title
from analytics.questions.subscriptions.states import SubscriptionState, state_words
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.tables.insights_sales import INSIGHTS_CUSTOMERS, INSIGHTS_SEATS
from analytics.values import Customer, Period, Unknown, Why, combine, plain
from analytics.warehouse.building.customer_spells import PIECES_SQL
from analytics.warehouse.facts import Facts

GROWTH_BASIS = Basis((SUBSCRIPTION_INSIGHTS,), "growth", "stamp-rule-growth")
"""Subscriptions that the partner sold, as Microsoft's analytics tell them."""

MONTHS = 12
"""Months of the chart, the running one among them; and of a question without a period."""

NAMED = 3
"""Customers without any subscription that are named."""

_PRODUCTS_HEAD = """
    SELECT product_name, count(*) FILTER (WHERE at_last) AS customers,
        count(*) FILTER (WHERE at_eve) AS earlier
    FROM (
        SELECT product_name, tenant, bool_or(came <= $last AND went > $last) AS at_last,
            bool_or(came <= $eve AND went > $eve) AS at_eve
        FROM ("""
_PRODUCTS_TAIL = """)
        WHERE came <= $last AND went > $eve GROUP BY product_name, tenant)
    GROUP BY product_name ORDER BY customers DESC, product_name"""
_KEPT = "SELECT * FROM {customer_pieces} WHERE observed = $observed"
_PRODUCTS_KEPT = _PRODUCTS_HEAD + _KEPT + _PRODUCTS_TAIL
_PRODUCTS_WORKED_OUT = _PRODUCTS_HEAD + PIECES_SQL + _PRODUCTS_TAIL

_HOLDERS = "SELECT list(tenant) FROM {subscribed_customers}"

_OTHER_STATES = """
    SELECT status, count(*) AS subscriptions FROM {newest_subscription_insights}
    WHERE NOT list_contains($words, status) GROUP BY status ORDER BY status"""

_UNDATED = """
    SELECT count(*) FROM {newest_subscription_insights}
    WHERE created IS NULL AND starts IS NULL AND list_contains($counting, status)"""


@dataclass(frozen=True, slots=True)
class DefinedGrowth:
    """Customers gained and lost by one definition."""

    definition: Definition
    days: Period | Unknown
    """Those of the days asked for of which movements are known."""
    since: date | Unknown
    """The first day of which movements are known."""
    count: GrowthCount
    rate: GrowthRate | None
    came: tuple[CustomerMove, ...]
    """At most 15 customers who came within the days, the newest first."""
    left: tuple[CustomerMove, ...]
    """At most 15 who left, the newest first."""


@dataclass(frozen=True, slots=True)
class ProductCustomers:
    """Customers with a subscription of one product that is in force."""

    product: str
    """The product's usual name."""
    customers: CustomersCounted
    earlier: CustomersCounted
    """Their number on the eve of the days; unknown before the first sync."""

    @property
    def change(self) -> CustomersCounted:
        """Difference since the eve."""
        return combine(lambda now, then: now - then, self.customers, self.earlier)


@dataclass(frozen=True, slots=True)
class GrowthResult:
    """The answer to `growth`."""

    NOT_COMPARED: ClassVar = ("stamp", "period", "definition", "months", "known", "products")

    everyone: bool
    """True if the reader sees every customer."""
    seen: int
    """Number of customers whom the reader may see."""
    period: Period
    period_asked: bool
    definition: Definition
    """The one asked for, by which the finding and the chart are; that of Power BI if none is."""
    known: date | Unknown
    """Day of the first sync: statuses are known from then on."""
    power_bi: DefinedGrowth
    """By its app for direct partners: a customer has an active or a suspended subscription."""
    insights: DefinedGrowth
    """By the Insights workspace: a customer has an active subscription."""
    months: tuple[MonthGrowth, ...]
    """Twelve months, or those of the period if they are more; oldest first."""
    products: tuple[ProductCustomers, ...]
    """Products by their customers at the end of the days, the most first."""
    without: CustomersCounted
    """Number of customers that are known by name only: they never had a subscription."""
    by_name: tuple[Customer, ...]
    """The first three of them by name."""
    billed: tuple[BilledMonth, ...]
    """Revenue of the months; empty for readers who may not see amounts, and without Insights."""
    withheld: bool
    """True if there are amounts, and the reader may not see them."""
    stamp: Stamp

    @property
    def main(self) -> DefinedGrowth:
        """Customers gained and lost by the definition asked for."""
        return self.power_bi if self.definition is Definition.POWER_BI else self.insights

    @property
    def as_of(self) -> date | None:
        """The newest day that is known, within the period; None if none is."""
        days = [each.day for each in self.stamp.rests_on]
        return min(self.period.last, *days) if days else None


def growth(
    facts: Facts, period: Period | None = None, definition: Definition = Definition.POWER_BI
) -> GrowthResult:
    """Return customers new, returned and churned in the period, by default of the twelve months up
    to the newest day, by both definitions: `created`, `deprovisioned` and `status` of subscription
    analytics.
    """
    as_of = known_day(facts, SUBSCRIPTION_INSIGHTS.name)
    if isinstance(as_of, Unknown):
        return _unknown(facts, period, definition, as_of)
    known = first_sync(facts, as_of)
    spells = KnownSpells.of(facts, known, as_of)
    span = period or Period(month_before(month_of(as_of), MONTHS - 1), as_of)
    months = tuple(map(spells.month, _months(span, as_of)))
    ((holding,),) = cast("list[tuple[list[str] | None]]", facts.rows(_HOLDERS))
    holders = frozenset(holding or ())
    alone = [each for each in facts.people.customers if each.id not in holders]
    return GrowthResult(
        everyone=facts.sees_all,
        seen=len(facts.people.customers),
        period=span,
        period_asked=period is not None,
        definition=definition,
        known=known.day,
        power_bi=_growth_by(facts, spells, Definition.POWER_BI, span, months),
        insights=_growth_by(facts, spells, Definition.INSIGHTS, span, months),
        months=months,
        products=tuple(_products(facts, spells, span)),
        without=len(alone),
        by_name=tuple(sorted(alone, key=lambda each: each.name)[:NAMED]),
        billed=billed_months(facts, months[0].month, months[-1].month),
        withheld=not facts.sight.money and INSIGHTS_SEATS.name in facts.generation.tables,
        stamp=_stamp(facts, as_of),
    )


def _months(span: Period, as_of: date) -> list[date]:
    """Return the months to show, up to the newest day: twelve, or those of a longer period, at most
    24.
    """
    last = min(span.last, as_of)
    usual = Period(month_before(month_of(last), MONTHS - 1), last)
    return months_of(Period(min(span.first, usual.first), last))[-MOST_MONTHS:]


def _growth_by(
    facts: Facts,
    spells: KnownSpells,
    definition: Definition,
    span: Period,
    months: tuple[MonthGrowth, ...],
) -> DefinedGrowth:
    days, its = spells.days_of(definition, span), spells.spells[definition]
    came: tuple[CustomerMove, ...] = ()
    left: tuple[CustomerMove, ...] = ()
    if isinstance(days, Period):
        came, left = newest_moves(facts, its, days)
    count, rate = spells.count(definition, span), growth_rate(months, definition)
    since = spells.oldest(definition)
    return DefinedGrowth(definition, days, since, count, rate, came, left)


def _products(facts: Facts, spells: KnownSpells, span: Period) -> Iterator[ProductCustomers]:
    """Yield the products of active subscriptions; before the first sync, of those in force."""
    last = min(span.last, spells.as_of)
    definition = Definition.INSIGHTS if last >= spells.known else Definition.POWER_BI
    late = definition is Definition.INSIGHTS and span.eve < spells.known
    known = spells.spells[definition].known
    values = {"last": last, "eve": span.eve, **known.sql_values(definition)}
    if known.kept:
        rows = facts.rows(_PRODUCTS_KEPT, **values)
    else:
        rows = facts.rows(_PRODUCTS_WORKED_OUT, **values)
    for product, customers, earlier in cast("list[tuple[str, int, int]]", rows):
        if customers:
            then = Unknown(Why.LATER, SUBSCRIPTION_INSIGHTS.name) if late else earlier
            yield ProductCustomers(product_title(product), customers, then)


def _unknown(
    facts: Facts, period: Period | None, definition: Definition, why: Unknown
) -> GrowthResult:
    """Return the answer while no sync brought subscriptions."""
    built = facts.generation.built.date()
    none = {
        each: DefinedGrowth(each, why, why, unknown_count(why), None, (), ()) for each in Definition
    }
    return GrowthResult(
        everyone=facts.sees_all,
        seen=len(facts.people.customers),
        period=period or Period(month_before(month_of(built), MONTHS - 1), built),
        period_asked=period is not None,
        definition=definition,
        known=why,
        power_bi=none[Definition.POWER_BI],
        insights=none[Definition.INSIGHTS],
        months=(),
        products=(),
        without=why,
        by_name=(),
        billed=(),
        withheld=False,
        stamp=stamp(facts, GROWTH_BASIS, ()),
    )


def _stamp(facts: Facts, as_of: date) -> Stamp:
    """Return the stamp, with the subscriptions that no figure counts, or not from their day on."""
    tables = facts.generation.tables
    besides = [each for each in (INSIGHTS_CUSTOMERS, INSIGHTS_SEATS) if each.name in tables]
    if not facts.sight.money:
        besides = [each for each in besides if each is not INSIGHTS_SEATS]
    basis = replace(GROWTH_BASIS, datasets=(*GROWTH_BASIS.datasets, *besides))
    left_out = (*_other_states(facts), *_without_day(facts))
    return stamp(facts, basis, [(SUBSCRIPTION_INSIGHTS.name, "", as_of)], left_out)


def _other_states(facts: Facts) -> Iterator[Exclusion]:
    """Yield that subscriptions with other words for their state count nowhere, and which words."""
    known = [each for each in SubscriptionState if each is not SubscriptionState.OTHER]
    words = state_words(SUBSCRIPTION_INSIGHTS, *known)
    rows = cast("list[tuple[str, int]]", facts.rows(_OTHER_STATES, words=words))
    if rows:
        named = ", ".join(f"“{plain(word)}”" for word, _ in rows)
        count = sum(number for _, number in rows)
        yield Exclusion("stamp-other-states", {"n": count, "words": named})


def _without_day(facts: Facts) -> Iterator[Exclusion]:
    """Yield that subscriptions without a day of purchase count from the beginning."""
    counting = Definition.POWER_BI.counting
    ((count,),) = cast("list[tuple[int]]", facts.rows(_UNDATED, counting=counting))
    if count:
        yield Exclusion("stamp-undated", {"n": count})
