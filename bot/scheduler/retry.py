"""What has to be written although the store cannot be reached just now."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.log import log_error

T = TypeVar("T")

LONGEST = 30.0
"""Seconds for which it is tried: half a lease."""

_PAUSE = 0.5


async def keep_trying(write: Callable[[], Awaitable[T]], event: str, longest: float = LONGEST) -> T:
    """What it gives, once it does. Raises what it raises when the time is over; the first error is
    logged as `event`.
    """
    until, met = time.monotonic() + longest, False
    while True:
        try:
            return await write()
        except Exception as error:
            if time.monotonic() > until:
                raise
            if not met:
                log_error(event, error)
            met = True
        await asyncio.sleep(_PAUSE)
