"""Moments on their way into the database and out of it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import partner, saved_ask
from tests.store.entries import NOW

OWNER = {"partner": "own", "platform": "slack", "tenant": "T1", "user_id": "U1", "text": "/usage"}


async def _kept(engine: AsyncEngine, moment: datetime) -> datetime | None:
    async with engine.begin() as connection:
        await connection.execute(insert(partner).values(id="own"))
        await connection.execute(insert(saved_ask).values(id="b", until=moment, **OWNER))
    async with engine.connect() as connection:
        return (await connection.execute(select(saved_ask.c.until))).scalar()


async def test_a_moment_of_another_zone_comes_back_as_the_same_one_in_utc(
    engine: AsyncEngine,
) -> None:
    kept = await _kept(engine, NOW.astimezone(timezone(timedelta(hours=5, minutes=45))))
    assert (kept, kept and kept.tzinfo) == (NOW, UTC)


async def test_a_moment_without_a_zone_is_refused(engine: AsyncEngine) -> None:
    with pytest.raises(StatementError, match="a moment without a zone"):
        await _kept(engine, NOW.replace(tzinfo=None))
