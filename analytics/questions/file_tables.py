"""The main table of each result, by the result's class: what `/export` writes. A question whose
result has none here does not start.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, get_type_hints

from analytics.questions.activity import ActivityResult
from analytics.questions.activity.lines import ActivityRecord
from analytics.questions.activity.operations import OPERATIONS
from analytics.questions.adoption import AdoptionResult
from analytics.questions.azure import AzureResult
from analytics.questions.azure.tables import azure_table
from analytics.questions.customers import CustomerList
from analytics.questions.growth import GrowthResult
from analytics.questions.growth.moves import CustomerMove
from analytics.questions.growth.spells import Definition
from analytics.questions.licenses import LicensesResult
from analytics.questions.licenses.table import licence_table
from analytics.questions.portfolio import PortfolioResult
from analytics.questions.renewals import Renewals
from analytics.questions.renewals.due import DueRenewals
from analytics.questions.renewals.table import renewals_table
from analytics.questions.result_columns import CellKind, ResultColumn, ResultTable
from analytics.questions.seats_on_day import ProductSeats
from analytics.questions.stamp import Stamp
from analytics.questions.subscriptions import SubscriptionsResult
from analytics.questions.subscriptions.reported import ReportedSubscriptions
from analytics.questions.subscriptions.rows import CYCLE_WORDS, TERM_WORDS
from analytics.questions.usage import UsageResult
from analytics.values import Secrecy

STATUS_WORDS = frozenset({"succeeded", "failed", "decline", "progress"})
"""The source's words for the outcome of an operation that have words of ours."""

_TEXT, _COUNT, _SHARE, _DAY = CellKind.TEXT, CellKind.COUNT, CellKind.SHARE, CellKind.DAY
_FLAG = CellKind.FLAG

_CUSTOMER = (
    ResultColumn("column-customer", _TEXT, lambda each: each.customer.name),
    ResultColumn("column-customer-id", _TEXT, lambda each: each.customer.id),
)

_SEATS = (
    ResultColumn("column-sold", _COUNT, lambda each: each.sold),
    ResultColumn("column-assigned", _COUNT, lambda each: each.assigned),
    ResultColumn("column-unassigned", _COUNT, lambda each: each.unassigned),
    ResultColumn("column-share-assigned", _SHARE, lambda each: each.deployment),
    ResultColumn("column-measured", _COUNT, lambda each: each.measured),
    ResultColumn("column-used", _COUNT, lambda each: each.active),
    ResultColumn("column-idle", _COUNT, lambda each: each.idle),
)


def _usage(result: UsageResult) -> ResultTable:
    """The customer's products."""
    parts = result.change.parts if result.change else ()
    moved = {part.product: part.sold for part in parts}
    known = result.change is not None

    def change(each: ProductSeats) -> int | None:
        return moved.get(each.id, 0) if known else None

    columns = (
        ResultColumn("column-product", _TEXT, lambda each: result.names[each.id]),
        ResultColumn("column-product-id", _TEXT, lambda each: each.id),
        *_SEATS,
        ResultColumn("column-change", _COUNT, change),
    )
    return ResultTable(columns, result.latest.by_idle if result.latest else (), result.unit)


def _portfolio(result: PortfolioResult) -> ResultTable:
    """All customers that have seats, the most idle ones first."""
    columns = (
        *_CUSTOMER,
        *_SEATS,
        ResultColumn("column-change", _COUNT, lambda each: each.sold_change),
        ResultColumn("column-idle-change", _COUNT, lambda each: each.idle_change),
    )
    return ResultTable(columns, result.by_idle, result.unit)


def _adoption(result: AdoptionResult) -> ResultTable:
    """The same customers, with their shares."""
    columns = (
        *_CUSTOMER,
        *_SEATS,
        ResultColumn("column-usage", _SHARE, lambda each: each.usage),
    )
    return ResultTable(columns, result.seats.by_idle, result.unit)


def _customers(result: CustomerList) -> ResultTable:
    """All customers that fit, at a glance."""
    columns = (
        *_CUSTOMER,
        ResultColumn("column-since", _DAY, lambda each: each.since),
        ResultColumn("column-first-seen", _FLAG, lambda each: each.first_seen),
        ResultColumn("column-own-seats", _COUNT, lambda each: each.own_seats),
        ResultColumn("column-all-seats", _COUNT, lambda each: each.all_seats),
        _STATE,
        ResultColumn("column-by-app", _FLAG, lambda each: each.counts_by_app),
        ResultColumn("column-by-insights", _FLAG, lambda each: each.counts_by_insights),
        ResultColumn("column-off-list", _FLAG, lambda each: each.off_list),
        ResultColumn("column-domain", _TEXT, lambda each: each.domain),
        ResultColumn("column-relationship", _TEXT, lambda each: each.relationship),
        ResultColumn("column-as-of", _DAY, lambda each: each.as_of),
    )
    return ResultTable(columns, result.overviews)


def _state_id(word: str) -> str:
    return f"subscription-word-{word}"


_STATE = ResultColumn("column-state", _TEXT, lambda each: each.state, words=_state_id)

_SUBSCRIPTION = (
    *_CUSTOMER,
    ResultColumn("column-subscription-id", _TEXT, lambda each: each.subscription),
    ResultColumn("column-product", _TEXT, lambda each: each.product),
)


def _subscriptions(result: SubscriptionsResult) -> ResultTable:
    """All subscriptions that the words fit."""
    columns = (
        *_SUBSCRIPTION,
        ResultColumn("column-nickname", _TEXT, lambda each: each.nickname),
        ResultColumn("column-seats", _COUNT, lambda each: each.quantity),
        _STATE,
        ResultColumn("column-trial", _FLAG, lambda each: each.trial),
        ResultColumn("column-by-usage", _FLAG, lambda each: each.by_usage),
        ResultColumn("column-term", _TEXT, lambda each: each.term, words=_term_id),
        ResultColumn("column-billing", _TEXT, lambda each: each.billing_cycle, words=_cycle_id),
        ResultColumn("column-ordered", _DAY, lambda each: each.created),
        ResultColumn("column-ends", _DAY, lambda each: each.ends),
        ResultColumn("column-legacy", _FLAG, lambda each: each.legacy),
        ResultColumn("column-renews", _FLAG, lambda each: each.renews),
        ResultColumn("column-cancellable", _DAY, lambda each: each.cancellable_until),
        ResultColumn("column-ended", _DAY, lambda each: each.ended_on),
    )
    return ResultTable(columns, result.rows)


def _term_id(term: str) -> str:
    return TERM_WORDS.get(term.lower(), "")


def _cycle_id(cycle: str) -> str:
    return CYCLE_WORDS.get(cycle, "")


def _subscription_report(result: ReportedSubscriptions) -> ResultTable:
    """All subscriptions of the month's report that the words fit."""
    columns = (
        *_SUBSCRIPTION,
        ResultColumn("column-seats", _COUNT, lambda each: each.quantity),
        _STATE,
        ResultColumn("column-ends", _DAY, lambda each: each.ends),
        ResultColumn("column-renews", _FLAG, lambda each: each.renews),
    )
    return ResultTable(columns, result.rows)


_RECORD = (
    ResultColumn("column-moment", CellKind.MOMENT, lambda each: each.moment),
    ResultColumn("column-customer", _TEXT, lambda each: each.customer),
    ResultColumn(
        "activity-operation",
        _TEXT,
        lambda each: each.operation,
        words=lambda code: f"activity-{code.replace('_', '-')}" if code in OPERATIONS else "",
    ),
    ResultColumn(
        "column-status",
        _TEXT,
        lambda each: each.status,
        words=lambda code: f"status-{code}" if code in STATUS_WORDS else "",
    ),
    ResultColumn("activity-person", _TEXT, lambda each: each.who, Secrecy.PERSON),
    ResultColumn("column-by-program", _FLAG, lambda each: each.by_program, Secrecy.PERSON),
    ResultColumn("column-product", _TEXT, lambda each: each.product),
    ResultColumn("column-before", _COUNT, lambda each: each.before),
    ResultColumn("column-after", _COUNT, lambda each: each.after),
    ResultColumn("column-users", _COUNT, lambda each: each.users),
)


def _activity(result: ActivityResult) -> ResultTable:
    """Each record of the log, those of one request together."""
    records: list[ActivityRecord] = [each for line in result.newest for each in line.records]
    return ResultTable(_RECORD, records)


class _Movement(NamedTuple):
    """A customer that came or left, by a definition."""

    definition: Definition
    left: bool
    move: CustomerMove


_MOVEMENT = (
    ResultColumn("column-customer", _TEXT, lambda each: each.move.customer.name),
    ResultColumn("column-customer-id", _TEXT, lambda each: each.move.customer.id),
    ResultColumn(
        "column-definition", _TEXT, lambda each: each.definition, words=lambda e: f"growth-by-{e}"
    ),
    ResultColumn("growth-column-came", _DAY, lambda e: None if e.left else e.move.day),
    ResultColumn("growth-column-left", _DAY, lambda e: e.move.day if e.left else None),
    ResultColumn("column-returned", _FLAG, lambda e: None if e.left else e.move.returned),
    ResultColumn("growth-column-since", _DAY, lambda each: each.move.since),
    ResultColumn("growth-column-product", _TEXT, lambda each: each.move.product),
    ResultColumn("growth-column-seats", _COUNT, lambda each: each.move.seats),
)


def _growth(result: GrowthResult) -> ResultTable:
    """The customers that came and that left, by both definitions."""

    def movements() -> Iterator[_Movement]:
        for defined in (result.power_bi, result.insights):
            for left, moves in ((False, defined.came), (True, defined.left)):
                yield from (_Movement(defined.definition, left, move) for move in moves)

    return ResultTable(_MOVEMENT, tuple(movements()))


_TABLES: Mapping[type, Callable[[Any], ResultTable]] = {
    ActivityResult: _activity,
    AdoptionResult: _adoption,
    AzureResult: azure_table,
    CustomerList: _customers,
    GrowthResult: _growth,
    LicensesResult: licence_table,
    PortfolioResult: _portfolio,
    Renewals: renewals_table,
    DueRenewals: renewals_table,
    ReportedSubscriptions: _subscription_report,
    SubscriptionsResult: _subscriptions,
    UsageResult: _usage,
}


def file_table(result: object) -> ResultTable | None:
    """Return a result's main table, all rows; None for a result that has none."""
    table = _TABLES.get(type(result))
    return table(result) if table else None


def has_file_table(kind: type) -> bool:
    """Check whether results of a class can be written to a file. Raises TypeError for a class of
    stamped figures without a table.
    """
    if kind in _TABLES:
        return True
    if get_type_hints(kind).get("stamp") == Stamp:
        raise TypeError(f"{kind.__name__} has no table in {__name__}")
    return False
