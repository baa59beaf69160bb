"""Follow-ups under an answer."""

from handlers.chat.reply import Choice
from handlers.chat.services import Say

MONTHS = 6


def another_period(about: str, say: Say, *, asked: bool) -> Choice:
    """Offer a question about a longer period; about the newest figures where it had a period."""
    if asked:
        return Choice(say("follow-newest"), about)
    return Choice(say("follow-months", n=MONTHS), f"{about} {MONTHS} months")
