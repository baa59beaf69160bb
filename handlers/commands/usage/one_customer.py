"""The seats of one customer: the idle ones first, then the products that they are in."""

from analytics.charts.usage import usage_chart
from analytics.questions.seats_on_day import ProductSeats, SeatsOnDay
from analytics.questions.usage import UsageResult
from handlers.chat.reply import Audience, Choice, Paragraph, Reply
from handlers.chat.services import Say
from handlers.commands.usage.details import details
from handlers.output.no_licences import no_licences
from handlers.output.pictures import picture
from handlers.output.seats import (
    SeatTotals,
    idle_finding,
    seat_change,
    seat_figures,
    without_names,
)
from handlers.output.tables import WORST, TableField, table


def one_customer(result: UsageResult, say: Say) -> Reply:
    """Answer with the idle seats, what changed, a picture, and the products with most of them."""
    latest = result.latest
    if latest is None:
        return Reply((), Audience.ROOM, headline=_nothing(result, say))
    chart, totals = usage_chart(result, say), _totals(latest)
    columns: list[TableField[ProductSeats]] = [
        TableField("column-product", lambda each: result.names[each.id], numeric=False),
        TableField("column-idle", lambda each: each.idle),
        TableField("column-measured", lambda each: each.measured_seats),
    ]
    return Reply(
        (
            *_as_it_stood(result, totals, say),
            *_change(result, say),
            seat_figures(totals, say),
            *([picture(chart, say)] if chart else []),
            *table("table-idle", latest.idlest[:WORST], columns, say),
        ),
        Audience.ROOM,
        safe=without_names("safe-customer", totals, say),
        headline=_headline(result, totals, say),
        details=details(result, latest, chart, say),
        follow_ups=_follow_ups(result, latest, say),
    )


def _totals(latest: SeatsOnDay) -> SeatTotals:
    sums = latest.sold, latest.assigned, latest.active, latest.measured_seats, latest.idle
    return SeatTotals(*sums)


def _headline(result: UsageResult, totals: SeatTotals, say: Say) -> str:
    """Say the idle seats; of a customer without licences now, that they have none."""
    if result.unlisted:
        return no_licences(result.customer.name, result.unlisted, say)
    return _idle(result, totals, say)


def _as_it_stood(result: UsageResult, totals: SeatTotals, say: Say) -> list[Paragraph]:
    """Say the idle seats that a customer had before they left; nothing of any other customer."""
    if result.unlisted is None or result.unlisted.last is None:
        return []
    return [Paragraph(say("usage-left-figures")), Paragraph(_idle(result, totals, say))]


def _idle(result: UsageResult, totals: SeatTotals, say: Say) -> str:
    return idle_finding("usage", totals, say, customer=_subject(result, say))


def _nothing(result: UsageResult, say: Say) -> str:
    """Say why there are no figures: no licences, or no snapshot in the period."""
    history, gone, asked = result.history, result.unlisted, result.period
    if history is None or (gone and gone.since and gone.since <= asked.first):
        return no_licences(result.customer.name, gone, say) if gone else ""
    between = history.first < asked.first and asked.last < history.last
    return say(
        "usage-gap" if between else "usage-nothing",
        customer=result.customer.name,
        first=asked.first,
        last=asked.last,
        oldest=history.first,
        newest=history.last,
    )


def _subject(result: UsageResult, say: Say) -> str:
    """Return the customer's name, with the product or workload where one was asked for."""
    name = result.customer.name
    return say("usage-topic", customer=name, topic=result.topic.label) if result.topic else name


def _change(result: UsageResult, say: Say) -> list[Paragraph]:
    """Say the seats sold and assigned since then; nothing where that is not known."""
    moved = result.change
    said = seat_change(moved.since, moved.sold, moved.assigned, say) if moved else []
    return [Paragraph(line) for line in said]


def _follow_ups(result: UsageResult, latest: SeatsOnDay, say: Say) -> tuple[Choice, ...]:
    """Return the product with the most idle seats, or all of the customer; then another period."""
    whole, topic = f"/usage {result.customer.id}", result.topic
    deeper = Choice(say("follow-whole", customer=result.customer.name), whole)
    if topic is None and latest.by_idle:
        product = result.names[latest.by_idle[0].id]
        deeper = Choice(product, f"{whole} {product}")
    about = f"{whole} {topic.words}" if topic else whole
    months = Choice(say("follow-months", n=6), f"{about} 6 months")
    return deeper, Choice(say("follow-newest"), about) if result.period_asked else months
