"""Writes that come at the same time are one transaction, and each is its own."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.batched_writes import WriteBatcher
from bot.store.tables import partner


def adding(name: str) -> Callable[[AsyncConnection], Awaitable[str]]:
    async def add(connection: AsyncConnection) -> str:
        await connection.execute(insert(partner).values(id=name))
        return name

    return add


async def kept(engine: AsyncEngine) -> list[str]:
    async with engine.connect() as connection:
        return list((await connection.execute(select(partner.c.id))).scalars())


async def test_many_at_once_are_few_transactions_and_each_gets_its_own(engine: AsyncEngine) -> None:
    together, commits = WriteBatcher(engine), list[int]()
    event.listen(engine.sync_engine, "commit", lambda _: commits.append(1))
    names = [f"partner-{n:02}" for n in range(20)]
    assert await asyncio.gather(*(together.write(adding(name)) for name in names)) == names
    assert sorted(await kept(engine)) == names
    assert len(commits) <= 2


async def test_one_that_fails_keeps_nobody_else_from_writing(engine: AsyncEngine) -> None:
    together = WriteBatcher(engine)
    await together.write(adding("twice"))
    names = ("before", "twice", "after")
    found = await asyncio.gather(
        *(together.write(adding(name)) for name in names), return_exceptions=True
    )
    assert [found[0], type(found[1]), found[2]] == ["before", IntegrityError, "after"]
    assert sorted(await kept(engine)) == ["after", "before", "twice"]


async def test_who_goes_away_leaves_the_others_their_answers(engine: AsyncEngine) -> None:
    together = WriteBatcher(engine)
    gone = asyncio.create_task(together.write(adding("gone")))
    stays = asyncio.create_task(together.write(adding("stays")))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == "stays"
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_what_may_have_been_written_is_not_written_again(engine: AsyncEngine) -> None:
    """The commit is done, and the answer to it is lost."""
    together, asked = WriteBatcher(engine), list[str]()

    def lost(_connection: object) -> None:
        raise ConnectionError("the answer to the commit")

    def noting(name: str) -> Callable[[AsyncConnection], Awaitable[str]]:
        async def note(connection: AsyncConnection) -> str:
            asked.append(name)
            return name

        return note

    event.listen(engine.sync_engine, "commit", lost)
    names = ("one", "other")
    found = await asyncio.gather(
        *(together.write(noting(name)) for name in names), return_exceptions=True
    )
    event.remove(engine.sync_engine, "commit", lost)
    assert [type(one) for one in found] == [ConnectionError, ConnectionError]
    assert asked == ["one", "other"]
