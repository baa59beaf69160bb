"""Limits on the time that an asker waits: a word after a while, and an end."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.log import log_error

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Time limits of a question, in seconds."""

    still: float = 4.0
    """Seconds until the asker is told that work is under way."""
    in_all: float = 60.0
    """Seconds that a question may take. A question that changes something is never cut off: it
    would be unknown whether the change was saved.
    """


USUAL = TimeLimits()

Working = Callable[[], Awaitable[None]]
"""A function that tells the asker on their platform that work is under way."""


class TooSlow(Exception):
    """The work took longer than an asker should wait, and was cut off."""


async def in_time(
    work: Coroutine[Any, Any, T],
    working: Working | None,
    limits: TimeLimits = USUAL,
    *,
    endless: bool,
) -> T:
    """Return the work's result. Call `working` once where it takes longer than `limits.still`.

    Raises TooSlow after `limits.in_all` seconds, unless the work may be `endless`; and what the
    work raises.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=limits.still)
        if not task.done() and working:
            await _tell_progress(working)
        if not task.done():
            await asyncio.wait({task}, timeout=None if endless else limits.in_all - limits.still)
        if not task.done():
            raise TooSlow
        return task.result()
    finally:
        task.cancel()


async def _tell_progress(working: Working) -> None:
    try:
        await working()
    except Exception as error:  # noqa: BLE001 the answer comes all the same
        log_error("progress not told", error)
