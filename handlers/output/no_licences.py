"""The sentence that a customer has no licences."""

from analytics.questions.unlisted import Unlisted
from handlers.chat.services import Say


def no_licences(customer: str, gone: Unlisted, say: Say) -> str:
    """Say that the customer of that name never had licences, or has none any more."""
    sentence = "usage-left" if gone.last else "usage-never"
    known = {"day": gone.as_of, "last": gone.last, "since": gone.since, "gone": gone.off_list}
    values = {name: day for name, day in known.items() if day}
    sentence += "-off-list" if gone.off_list else ""
    return say(sentence, customer=customer, **values)
