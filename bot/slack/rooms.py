"""The people who read along in a channel: asked of Slack, and kept for five minutes at most."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cachetools import TLRUCache
from slack_sdk.errors import SlackApiError

from bot.slack.api import SlackApi, error_name
from handlers.chat.asking import Ask, RoomKind, UserRef
from handlers.chat.audience import Crowd

FRESH = 5 * 60.0
"""Seconds for which a counted crowd serves answers asked for in front of others; for a share, the
crowd is counted anew.
"""

LARGEST = 500
"""Maximum members that are compared with the grants one by one."""

PATIENCE = 20.0
"""Seconds that counting may take."""

_PAGE = 200
_PAGES = 10
_CHANNELS = 2_000
_UNSEEN = ("channel_not_found", "not_in_channel", "missing_scope", "is_archived")
"""Errors by which Slack says that the bot cannot see who is in a channel."""


@dataclass(frozen=True, slots=True)
class _CountedCrowd:
    crowd: Crowd
    until: float
    """Five minutes after the counting began: people who came in meanwhile may be missing."""


class SlackRooms:
    """The channels of one workspace or organisation."""

    def __init__(self, api: SlackApi, clock: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._clock = clock
        self._known: TLRUCache[tuple[str, str], _CountedCrowd, float] = TLRUCache(
            _CHANNELS, lambda _key, counted, _now: counted.until, timer=clock
        )
        self._moves = 0

    async def crowd(self, ask: Ask, *, fresh: bool) -> Crowd:
        """The people of the ask's channel; where they cannot be counted, `members` is None and
        `why` says the reason.

        Raises the errors of the calls, except for a channel that the bot cannot see.
        """
        key = (ask.asker.tenant, ask.room.address)
        known = None if fresh else self._known.get(key)
        if known:
            return known.crowd
        until, moves = self._clock() + FRESH, self._moves
        async with asyncio.timeout(PATIENCE):
            crowd = await self._look_up(*key)
        if moves == self._moves:  # else a person may have come in meanwhile
            self._known[key] = _CountedCrowd(crowd, until)
        return crowd

    def forget(self, channel: str) -> None:
        """Forget a channel's people, as one came or went: they are counted anew when it matters."""
        self._moves += 1
        for key in [key for key in self._known if key[1] == channel]:
            self._known.pop(key, None)

    async def _look_up(self, tenant: str, channel: str) -> Crowd:
        try:
            said = await self._api.read("conversations.info", channel=channel)
            found: dict[str, Any] = said.get("channel") or {}
            name, kind = _name(found), kind_of(found, tenant)
            if kind is RoomKind.SHARED:
                return Crowd(name, kind, None, "room-shared")
            members = await self._members(channel)
        except SlackApiError as error:
            if error_name(error) in _UNSEEN:
                return _unknown_crowd()
            raise
        if members is None:
            return Crowd(name, kind, None, "room-too-large")
        return Crowd(name, kind, tuple(UserRef("slack", tenant, one) for one in members))

    async def _members(self, channel: str) -> list[str] | None:
        """The ids of the channel's members; None where there are more than are counted."""
        members: list[str] = []
        cursor = ""
        for _ in range(_PAGES):
            more = {"cursor": cursor} if cursor else {}
            said = await self._api.read(
                "conversations.members", channel=channel, limit=_PAGE, **more
            )
            members += map(str, said.get("members") or ())
            cursor = str((said.get("response_metadata") or {}).get("next_cursor") or "")
            if len(members) > LARGEST:
                return None
            if not cursor:
                return members
        return None


def kind_of(channel: dict[str, Any], tenant: str) -> RoomKind:
    """The kind of a channel, by who may read there according to Slack; of two kinds the more open
    one.

    A channel that several workspaces of an organisation share is ours where `tenant` is the
    organisation (`E…`), and else shared with strangers.

    >>> kind_of({"is_private": True}, "T1").value, kind_of({"is_channel": True}, "T1").value
    ('group', 'public')
    >>> kind_of({"is_private": True, "is_pending_ext_shared": True}, "T1").value
    'shared-with-strangers'
    """
    outside = ("is_ext_shared", "is_pending_ext_shared", "pending_shared")
    within = channel.get("is_org_shared") and tenant.startswith("E")
    shared = channel.get("is_shared") or channel.get("is_org_shared")
    if any(channel.get(mark) for mark in outside) or (shared and not within):
        return RoomKind.SHARED
    if channel.get("is_private") or channel.get("is_mpim"):
        return RoomKind.GROUP
    return RoomKind.PUBLIC if channel.get("is_channel") else RoomKind.SHARED


def _name(channel: dict[str, Any]) -> str:
    name = str(channel.get("name") or "")
    return f"#{name}" if name and not channel.get("is_mpim") else ""


def _unknown_crowd() -> Crowd:
    return Crowd("", RoomKind.GROUP, None, "room-unknown")
