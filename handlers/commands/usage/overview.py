"""The portfolio in three lines, and customers to choose from."""

from analytics.charts.portfolio import portfolio_chart
from analytics.questions.portfolio import PortfolioResult
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Part, Picture, Reply
from handlers.chat.services import Say
from handlers.commands.usage.totals import lines
from handlers.commands.usage.without_names import safe_portfolio
from handlers.output.no_customers import no_customers
from handlers.output.stamps import stamp_lines

SHOWN = 8
"""Number of customers offered: those with the most idle seats."""

IN_WORDS = 5
"""Rows of the picture in its words, for readers who do not see it."""


def overview(seats: PortfolioResult, say: Say) -> Reply:
    """Answer with counts, seats and the largest surplus of all the asker's customers together, as
    they stand now.
    """
    others = (seats.left, seats.without, seats.short)
    if not seats.customers and not any(isinstance(count, int) and count for count in others):
        return no_customers(seats.stamp, say, everyone=seats.everyone)
    period = seats.period
    parts: list[Part] = [Paragraph(line) for line in lines(seats, say)]
    chart = portfolio_chart(seats, say)
    if chart:
        rows = [f"{row.label} {row.figure} {row.beside}" for row in chart.rows[:IN_WORDS]]
        alt = say("portfolio-alt", finding=chart.title, rows=say.enumeration(rows))
        parts.append(Picture(chart, alt))
    if period:
        parts.append(Paragraph(say("portfolio-no-period")))
    tail = f" {period.first}..{period.last}" if period else ""
    items = tuple(
        Choice(c.customer.name, f"/usage {c.customer.id}{tail}") for c in seats.customers[:SHOWN]
    )
    if items:
        parts.append(Choices(say("portfolio-choose"), items))
    shown = (*parts, stamp_lines(seats.stamp, say))
    return Reply(shown, Audience.ROOM, safe=safe_portfolio(seats, say))
