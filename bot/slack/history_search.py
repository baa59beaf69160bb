"""Search for a message of ours in a channel's history, by the mark in the message's metadata. No
other part of a message is read.
"""

from datetime import datetime
from typing import Any

from cachetools import FIFOCache

from bot.log import log_error
from bot.scheduled_posts import FoundPost, Presence
from bot.slack.api import SlackApi
from bot.slack.post_errors import blind_of

EVENT = "seatwise_run"
"""The kind of metadata (`event_type`) that our posts carry."""

BEFORE, AFTER = 60, 120
"""Seconds searched before and after the moment the message was about to be sent: clocks differ, and
a post may take a while.
"""

PAGES = 10
"""Maximum pages read of a window; with more, it stays unknown whether the message is there."""

_LIMIT = 15
"""Messages on a page: the number that Slack gives apps outside the Marketplace, once a minute."""

_UNREAD = 1_000

_Key = tuple[str, str, datetime]


class HistorySearch:
    """A search in windows of a channel's history. Where Slack asks for a rest in the middle of a
    window, the next search for the same goes on from there.
    """

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._begun: FIFOCache[_Key, tuple[str, int]] = FIFOCache(_UNREAD)

    async def look(self, channel: str, mark: str, since: datetime) -> FoundPost:
        """Search a channel for the message of this mark, sent around `since`. ABSENT only where the
        whole window was read. Never raises.
        """
        key = (channel, mark, since)
        cursor, page = self._begun.pop(key, ("", 0))
        try:
            for at in range(page, PAGES):
                self._begun[key] = (cursor, at)
                said = await self._page(channel, since, cursor)
                found, cursor = _message_with_mark(said, mark), _next(said)
                if found or not cursor:
                    self._begun.pop(key, None)
                    return FoundPost(Presence.THERE, found) if found else FoundPost(Presence.ABSENT)
        except Exception as error:  # noqa: BLE001 whoever cannot look says so
            log_error("slack history not read", error, platform="slack")
            blind = blind_of(error)
            if blind.seen is not Presence.LATER:  # else the next search goes on there
                self._begun.pop(key, None)
            return blind
        self._begun.pop(key, None)
        return FoundPost(Presence.BLIND)

    async def _page(self, channel: str, since: datetime, cursor: str) -> Any:
        at = since.timestamp()
        window = {"oldest": f"{at - BEFORE:.6f}", "latest": f"{at + AFTER:.6f}"}
        form = {
            **{"channel": channel, **window, "inclusive": "true", "limit": _LIMIT},
            **{"include_all_metadata": "true"},
            **({"cursor": cursor} if cursor else {}),
        }
        return await self._api.once("conversations.history", data=form)


def _message_with_mark(said: Any, mark: str) -> str:
    """The id of the message with this mark; empty where no message of the page has it."""
    for message in said.get("messages") or ():
        metadata = message.get("metadata") or {}
        payload = metadata.get("event_payload") or {}
        if metadata.get("event_type") == EVENT and payload.get("mark") == mark:
            return str(message.get("ts") or "")
    return ""


def _next(said: Any) -> str:
    return str((said.get("response_metadata") or {}).get("next_cursor") or "")
