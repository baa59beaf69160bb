"""Remarks under an answer about Azure: corrections, dollars, and what is in no sum."""

from decimal import Decimal

from analytics.charts.azure import spend_amount
from analytics.questions.azure import AzureResult
from analytics.questions.azure.spend import AzureCurrency
from analytics.values import Unknown
from handlers.chat.services import Say
from handlers.output.remarks import count_lines
from handlers.output.unknowns import why


def remarks(result: AzureResult, say: Say) -> list[str]:
    """Say corrections and US dollars, who is not counted, and what is not known."""
    costs = result.costs
    if isinstance(costs.users, Unknown):
        return []
    amounts = [] if result.withheld else [*_corrections(result, say), *_dollars(result, say)]
    return [*amounts, *count_lines(_counts(result), say), *_unknown(result, say)]


def _counts(result: AzureResult) -> dict[str, int | Unknown]:
    """Return the customers without costs in the month; of amounts, those that are apart."""
    costs = result.costs
    without = {"azure-without": costs.without}
    if result.withheld:
        return dict(without)
    older = sum(costs.as_of is not None and each.told < costs.as_of for each in costs.spent)
    return {
        **without,
        "azure-older": older,
        "azure-legacy": 0 if result.customer else len(costs.without_currency),
        "azure-not-plan": sum(each.azure_plan is False for each in costs.spent),
        "azure-without-budget": sum(each.budget is None for each in costs.spent),
    }


def _corrections(result: AzureResult, say: Say) -> list[str]:
    """Say what was taken back in the month, currency by currency."""
    sums: dict[AzureCurrency, Decimal] = {}
    for each in result.costs.days:
        if each.corrected and (each.currency.code or result.customer):
            sums[each.currency] = sums.get(each.currency, Decimal(0)) + each.corrected
    return [
        say("azure-corrected", amount=spend_amount(amount, currency, say))
        for currency, amount in sums.items()
    ]


def _dollars(result: AzureResult, say: Say) -> list[str]:
    """Say the amounts in US dollars that the source gives, each beside its own currency."""
    told = [
        say("azure-dollars-of", currency=each.code, amount=say.amount(each.usd, "USD"))
        for each in result.costs.totals
        if each.usd is not None and each.code != "USD"
    ]
    return [say("azure-dollars", amounts=say.enumeration(told))] if told else []


def _unknown(result: AzureResult, say: Say) -> list[str]:
    """Say of how many customers costs by category are known, and why units are not."""
    costs, said = result.costs, []
    if isinstance(costs.in_parts, Unknown) and not result.withheld:
        said = [say("azure-parts-unknown", why=why(costs.in_parts, say))]
    if isinstance(costs.in_parts, int) and isinstance(costs.users, int) and not result.withheld:
        few = costs.in_parts < costs.users
        said = [say("azure-in-parts", n=costs.in_parts, users=costs.users)] if few else []
    if isinstance(result.units.metered, Unknown):
        said.append(say("azure-meters-unknown", why=why(result.units.metered, say)))
    return said
