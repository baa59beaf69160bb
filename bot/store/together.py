"""Writes that come while another one is under way wait for it together, and are one transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")
_Write = Callable[[AsyncConnection], Awaitable[Any]]
_Waiting = tuple[_Write, "asyncio.Future[Any]"]


class Together:
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
            try:
                await self._committed(some)
            except Exception as error:  # noqa: BLE001 whoever it concerns is told
                await self._one_by_one(some, error)

    async def _committed(self, some: list[_Waiting]) -> None:
        async with self._engine.begin() as connection:
            found = [await work(connection) for work, _ in some]
        for (_, done), result in zip(some, found, strict=True):
            if not done.done():  # who waited may have gone away
                done.set_result(result)

    async def _one_by_one(self, some: list[_Waiting], error: Exception) -> None:
        """Nothing was written. One that cannot be does not keep the others from it."""
        if len(some) == 1:
            if not some[0][1].done():
                some[0][1].set_exception(error)
            return
        for one in some:
            try:
                await self._committed([one])
            except Exception as its:  # noqa: BLE001 as above
                await self._one_by_one([one], its)
