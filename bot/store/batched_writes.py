"""Batches of small writes: those that come while one is under way share the next transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")
_Write = Callable[[AsyncConnection], Awaitable[Any]]
_Waiting = tuple[_Write, "asyncio.Future[Any]"]


class WriteBatcher:
    """A batcher for many small, independent writes: a transaction costs as much as the writes in
    it. Each write succeeds or fails on its own.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Return the result of `work` once it is on disk. Raises errors of `work` or the store."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._all())
        return await done

    async def _all(self) -> None:
        """Write batch after batch; writes that come meanwhile go into the next transaction."""
        while self._waiting:
            some, self._waiting = self._waiting, []
            if not await self._write_batch(some):
                for one in some:  # a write that fails does not keep the others from success
                    await self._write_batch([one])

    async def _write_batch(self, some: list[_Waiting]) -> bool:
        """Write a batch in one transaction; True if its waiters have their results. False if
        nothing was written, so that the writes may be tried one by one; not if a commit was lost on
        its way, because it may stand.
        """
        found: list[Any] = []
        try:
            async with self._engine.begin() as connection:
                for work, _ in some:
                    found.append(await work(connection))
        except Exception as error:  # noqa: BLE001 whoever it concerns is told
            if len(found) < len(some) and len(some) > 1:
                return False
            for done in _waits(some):
                done.set_exception(error)
            return True
        for (_, done), result in zip(some, found, strict=True):
            if not done.done():
                done.set_result(result)
        return True


def _waits(some: list[_Waiting]) -> "list[asyncio.Future[Any]]":
    """Return the futures of the waiters that are still there."""
    return [done for _, done in some if not done.done()]
