"""Tables of answers about Azure, as a file has them."""

from analytics.questions.azure import AzureResult, AzureView
from analytics.questions.azure.parts import AzureSubscriptionCost
from analytics.questions.result_columns import CellKind, ResultColumn, ResultTable
from analytics.values import Secrecy

_TEXT, _DAY, _AMOUNT, _COUNT = CellKind.TEXT, CellKind.DAY, CellKind.AMOUNT, CellKind.COUNT
_MONEY = Secrecy.MONEY

_CUSTOMER = (
    ResultColumn("column-customer", _TEXT, lambda each: each.customer.name),
    ResultColumn("column-customer-id", _TEXT, lambda each: each.customer.id),
)

_CURRENCY = (
    ResultColumn("azure-column-currency", _TEXT, lambda each: each.currency.code or None),
    ResultColumn("azure-column-locale", _TEXT, lambda each: each.currency.locale or None),
)
"""The currency of the row's amounts; the locale that stands there where none is stated."""

_COST = ResultColumn("azure-column-cost", _AMOUNT, lambda each: each.amount, _MONEY)

_SPENT = (
    *_CUSTOMER,
    *_CURRENCY,
    ResultColumn("azure-column-plan", CellKind.FLAG, lambda each: each.azure_plan),
    ResultColumn("azure-column-seen", _DAY, lambda each: each.told),
    _COST,
    ResultColumn("azure-column-dollars", _AMOUNT, lambda each: each.usd, _MONEY),
    ResultColumn("azure-column-budget", _AMOUNT, lambda each: each.budget, _MONEY),
    ResultColumn("azure-column-used", CellKind.SHARE, lambda each: each.budget_used, _MONEY),
    ResultColumn("azure-column-change", _AMOUNT, lambda each: each.change, _MONEY),
)

_DAYS = (
    *_CURRENCY,
    ResultColumn("azure-column-first", _DAY, lambda each: each.first),
    ResultColumn("azure-column-last", _DAY, lambda each: each.last),
    _COST,
    ResultColumn("azure-column-corrected", _AMOUNT, lambda each: each.corrected, _MONEY),
)

_SUBSCRIPTIONS = (
    *_CUSTOMER,
    ResultColumn("azure-column-subscription", _TEXT, lambda each: each.name),
    ResultColumn("column-subscription-id", _TEXT, lambda each: each.subscription),
)

_METERS = (
    ResultColumn("azure-column-category", _TEXT, lambda each: each.category),
    ResultColumn("azure-column-unit", _TEXT, lambda each: each.unit),
    ResultColumn("azure-column-units", _AMOUNT, lambda each: each.units),
)

_METERED = (
    *_METERS,
    ResultColumn("column-customers", _COUNT, lambda each: each.customers),
    ResultColumn("azure-column-first", _DAY, lambda each: each.first),
    ResultColumn("azure-column-last", _DAY, lambda each: each.last),
)

_UNUSUAL = (
    *_CUSTOMER,
    ResultColumn("azure-column-day", _DAY, lambda each: each.day),
    *_METERS,
    ResultColumn("azure-column-usual", _AMOUNT, lambda each: each.usual),
)


def azure_table(result: AzureResult) -> ResultTable:
    """Return what the answer is narrowed to; else the customers by currency, or the days of one.
    Readers who may not see amounts get one customer's Azure subscriptions instead of its days.
    """
    if result.view is AzureView.METERS:
        return ResultTable(_METERED, result.units.meters)
    if result.view is AzureView.UNUSUAL:
        return ResultTable(_UNUSUAL, result.units.unusual)
    if result.view is AzureView.OVER:
        return ResultTable(_SPENT, result.costs.over)
    if result.customer is None:
        return ResultTable(_SPENT, result.costs.spent)
    if result.withheld:
        return ResultTable(_SUBSCRIPTIONS, _each_once(result.costs.subscriptions))
    return ResultTable(_DAYS, result.costs.days)


def _each_once(costs: tuple[AzureSubscriptionCost, ...]) -> tuple[AzureSubscriptionCost, ...]:
    """Return one row of each Azure subscription: the currencies of its costs tell them apart."""
    return tuple({each.subscription: each for each in costs}.values())
