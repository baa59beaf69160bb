"""The seats of all customers together: the idle ones first, then whose they are."""

from analytics.charts.portfolio import portfolio_chart
from analytics.questions.portfolio import PortfolioResult
from analytics.questions.portfolio_change import CustomerSeats
from analytics.skus import Unit
from analytics.values import combine
from handlers.chat.reply import Audience, Choice, Choices, Part, Reply
from handlers.chat.services import Say
from handlers.output.columns import ASSIGNED, CUSTOMER, IDLE, MEASURED, SOLD
from handlers.output.follow_ups import another_period, one_of_all
from handlers.output.no_customers import (
    compared_counts,
    names_nobody,
    no_customers,
    others_counted,
)
from handlers.output.other_units import units_of_all
from handlers.output.pictures import picture
from handlers.output.remarks import count_lines, most_line, paragraphs, under_topic
from handlers.output.seats import (
    change_lines,
    figures_of_all,
    gap_counts,
    idle_finding,
    without_names,
)
from handlers.output.tables import WORST, TableField, table

SHOWN = 8
"""Customers offered in the details: those with the most idle seats."""

_Field = TableField[CustomerSeats]
_MOST_IDLE: tuple[_Field, ...] = (CUSTOMER, IDLE, MEASURED)
_CHANGE: _Field = TableField("column-change", lambda each: each.sold_change, signed=True)


def all_customers(seats: PortfolioResult, say: Say) -> Reply:
    """Answer with the idle seats of all the asker's customers, and who has most of them; with what
    changed where a period was asked for.
    """
    if names_nobody(seats):
        return no_customers(say, everyone=seats.everyone)
    if seats.unit is not Unit.PEOPLE:
        return units_of_all(seats, _follow_ups(seats, say), say)
    chart = portfolio_chart(seats, say)
    idle = [each for each in seats.by_idle if isinstance(each.idle, int) and each.idle]
    most = [(each.customer.name, each.idle) for each in seats.customers]
    said = most_line("portfolio-idle", most, seats.idle, say)
    return Reply(
        (
            *paragraphs(change_lines(seats.change, say) if seats.period else said),
            figures_of_all(seats, say),
            *([picture(chart, say)] if chart else []),
            *table("table-idle", idle[:WORST], _MOST_IDLE, say),
        ),
        Audience.ROOM,
        safe=without_names("safe-all", seats, say),
        headline=under_topic(seats.topic, idle_finding("portfolio", seats, say), say),
        details=_details(seats, idle, say),
        follow_ups=_follow_ups(seats, say),
    )


def _details(seats: PortfolioResult, idle: list[CustomerSeats], say: Say) -> tuple[Part, ...]:
    columns: list[_Field] = [CUSTOMER, SOLD, ASSIGNED, MEASURED, IDLE]
    moved = seats.change
    offered = _choices(seats, SHOWN)
    return (
        *table("table-customers", idle or seats.customers, columns, say),
        *table("table-moved", moved.most_sold if moved else (), [CUSTOMER, SOLD, _CHANGE], say),
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
