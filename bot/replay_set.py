"""The replay set: the marks of requests and presses that were taken before."""

import asyncio
from datetime import datetime
from typing import Protocol

from bot.log import log_error

STORE_PATIENCE = 2.0
"""Seconds that the replay set may take: Slack gives up on the bot after three."""


class ReplaySetUnavailable(Exception):
    """The replay set cannot say whether it knows a request."""


class ReplaySet(Protocol):
    """The replay set, shared by all processes of an installation: bot.store.replay_set.ReplayStore,
    which the gate and delivery may not import.
    """

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        """Remember a mark until `until`. True for exactly one caller, however many ask at once in
        any process; raises ReplaySetUnavailable when that cannot be told.
        """
        ...


class ReplaySetWithTimeout:
    """A replay set that is waited for no longer than STORE_PATIENCE; all its errors become
    ReplaySetUnavailable.
    """

    def __init__(self, seen: ReplaySet) -> None:
        self._seen = seen
        # Kept until done: a late one could be garbage-collected otherwise.
        self._asking: set[asyncio.Future[bool]] = set()

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        """Remember a mark as ReplaySet.first does, but give up after STORE_PATIENCE."""
        asking = asyncio.ensure_future(self._seen.first(platform, mark, now, until))
        self._asking.add(asking)
        asking.add_done_callback(self._forget)
        # Not cancelled but left to end: with a locked database even cancelling takes long.
        await asyncio.wait({asking}, timeout=STORE_PATIENCE)
        error = asking.exception() if asking.done() else ReplaySetUnavailable()
        if error is None:
            return asking.result()
        log_error("replay set does not answer", error, platform=platform)
        raise ReplaySetUnavailable from error

    def _forget(self, asking: asyncio.Future[bool]) -> None:
        self._asking.discard(asking)
        if not asking.cancelled():
            asking.exception()  # retrieved, or asyncio would log a late one
