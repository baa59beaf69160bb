"""Decisions about the end of subscriptions as rows of a file."""

from analytics.questions.renewals import Renewals
from analytics.questions.renewals.due import DueRenewals
from analytics.questions.result_columns import CellKind, ResultColumn, ResultTable

_TEXT, _COUNT, _DAY, _FLAG = CellKind.TEXT, CellKind.COUNT, CellKind.DAY, CellKind.FLAG

_RENEWALS = (
    ResultColumn("column-customer", _TEXT, lambda each: each.customer.name),
    ResultColumn("column-customer-id", _TEXT, lambda each: each.customer.id),
    ResultColumn("column-subscription-id", _TEXT, lambda each: each.subscription),
    ResultColumn("column-product", _TEXT, lambda each: each.product),
    ResultColumn("column-nickname", _TEXT, lambda each: each.nickname),
    ResultColumn("column-seats", _COUNT, lambda each: each.seats),
    ResultColumn(
        "column-case", _TEXT, lambda each: each.case, words=lambda case: f"renewal-case-{case}"
    ),
    ResultColumn("column-certain", _FLAG, lambda each: each.certainty.value == "will"),
    ResultColumn("column-act-by", CellKind.MOMENT, lambda each: each.act_by),
    ResultColumn("column-then-until", CellKind.MOMENT, lambda each: each.then_until),
    ResultColumn("column-term-end", _DAY, lambda each: each.term_end),
    ResultColumn("column-added-seats", _FLAG, lambda each: each.is_refund_window),
    ResultColumn("column-could-go", _COUNT, lambda each: each.could_go),
)


def renewals_table(result: Renewals | DueRenewals) -> ResultTable:
    """Return all lines, in the order of the answer."""
    return ResultTable(_RENEWALS, result.lines)
