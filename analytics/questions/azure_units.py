"""Units of Azure by meter, and days on which a customer used unusually many. They are no money."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, cast

from analytics.questions.azure_spend import AzureWindow, told_amount
from analytics.questions.dataset_days import known_day
from analytics.questions.month_spans import month_of
from analytics.questions.results import Measure
from analytics.tables import AZURE_METERS
from analytics.values import Customer, Period, Seats, TenantId, Unknown, plain
from analytics.warehouse.facts import Facts

LOOKED = 30
"""Days that are looked through for unusual ones."""

BEFORE, LEAST_KNOWN, FACTOR = 28, 14, 6
"""Days before a day that it is measured by; how many of them must be known at least; and how many
times their median deviation it must be above their median, to be unusual.
"""
FLOOR = 0.05
"""The least deviation, as a part of the median: so a meter that is always the same is unusual from
30 % above it.
"""

_METERS = """
    SELECT category, unit, count(DISTINCT tenant)::INTEGER AS customers, sum(quantity) AS units,
        min(day) AS first, max(day) AS last
    FROM {azure_meters}
    WHERE ($tenant IS NULL OR tenant = $tenant) AND date_trunc('month', day) = $month
        AND day <= $last
    GROUP BY category, unit ORDER BY customers DESC, category, unit"""

_UNUSUAL = """
    SELECT tenant, category, unit, day, units, usual FROM (
        SELECT *, count(*) OVER earlier AS days, median(units) OVER earlier AS usual,
            mad(units) OVER earlier AS deviation, max(units) OVER earlier AS most
        FROM {azure_known_units}
        WINDOW earlier AS (
            PARTITION BY tenant, category, unit ORDER BY day
            RANGE BETWEEN INTERVAL 28 DAY PRECEDING AND INTERVAL 1 DAY PRECEDING))
    WHERE day >= $first AND days >= $least
        AND units > usual + $factor * greatest(deviation, $floor * usual)
        AND (usual > 0 OR units > 2 * most)
    ORDER BY day DESC, tenant, category, unit"""

_TOLD_DAYS = """
    SELECT min(day) AS oldest, max(day) AS newest FROM {azure_meters}
    WHERE ($tenant IS NULL OR tenant = $tenant) AND day <= $last"""

_Units = Annotated[Decimal, Measure("units", AZURE_METERS, "quantity")]


@dataclass(frozen=True, slots=True)
class MeterUnits:
    """Units of one category in one unit of measure; those of two units are never added."""

    category: str
    unit: str
    customers: Annotated[int, Measure("customers", AZURE_METERS, "tenant")]
    units: _Units
    first: date
    last: date
    """The first and the newest day with a row in the month."""


@dataclass(frozen=True, slots=True)
class UnusualDay:
    """A day on which one customer used far more of a meter than in the 28 days before."""

    customer: Customer
    category: str
    unit: str
    day: date
    units: _Units
    usual: _Units
    """The median of the days before that are known."""


@dataclass(frozen=True, slots=True)
class AzureUnits:
    """Units by meter in a month, and the unusual days among those looked through."""

    metered: Annotated[Seats, Measure("meters", AZURE_METERS, "category")]
    """Number of meters; why they are not known."""
    meters: tuple[MeterUnits, ...] = ()
    looked: Period | None = None
    """Days looked through for unusual ones: those of the period, or the 30 newest, as far as 14
    days before them are told of; None if there are none.
    """
    unusual: tuple[UnusualDay, ...] = ()


def azure_units(
    facts: Facts, customer: Customer | None, period: Period | None, month: date | None
) -> AzureUnits:
    """Return the units of a month, by default of the newest one told, and the unusual days of the
    period, by default of the 30 newest days.
    """
    known, tenant = known_day(facts, AZURE_METERS.name), customer.id if customer else None
    if isinstance(known, Unknown):
        return AzureUnits(known)
    rows = facts.rows(_TOLD_DAYS, tenant=tenant, last=period.last if period else date.max)
    ((oldest, newest),) = cast("list[tuple[date | None, date | None]]", rows)
    if oldest is None or newest is None:
        return AzureUnits(0)
    within = AzureWindow(tenant, month or month_of(newest), newest)
    meters = meter_units(facts, within)
    looked = _looked_through(oldest, newest, period)
    unusual = unusual_days(facts, within, looked) if looked else ()
    return AzureUnits(len(meters), meters, looked, unusual)


def _looked_through(oldest: date, newest: date, period: Period | None) -> Period | None:
    first = period.first if period else newest - timedelta(days=LOOKED - 1)
    first = max(first, oldest + timedelta(days=LEAST_KNOWN))
    return Period(first, newest) if first <= newest else None


def meter_units(facts: Facts, within: AzureWindow) -> tuple[MeterUnits, ...]:
    """Return the units of the month so far by category and unit, those of most customers first:
    Azure usage, `quantity`.
    """
    rows = facts.rows(_METERS, tenant=within.tenant, month=within.month, last=within.last)
    return tuple(
        MeterUnits(
            plain(str(category)),
            plain(str(unit)),
            cast("int", customers),
            told_amount(units) or Decimal(0),
            cast("date", first),
            cast("date", last),
        )
        for category, unit, customers, units, first, last in rows
    )


def unusual_days(facts: Facts, within: AzureWindow, counted: Period) -> tuple[UnusualDay, ...]:
    """Return the days with more units of a meter than the median of the 28 days before and six
    times their median deviation, where 14 of these are known; the newest first. A meter that is
    not used on most days must be above twice the most of them.

    A day is known if the customer has a row of any meter; a meter without one was not used then.
    """
    rows = facts.rows(
        _UNUSUAL,
        tenant=within.tenant,
        first=counted.first,
        last=counted.last,
        start=counted.first - timedelta(days=BEFORE),
        least=LEAST_KNOWN,
        factor=FACTOR,
        floor=FLOOR,
    )
    return tuple(_unusual(facts, *row) for row in rows)


def _unusual(facts: Facts, *cells: object) -> UnusualDay:
    tenant, category, unit, day, units, usual = cells
    customer = facts.customer(TenantId(str(tenant)))
    return UnusualDay(
        customer or Customer(TenantId(str(tenant)), str(tenant)),
        plain(str(category)),
        plain(str(unit)),
        cast("date", day),
        told_amount(units) or Decimal(0),
        told_amount(usual) or Decimal(0),
    )
