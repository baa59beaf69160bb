"""The portfolio in three lines, and customers to choose from."""

from analytics.questions.portfolio import PortfolioResult
from analytics.values import Period
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Part, Reply
from handlers.chat.services import Say
from handlers.chat.stamping import stamped
from handlers.chat.subjects import reference
from handlers.commands.usage.safe import safe_portfolio

SHOWN = 8
"""Customers offered: those with the most unassigned seats."""


def overview(seats: PortfolioResult, period: Period | None, say: Say) -> Reply:
    """Counts, seats and the largest surplus of all the asker's customers together, as they stand
    now.
    """
    if not seats.customers:
        return Reply((Paragraph(say("portfolio-empty")),))
    parts: list[Part] = [Paragraph(line) for line in _lines(seats, say)]
    if period:
        parts.append(Paragraph(say("portfolio-no-period")))
    tail = f" {period.first}..{period.last}" if period else ""
    known = [c.customer for c in seats.customers]
    items = tuple(
        Choice(c.customer.name, f"/usage {reference(c.customer, known)}{tail}")
        for c in seats.customers[:SHOWN]
    )
    parts.append(Choices(say("portfolio-choose"), items))
    shown = (*parts, stamped(seats.stamp, say))
    return Reply(shown, Audience.ROOM, safe=safe_portfolio(seats, say))


def _lines(seats: PortfolioResult, say: Say) -> list[str]:
    count, most = seats.counted, seats.customers[0]
    if not seats.sold:
        lines = [say("portfolio-none-sold")]
    else:
        share = say.percent(seats.assigned / seats.sold)
        lines = [
            say("portfolio-seats", n=count, sold=seats.sold, assigned=seats.assigned, share=share)
        ]
    lines.append(
        say("portfolio-active", n=seats.active)
        if seats.active is not None
        else say("usage-no-use-figures")
    )
    lines.append(
        say(
            "portfolio-unassigned",
            n=seats.unassigned,
            customer=most.customer.name,
            most=most.unassigned,
        )
    )
    if count < len(seats.customers):
        lines.append(say("portfolio-no-seats", n=len(seats.customers) - count))
    if seats.absent:
        lines.append(say("portfolio-absent", n=seats.absent))
    return lines
