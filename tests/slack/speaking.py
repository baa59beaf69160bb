"""What people say to the bot in channels and direct messages, and the pages they open."""

import json
from typing import Any
from urllib.parse import urlencode

from tests.conftest import NOW
from tests.slack.talking import Chat

OURSELVES = "UBOT"
CHANNEL = {"id": "C1", "name": "general", "is_channel": True}


def event(kind: str, who: str, number: str, **more: Any) -> dict[str, Any]:
    """An event as Slack sends it; `number` names the delivery."""
    return {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": f"Ev{number}",
        "event_time": int(NOW.timestamp()),
        "authorizations": [{"team_id": "T1", "user_id": OURSELVES, "is_bot": True}],
        "event": {"type": kind, "user": who, "team": "T1", **more},
    }


def mention(who: str, text: str, number: str = "1", **more: Any) -> dict[str, Any]:
    """Somebody mentions the bot in a channel."""
    said = {"text": f"<@{OURSELVES}> {text}", "ts": "17.5", "channel": "C1"}
    return event("app_mention", who, number, **{**said, **more})


def message(who: str, text: str, number: str = "1", **more: Any) -> dict[str, Any]:
    """Somebody writes to the bot in private."""
    said = {"text": text, "ts": "17.5", "channel": f"D{who}", "channel_type": "im"}
    return event("message", who, number, **{**said, **more})


def user_change(user: dict[str, Any], number: str = "1") -> dict[str, Any]:
    """An account became what it is now, as Slack tells: the whole account is in the event."""
    return {**event("", "", number), "event": {"type": "user_change", "user": user}}


async def happens(chat: Chat, payload: dict[str, Any]) -> None:
    """Sends an event and waits for all that it does."""
    assert await chat.sent(json.dumps(payload), "application/json") == ""
    await chat.drained()


async def interacts(chat: Chat, payload: dict[str, Any]) -> str:
    """Sends a shortcut, a form or a press, and waits for all that it does; gives what was said to
    it at once.
    """
    said = await at_once(chat, payload)
    await chat.drained()
    return said


async def at_once(chat: Chat, payload: dict[str, Any]) -> str:
    """Sends it, and waits for nothing but what is said to it."""
    return await chat.sent(urlencode({"payload": json.dumps(payload)}))


def room(*members: str, **more: Any) -> dict[str, Any]:
    """A channel with these members, and the bot."""
    return {**CHANNEL, "members": [*members, OURSELVES], **more}
