"""The store's time: on PostgreSQL the server's, so that the clocks of replicas do not matter."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection


async def moment(connection: AsyncConnection, clock: Callable[[], datetime]) -> datetime:
    """Return the present time by the server's clock; with SQLite by the one given."""
    if connection.dialect.name == "sqlite":
        return clock()
    now: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
    return now
