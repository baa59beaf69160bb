"""Tasks that go on after a request was acknowledged: held, logged, and ended at the stop."""

import asyncio
from collections.abc import Awaitable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from bot.log import log_error

T = TypeVar("T")

DRAIN_SECONDS = 6.0
"""Seconds that answers under way may take when the program stops."""


async def cancel_tasks(*tasks: "asyncio.Task[Any] | None") -> None:
    """Cancel the tasks that still run, and return when they have stopped."""
    for task in tasks:
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


class BackgroundTasks:
    """Tasks of one platform: answers that people wait for. A listener that has acknowledged a
    request hands its work here; no other object holds the task, and its error would reach no
    caller.
    """

    def __init__(self, platform: str) -> None:
        self._platform = platform
        self._tasks: set[asyncio.Task[Any]] = set()

    def begin(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T | None]":
        """Start the work as a task; its errors are logged, and its result is then None."""
        task = asyncio.create_task(self._quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def drain(self, seconds: float = DRAIN_SECONDS) -> None:
        """Let the answers under way end; cancel those that take longer than `seconds`."""
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
