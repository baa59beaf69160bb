"""Writes that come while another one is under way wait for it together, and are one transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")
_Write = Callable[[AsyncConnection], Awaitable[Any]]
_Waiting = tuple[_Write, "asyncio.Future[Any]"]


class WriteBatcher:
    """For small writes of many at once that have nothing to do with one another: a transaction
    costs as much as what is written in it. Each is written, or fails, by itself.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """What the work gives, once it is on the disk; raises what it or the store raises."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._all())
        return await done

    async def _all(self) -> None:
        """Whatever comes meanwhile is the next transaction's."""
        while self._waiting:
            some, self._waiting = self._waiting, []
            if not await self._write_batch(some):
                for one in some:  # one that cannot be does not keep the others from it
                    await self._write_batch([one])

    async def _write_batch(self, some: list[_Waiting]) -> bool:
        """Whether those who wait know what became of it. False where nothing was written, and they
        may be written one by one: not where a commit was lost on its way, for it may stand.
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
    """Those who have not gone away."""
    return [done for _, done in some if not done.done()]
