"""`/activity`: what was done in the partner's account, for one customer or for all."""

from dataclasses import dataclass

from analytics.questions.activity import ActivityRecord, ActivityResult, activity
from analytics.values import Customer, Period, Unknown
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Paragraph, Part, Reply, Table
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.output.tables import TableField, table
from handlers.output.unknowns import why

_UNFINISHED = {
    "failed": "activity-failed",
    "decline": "activity-declined",
    "progress": "activity-in-progress",
}
"""The sentence for an operation that changed nothing, or nothing yet, by its status."""


@dataclass(frozen=True, slots=True)
class ActivityArgs:
    """A customer, or none for all; the 30 newest days without a period."""

    customer: Customer | None
    period: Period | None


async def ask(request: Request[ActivityArgs], services: Services) -> ActivityResult:
    """Find the newest records of the activity log, and the count of all in the period."""
    customer, period = request.args.customer, request.args.period
    if customer is None:
        return await services.data.over(EVERYBODY, activity, None, period)
    return await services.data.of(customer, activity, period)


def tell(result: ActivityResult, say: Say) -> Reply:
    """Say the count, or why it is not known; then the newest records as a table."""
    parts: tuple[Part, ...] = (
        *_newest(result, say),
        *(Paragraph(line) for line in _limits(result, say)),
    )
    unnamed = bool(result.records) and not result.names_persons
    details = (Paragraph(say("activity-no-persons")),) if unnamed else ()
    return Reply(parts, Audience.ROOM, headline=_headline(result, say), details=details)


def _headline(result: ActivityResult, say: Say) -> str:
    days = {"first": result.period.first, "last": result.period.last}
    if isinstance(result.total, Unknown):
        return say("activity-unknown", why=why(result.total, say), **days)
    counted = {"n": result.total, **days} if result.total else days
    if result.customer is None and result.everyone:
        return say("activity-all" if result.total else "activity-none", **counted)
    whose = result.customer.name if result.customer else say("activity-seen-customers")
    return say("activity-of" if result.total else "activity-none-of", customer=whose, **counted)


def _limits(result: ActivityResult, say: Say) -> list[str]:
    """Say which days are known, if the period has others."""
    known, period = result.known, result.period
    if isinstance(known, Unknown) or known.first <= period.first <= period.last <= known.last:
        return []
    return [say("activity-known", first=known.first, last=known.last)]


def _newest(result: ActivityResult, say: Say) -> list[Table]:
    """Table of the newest records; with customers where it is about all, with people's names for
    readers who may see them.
    """
    columns: list[TableField[ActivityRecord]] = [
        TableField("activity-day", lambda each: say.day(each.day), numeric=False),
        TableField("activity-operation", lambda each: _operation(each, say), numeric=False),
    ]
    if result.customer is None:
        own = say("activity-own-account")
        whose: TableField[ActivityRecord] = TableField(
            "activity-customer", lambda r: r.customer or own, numeric=False
        )
        columns.insert(1, whose)
    if result.names_persons:
        program = say("activity-program")
        columns.append(TableField("activity-person", lambda r: r.who or program, numeric=False))
    return table("activity-newest", result.records, columns, say)


def _operation(record: ActivityRecord, say: Say) -> str:
    unfinished = _UNFINISHED.get(record.status)
    return say(unfinished, operation=record.operation) if unfinished else record.operation
