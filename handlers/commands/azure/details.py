"""Tables of an answer about Azure: customers, months, days, parts, units; and what is apart."""

from decimal import Decimal

from analytics.charts.azure import spend_amount
from analytics.questions.azure import AzureResult, AzureView
from analytics.questions.azure.consumption import ConsumedMonth
from analytics.questions.azure.parts import AzureSubscriptionCost, CategoryCost
from analytics.questions.azure.spend import (
    AzureCurrency,
    CustomerSpend,
    MonthSpend,
    SpendDay,
)
from analytics.questions.azure.units import MeterUnits, UnusualDay
from handlers.chat.reply import Part, Table
from handlers.chat.services import Say
from handlers.commands.azure.remarks import remarks
from handlers.commands.azure.words import beside_amount, first_lines, signed_change
from handlers.output.remarks import paragraphs
from handlers.output.tables import ROWS, WORST, TableField, table

DAYS = 62
"""Rows of days: a month in two currencies."""


def main_table(result: AzureResult, say: Say) -> list[Table]:
    """Return the rows before the details: what the answer is narrowed to; else the first customers,
    or the newest days of one; without amounts the first Azure subscriptions.
    """
    if result.view is AzureView.METERS:
        return _meters(result, say)
    if result.view is AzureView.UNUSUAL:
        return _unusual(result, say)
    if result.withheld:
        return _subscriptions(result, say, WORST)
    if result.view is AzureView.OVER:
        return table("azure-table-over", result.costs.over, _customer_columns(say), say)
    if result.customer:
        newest = tuple(reversed(result.costs.days))
        return table("azure-table-newest", newest[:WORST], _day_columns(say), say)
    name, cost, _, used, _ = _customer_columns(say)
    return table("azure-table-first", result.costs.spent[:WORST], [name, cost, used], say)


def details(result: AzureResult, say: Say) -> tuple[Part, ...]:
    """Return customers, months, days, categories, Azure subscriptions, meters and unusual days, as
    far as the reader may see them; then the remarks.
    """
    return (
        *paragraphs(_estimate(result, say)),
        *_amount_tables(result, say),
        *_subscriptions(result, say, ROWS),
        *_meters(result, say),
        *_unusual(result, say),
        *table("azure-table-consumed", result.consumed, _consumed_columns(say), say),
        *paragraphs(remarks(result, say)),
    )


def _estimate(result: AzureResult, say: Say) -> list[str]:
    """Say what the amounts are, where only the details have them."""
    return [] if first_lines(result, say) or not result.costs.totals else [say("azure-estimate")]


def _amount_tables(result: AzureResult, say: Say) -> list[Table]:
    """Return the tables of amounts; none where the reader may not see them."""
    costs = result.costs
    if result.withheld:
        return []
    customers = [] if result.customer else costs.spent
    days = costs.days if result.customer else ()
    return [
        *table("azure-table-customers", customers, _customer_columns(say), say),
        *table("azure-table-months", costs.months, _month_columns(result, say), say),
        *table("azure-table-days", days, _day_columns(say), say, DAYS),
        *table("azure-table-categories", costs.categories, _category_columns(result, say), say),
    ]


def _customer_columns(say: Say) -> list[TableField[CustomerSpend]]:
    return [
        TableField("column-customer", lambda each: each.customer.name, numeric=False),
        TableField("azure-column-cost", lambda each: _money(each.amount, each.currency, say)),
        TableField("azure-column-budget", lambda each: _budget(each, say)),
        TableField("azure-column-used", lambda each: _budget_share(each, say)),
        TableField("azure-column-change", lambda each: _change(each, say)),
    ]


def _budget(spent: CustomerSpend, say: Say) -> str:
    if spent.budget is None:
        return say("azure-no-budget")
    return beside_amount(spent.budget, spent.currency, say)


def _budget_share(spent: CustomerSpend, say: Say) -> str:
    return "–" if spent.budget_used is None else say.percent(float(spent.budget_used))


def _change(spent: CustomerSpend, say: Say) -> str:
    if spent.change is None:
        return say("not-known")
    return signed_change(spent.change, spent.currency, say)


def _money(value: Decimal | None, currency: AzureCurrency, say: Say) -> str:
    return "–" if value is None else spend_amount(value, currency, say)


def _month_columns(result: AzureResult, say: Say) -> list[TableField[MonthSpend]]:
    month: TableField[MonthSpend] = TableField(
        "azure-column-month", lambda each: say.month(each.month), numeric=False
    )
    customers: list[TableField[MonthSpend]] = [
        TableField("column-customers", lambda each: each.customers)
    ]
    return [
        month,
        *([] if result.customer else customers),
        TableField("azure-column-cost", lambda each: _money(each.amount, each.currency, say)),
        TableField("azure-column-seen", lambda each: say.day(each.told), numeric=False),
    ]


def _day_columns(say: Say) -> list[TableField[SpendDay]]:
    return [
        TableField("azure-column-day", lambda each: _day_words(each, say), numeric=False),
        TableField("azure-column-cost", lambda each: _money(each.amount, each.currency, say)),
    ]


def _day_words(day: SpendDay, say: Say) -> str:
    """Say a day, or the days that are known together; and that it is a correction."""
    if day.first != day.last:
        count = (day.last - day.first).days + 1
        first, last = say.short_day(day.first), say.short_day(day.last)
        return say("azure-days-together", first=first, last=last, n=count)
    if day.corrected:
        return say("azure-day-corrected", day=say.short_day(day.last))
    return say.short_day(day.last)


def _category_columns(result: AzureResult, say: Say) -> list[TableField[CategoryCost]]:
    customers: list[TableField[CategoryCost]] = [
        TableField("column-customers", lambda each: each.customers)
    ]
    return [
        TableField("azure-column-category", lambda each: each.category, numeric=False),
        *([] if result.customer else customers),
        TableField(
            "azure-column-cost",
            lambda each: _money(each.amount, AzureCurrency(each.currency), say),
        ),
    ]


def _consumed_columns(say: Say) -> list[TableField[ConsumedMonth]]:
    return [
        TableField("azure-column-month", lambda each: say.month(each.month), numeric=False),
        TableField("azure-column-consumed", lambda each: say.amount(each.amount, "USD")),
    ]


def _subscriptions(result: AzureResult, say: Say, most: int) -> list[Table]:
    """Return the Azure subscriptions; without amounts each once."""
    rows = result.costs.subscriptions
    columns: list[TableField[AzureSubscriptionCost]] = [
        TableField("azure-column-subscription", lambda each: each.name, numeric=False)
    ]
    if result.customer is None:
        customer: TableField[AzureSubscriptionCost] = TableField(
            "column-customer", lambda each: each.customer.name, numeric=False
        )
        columns.insert(0, customer)
    if result.withheld:
        rows = tuple({each.subscription: each for each in rows}.values())
    else:
        columns.append(TableField("azure-column-cost", lambda each: _part(each, say)))
    return table("azure-table-subscriptions", rows, columns, say, most)


def _part(cost: AzureSubscriptionCost, say: Say) -> str:
    return _money(cost.amount, AzureCurrency(cost.currency), say)


def _meters(result: AzureResult, say: Say) -> list[Table]:
    columns: list[TableField[MeterUnits]] = [
        TableField("azure-column-category", lambda each: each.category, numeric=False),
        TableField("azure-column-unit", lambda each: each.unit, numeric=False),
        TableField("azure-column-units", lambda each: say.decimal(each.units)),
    ]
    if result.customer is None:
        columns.append(TableField("column-customers", lambda each: each.customers))
    return table("azure-table-meters", result.units.meters, columns, say)


def _unusual(result: AzureResult, say: Say) -> list[Table]:
    columns: list[TableField[UnusualDay]] = [
        TableField("azure-column-day", lambda each: say.day(each.day), numeric=False),
        TableField("azure-column-category", lambda each: each.category, numeric=False),
        TableField("azure-column-unit", lambda each: each.unit, numeric=False),
        TableField("azure-column-units", lambda each: say.decimal(each.units)),
        TableField("azure-column-usual", lambda each: say.decimal(each.usual)),
    ]
    if result.customer is None:
        customer: TableField[UnusualDay] = TableField(
            "column-customer", lambda each: each.customer.name, numeric=False
        )
        columns.insert(0, customer)
    return table("azure-table-unusual", result.units.unusual, columns, say)
