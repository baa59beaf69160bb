"""The sentences about all customers together."""

from analytics.questions.portfolio import PortfolioResult
from analytics.values import Seats, Unknown, Why, combine
from handlers.chat.services import Say
from handlers.output.unknowns import why


def lines(seats: PortfolioResult, say: Say) -> list[str]:
    """Say seats, their use, the largest surplus, and how many customers are not counted."""
    said = [seats_line(seats, say), _active(seats.active, say), *_surplus(seats, say)]
    lapsed = combine(lambda paying: len(seats.customers) - paying, seats.paying_count)
    counted = {
        "portfolio-no-seats": lapsed,
        "portfolio-left": seats.left,
        "portfolio-without": seats.without,
        "portfolio-not-whole": seats.short,
    }
    known = {sentence: n for sentence, n in counted.items() if isinstance(n, int)}
    return said + [say(sentence, n=n) for sentence, n in known.items() if n]


def seats_line(seats: PortfolioResult, say: Say) -> str:
    """Say seats sold and assigned, or why they are not known; no customer is named."""
    share = seats.deployment
    if isinstance(share, Unknown):
        return say("portfolio-seats-unknown", n=len(seats.customers), why=why(share, say))
    if share.value is None:
        return say("portfolio-none-sold")
    counts = {"n": seats.paying_count, "sold": share.whole, "assigned": share.part}
    return say("portfolio-seats", **counts, share=say.percent(share.value))


def _active(active: Seats, say: Say) -> str:
    if not isinstance(active, Unknown):
        return say("portfolio-active", n=active)
    if active.why is Why.NOT_MEASURED:
        return say("usage-no-use-figures")
    return say("portfolio-active-unknown", why=why(active, say))


def _surplus(seats: PortfolioResult, say: Say) -> list[str]:
    """Say the unassigned seats, and the customer with most of them."""
    count, most = seats.unassigned, seats.customers[:1]
    if isinstance(count, Unknown) or not most:
        return []
    name, theirs = most[0].customer.name, most[0].unassigned
    return [say("portfolio-unassigned", n=count, customer=name, most=theirs)]
