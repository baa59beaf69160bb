"""Azure of one customer or of all: the month so far and the month before, each currency by itself;
its days and parts; units by meter, and unusual days.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import ClassVar

from analytics.questions.azure.consumption import ConsumedMonth, consumed_months
from analytics.questions.azure.costs import MOST_MONTHS, AzureCosts, azure_costs
from analytics.questions.azure.units import AzureUnits, azure_units
from analytics.questions.dataset_days import known_day
from analytics.questions.month_spans import month_before, month_of
from analytics.questions.stamp import Basis, Stamp, stamp
from analytics.tables import (
    AZURE_CATEGORY_COSTS,
    AZURE_METERS,
    AZURE_SPEND,
    AZURE_SUBSCRIPTION_COSTS,
)
from analytics.values import Customer, Period, Unknown
from analytics.warehouse.facts import Facts

AZURE_BASIS = Basis(
    (AZURE_SPEND, AZURE_METERS, AZURE_CATEGORY_COSTS, AZURE_SUBSCRIPTION_COSTS),
    "azure",
    "stamp-rule-azure",
)
"""Azure that the partner itself sold; amounts are the source's estimates."""


class AzureView(Enum):
    """A part that an answer about Azure is narrowed to."""

    OVER = "over-budget"
    """Customers who have used more than their budget."""
    METERS = "meters"
    """Units by meter."""
    UNUSUAL = "unusual-days"
    """Days with unusually many units."""


@dataclass(frozen=True, slots=True)
class AzureResult:
    """The answer to `azure`."""

    NOT_COMPARED: ClassVar = ("stamp", "period", "view")

    customer: Customer | None
    """None for all that the reader may see together."""
    everyone: bool
    """True if the reader sees every customer."""
    period: Period | None
    """The period that was asked for."""
    view: AzureView | None
    withheld: bool
    """True if the reader may not see amounts: then everything computed from them is left out."""
    costs: AzureCosts
    units: AzureUnits
    consumed: tuple[ConsumedMonth, ...]
    """Consumption by Insights in the same months: another measure, in US dollars."""
    stamp: Stamp


def azure(
    facts: Facts,
    customer: Customer | None,
    period: Period | None,
    view: AzureView | None = None,
) -> AzureResult:
    """Return what Azure has cost in the newest month told of, within the period if one is given,
    with its parts, its units, and the months before.
    """
    costs, _ = facts.result_of(azure_costs, customer, period)
    units, _ = facts.result_of(azure_units, customer, period, costs.month)
    return AzureResult(
        customer=customer,
        everyone=facts.sees_all,
        period=period,
        view=view,
        withheld=not facts.sight.money,
        costs=costs,
        units=units,
        consumed=_insights_months(facts, customer, period, costs.month),
        stamp=_stamp(facts, costs, units),
    )


def _stamp(facts: Facts, costs: AzureCosts, units: AzureUnits) -> Stamp:
    """Return the stamp; with the day that was looked at where nothing is listed."""
    found = stamp(facts, AZURE_BASIS, _rests_on(costs, units))
    known = known_day(facts, AZURE_SPEND.name)
    listed = costs.users or units.metered  # unknown counts as listed
    return found if listed or isinstance(known, Unknown) else replace(found, looked=known)


def _insights_months(
    facts: Facts, customer: Customer | None, period: Period | None, month: date | None
) -> tuple[ConsumedMonth, ...]:
    """Return the consumption of the period; without one of the newest month and the one before."""
    last = month_of(period.last if period else month or facts.generation.built.date())
    first = month_of(period.first) if period else month_before(last)
    first = max(first, month_before(last, MOST_MONTHS - 1))
    return consumed_months(facts, customer.id if customer else None, first, last)


def _rests_on(costs: AzureCosts, units: AzureUnits) -> Iterator[tuple[str, str, date]]:
    """Yield the datasets that are told of, with the newest day of each."""
    if costs.as_of:
        yield AZURE_SPEND.name, "", costs.as_of
    if units.meters:
        yield AZURE_METERS.name, "", max(each.last for each in units.meters)
    if costs.categories:
        yield AZURE_CATEGORY_COSTS.name, "", min(each.told for each in costs.categories)
