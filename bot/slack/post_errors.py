"""What Slack's errors mean for a message nobody asked for just now. Pure."""

from slack_sdk.errors import SlackApiError

from bot.scheduled_posts import FoundPost, PostOutcome, Presence, Receipt
from bot.slack.api import error_name, requested_wait
from bot.slack.rate_limits import NotNow
from bot.slack.targets import Taken, failure_outcome

REASONS = {
    "is_archived": "room-archived",
    "channel_is_archived": "room-archived",
    "channel_not_found": "room-gone",
    "not_in_channel": "not-in-room",
    **dict.fromkeys(
        (
            *("account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed"),
            *("team_access_not_granted", "org_login_required", "app_uninstalled"),
        ),
        "uninstalled",
    ),
    **dict.fromkeys(
        (
            *("user_disabled", "user_not_found", "users_not_found", "user_not_visible"),
            *("cannot_dm_bot", "messages_tab_disabled", "restricted_action"),
            *("restricted_action_read_only_channel", "restricted_action_thread_only_channel"),
        ),
        "blocked",
    ),
}
"""Errors that stay until somebody mends them, by name; any other is `post-refused`."""

_PASSING = frozenset({"service_unavailable", "team_added_to_org", "accesslimited"})
"""Errors of Slack's own that pass."""

_TOO_MUCH = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_TWICE = "duplicate_"
"""Begins errors that say that a message of this `client_msg_id` was posted already."""

_MINUTE = 60.0
_HALF_A_MINUTE = 30.0
_SOON = 10.0


def fate_of(error: BaseException) -> Receipt:
    """What became of a post that failed so. What Slack calls a duplicate it cannot show: it may
    stand there, and is looked for.
    """
    if isinstance(error, SlackApiError):
        said = error_name(error)
        rest = requested_wait(error)
        if rest is not None or said in _TOO_MUCH:
            return Receipt(PostOutcome.LATER, wait=_MINUTE if rest is None else rest)
        if said.startswith(_TWICE):
            return Receipt(PostOutcome.LOST)
        if said in _PASSING:
            return Receipt(PostOutcome.FAILED)
        if said and failure_outcome(error) in (Taken.NO, Taken.NOT_SO):
            return Receipt(PostOutcome.REFUSED, REASONS.get(said, "post-refused"))
    return Receipt(PostOutcome.LOST if failure_outcome(error) is Taken.LOST else PostOutcome.FAILED)


def before(error: BaseException) -> Receipt:
    """What becomes of a letter that could not even be addressed: nothing was sent."""
    if isinstance(error, NotNow):
        return Receipt(PostOutcome.LATER, wait=_HALF_A_MINUTE)
    found = fate_of(error)
    return Receipt(PostOutcome.FAILED) if found.fate is PostOutcome.LOST else found


def blind_of(error: BaseException) -> FoundPost:
    """What a look gave that failed so: what Slack refuses by name it refuses for good."""
    if isinstance(error, SlackApiError):
        rest = requested_wait(error)
        if rest is not None:
            return FoundPost(Presence.LATER, wait=rest)
        if error_name(error) and failure_outcome(error) is Taken.NO and not _passes(error):
            return FoundPost(Presence.BLIND)
    return FoundPost(Presence.LATER, wait=_SOON)


def _passes(error: SlackApiError) -> bool:
    return error_name(error) in _PASSING | _TOO_MUCH
