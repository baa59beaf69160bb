"""The seats of all customers together: the idle ones first, then whose they are."""

from analytics.charts.portfolio import portfolio_chart
from analytics.questions.portfolio import PortfolioResult
from analytics.questions.portfolio_change import CustomerSeats
from analytics.skus import Unit
from analytics.values import Unknown, combine
from handlers.chat.reply import Audience, Choice, Choices, Part, Reply
from handlers.chat.services import Say
from handlers.commands.usage.other_units import units_of_all
from handlers.output.follow_ups import another_period, one_of_all
from handlers.output.no_customers import (
    compared_counts,
    names_nobody,
    no_customers,
    others_counted,
)
from handlers.output.pictures import picture
from handlers.output.remarks import count_lines, most_line, paragraphs
from handlers.output.seats import (
    change_lines,
    gap_counts,
    idle_finding,
    seat_figures,
    without_names,
)
from handlers.output.tables import ASSIGNED, IDLE, MEASURED, SOLD, WORST, TableField, table

SHOWN = 8
"""Customers offered in the details: those with the most idle seats."""

_Field = TableField[CustomerSeats]
_NAME: _Field = TableField("column-customer", lambda each: each.customer.name, numeric=False)
_CHANGE: _Field = TableField("column-change", lambda each: each.sold_change, signed=True)


def all_customers(seats: PortfolioResult, say: Say) -> Reply:
    """Answer with the idle seats of all the asker's customers, and who has most of them; with what
    changed where a period was asked for.
    """
    if names_nobody(seats):
        return no_customers(say, everyone=seats.everyone)
    if seats.unit is not Unit.PEOPLE:
        return units_of_all(seats, _follow_ups(seats, say), say)
    chart, paying = portfolio_chart(seats, say), seats.paying_count
    beside = "" if isinstance(paying, Unknown) else say("figure-of-customers", n=paying)
    idle = [each for each in seats.by_idle if isinstance(each.idle, int) and each.idle]
    finding = idle_finding("portfolio", seats, say)
    most = [(each.customer.name, each.idle) for each in seats.customers]
    said = most_line("portfolio-idle", most, seats.idle, say)
    topic = seats.topic.label if seats.topic else ""
    return Reply(
        (
            *paragraphs(change_lines(seats.change, say) if seats.period else said),
            seat_figures(seats, say, beside),
            *([picture(chart, say)] if chart else []),
            *table("table-idle", idle[:WORST], [_NAME, IDLE, MEASURED], say),
        ),
        Audience.ROOM,
        safe=without_names("safe-all", seats, say),
        headline=say("portfolio-topic", topic=topic, finding=finding) if topic else finding,
        details=_details(seats, idle, say),
        follow_ups=_follow_ups(seats, say),
    )


def _details(seats: PortfolioResult, idle: list[CustomerSeats], say: Say) -> tuple[Part, ...]:
    columns: list[_Field] = [_NAME, SOLD, ASSIGNED, MEASURED, IDLE]
    moved = seats.change
    offered = _choices(seats, SHOWN)
    return (
        *table("table-customers", idle or seats.customers, columns, say),
        *table("table-moved", moved.most_sold if moved else (), [_NAME, SOLD, _CHANGE], say),
        *paragraphs(_remarks(seats, say)),
        *([Choices(say("portfolio-choose"), offered)] if offered else []),
    )


def _remarks(seats: PortfolioResult, say: Say) -> list[str]:
    """Say what is not counted and what does not add up; then what changed, and for how many."""
    counted = {
        "portfolio-unassigned": seats.unassigned,
        **gap_counts(seats),
        "portfolio-no-seats": combine(lambda n: len(seats.customers) - n, seats.paying_count),
        **others_counted(seats),
    }
    changed = [] if seats.period else change_lines(seats.change, say)
    return [*count_lines(counted, say), *changed, *count_lines(compared_counts(seats), say)]


def _follow_ups(seats: PortfolioResult, say: Say) -> tuple[Choice, ...]:
    about = f'/usage all "{seats.topic.label}"' if seats.topic else "/usage"
    period = another_period(about, say, asked=seats.period is not None)
    return (*_choices(seats, 1), period)


def _choices(seats: PortfolioResult, most: int) -> tuple[Choice, ...]:
    return tuple(
        one_of_all("/usage", each.customer, seats.topic, seats.period)
        for each in seats.customers[:most]
    )
