"""The meaning of Slack's errors for scheduled messages. Pure."""

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
"""Reasons by Slack's name for the error, for errors that stay until a person mends the cause; for
any other name the reason is `post-refused`.
"""

_PASSING = frozenset({"service_unavailable", "team_added_to_org", "accesslimited"})
"""Errors within Slack that pass by themselves."""

_TOO_MUCH = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_TWICE = "duplicate_"
"""Prefix of errors which say that a message of this `client_msg_id` was posted already."""

_MINUTE = 60.0
_HALF_A_MINUTE = 30.0
_SOON = 10.0


def fate_of(error: BaseException) -> Receipt:
    """The outcome of a post that failed with this error. After an error for a duplicate the outcome
    is LOST: Slack does not show the earlier message, which may be there and is looked for.
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
    """The outcome for a letter that could not be addressed: never LOST, as nothing was sent."""
    if isinstance(error, NotNow):
        return Receipt(PostOutcome.LATER, wait=_HALF_A_MINUTE)
    found = fate_of(error)
    return Receipt(PostOutcome.FAILED) if found.fate is PostOutcome.LOST else found


def blind_of(error: BaseException) -> FoundPost:
    """The finding of a search that failed with this error: BLIND where Slack refused by name, which
    is for good; LATER for any other error.
    """
    if isinstance(error, SlackApiError):
        rest = requested_wait(error)
        if rest is not None:
            return FoundPost(Presence.LATER, wait=rest)
        if error_name(error) and failure_outcome(error) is Taken.NO and not _passes(error):
            return FoundPost(Presence.BLIND)
    return FoundPost(Presence.LATER, wait=_SOON)


def _passes(error: SlackApiError) -> bool:
    return error_name(error) in _PASSING | _TOO_MUCH
