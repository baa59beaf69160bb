"""Events of Slack, and their meaning for the bot. Pure. Unlisted events have no effect."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.partners import partner_of
from bot.slack.inbound import (
    CHANNEL,
    STAMP,
    TENANT,
    USER,
    Payload,
    Reader,
    UnreadablePayload,
    fitting_id,
    inner,
    read_mentions,
    text_of,
)
from bot.slack.sent_files import sent_files
from handlers.chat.asking import Ask, Reach, Room, RoomKind, UserRef

OLD = timedelta(minutes=10)
"""Time that an event may be late: Slack repeats an event for about six minutes, and after an outage
much later, when the asker no longer waits for the answer.
"""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that a person said to the bot, in front of others or in private."""

    who: UserRef
    room: Room
    text: str
    threaded: bool = False
    """Whether there was a thread already. The answer starts one; a message that only the asker sees
    does not show in a thread that does not exist yet.
    """
    files: tuple[Payload, ...] = ()
    """The files sent with them, as Slack describes them."""

    def ask(self, reader: Reader, ask_id: str, prefix: str) -> Ask:
        """The question in the words. Asked in front of others, it is answered in front of them if
        they may see the answer.
        """
        said = read_mentions(self.text, self.who)
        text = re.sub(rf"^\s*/{re.escape(prefix)}", "/", said.text).strip()
        private = self.room.kind is RoomKind.PRIVATE
        reach = Reach.ASKER if private else Reach.ALOUD
        return Ask(
            id=ask_id,
            asker=self.who,
            room=self.room,
            text=text,
            locale=reader.locale,
            zone=reader.zone,
            mentions=said.people,
            rooms=said.rooms,
            reach=reach,
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """The opening of our own pages by a person; `home` is true for the page that we write."""

    who: UserRef
    home: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A change of a channel's readers: a person came or left, or the channel's kind changed."""

    channel: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of an account (guest, member, closed, renamed); `user` is the account as it is now,
    as Slack describes it.
    """

    who: UserRef
    user: Payload


Event = Spoken | Opened | Moved | Changed

SAID = (None, "", "file_share", "thread_broadcast", "me_message")
"""Subtypes of messages that a person said: with a file, in a thread and its conversation at once,
and as `/me`.
"""

MOVES = (
    *("member_joined_channel", "member_left_channel"),
    *("channel_shared", "channel_unshared"),
)
"""Events after which other people may read along."""


def event_of(payload: Payload, ourselves: str, now: datetime) -> Event | None:
    """The meaning of an event; None where it has no effect: edits, bots, the bot itself, old events
    and unknown ones. Raises UnreadablePayload for a payload that is no event.

    `ourselves` is the bot's user id, for events that do not name it.
    """
    event, kind = inner(payload, "event"), inner(payload, "event").get("type")
    if _is_late(payload, now):
        return None
    match kind:
        case "app_mention" | "message":
            return _spoken_message(payload, event, our_user(payload) or ourselves)
        case "app_home_opened":
            return Opened(_who(payload, event), event.get("tab") == "home")
        case "user_change":
            user = inner(event, "user")
            who = UserRef("slack", _home(payload), fitting_id(USER, user.get("id")))
            return Changed(who, user)
        case str() if kind in MOVES:
            channel = event.get("channel")
            return Moved(fitting_id(CHANNEL, channel))
        case _:
            return None


def our_user(payload: Payload) -> str:
    """The bot's own user id as the event names it; empty where it does not."""
    authorization = _authorization(payload)
    user = authorization.get("user_id")
    return user if isinstance(user, str) and authorization.get("is_bot", True) else ""


def _spoken_message(payload: Payload, event: Payload, ourselves: str) -> Spoken | None:
    private = event.get("channel_type") == "im" or str(event.get("channel")).startswith("D")
    if private is not (event.get("type") == "message") or _is_nothing_new(event, ourselves):
        return None
    channel, thread = fitting_id(CHANNEL, event.get("channel")), event.get("thread_ts")
    if not private:
        thread = thread or event.get("ts")
    kind = RoomKind.PRIVATE if private else RoomKind.GROUP
    under = fitting_id(STAMP, thread) if thread else ""
    text = text_of(event, "text")
    if ourselves:
        text = re.sub(rf"<@{re.escape(ourselves)}(?:\|[^<>]*)?>", " ", text)
    threaded = bool(event.get("thread_ts"))
    who = _who(payload, event)
    room = Room(channel, kind, partner_of(who.platform, who.tenant), under)
    return Spoken(who, room, text, threaded, sent_files(event))


def _is_nothing_new(event: Payload, ourselves: str) -> bool:
    """True if a message is no new question: it is edited, is no person's saying (deleted, joined
    …), is by a bot or by the bot itself, or names no user.
    """
    marks = ("bot_id", "bot_profile", "edited", "hidden")
    other = event.get("subtype") not in SAID
    return other or any(map(event.get, marks)) or event.get("user") in (None, ourselves)


def _who(payload: Payload, event: Payload) -> UserRef:
    """The person of an event, by our enterprise or team; in a channel shared with other
    organisations, a stranger by their own team.
    """
    ours = _authorization(payload) or payload  # the envelope itself may be another workspace's
    theirs = event.get("user_team") or event.get("source_team")
    stranger = theirs and theirs not in (ours.get("team_id"), ours.get("enterprise_id"))
    tenant = fitting_id(TENANT, theirs) if stranger else _home(payload)
    return UserRef("slack", tenant, fitting_id(USER, event.get("user")))


def _home(payload: Payload) -> str:
    """The id of our enterprise, or of our team where there is no enterprise."""
    ours = _authorization(payload) or payload
    return fitting_id(TENANT, ours.get("enterprise_id") or ours.get("team_id"))


def _authorization(payload: Payload) -> Payload:
    found = payload.get("authorizations")
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, Mapping) else {}


def _is_late(payload: Payload, now: datetime) -> bool:
    at = payload.get("event_time")
    if at is None:
        return False
    if not isinstance(at, int):
        raise UnreadablePayload("no time")
    return abs(now.timestamp() - at) > OLD.total_seconds()
