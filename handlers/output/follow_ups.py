"""Follow-ups under an answer."""

from analytics.questions.topics import Topic
from analytics.values import Customer, Period
from handlers.chat.reply import Choice
from handlers.chat.services import Say

MONTHS = 6


def one_of_all(
    command: str, customer: Customer, topic: Topic | None, period: Period | None
) -> Choice:
    """Offer one of the customers of an answer, about the same products and days."""
    about = [topic.label] if topic else []
    days = [f"{period.first}..{period.last}"] if period else []
    return Choice(customer.name, " ".join([command, customer.id, *about, *days]))


def another_period(about: str, say: Say, *, asked: bool) -> Choice:
    """Offer a question about a longer period; about the newest figures where it had a period."""
    if asked:
        return Choice(say("follow-newest"), about)
    return Choice(say("follow-months", n=MONTHS), f"{about} {MONTHS} months")
