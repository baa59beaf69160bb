"""Whatever tables there are: a forgotten person's and customer's rows are in none of them."""

import json

import pytest
from sqlalchemy import Boolean, Column, Integer, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN
from bot.store.column_types import Instant
from bot.store.erasure import Erasure
from bot.store.tables import audit, metadata, partner
from handlers.chat.asking import UserRef
from tests.store.entries import NOW, SECRET
from tests.store.reporting import FABRIKAM

EVE = UserRef("slack", "T1", "UEVE-4711")
PERSONAL = {
    **{"platform": EVE.platform, "tenant": EVE.tenant, "user_id": EVE.id, "person": EVE.id},
    "given_by": str(EVE),
}
"""Columns that hold a person, by their names in any table."""
ABOUT = {"text": f"/usage {FABRIKAM}", "question": f"/usage {FABRIKAM}"}
ABOUT |= {"customers": json.dumps([FABRIKAM]), "customer": FABRIKAM, "member": FABRIKAM}
"""Columns that hold a customer, by their names in any table."""
TABLES = [table for table in metadata.sorted_tables if table not in (partner, audit)]


def cell(column: Column[object], known: dict[str, str]) -> object:
    """What fits into a column: what is known of it by its name, else anything."""
    if column.name in known or column.name == "partner":
        return known.get(column.name, OWN)
    if isinstance(column.type, Instant):
        return NOW
    if isinstance(column.type, Boolean):
        return False
    return 1 if isinstance(column.type, Integer) else "[]"


async def filled(engine: AsyncEngine, known: dict[str, str]) -> list[str]:
    """Puts a row into each table; the tables that hold something of what is known."""
    async with engine.begin() as connection:
        await connection.execute(insert(partner).values(id=OWN, head_seq=0, head_mac=""))
        for table in TABLES:
            row = {column.name: cell(column, known) for column in table.columns}
            await connection.execute(insert(table).values(row))
    return [table.name for table in TABLES if known.keys() & table.columns.keys()]


async def holding(engine: AsyncEngine, what: str) -> list[str]:
    """Tables with a row that holds a text."""

    async def rows(table: Table) -> str:
        async with engine.connect() as connection:
            return str((await connection.execute(select(table))).all())

    return [table.name for table in TABLES if what in await rows(table)]


@pytest.fixture
def erasure(engine: AsyncEngine) -> Erasure:
    return Erasure(engine, SECRET, OWN)


async def test_a_forgotten_person_is_in_no_table(engine: AsyncEngine, erasure: Erasure) -> None:
    assert len(await filled(engine, PERSONAL)) >= 6
    assert {"assignment", "report", "schedule"} <= set(await holding(engine, EVE.id))
    await erasure.person(str(EVE), EVE, 0, NOW)
    assert await holding(engine, EVE.id) == []


async def test_a_forgotten_customer_is_in_no_table(engine: AsyncEngine, erasure: Erasure) -> None:
    tables = await filled(engine, ABOUT)
    assert await holding(engine, FABRIKAM) == tables
    assert {"assignment", "report", "saved_ask", "schedule"} <= set(tables)
    await erasure.customer(FABRIKAM, ("Fabrikam",), 0, NOW)
    assert await holding(engine, FABRIKAM) == []
