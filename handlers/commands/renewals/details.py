"""What lies behind decisions: counts by case, weeks, seats without a user, and remarks."""

from analytics.questions.renewals import SHOWN, Renewals
from analytics.questions.renewals.cases import Certainty, RenewalCase
from analytics.questions.renewals.lines import RenewalLine, RenewalsOfCase, RenewalWeek
from handlers.chat.reply import Part, Table
from handlers.chat.services import Say
from handlers.output.columns import CUSTOMER
from handlers.output.remarks import paragraphs
from handlers.output.tables import TableField, table


def details(result: Renewals, say: Say) -> tuple[Part, ...]:
    """Return the counts by case and week, the seats of the listed products, and the remarks."""
    return (
        *_cases(result, say),
        *_weeks(result, say),
        *_spare(result, say),
        *paragraphs(_remarks(result, say)),
    )


def _cases(result: Renewals, say: Say) -> list[Table]:
    columns: list[TableField[RenewalsOfCase]] = [
        TableField("column-case", lambda each: case_words(each.case, say), numeric=False),
        TableField("column-decisions", lambda each: each.count),
        TableField("column-seats", lambda each: each.seats),
    ]
    return table("table-renewal-cases", result.cases, columns, say)


def case_words(case: RenewalCase, say: Say) -> str:
    """Say what the end of a term is."""
    return say(f"renewal-case-{case.value}")


def _weeks(result: Renewals, say: Say) -> list[Table]:
    """Return the weeks with a decision; of one customer the lines tell them."""
    if result.customer:
        return []
    columns: list[TableField[RenewalWeek]] = [
        TableField("column-week", lambda each: say.day(each.first), numeric=False),
        TableField("column-decisions", lambda each: each.decisions),
        TableField("column-seats", lambda each: each.seats),
        TableField("column-extensions", lambda each: each.extensions),
    ]
    busy = [week for week in result.weeks if week.decisions]
    return table("table-renewal-weeks", busy, columns, say)


def _spare(result: Renewals, say: Say) -> list[Table]:
    """Return the seats of each product among the lines that a report tells of."""
    known = [line for line in result.lines[:SHOWN] if line.spare]
    columns: list[TableField[RenewalLine]] = [
        TableField("column-product", lambda line: line.product, numeric=False),
        TableField("column-ending", lambda line: "–" if line.seats is None else line.seats),
        TableField("column-sold", lambda line: line.spare.sold if line.spare else "–"),
        TableField("column-unassigned", lambda line: line.spare.unassigned if line.spare else "–"),
        TableField("column-idle", lambda line: line.spare.unused if line.spare else "–"),
    ]
    if result.customer is None:
        columns.insert(0, CUSTOMER)
    return table("table-renewal-seats", known, columns, say)


def _remarks(result: Renewals, say: Say) -> list[str]:
    """Say what the words mean that a reader may misread."""
    lines = result.lines
    said = [say("renewals-utc")]
    if any(line.certainty is Certainty.MAY for line in lines):
        said.append(say("renewals-may"))
    if any(line.case.is_extension for line in lines):
        said.append(say("renewals-extension-means"))
    if any(line.spare for line in lines):
        said.append(say("renewals-whose-seats"))
    unbridged = sum(line.spare is None for line in lines[:SHOWN])
    return [*said, *([say("renewals-no-seats-known", n=unbridged)] if unbridged else [])]
