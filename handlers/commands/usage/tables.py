"""A customer's usage as tables: by workload and by product."""

from analytics.questions.seats_on_day import ProductSeats, SeatsOnDay, WorkloadUse
from analytics.questions.usage import UsageResult
from analytics.values import Unknown
from handlers.chat.reply import Table, TableColumn
from handlers.chat.services import Say
from handlers.output.unknowns import cell

ROWS = 12
"""Rows of a table in chat; the caption says how many there are where it is cut."""


def by_workload(result: UsageResult, latest: SeatsOnDay, say: Say) -> list[Table]:
    """Table of active and entitled seats by workload, least used first, with the change in
    percentage points.
    """
    if not latest.workloads:
        return []
    before = {w.id: w for w in result.change.before.workloads} if result.change else {}
    rows = tuple(_workload(result, w, before.get(w.id), say) for w in latest.workloads[:ROWS])
    heads = ("column-workload", "column-active", "column-entitled", "column-usage", "column-points")
    kept = heads if result.change else heads[:4]
    columns = tuple(TableColumn(say(head), numeric=at > 0) for at, head in enumerate(kept))
    return [
        Table(
            _caption("table-workloads", len(latest.workloads), say),
            columns,
            tuple(row[: len(kept)] for row in rows),
        )
    ]


def _workload(
    result: UsageResult, now: WorkloadUse, before: WorkloadUse | None, say: Say
) -> tuple[str, ...]:
    share, then = now.usage.value, before.usage.value if before else None
    points = (
        "–"
        if share is None or then is None
        else say.signed_number(round(share * 100) - round(then * 100))
    )
    usage = say("no-seats") if share is None else say.percent(share)
    return (result.names[now.id], say.number(now.active), say.number(now.entitled), usage, points)


def by_product(result: UsageResult, latest: SeatsOnDay, say: Say) -> list[Table]:
    """Table of sold, assigned, unassigned and active seats by product, most idle first."""
    if not latest.products:
        return []
    heads = (
        "column-product",
        "column-sold",
        "column-assigned",
        "column-deployment",
        "column-unassigned",
        "column-active",
    )
    columns = tuple(TableColumn(say(head), numeric=at > 0) for at, head in enumerate(heads))
    rows = tuple(_product(result, p, say) for p in latest.products[:ROWS])
    return [Table(_caption("table-products", len(latest.products), say), columns, rows)]


def _product(result: UsageResult, seats: ProductSeats, say: Say) -> tuple[str, ...]:
    counts = (seats.sold, seats.assigned, seats.unassigned, seats.active)
    sold, assigned, unassigned, active = (cell(each, say) for each in counts)
    return (result.names[seats.id], sold, assigned, _share(seats, say), unassigned, active)


def _share(seats: ProductSeats, say: Say) -> str:
    share = seats.deployment
    if isinstance(share, Unknown):
        return cell(share, say)
    return say("no-seats") if share.value is None else say.percent(share.value)


def _caption(sentence: str, rows: int, say: Say) -> str:
    return say(sentence) if rows <= ROWS else say(f"{sentence}-cut", shown=ROWS, rows=rows)
