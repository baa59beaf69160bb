"""What lies behind one customer's answer: every product and workload, and the explanations."""

from operator import sub

from analytics.charts.model import ChartModel
from analytics.questions.seats_on_day import ProductSeats, SeatsOnDay, WorkloadUse
from analytics.questions.usage import UsageResult
from analytics.tables import USAGE
from analytics.values import Unknown, Why, combine
from handlers.chat.reply import Paragraph, Part
from handlers.chat.services import Say
from handlers.output.pictures import late_starts
from handlers.output.tables import TableField, table

_NOT_MEASURED = Unknown(Why.NOT_MEASURED, USAGE.name)


def details(
    result: UsageResult, latest: SeatsOnDay, chart: ChartModel | None, say: Say
) -> tuple[Part, ...]:
    """Return the tables by product and workload, and the explanations."""
    moved = {part.product: part.sold for part in result.change.parts} if result.change else {}
    products: list[TableField[ProductSeats]] = [
        TableField("column-product", lambda each: result.names[each.id], numeric=False),
        TableField("column-sold", lambda each: each.sold),
        TableField("column-assigned", lambda each: each.assigned),
        TableField("column-used", lambda each: each.active),
        TableField("column-idle", lambda each: each.idle),
        TableField("column-change", lambda each: say.signed_number(moved.get(each.id, 0))),
    ]
    workloads: list[TableField[WorkloadUse]] = [
        TableField("column-workload", lambda each: result.names[each.id], numeric=False),
        TableField("column-used", lambda each: each.active),
        TableField("column-entitled", lambda each: each.entitled),
        TableField("column-usage", lambda each: each.usage),
    ]
    ended = moved.keys() - {each.id for each in latest.by_idle}
    rows = [*latest.by_idle, *(ProductSeats(each, 0, 0, _NOT_MEASURED) for each in sorted(ended))]
    said = [*late_starts(chart, say), *_remarks(result, latest, say)]
    return (
        *table("table-products", rows, products[: 6 if moved else 5], say),
        *table("table-workloads", latest.workloads, workloads, say),
        *(Paragraph(line) for line in said),
    )


def _remarks(result: UsageResult, latest: SeatsOnDay, say: Say) -> list[str]:
    """Say why figures are old, do not add up or are missing; above 100 % comes last."""
    unmeasured = combine(sub, latest.sold, latest.measured_seats)
    counted = {
        "usage-unmeasured": 0 if isinstance(latest.active, Unknown) else unmeasured,
        "usage-beyond": latest.beyond,
        "usage-surplus": latest.surplus,
    }
    said, name = [], result.customer.name
    if result.change is None and result.history:
        said.append(say("usage-history", day=result.history.first))
    said += [say(each, n=n) for each, n in counted.items() if isinstance(n, int) and n]
    said += [say("usage-ended", service=e.service, day=e.last, customer=name) for e in result.ended]
    over = [result.names[w.id] for w in latest.workloads if (w.usage.value or 0) > 1]
    return said + (
        [say("usage-over", workloads=say.enumeration(over), n=len(over))] if over else []
    )
