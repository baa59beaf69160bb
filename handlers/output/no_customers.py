"""Customers without figures in an answer about all of them; the answer where none is to show."""

from analytics.questions.portfolio import PortfolioResult
from analytics.values import Seats
from handlers.chat.reply import Reply
from handlers.chat.services import Say


def no_customers(say: Say, *, everyone: bool) -> Reply:
    """Say what is missing: rights; or customers, where the reader may see all customers."""
    return Reply((), headline=say("portfolio-no-customers" if everyone else "portfolio-empty"))


def others_counted(seats: PortfolioResult) -> dict[str, Seats]:
    """Return the numbers of customers without figures, by catalogue id."""
    return {
        "portfolio-left": seats.left,
        "portfolio-without": seats.without,
        "portfolio-not-whole": seats.short,
        "portfolio-stale": seats.stale,
        "portfolio-without-topic": seats.without_topic,
    }


def names_nobody(seats: PortfolioResult) -> bool:
    """Check whether an answer has no customers, with figures or without."""
    counts = others_counted(seats).values()
    return not seats.customers and not any(isinstance(n, int) and n for n in counts)


def compared_counts(seats: PortfolioResult) -> dict[str, Seats]:
    """Return the numbers of customers in a change, and of those who are not, by catalogue id."""
    moved = seats.change
    if moved is None:
        return {}
    return {
        "portfolio-compared": moved.compared,
        "portfolio-added": moved.added,
        "portfolio-gone": moved.gone,
        "portfolio-unlike": moved.unlike,
    }
