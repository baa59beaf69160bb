"""The receipts that Teams' refusals mean for a scheduled post. Pure."""

from bot.scheduled_posts import PostOutcome, Receipt
from bot.teams.ports import BAD_ADDRESS, ConnectorError

TOO_MUCH = (400, 413)
"""HTTP statuses with which Teams refuses a message in this form."""

REASONS = {
    "BotNotInConversationRoster": "not-in-room",
    "MessageWritesBlocked": "blocked",
    "ConversationBlockedByUser": "blocked",
    "BotDisabledByAdmin": "uninstalled",
}
"""Reasons of a 403, which a person has to remove, by its code; any other is `post-refused`."""

_REFUSED = Receipt(PostOutcome.REFUSED, "post-refused")
_FATES = {
    401: Receipt(PostOutcome.FAILED),  # the token is not used again: the next try has another
    404: Receipt(PostOutcome.REFUSED, "room-gone"),
    412: Receipt(PostOutcome.FAILED),
    503: Receipt(PostOutcome.FAILED),
}
_MINUTE = 60.0


def fate_of(error: ConnectorError) -> Receipt:
    """The receipt of a post that failed with this error."""
    if error.is_unsure:
        return Receipt(PostOutcome.LOST)
    if not error.status:
        return _REFUSED if error.code == BAD_ADDRESS else Receipt(PostOutcome.FAILED)
    if error.status == 429:
        return Receipt(PostOutcome.LATER, wait=_MINUTE if error.wait is None else error.wait)
    if error.status == 403:
        return Receipt(PostOutcome.REFUSED, REASONS.get(error.code, "post-refused"))
    return _FATES.get(error.status, _REFUSED)


def before(error: Exception) -> Receipt:
    """The receipt of a letter that was not addressed: nothing was sent, so LOST becomes FAILED."""
    found = fate_of(error) if isinstance(error, ConnectorError) else Receipt(PostOutcome.FAILED)
    return Receipt(PostOutcome.FAILED) if found.fate is PostOutcome.LOST else found
