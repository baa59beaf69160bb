"""The sentences for a customer without licences, or without any in a period."""

from analytics.questions.unlisted import Unlisted
from analytics.values import Customer, Period
from handlers.chat.services import Say


def no_licences(customer: Customer, gone: Unlisted, say: Say) -> str:
    """Say that the customer never had licences, or has none any more."""
    sentence = "usage-left" if gone.last else "usage-never"
    known = {"day": gone.as_of, "last": gone.last, "since": gone.since, "gone": gone.off_list}
    values = {name: day for name, day in known.items() if day}
    sentence += "-off-list" if gone.off_list else ""
    return say(sentence, customer=customer.name, **values)


def no_figures(
    customer: Customer, asked: Period, history: Period | None, gone: Unlisted | None, say: Say
) -> str:
    """Say why there are no figures in the period asked for: no licences, or no snapshot. `history`
    is from the first to the last day on which the customer was seen.
    """
    if history is None or (gone and gone.since and gone.since <= asked.first):
        return no_licences(customer, gone, say) if gone else ""
    between = history.first < asked.first and asked.last < history.last
    return say(
        "usage-gap" if between else "usage-nothing",
        customer=customer.name,
        first=asked.first,
        last=asked.last,
        oldest=history.first,
        newest=history.last,
    )
