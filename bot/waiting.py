"""How long somebody waits: a word after a while, and an end."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from bot.log import log_error

T = TypeVar("T")

STILL = 4.0
"""Seconds after which somebody who waits is told that work is under way."""

LIMIT = 60.0
"""Seconds that a question may take. One that changes something is never cut off: nobody could say
then whether it was saved.
"""

Working = Callable[[], Awaitable[None]]
"""Says on a platform that work is under way."""


class TooSlow(Exception):
    """It took longer than anybody should wait; it was cut off."""


async def in_time(
    work: Coroutine[Any, Any, T],
    working: Working | None,
    *,
    endless: bool,
    still: float = STILL,
    limit: float = LIMIT,
) -> T:
    """What the work gives. Calls `working` once where it takes longer than `still` seconds.

    Raises TooSlow after `limit` seconds, unless the work may be `endless`; and what the work
    raises.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=still)
        if not task.done() and working:
            await _told(working)
        if not task.done():
            await asyncio.wait({task}, timeout=None if endless else limit - still)
        if not task.done():
            raise TooSlow
        return task.result()
    finally:
        task.cancel()


async def _told(working: Working) -> None:
    try:
        await working()
    except Exception as error:  # noqa: BLE001 the answer comes all the same
        log_error("progress not told", error)
