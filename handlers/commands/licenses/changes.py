"""Changes of seats as rows of a table: what happened in plain words, and how that is known."""

from analytics.questions.licenses import LicensesResult
from analytics.questions.licenses.rows import KnownBy, LicenceChange
from analytics.questions.seat_steps import StepKind
from handlers.chat.reply import Table
from handlers.chat.services import Say
from handlers.output.tables import WORST, TableField, table

_Field = TableField[LicenceChange]

_KINDS = {
    StepKind.BOUGHT: "licenses-bought",
    StepKind.FOUND: "licenses-found",
    StepKind.CHANGED: "licenses-changed",
    StepKind.CONVERTED: "licenses-converted",
    StepKind.ENDED: "licenses-ended",
    StepKind.LEFT: "licenses-left",
}


def newest_table(result: LicensesResult, say: Say) -> list[Table]:
    """Return the three newest changes: the day, and the seats before and after."""
    columns: list[_Field] = [
        TableField("licenses-column-day", lambda each: say.short_day(each.day), numeric=False),
        *_whose(result),
        TableField("licenses-column-what", lambda each: _short_text(each, say), numeric=False),
    ]
    return table("licenses-table-newest", result.events[:WORST], columns, say)


def _short_text(change: LicenceChange, say: Say) -> str:
    """Say the seats before and after, or that they moved."""
    if change.source:
        return change_text(change, say)
    seats = {"product": change.product, "before": change.before, "after": change.after}
    return say("licenses-changed", **seats)


def evidence_table(result: LicensesResult, say: Say) -> list[Table]:
    """Return every listed change with how it is known; and by whom, for readers who may see it."""
    columns: list[_Field] = [
        TableField("licenses-column-day", lambda each: say.day(each.day), numeric=False),
        *_whose(result),
        TableField("licenses-column-what", lambda each: change_text(each, say), numeric=False),
        TableField("licenses-column-known", lambda each: known_text(each, say), numeric=False),
    ]
    if result.names_persons:
        columns.append(TableField("activity-person", lambda each: each.who or "–", numeric=False))
    return table("licenses-table-changes", result.events, columns, say)


def _whose(result: LicensesResult) -> list[_Field]:
    if result.customer:
        return []
    return [TableField("column-customer", lambda each: each.customer.name, numeric=False)]


def change_text(change: LicenceChange, say: Say) -> str:
    """Say what happened, with the seats before and after."""
    seats = {"product": change.product, "before": change.before, "after": change.after}
    if not change.source:
        return say(_KINDS[change.kind], **seats)
    if change.source == change.product:
        return say("licenses-moved-within", n=change.change, product=change.product)
    names = {"product": change.product, "source": change.source}
    return say("licenses-moved-from", n=change.change, **names)


def known_text(change: LicenceChange, say: Say) -> str:
    """Say how an event is known; a reduction outside of the days to cancel is marked. Where no
    record of the log tells who made it, Microsoft or a migration did.
    """
    known = _evidence(change, say)
    if not change.unusual:
        return known
    return say("licenses-known-outside" if change.moment else "licenses-known-unusual", known=known)


def _evidence(change: LicenceChange, say: Say) -> str:
    if change.moment:
        return say("licenses-known-record", moment=say.clock(change.moment))
    if change.known_by is KnownBy.SOURCE:
        return say("licenses-known-source")
    if change.seen is None:
        return say("licenses-known-list")
    sentence = "licenses-known-between" if change.logged else "licenses-known-unlogged"
    return say(sentence, first=change.seen, last=change.day)
