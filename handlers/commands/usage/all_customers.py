"""The seats of all customers together: the idle ones first, then whose they are."""

from analytics.charts.portfolio import portfolio_chart
from analytics.questions.portfolio import PortfolioResult
from analytics.questions.portfolio_change import CustomerSeats
from analytics.questions.superlatives import leader
from analytics.values import Unknown, combine
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Part, Reply
from handlers.chat.services import Say
from handlers.output.no_customers import no_customers
from handlers.output.pictures import picture
from handlers.output.seats import (
    SeatTotals,
    idle_finding,
    seat_change,
    seat_figures,
    without_names,
)
from handlers.output.tables import WORST, TableField, table

SHOWN = 8
"""Customers offered in the details: those with the most idle seats."""

_NAME: TableField[CustomerSeats] = TableField(
    "column-customer", lambda each: each.customer.name, numeric=False
)
_SOLD: TableField[CustomerSeats] = TableField("column-sold", lambda each: each.sold)
_MEASURED: TableField[CustomerSeats] = TableField("column-measured", lambda each: each.measured)
_IDLE: TableField[CustomerSeats] = TableField("column-idle", lambda each: each.idle)


def all_customers(seats: PortfolioResult, say: Say) -> Reply:
    """Answer with the idle seats of all the asker's customers, and who has most of them; with what
    changed where a period was asked for.
    """
    others = (seats.left, seats.without, seats.short, seats.stale, seats.without_topic)
    if not seats.customers and not any(isinstance(count, int) and count for count in others):
        return no_customers(say, everyone=seats.everyone)
    totals = SeatTotals(seats.sold, seats.assigned, seats.active, seats.measured, seats.idle)
    chart, paying = portfolio_chart(seats, say), seats.paying_count
    beside = "" if isinstance(paying, Unknown) else say("figure-of-customers", n=paying)
    idle = [each for each in seats.by_idle if isinstance(each.idle, int) and each.idle]
    finding = idle_finding("portfolio", totals, say)
    topic = seats.topic.label if seats.topic else ""
    return Reply(
        (
            *(
                Paragraph(line)
                for line in (_change(seats, say) if seats.period else _most(seats, say))
            ),
            seat_figures(totals, say, beside),
            *([picture(chart, say)] if chart else []),
            *table("table-idle", idle[:WORST], [_NAME, _IDLE, _MEASURED], say),
        ),
        Audience.ROOM,
        safe=without_names("safe-all", totals, say),
        headline=say("portfolio-topic", topic=topic, finding=finding) if topic else finding,
        details=_details(seats, idle, say),
        follow_ups=_follow_ups(seats, say),
    )


def _most(seats: PortfolioResult, say: Say) -> list[str]:
    """Say who has the most idle seats, as far as that claim goes."""
    most = leader(seats.customers, lambda each: each.idle if isinstance(each.idle, int) else None)
    if most is None:
        return []
    kind = "tied" if most.tied else "mostly" if most.majority else "largest"
    kind = "all" if most.figure == seats.idle else kind
    values = {"customer": most.item.customer.name, "most": int(most.figure)}
    return [say(f"portfolio-idle-{kind}", others=most.tied, **values)]


def _change(seats: PortfolioResult, say: Say) -> list[str]:
    """Say what changed over the customers that are known on both days; nothing where none is."""
    moved = seats.change
    return seat_change(moved.since, moved.sold, moved.assigned, say) if moved else []


def _details(seats: PortfolioResult, idle: list[CustomerSeats], say: Say) -> tuple[Part, ...]:
    columns = [
        _NAME,
        _SOLD,
        TableField("column-assigned", lambda each: each.assigned),
        _MEASURED,
        _IDLE,
    ]
    moved = [
        _NAME,
        _SOLD,
        TableField("column-change", lambda each: _sold_change(each, say)),
    ]
    offered = tuple(_choice(each, seats) for each in seats.customers[:SHOWN])
    said = [*_remarks(seats, say), *_comparison(seats, say)]
    return (
        *table("table-customers", idle or seats.customers, columns, say),
        *table("table-moved", seats.change.most_sold if seats.change else (), moved, say),
        *(Paragraph(line) for line in said),
        *([Choices(say("portfolio-choose"), offered)] if offered else []),
    )


def _sold_change(each: CustomerSeats, say: Say) -> str | Unknown:
    by = each.sold_change
    return by if isinstance(by, Unknown) else say.signed_number(by)


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
        "portfolio-stale": seats.stale,
        "portfolio-without-topic": seats.without_topic,
    }
    return [say(each, n=n) for each, n in counted.items() if isinstance(n, int) and n]


def _comparison(seats: PortfolioResult, say: Say) -> list[str]:
    """Say what changed where the answer does not begin with it, and which customers are in that."""
    moved = seats.change
    if moved is None:
        return []
    said = [] if seats.period else _change(seats, say)
    said += [say("portfolio-compared", n=moved.compared)] if isinstance(moved.compared, int) else []
    apart = {
        "portfolio-added": moved.added,
        "portfolio-gone": moved.gone,
        "portfolio-unlike": moved.unlike,
    }
    return said + [say(each, n=n) for each, n in apart.items() if isinstance(n, int) and n]


def _follow_ups(seats: PortfolioResult, say: Say) -> tuple[Choice, ...]:
    about = f'/usage all "{seats.topic.label}"' if seats.topic else "/usage"
    months = Choice(say("follow-months", n=6), f"{about} 6 months")
    another = Choice(say("follow-newest"), about) if seats.period else months
    return (*(_choice(each, seats) for each in seats.customers[:1]), another)


def _choice(each: CustomerSeats, seats: PortfolioResult) -> Choice:
    """Offer a customer, about the same products and days."""
    topic = [seats.topic.label] if seats.topic else []
    days = [f"{seats.period.first}..{seats.period.last}"] if seats.period else []
    return Choice(each.customer.name, " ".join(["/usage", each.customer.id, *topic, *days]))
