"""Details of the activity log: counts by kind, customers with failures, records of one line."""

from collections.abc import Iterator

from analytics.questions.activity import ActivityResult
from analytics.questions.activity.lines import ActivityRecord
from analytics.questions.activity.window import CustomerFailures, KindCount
from handlers.chat.reply import Part, Table
from handlers.chat.services import Say
from handlers.commands.activity.lines import customer_text, is_told, performer, record_text
from handlers.output.remarks import paragraphs
from handlers.output.tables import TableField, table


def details(result: ActivityResult, say: Say) -> tuple[Part, ...]:
    """Return the counts by kind, the customers with failures, each record of a line that sums up
    several, and remarks.
    """
    return (
        *_kinds(result, say),
        *_failures(result, say),
        *_records(result, say),
        *paragraphs(_remarks(result, say)),
    )


def _kinds(result: ActivityResult, say: Say) -> list[Table]:
    columns: list[TableField[KindCount]] = [
        TableField(
            "column-kind", lambda each: say(f"activity-word-{each.kind.value}"), numeric=False
        ),
        TableField("column-operations", lambda each: each.records),
        TableField("column-failed", lambda each: each.failed),
    ]
    return table("table-activity-kinds", result.kinds, columns, say)


def _failures(result: ActivityResult, say: Say) -> list[Table]:
    if result.customer:
        return []
    columns: list[TableField[CustomerFailures]] = [
        TableField("column-customer", lambda each: each.customer, numeric=False),
        TableField("column-failed", lambda each: each.failed),
    ]
    return table("table-activity-failures", result.failures, columns, say)


def _records(result: ActivityResult, say: Say) -> list[Table]:
    records = [record for line in result.newest if line.count > 1 for record in line.records]
    columns: list[TableField[ActivityRecord]] = [
        TableField("activity-moment", lambda each: say.clock(each.moment), numeric=False),
        TableField("activity-operation", lambda each: record_text(each, say), numeric=False),
    ]
    if result.customer is None:
        columns.insert(
            1,
            TableField("activity-customer", lambda each: customer_text(each, say), numeric=False),
        )
    if result.names_persons:
        columns.append(
            TableField("activity-person", lambda each: performer(each, say), numeric=False)
        )
    return table("table-activity-records", records, columns, say)


def _remarks(result: ActivityResult, say: Say) -> Iterator[str]:
    """Yield what is worth knowing of the rows above."""
    lines, total = result.lines, result.total
    if isinstance(lines, int) and isinstance(total, int) and lines < total:
        yield say("activity-summed", n=lines, records=total)
    if result.failed and isinstance(result.failed, int):
        yield say("activity-changed-nothing")
    codes = {
        record.operation
        for line in result.newest
        for record in line.records
        if not is_told(record.operation)
    }
    if codes:
        yield say("activity-codes", codes=say.enumeration(sorted(codes)))
    if result.newest and not result.names_persons:
        yield say("activity-no-persons")
