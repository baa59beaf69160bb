"""What Teams' refusals mean for a message nobody asked for just now. Pure."""

from bot.scheduled_posts import PostOutcome, Receipt
from bot.teams.ports import ConnectorError
from bot.teams.transport import BAD_ADDRESS, NO_TOKEN, NOBODY

TOO_MUCH = (400, 413)
"""What Teams answers to a message that it does not take as it is."""

REASONS = {
    "BotNotInConversationRoster": "not-in-room",
    "MessageWritesBlocked": "blocked",
    "ConversationBlockedByUser": "blocked",
    "BotDisabledByAdmin": "uninstalled",
}
"""Why 403 stays until somebody mends it, by its code; any other is `post-refused`."""

_REFUSED = Receipt(PostOutcome.REFUSED, "post-refused")
_FATES = {
    401: Receipt(PostOutcome.FAILED),  # the token is not used again: the next try has another
    404: Receipt(PostOutcome.REFUSED, "room-gone"),
    408: Receipt(PostOutcome.LOST),
    412: Receipt(PostOutcome.FAILED),
    503: Receipt(PostOutcome.FAILED),
}
_MINUTE = 60.0


def fate_of(error: ConnectorError) -> Receipt:
    """What became of a post that failed so."""
    if not error.status:
        return _unanswered_receipt(error.code)
    if error.status == 429:
        return Receipt(PostOutcome.LATER, wait=_MINUTE if error.wait is None else error.wait)
    if error.status == 403:
        return Receipt(PostOutcome.REFUSED, REASONS.get(error.code, "post-refused"))
    if error.status in _FATES:
        return _FATES[error.status]
    return _REFUSED if error.status < 500 else Receipt(PostOutcome.LOST)


def before(error: Exception) -> Receipt:
    """What becomes of a letter that could not even be addressed: nothing was sent."""
    found = fate_of(error) if isinstance(error, ConnectorError) else Receipt(PostOutcome.FAILED)
    return Receipt(PostOutcome.FAILED) if found.fate is PostOutcome.LOST else found


def _unanswered_receipt(code: str) -> Receipt:
    if code == BAD_ADDRESS:
        return _REFUSED
    return Receipt(PostOutcome.FAILED if code in (NO_TOKEN, NOBODY) else PostOutcome.LOST)
