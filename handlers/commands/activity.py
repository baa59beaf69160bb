"""`/activity`: what was done in the partner's account, for one customer or for all."""

from dataclasses import dataclass

from analytics.questions.activity import ActivityRecord, ActivityResult, activity
from analytics.values import Customer, Period, Unknown
from handlers.chat.command import Request
from handlers.chat.reply import Audience, Paragraph, Part, Reply, Table, TableColumn
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
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
    parts: list[Part] = [_table(result, say)] if result.records else []
    parts += [Paragraph(line) for line in _limits(result, say)]
    unnamed = bool(result.records) and not result.names_persons
    details = (Paragraph(say("activity-no-persons")),) if unnamed else ()
    return Reply(tuple(parts), Audience.ROOM, headline=_headline(result, say), details=details)


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


def _table(result: ActivityResult, say: Say) -> Table:
    heads = ["activity-day", "activity-operation"]
    if result.customer is None:
        heads.insert(1, "activity-customer")
    if result.names_persons:
        heads.append("activity-person")
    cells = [_cells(record, say) for record in result.records]
    rows = tuple(tuple(row[head] for head in heads) for row in cells)
    return Table(
        say("activity-newest", n=len(rows)), tuple(TableColumn(say(head)) for head in heads), rows
    )


def _cells(record: ActivityRecord, say: Say) -> dict[str, str]:
    """Return a record's cells by the headings of their columns."""
    unfinished, operation = _UNFINISHED.get(record.status), record.operation
    return {
        "activity-day": say.day(record.day),
        "activity-customer": record.customer or say("activity-own-account"),
        "activity-operation": say(unfinished, operation=operation) if unfinished else operation,
        "activity-person": record.who or say("activity-program"),
    }
