"""Details of an answer about seats sold: every change, months, products, and remarks."""

from analytics.questions.licenses import LicensesResult, NetChange
from analytics.questions.licenses.flows import MonthOfLicences, SeatFlow
from analytics.values import Unknown
from handlers.chat.reply import Part, Table
from handlers.chat.services import Say
from handlers.commands.licenses.changes import evidence_table
from handlers.output.remarks import count_lines, paragraphs
from handlers.output.tables import TableField, table


def details(result: LicensesResult, say: Say) -> tuple[Part, ...]:
    """Return the changes with how they are known, then products, customers and months."""
    return (
        *paragraphs(_sum(result.flow, result, say)),
        *evidence_table(result, say),
        *_net_changes("licenses-table-products", "column-product", result.products, say),
        *_net_changes("licenses-table-customers", "column-customer", result.customers, say),
        *_months(result, say),
        *paragraphs(_remarks(result, say)),
    )


def _sum(flow: SeatFlow, result: LicensesResult, say: Say) -> list[str]:
    """Say that the seats at the end are those at the start with what was added and reduced."""
    days = {"first": result.period.first, "last": result.period.last}
    if isinstance(flow.net, Unknown) or isinstance(flow.moved, Unknown):
        return []
    ends = {"start": flow.start, "end": flow.end, **days}
    if not (flow.adds or flow.reductions or flow.moved):
        return [say("licenses-still", **ends)]
    counts = {"licenses-term-added": flow.adds, "licenses-term-reduced": flow.reductions}
    terms = count_lines(counts, say)
    if flow.moved:
        came = "licenses-term-in" if flow.moved > 0 else "licenses-term-out"
        terms.append(say(came, n=abs(flow.moved)))
    return [say("licenses-sum", moves=" ".join(terms), **ends)]


def _net_changes(
    caption: str, heading: str, changes: tuple[NetChange, ...], say: Say
) -> list[Table]:
    columns: list[TableField[NetChange]] = [
        TableField(heading, lambda each: each.name, numeric=False),
        TableField("figure-added", lambda each: each.adds),
        TableField("figure-reduced", lambda each: each.reductions),
    ]
    if any(each.moved for each in changes):
        columns.append(TableField("licenses-column-moved", lambda each: each.moved, signed=True))
    columns.append(TableField("licenses-column-change", lambda each: each.net, signed=True))
    return table(caption, changes, columns, say)


def _months(result: LicensesResult, say: Say) -> list[Table]:
    """Return the months that are wholly known, and the running one; the newest first."""
    known = [
        each
        for each in reversed(result.months)
        if not isinstance(each.days, Unknown) and (each.whole or not each.over)
    ]
    columns: list[TableField[MonthOfLicences]] = [
        TableField("licenses-column-month", lambda each: say.month(each.month), numeric=False),
        TableField("figure-added", lambda each: each.flow.adds),
        TableField("figure-reduced", lambda each: each.flow.reductions),
        TableField("licenses-column-end", lambda each: each.flow.end),
    ]
    return table("licenses-table-months", known, columns, say, len(known))


def _remarks(result: LicensesResult, say: Say) -> list[str]:
    """Say what is counted otherwise, what is not counted, and what is not listed."""
    shown, matches = len(result.events), result.matches
    more = matches - shown if isinstance(matches, int) else 0
    counted = {
        "licenses-more": more,
        "licenses-moved-seats": result.moved,
        "licenses-unusual": result.unusual,
        "licenses-trials": result.trials,
    }
    said = count_lines(counted, say)
    if result.newest.adds or result.newest.reductions:
        said.append(say("licenses-yesterday"))
    if result.topic and result.topic.workloads is not None:
        said.append(say("licenses-workload", workload=result.topic.label))
    if result.events and not result.names_persons:
        said.append(say("licenses-no-persons"))
    return said
