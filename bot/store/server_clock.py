"""What time it is for the store: on PostgreSQL the server's, so that clocks of replicas do not
matter.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection


async def moment(connection: AsyncConnection, clock: Callable[[], datetime]) -> datetime:
    """Now, by the server's clock; with SQLite by the one given."""
    if connection.dialect.name == "sqlite":
        return clock()
    now: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
    return now
