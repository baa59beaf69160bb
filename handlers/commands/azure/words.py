"""Azure in words: the amounts, each in its currency, and who uses it."""

from decimal import Decimal

from analytics.charts.azure import spend_amount
from analytics.questions.azure import AzureResult, AzureView
from analytics.questions.azure.spend import AzureCurrency
from analytics.questions.azure.totals import CurrencyTotal
from analytics.values import Unknown
from handlers.chat.reply import Figure, Figures
from handlers.chat.services import Say
from handlers.output.unknowns import figure, why

CURRENCIES = 3
"""Amounts in a sentence; the others are counted."""


def azure_finding(result: AzureResult, say: Say) -> str:
    """Say the month's amounts, or who uses Azure; what the answer is narrowed to; or why nothing is
    known.
    """
    if result.view in (AzureView.METERS, AzureView.UNUSUAL):
        return _units_finding(result, say)
    users, whose = result.costs.users, _whose(result, say)
    if isinstance(users, Unknown):
        return say("azure-unknown", whose=whose, why=why(users, say))
    if not users or result.costs.month is None:
        return say("azure-none", whose=whose)
    if result.withheld:
        return say("azure-uses", whose=whose) if result.customer else say("azure-users", n=users)
    month = say.month(result.costs.month)
    if result.view is AzureView.OVER:
        over = len(result.costs.over)
        found = {"whose": whose, "month": month}
        return say("azure-over", n=over, **found) if over else say("azure-over-none", **found)
    return _cost(result, month, whose, say)


def _cost(result: AzureResult, month: str, whose: str, say: Say) -> str:
    """Say the month's amounts; whose they are, unless they are of all customers there are."""
    sentence = "azure-cost" if result.costs.ended else "azure-cost-so-far"
    said = {"month": month, "amounts": _amounts(result, say)}
    if result.everyone and not result.customer:
        return say(f"{sentence}-all", **said)
    return say(sentence, whose=whose, **said)


def first_lines(result: AzureResult, say: Say) -> list[str]:
    """Say that amounts are estimates; or that the reader may not see them."""
    if result.view in (AzureView.METERS, AzureView.UNUSUAL):
        return []
    if result.withheld:
        return [say("amounts-withheld")]
    return [say("azure-estimate")] if result.costs.spent else []


def azure_figures(result: AzureResult, say: Say) -> list[Figures]:
    """Return the change of each currency, budgets exceeded and unusual days; without amounts the
    Azure subscriptions and meters. None where the answer is narrowed, or nothing is known.
    """
    if result.view or isinstance(result.costs.users, Unknown):
        return []
    costs, units = result.costs, result.units
    if result.withheld:
        count = len({each.subscription for each in costs.subscriptions})
        tiles = [figure(say("azure-figure-subscriptions"), count, "", say)]
        tiles.append(figure(say("azure-figure-meters"), units.metered, "", say))
    else:
        tiles = [
            _change(each, say) for each in costs.totals[:CURRENCIES] if each.change is not None
        ]
        tiles += _budgets(result, say)
    tiles += _unusual(result, say)
    return [Figures(tuple(tiles))] if costs.users and tiles else []


def beside_amount(value: Decimal, currency: AzureCurrency, say: Say) -> str:
    """Write an amount that stands beside one of the same currency: if that is not stated, once is
    enough.
    """
    return spend_amount(value, currency, say) if currency.code else say.decimal(value)


def signed_change(value: Decimal, currency: AzureCurrency, say: Say) -> str:
    """Write a change with its sign, beside an amount of the same currency."""
    said = beside_amount(value, currency, say)
    return f"+{said}" if value > 0 else said


def _whose(result: AzureResult, say: Say) -> str:
    if result.customer:
        return result.customer.name
    return say("azure-all" if result.everyone else "azure-seen")


def _amounts(result: AzureResult, say: Say) -> str:
    """Say the amounts side by side, with the number of the others: of all customers together those
    without a stated currency are others, unless there are no more.
    """
    costs = result.costs
    said = [_total(each, say) for each in costs.totals]
    if result.customer or not said:
        rows = costs.without_currency
        said += [spend_amount(each.amount or Decimal(0), each.currency, say) for each in rows]
    shown = said[:CURRENCIES]
    rest = len(costs.totals) + len(costs.without_currency) - len(shown)
    more = [say("azure-more-amounts", n=rest)] if rest else []
    together = ", ".join([*shown, *more])
    return say("azure-not-added", amounts=together) if len(shown) + rest > 1 else together


def _total(total: CurrencyTotal, say: Say) -> str:
    """Say an amount, with the part of the budgets where all of its customers have one."""
    amount = say.amount(total.amount, total.code)
    if total.budget_used is None or total.budgets < total.customers:
        return amount
    return say("azure-of-budget", amount=amount, used=say.percent(float(total.budget_used)))


def _change(total: CurrencyTotal, say: Say) -> Figure:
    """Return the difference to the same day of the month before, where that is known."""
    currency, change = AzureCurrency(total.code), total.change or Decimal(0)
    label = say("azure-figure-change", currency=total.code)
    part = {"n": total.compared, "rows": total.customers}
    some = say("azure-figure-compared", **part) if total.compared < total.customers else ""
    return Figure(label, signed_change(change, currency, say), some)


def _budgets(result: AzureResult, say: Say) -> list[Figure]:
    budgets = sum(each.budget is not None for each in result.costs.spent)
    if result.customer or not budgets:
        return []
    beside = say("azure-figure-budgets", budgets=budgets)
    return [figure(say("azure-figure-over"), len(result.costs.over), beside, say)]


def _unusual(result: AzureResult, say: Say) -> list[Figure]:
    looked = result.units.looked
    if looked is None or not result.units.unusual:
        return []
    beside = say("figure-in-days", n=looked.days)
    return [figure(say("azure-figure-unusual"), len(result.units.unusual), beside, say)]


def _units_finding(result: AzureResult, say: Say) -> str:
    """Say how many meters there are, or how many days are unusual."""
    units, whose = result.units, _whose(result, say)
    if isinstance(units.metered, Unknown):
        return say("azure-units-unknown", whose=whose, why=why(units.metered, say))
    if units.looked is None or (result.view is AzureView.METERS and not units.meters):
        return say("azure-units-none", whose=whose)
    if result.view is AzureView.METERS:
        month = say.month(units.meters[0].last)
        return say("azure-meters", n=len(units.meters), whose=whose, month=month)
    days = {"whose": whose, "first": units.looked.first, "last": units.looked.last}
    if not units.unusual:
        return say("azure-unusual-none", **days)
    return say("azure-unusual", n=len(units.unusual), **days)
