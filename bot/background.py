"""Work that goes on after it was acknowledged: kept, quiet, and let end when the program stops."""

import asyncio
from collections.abc import Awaitable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from bot.log import log_error

T = TypeVar("T")

DRAIN_SECONDS = 6.0
"""How long answers under way may take when the program stops."""


async def cancel_tasks(*tasks: "asyncio.Task[Any] | None") -> None:
    """Cancels what is still going on, and returns when it has stopped."""
    for task in tasks:
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


class BackgroundTasks:
    """The answers of one platform that somebody waits for. A listener that has acknowledged hands
    them here; nobody else holds a task, and an error in one would reach nobody.
    """

    def __init__(self, platform: str) -> None:
        self._platform = platform
        self._tasks: set[asyncio.Task[Any]] = set()

    def begin(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T | None]":
        """Does it in a task; its errors are logged, and give None."""
        task = asyncio.create_task(self._quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def drain(self, seconds: float = DRAIN_SECONDS) -> None:
        """Lets the answers under way end; cuts off those that take longer than so many seconds."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _quietly(self, work: Awaitable[T]) -> T | None:
        try:
            return await work
        except Exception as error:  # noqa: BLE001 the last net: a task's error would reach nobody
            log_error("request failed", error, platform=self._platform)
            return None
