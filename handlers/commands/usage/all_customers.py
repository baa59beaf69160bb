"""The seats of all customers together: the idle ones first, then whose they are."""

from analytics.charts.portfolio import portfolio_chart
from analytics.questions.portfolio import CustomerSeats, PortfolioResult
from analytics.questions.superlatives import leader
from analytics.values import Unknown, combine
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Part, Reply
from handlers.chat.services import Say
from handlers.output.no_customers import no_customers
from handlers.output.pictures import picture
from handlers.output.seats import SeatTotals, idle_finding, seat_figures, without_names
from handlers.output.tables import ROWS, WORST, TableField, table

SHOWN = 8
"""Customers offered in the details: those with the most idle seats."""

_NAME: TableField[CustomerSeats] = TableField(
    "column-customer", lambda each: each.customer.name, numeric=False
)
_MEASURED: TableField[CustomerSeats] = TableField("column-measured", lambda each: each.measured)
_IDLE: TableField[CustomerSeats] = TableField("column-idle", lambda each: each.idle)


def all_customers(seats: PortfolioResult, say: Say) -> Reply:
    """Answer with the idle seats of all the asker's customers, and who has most of them."""
    others = (seats.left, seats.without, seats.short)
    if not seats.customers and not any(isinstance(count, int) and count for count in others):
        return no_customers(say, everyone=seats.everyone)
    totals = SeatTotals(seats.sold, seats.assigned, seats.active, seats.measured, seats.idle)
    chart, paying = portfolio_chart(seats, say), seats.paying_count
    beside = "" if isinstance(paying, Unknown) else say("figure-of-customers", n=paying)
    idle = [each for each in seats.customers if isinstance(each.idle, int) and each.idle]
    return Reply(
        (
            *_most(seats, say),
            seat_figures(totals, say, beside),
            *([picture(chart, say)] if chart else []),
            *table("table-idle", idle[:WORST], [_NAME, _IDLE, _MEASURED], say),
        ),
        Audience.ROOM,
        safe=without_names("safe-all", totals, say),
        headline=idle_finding("portfolio", totals, say),
        details=_details(seats, idle, say),
        follow_ups=tuple(_choice(each) for each in seats.customers[:1]),
    )


def _most(seats: PortfolioResult, say: Say) -> list[Paragraph]:
    """Say who has the most idle seats, as far as that claim goes."""
    most = leader(seats.customers, lambda each: each.idle if isinstance(each.idle, int) else None)
    if most is None:
        return []
    kind = "tied" if most.tied else "mostly" if most.majority else "largest"
    values = {"customer": most.item.customer.name, "most": int(most.figure)}
    return [Paragraph(say(f"portfolio-idle-{kind}", others=most.tied, **values))]


def _details(seats: PortfolioResult, idle: list[CustomerSeats], say: Say) -> tuple[Part, ...]:
    columns = [
        _NAME,
        TableField("column-sold", lambda each: each.sold),
        TableField("column-assigned", lambda each: each.assigned),
        _MEASURED,
        _IDLE,
    ]
    offered = tuple(map(_choice, seats.customers[:SHOWN]))
    return (
        *table("table-customers", idle or seats.customers, columns, say, ROWS),
        *(Paragraph(line) for line in _remarks(seats, say)),
        *([Choices(say("portfolio-choose"), offered)] if offered else []),
    )


def _remarks(seats: PortfolioResult, say: Say) -> list[str]:
    """Say what is not counted, and what does not add up."""
    unmeasured = combine(lambda sold, known: sold - known, seats.sold, seats.measured)
    counted = {
        "portfolio-unassigned": seats.unassigned,
        "usage-unmeasured": 0 if isinstance(seats.active, Unknown) else unmeasured,
        "usage-beyond": seats.beyond,
        "usage-surplus": seats.surplus,
        "portfolio-no-seats": combine(lambda n: len(seats.customers) - n, seats.paying_count),
        "portfolio-left": seats.left,
        "portfolio-without": seats.without,
        "portfolio-not-whole": seats.short,
    }
    said = [say(each, n=n) for each, n in counted.items() if isinstance(n, int) and n]
    return said + ([say("portfolio-no-period")] if seats.period else [])


def _choice(seats: CustomerSeats) -> Choice:
    return Choice(seats.customer.name, f"/usage {seats.customer.id}")
