"""What was done, in plain words: one line for each request."""

from dataclasses import replace

from analytics.questions.activity import ActivityResult
from analytics.questions.activity.lines import ActivityLine, ActivityRecord
from analytics.questions.activity.operations import OPERATIONS, ActivityKind
from handlers.chat.reply import Table
from handlers.chat.services import Say
from handlers.output.tables import TableField, table

_UNFINISHED = {
    "failed": "activity-failed",
    "decline": "activity-declined",
    "progress": "activity-in-progress",
}
"""The sentence for an operation that changed nothing, or nothing yet, by its status."""


def chosen_words(result: ActivityResult, say: Say) -> str:
    """Say the words that narrow the log, in the reader's language; a subscription by its product,
    where a record names it.
    """
    chosen = result.chosen
    said = [say(f"activity-word-{each}") for each in chosen.words]
    said += [chosen.person] if chosen.person else []
    return ", ".join([*said, *([_subscription(result, say)] if chosen.subscription else [])])


def _subscription(result: ActivityResult, say: Say) -> str:
    product = next((line.lead.product for line in result.newest if line.lead.product), "")
    if not product:
        return say("activity-of-a-subscription")
    return say("activity-of-subscription", product=product)


def newest_table(result: ActivityResult, say: Say) -> list[Table]:
    """Return the newest lines; with customers where it is about all, with people's names for
    readers who may see them.
    """
    columns: list[TableField[ActivityLine]] = [
        TableField("activity-day", lambda each: say.day(each.lead.day), numeric=False),
        TableField("activity-operation", lambda each: line_text(each, say), numeric=False),
    ]
    if result.customer is None:
        columns.insert(
            1,
            TableField(
                "activity-customer", lambda each: customer_text(each.lead, say), numeric=False
            ),
        )
    if result.names_persons:
        columns.append(
            TableField("activity-person", lambda each: performer(each.lead, say), numeric=False)
        )
    tables = table("activity-newest", result.newest, columns, say)
    shown = len(result.newest)
    if not isinstance(result.lines, int) or result.lines <= shown:
        return tables
    caption = say("activity-newest-first", shown=shown, rows=result.lines)
    return [replace(each, caption=caption) for each in tables]


def line_text(line: ActivityLine, say: Say) -> str:
    """Say what a request did, how many records it has, and whether it failed."""
    if line.count == 1:
        return record_text(line.lead, say)
    what, counted = _what_was_done(line.lead, say), {"n": line.count}
    if line.failed:
        return say("activity-partly-failed", what=what, failed=line.failed, **counted)
    return say("activity-of-records", what=_with_mark(line.lead, what, say), **counted)


def record_text(record: ActivityRecord, say: Say) -> str:
    """Say what one record tells; what failed, was declined or is in progress is marked."""
    return _with_mark(record, _what_was_done(record, say), say)


def performer(record: ActivityRecord, say: Say) -> str:
    """Say who did it, for a reader who may see persons: a dash where the log does not say."""
    return record.who or (say("activity-program") if record.by_program else "–")


def customer_text(record: ActivityRecord, say: Say) -> str:
    """Say whom it was done to."""
    return record.customer or say("activity-own-account")


def is_told(operation: str) -> bool:
    """Check whether an operation has words; one that Microsoft does not document has its code."""
    return operation in OPERATIONS


def _with_mark(record: ActivityRecord, what: str, say: Say) -> str:
    unfinished = _UNFINISHED.get(record.status)
    return say(unfinished, operation=what) if unfinished else what


def _what_was_done(record: ActivityRecord, say: Say) -> str:
    """Say the operation, with the seats that it tells of."""
    seats = _seats(record, say)
    if record.operation == "update_subscription" and _has_change(record):
        return seats
    operation = record.operation
    what = say(f"activity-{operation.replace('_', '-')}") if is_told(operation) else operation
    return say("activity-told", what=what, seats=seats) if seats else what


def _has_change(record: ActivityRecord) -> bool:
    known = record.before is not None and record.after is not None
    return known and record.before != record.after


def _seats(record: ActivityRecord, say: Say) -> str:
    """Say the seats before and after, or those ordered, or the product alone; nothing where none of
    these is known.
    """
    values = {"before": record.before, "after": record.after, "product": record.product}
    if _has_change(record):
        return say("activity-seats" if record.product else "activity-seats-alone", **values)
    if record.after is None or _is_same(record):
        return record.product or _users(record, say)
    if record.product:
        return say("activity-ordered", after=record.after, product=record.product)
    return say("activity-ordered-alone", n=record.after)


def _is_same(record: ActivityRecord) -> bool:
    """Check whether something else than the number of seats was changed."""
    return record.before is not None and record.before == record.after


def _users(record: ActivityRecord, say: Say) -> str:
    """Say how many users a record names, where they are several."""
    if (record.users or 0) < 2 or OPERATIONS.get(record.operation) is ActivityKind.ORDER:
        return ""
    return say("activity-users", n=record.users)
