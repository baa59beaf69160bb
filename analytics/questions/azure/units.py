"""Units of Azure by meter, and days on which a customer used unusually many. They are no money."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, cast

from analytics.questions.azure.spend import AzureWindow, told_amount
from analytics.questions.dataset_days import known_day
from analytics.questions.month_spans import month_of
from analytics.questions.results import Measure
from analytics.tables import AZURE_METERS
from analytics.values import Customer, Period, Seats, TenantId, Unknown, plain
from analytics.warehouse.building.azure_tables import (
    FACTOR,
    FLOOR,
    LEAST_KNOWN,
    LOOKED_DAYS,
    MEDIAN_DAYS,
    METER_MONTHS,
)
from analytics.warehouse.facts import Facts

_METERS = """
    SELECT category, unit, count(DISTINCT tenant)::INTEGER AS customers, sum(quantity) AS units,
        min(day) AS first, max(day) AS last
    FROM {azure_meters}
    WHERE ($tenant IS NULL OR tenant = $tenant) AND date_trunc('month', day) = $month
        AND day <= $last
    GROUP BY category, unit ORDER BY customers DESC, category, unit"""

_METERS_KEPT = """
    SELECT category, unit, count(DISTINCT tenant)::INTEGER AS customers, sum(units) AS units,
        min(first) AS first, max(last) AS last
    FROM {azure_meter_months} WHERE month = $month
    GROUP BY category, unit ORDER BY customers DESC, category, unit"""

_METERS_OF_ONE = """
    SELECT category, unit, 1 AS customers, sum(units) AS units, min(first) AS first,
        max(last) AS last
    FROM {azure_meter_months} WHERE tenant = $tenant AND month = $month
    GROUP BY category, unit ORDER BY category, unit"""

_UNUSUAL = """
    SELECT tenant, category, unit, day, units, usual FROM {azure_unusual_units}
    ORDER BY day DESC, tenant, category, unit"""

_UNUSUAL_KEPT = """
    SELECT tenant, category, unit, day, units, usual FROM {azure_unusual_days}
    WHERE day >= $first AND ($tenant IS NULL OR tenant = $tenant)
    ORDER BY day DESC, tenant, category, unit"""

_TOLD_DAYS = """
    SELECT min(day) AS oldest, max(day) AS newest FROM {azure_meters}
    WHERE ($tenant IS NULL OR tenant = $tenant) AND day <= $last"""

_TOLD_DAYS_KEPT = """
    SELECT min(first) AS oldest, max(last) AS newest FROM {azure_meter_months}
    WHERE ($tenant IS NULL OR tenant = $tenant)"""

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
    kept = period is None and METER_MONTHS in facts.generation.tables
    if kept:
        rows = facts.rows(_TOLD_DAYS_KEPT, tenant=tenant)
    else:
        rows = facts.rows(_TOLD_DAYS, tenant=tenant, last=period.last if period else date.max)
    ((oldest, newest),) = cast("list[tuple[date | None, date | None]]", rows)
    if oldest is None or newest is None:
        return AzureUnits(0)
    within = AzureWindow(tenant, month or month_of(newest), newest, kept=kept)
    meters = meter_units(facts, within)
    looked = _looked_through(oldest, newest, period)
    unusual = unusual_days(facts, within, looked) if looked else ()
    return AzureUnits(len(meters), meters, looked, unusual)


def _looked_through(oldest: date, newest: date, period: Period | None) -> Period | None:
    first = period.first if period else newest - timedelta(days=LOOKED_DAYS - 1)
    first = max(first, oldest + timedelta(days=LEAST_KNOWN))
    return Period(first, newest) if first <= newest else None


def meter_units(facts: Facts, within: AzureWindow) -> tuple[MeterUnits, ...]:
    """Return the units of the month so far by category and unit, those of most customers first:
    Azure usage, `quantity`.
    """
    values = {"tenant": within.tenant, "month": within.month, "last": within.last}
    if not within.kept:
        rows = facts.rows(_METERS, **values)
    elif within.tenant:
        rows = facts.rows(_METERS_OF_ONE, **values)
    else:
        rows = facts.rows(_METERS_KEPT, **values)
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
    days = {"first": counted.first, "last": counted.last}
    rule = {"start": counted.first - timedelta(days=MEDIAN_DAYS), "least": LEAST_KNOWN}
    values = {"tenant": within.tenant, **days, **rule, "factor": FACTOR, "floor": FLOOR}
    rows = facts.rows(_UNUSUAL_KEPT, **values) if within.kept else facts.rows(_UNUSUAL, **values)
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
