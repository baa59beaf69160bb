"""The sentences about all customers together."""

from analytics.questions.portfolio import PortfolioResult
from analytics.questions.superlatives import leader
from analytics.values import Seats, Unknown, Why, combine
from handlers.chat.services import Say
from handlers.output.unknowns import why


def lines(seats: PortfolioResult, say: Say) -> list[str]:
    """Say seats, their use, the largest surplus, and how many customers are not counted."""
    said = [seats_line(seats, say), _active(seats, say), *_unassigned(seats, say)]
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


def _active(seats: PortfolioResult, say: Say) -> str:
    """Say how many of the measured seats are active, and how many are not measured."""
    active, measured = seats.active, seats.measured
    if isinstance(active, Unknown):
        if active.why is Why.NOT_MEASURED:
            return say("usage-no-use-figures")
        return say("portfolio-active-unknown", why=why(active, say))
    if isinstance(measured, Unknown) or isinstance(seats.sold, Unknown):
        return say("portfolio-active-alone", n=active)
    said = [say("portfolio-active", n=active, measured=measured)]
    rest = seats.sold - measured
    said += [say("usage-unmeasured", n=rest)] if rest else []
    beyond = seats.beyond
    said += [say("usage-beyond", n=beyond)] if isinstance(beyond, int) and beyond else []
    return " ".join(said)


def _unassigned(seats: PortfolioResult, say: Say) -> list[str]:
    """Say the unassigned seats and the customer with most of them; and why they do not add up with
    the assigned ones to those sold, where they do not.
    """
    count = seats.unassigned
    most = leader(seats.customers, lambda each: _seat_count(each.unassigned))
    if isinstance(count, Unknown) or most is None:
        return []
    values = {"n": count, "customer": most.item.customer.name, "most": int(most.figure)}
    kind = "tied" if most.tied else "mostly" if most.majority else "largest"
    said = [say(f"portfolio-unassigned-{kind}", others=most.tied, **values)]
    surplus = seats.surplus
    if isinstance(surplus, int) and surplus:
        said.append(say("portfolio-surplus", n=surplus))
    return [" ".join(said)]


def _seat_count(seats: Seats) -> int | None:
    return None if isinstance(seats, Unknown) else seats
