"""A product that is counted in something else than people: how much there is of it, in its own
unit.
"""

from dataclasses import replace

from analytics.questions.portfolio import PortfolioResult
from analytics.questions.portfolio_change import CustomerSeats
from analytics.questions.seats_on_day import ProductSeats, SeatsOnDay
from analytics.questions.usage import UsageResult
from analytics.skus import Unit
from analytics.values import Seats, Unknown
from handlers.chat.reply import Audience, Choice, Figures, Reply
from handlers.chat.services import Say
from handlers.output.remarks import paragraphs
from handlers.output.tables import TableField, table
from handlers.output.unknowns import figure, why


def customers_units(
    result: UsageResult,
    latest: SeatsOnDay,
    follow_ups: tuple[Choice, ...],
    say: Say,
    *,
    ended: str = "",
) -> Reply:
    """Answer with the amount that one customer has; `ended` says first that it is no longer so."""
    columns: list[TableField[ProductSeats]] = [
        TableField("column-product", lambda each: result.names[each.id], numeric=False),
        TableField("column-sold", lambda each: each.sold),
        TableField("column-assigned", lambda each: each.assigned),
    ]
    topic = result.topic.label if result.topic else ""
    name = say("usage-topic", customer=result.customer.name, topic=topic)
    said = _finding("usage", latest.sold, result.unit, say, customer=name)
    return Reply(
        (
            *paragraphs([said] if ended else []),
            _figures(latest.sold, latest.assigned, result.unit, say),
        ),
        Audience.ROOM,
        headline=ended or said,
        details=(*table("table-products", latest.by_idle, columns, say),),
        follow_ups=follow_ups,
    )


def units_of_all(result: PortfolioResult, follow_ups: tuple[Choice, ...], say: Say) -> Reply:
    """Answer with the amount that all the asker's customers have, and each of them."""
    columns: list[TableField[CustomerSeats]] = [
        TableField("column-customer", lambda each: each.customer.name, numeric=False),
        TableField("column-sold", lambda each: each.sold),
        TableField("column-assigned", lambda each: each.assigned),
    ]
    topic = result.topic.label if result.topic else ""
    finding = _finding("portfolio", result.sold, result.unit, say)
    most = sorted(result.by_idle, key=lambda each: (-_count(each.sold), each.customer.name))
    return Reply(
        (_figures(result.sold, result.assigned, result.unit, say),),
        Audience.ROOM,
        headline=say("portfolio-topic", topic=topic, finding=finding),
        details=(*table("table-customers", most, columns, say),),
        follow_ups=follow_ups,
    )


def _finding(words: str, sold: Seats, unit: Unit, say: Say, **values: object) -> str:
    if isinstance(sold, Unknown):
        return say(f"{words}-seats-unknown", why=why(sold, say), **values)
    return say(f"{words}-units", amount=say(f"unit-{unit.value}", n=sold), **values)


def _figures(sold: Seats, assigned: Seats, unit: Unit, say: Say) -> Figures:
    amount = figure(say("figure-units"), sold, "", say)
    if isinstance(sold, int):
        amount = replace(amount, value=say(f"unit-{unit.value}", n=sold))
    return Figures((amount, figure(say("figure-assigned"), assigned, "", say)))


def _count(seats: Seats) -> int:
    return seats if isinstance(seats, int) else 0
