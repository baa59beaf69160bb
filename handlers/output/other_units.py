"""A product that is counted in something else than people: how much there is of it, in its own
unit.
"""

from analytics.charts.other_units import customers_units_chart, units_of_all_chart
from analytics.questions.portfolio import PortfolioResult
from analytics.questions.portfolio_change import CustomerSeats
from analytics.questions.seats_on_day import ProductSeats, SeatsOnDay
from analytics.questions.usage import UsageResult
from handlers.chat.reply import Audience, Choice, Reply
from handlers.chat.services import Say
from handlers.output.columns import ASSIGNED, CUSTOMER, SOLD, product_name
from handlers.output.pictures import picture
from handlers.output.remarks import paragraphs, under_topic
from handlers.output.tables import TableField, table
from handlers.output.units import unit_figures, units_finding


def customers_units(
    result: UsageResult,
    latest: SeatsOnDay,
    follow_ups: tuple[Choice, ...],
    say: Say,
    *,
    ended: str = "",
) -> Reply:
    """Answer with the amount that one customer has; `ended` says first that it is no longer so."""
    topic = result.topic.label if result.topic else ""
    who = say("usage-topic", customer=result.customer.name, topic=topic)
    said = units_finding("usage", latest.sold, result.unit, say, customer=who)
    chart = customers_units_chart(result, latest, say)
    columns: list[TableField[ProductSeats]] = [product_name(result.names), SOLD, ASSIGNED]
    return Reply(
        (
            *paragraphs([said] if ended else []),
            unit_figures(latest.sold, latest.assigned, result.unit, say),
            *([picture(chart, say)] if chart else []),
        ),
        Audience.ROOM,
        headline=ended or said,
        details=(*table("table-products", latest.by_idle, columns, say),),
        follow_ups=follow_ups,
    )


def units_of_all(result: PortfolioResult, follow_ups: tuple[Choice, ...], say: Say) -> Reply:
    """Answer with the amount that all the asker's customers have, and each of them."""
    finding = units_finding("portfolio", result.sold, result.unit, say)
    chart = units_of_all_chart(result, say)
    columns: list[TableField[CustomerSeats]] = [CUSTOMER, SOLD, ASSIGNED]
    most = sorted(result.by_idle, key=lambda each: (-_count(each), each.customer.name))
    return Reply(
        (
            unit_figures(result.sold, result.assigned, result.unit, say),
            *([picture(chart, say)] if chart else []),
        ),
        Audience.ROOM,
        headline=under_topic(result.topic, finding, say),
        details=(*table("table-customers", most, columns, say),),
        follow_ups=follow_ups,
    )


def _count(seats: CustomerSeats) -> int:
    return seats.sold if isinstance(seats.sold, int) else 0
