"""The seats of one customer: the idle ones first, then the products that they are in."""

from analytics.charts.model import ChartModel
from analytics.charts.usage import usage_chart
from analytics.questions.seats_on_day import NOT_MEASURED, ProductSeats, SeatsOnDay
from analytics.questions.usage import UsageResult
from analytics.skus import Unit
from handlers.chat.reply import Audience, Choice, Part, Reply
from handlers.chat.services import Say
from handlers.output.columns import ASSIGNED, IDLE, MEASURED, SOLD, product_name, workload_columns
from handlers.output.follow_ups import another_period
from handlers.output.no_licences import no_figures, no_licences
from handlers.output.other_units import customers_units
from handlers.output.pictures import late_starts, picture
from handlers.output.remarks import count_lines, paragraphs
from handlers.output.seats import (
    change_lines,
    gap_counts,
    idle_finding,
    seat_figures,
    without_names,
)
from handlers.output.tables import WORST, TableField, table


def one_customer(result: UsageResult, say: Say) -> Reply:
    """Answer with the idle seats, what changed, a picture, and the products with most of them. Of a
    customer without licences now: that first, then how they stood.
    """
    latest, gone, who, topic = result.latest, result.unlisted, result.customer, result.topic
    if latest is None:
        none = no_figures(who, result.period, result.history, gone, say)
        return Reply((), Audience.ROOM, headline=none)
    if result.unit is not Unit.PEOPLE:
        ended = no_licences(who, gone, say) if gone else ""
        return customers_units(result, latest, _follow_ups(result, latest, say), say, ended=ended)
    chart = usage_chart(result, say)
    idle: list[TableField[ProductSeats]] = [product_name(result.names), IDLE, MEASURED]
    name = say("usage-topic", customer=who.name, topic=topic.label) if topic else who.name
    finding = idle_finding("usage", latest, say, customer=name)
    stood = [say("usage-left-figures"), finding]
    return Reply(
        (
            *paragraphs(stood if gone and gone.last else change_lines(result.change, say)),
            seat_figures(latest, say),
            *([picture(chart, say)] if chart else []),
            *table("table-idle", latest.idlest[:WORST], idle, say),
        ),
        Audience.ROOM,
        safe=without_names("safe-customer", latest, say),
        headline=no_licences(who, gone, say) if gone else finding,
        details=_details(result, latest, chart, say),
        follow_ups=_follow_ups(result, latest, say),
    )


def _follow_ups(result: UsageResult, latest: SeatsOnDay, say: Say) -> tuple[Choice, ...]:
    """Return the product with the most idle seats, or all of the customer; then another period."""
    whole, topic = f"/usage {result.customer.id}", result.topic
    deeper = Choice(say("follow-whole", customer=result.customer.name), whole)
    if topic is None and latest.by_idle:
        product = result.names[latest.by_idle[0].id]
        deeper = Choice(product, f"{whole} {product}")
    about = f"{whole} {topic.words}" if topic else whole
    return deeper, another_period(about, say, asked=result.period_asked)


def _details(
    result: UsageResult, latest: SeatsOnDay, chart: ChartModel | None, say: Say
) -> tuple[Part, ...]:
    """Return the tables by product and workload, and the explanations."""
    moved = {part.product: part.sold for part in result.change.parts} if result.change else {}
    products: list[TableField[ProductSeats]] = [
        *(product_name(result.names), SOLD, ASSIGNED),
        TableField("column-used", lambda each: each.active),
        IDLE,
        TableField("column-change", lambda each: moved.get(each.id, 0), signed=True),
    ]
    ended = moved.keys() - {each.id for each in latest.by_idle}
    rows = [*latest.by_idle, *(ProductSeats(each, 0, 0, NOT_MEASURED) for each in sorted(ended))]
    return (
        *table("table-products", rows, products[: 6 if moved else 5], say),
        *table("table-workloads", latest.workloads, workload_columns(result.names), say),
        *paragraphs([*late_starts(chart, say), *_remarks(result, latest, say)]),
    )


def _remarks(result: UsageResult, latest: SeatsOnDay, say: Say) -> list[str]:
    """Say why figures are old, do not add up or are missing; above 100 % comes last."""
    said, name = [], result.customer.name
    if result.change is None and result.history:
        said.append(say("usage-history", day=result.history.first))
    said += count_lines(gap_counts(latest), say)
    said += [say("usage-ended", service=e.service, day=e.last, customer=name) for e in result.ended]
    over = [result.names[w.id] for w in latest.workloads if (w.usage.value or 0) > 1]
    last = [say("usage-over", workloads=say.enumeration(over), n=len(over))] if over else []
    return said + last
