"""The table of an answer about licences, as a file has it."""

from analytics.questions.licenses import LicensesResult
from analytics.questions.result_columns import CellKind, ResultColumn, ResultTable
from analytics.values import Secrecy

_TEXT, _COUNT, _DAY = CellKind.TEXT, CellKind.COUNT, CellKind.DAY

_CHANGE = (
    ResultColumn("licenses-column-day", _DAY, lambda each: each.day),
    ResultColumn("column-customer", _TEXT, lambda each: each.customer.name),
    ResultColumn("column-customer-id", _TEXT, lambda each: each.customer.id),
    ResultColumn("column-subscription-id", _TEXT, lambda each: each.subscription),
    ResultColumn("column-product", _TEXT, lambda each: each.product),
    ResultColumn(
        "licenses-column-what", _TEXT, lambda each: each.kind, words=lambda e: f"seat-step-{e}"
    ),
    ResultColumn("column-before", _COUNT, lambda each: each.before),
    ResultColumn("column-after", _COUNT, lambda each: each.after),
    ResultColumn("licenses-column-change", _COUNT, lambda each: each.change),
    ResultColumn("licenses-column-source", _TEXT, lambda each: each.source or None),
    ResultColumn(
        "licenses-column-known",
        _TEXT,
        lambda each: each.known_by,
        words=lambda e: f"seat-known-{e}",
    ),
    ResultColumn("column-moment", CellKind.MOMENT, lambda each: each.moment),
    ResultColumn("licenses-column-seen", _DAY, lambda each: each.seen),
    ResultColumn("licenses-column-unusual", CellKind.FLAG, lambda each: each.unusual),
    ResultColumn("activity-person", _TEXT, lambda each: each.who or None, Secrecy.PERSON),
)


def licence_table(result: LicensesResult) -> ResultTable:
    """Return each change of seats in the days listed, of the direction asked for."""
    return ResultTable(_CHANGE, result.events)
