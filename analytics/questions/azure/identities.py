"""Identities of answers about Azure: all is the sum of the customers, and a month of its days, each
currency by itself.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from analytics.questions.azure import AzureResult, azure
from analytics.questions.azure.spend import AzureCurrency
from analytics.questions.own_seats import evenly
from analytics.tables import AZURE_SPEND
from analytics.values import TenantId
from analytics.warehouse.building.check import Checked
from analytics.warehouse.facts import Facts

_ASKED_EVERY = 4
"""Of customers with Azure every fourth one is asked: at most 50."""

_CUSTOMERS = "SELECT DISTINCT tenant FROM {azure_spend} ORDER BY tenant"


def azure_checks(facts: Facts) -> Iterator[Checked]:
    """Compare the answer about all with those of customers asked one by one, and each with its
    days; nothing for a reader who may not see amounts.
    """
    everything = azure(facts, None, None)
    if everything.costs.month is None or everything.withheld:
        return
    every = [str(tenant) for (tenant,) in facts.rows(_CUSTOMERS)]
    ids = evenly(every)[:: _ASKED_EVERY if len(every) > _ASKED_EVERY else 1]
    some = facts.only(frozenset(map(TenantId, ids)))
    asked = [customer for each in ids if (customer := facts.customer(TenantId(each)))]
    parts = [azure(some, customer, None) for customer in asked]
    yield azure_sums(azure(some, None, None), parts)
    yield azure_days([everything, *parts])


def azure_sums(together: AzureResult, parts: Iterable[AzureResult]) -> Checked:
    """Compare the amounts of customers together with the sums of their own answers about the same
    month, and the sums by currency with the rows.
    """
    own = [each for each in parts if each.costs.month == together.costs.month]
    parted = _sums((AzureCurrency(t.code), t.amount) for each in own for t in each.costs.totals)
    totals = _sums((AzureCurrency(each.code), each.amount) for each in together.costs.totals)
    wrong = sum(parted.get(each) != totals.get(each) for each in parted.keys() | totals.keys())
    wrong += len(together.costs.spent) != sum(len(each.costs.spent) for each in own)
    return Checked(AZURE_SPEND.name, "check-azure-sums", wrong)


def azure_days(results: Iterable[AzureResult]) -> Checked:
    """Compare the sum of the days with the month so far, in each currency."""
    wrong = 0
    for each in results:
        days = _sums((day.currency, day.amount) for day in each.costs.days)
        spent = _sums((row.currency, row.amount) for row in each.costs.spent)
        wrong += days != spent
    return Checked(AZURE_SPEND.name, "check-azure-days", wrong)


def _sums(
    amounts: Iterable[tuple[AzureCurrency, Decimal | None]],
) -> dict[AzureCurrency, Decimal]:
    """Return the sum of each currency that has one; amounts without a stated currency are compared
    as what they come to in their locale, which is told nowhere.
    """
    sums: dict[AzureCurrency, Decimal] = {}
    for currency, amount in amounts:
        if amount is not None:
            sums[currency] = sums.get(currency, Decimal(0)) + amount
    return sums
