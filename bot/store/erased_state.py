"""Erasure of what a restored store holds of those who were erased after its backup was made."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId, TenantId
from analytics.warehouse.erased_list import ErasedList
from bot.store.decision_erasure import replace_whys
from bot.store.decision_table import decision
from bot.store.erasure import FORGOTTEN, Erasure
from bot.store.group_erasure import nameless
from bot.store.tables import (
    assignment,
    audit,
    conversation,
    customer_group,
    ignored_product,
    metadata,
    ops_room,
    report,
    saved_ask,
    schedule,
)
from handlers.chat.asking import UserRef

_PEOPLE = (assignment, customer_group, ops_room, report, saved_ask, schedule)
_TENANT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


async def erase_listed(
    engine: AsyncEngine,
    erasure: Erasure,
    erased: ErasedList,
    names: Mapping[TenantId, Iterable[str]],
    at: datetime,
) -> None:
    """Erase everybody on the list from the store. `names` are those by which the restored figures
    know the customers; a customer that they do not know is found by id.
    """
    async with engine.execution_options(reading=True).connect() as connection:
        tenants = await _mentioned_tenants(connection, erased)
        people = await _known_people(connection, erased)
    for tenant in sorted({*names, *tenants}):
        await erasure.customer(tenant, (*names.get(tenant, ()),), 0, at)
    for ref in people:
        await erasure.person(str(ref), ref, 0, at)
    await _delete_reports(engine, erasure.partner, erased)
    await _replace_reasons(engine, erasure.partner, erased)
    await _replace_group_names(engine, erasure.partner, erased)


async def _mentioned_tenants(connection: AsyncConnection, erased: ErasedList) -> set[TenantId]:
    """Return the customers on the list whose ids stand anywhere but in the audit."""
    found = set[TenantId]()
    for table in metadata.sorted_tables:
        if table is audit:
            continue
        async with connection.stream(select(table)) as rows:
            async for row in rows:
                texts = (cell for cell in row if isinstance(cell, str))
                ids = {each.lower() for text in texts for each in _TENANT.findall(text)}
                found |= {TenantId(each) for each in ids if erased.has_customer(each)}
    return found


async def _known_people(connection: AsyncConnection, erased: ErasedList) -> list[UserRef]:
    """Return the people on the list who hold or gave rights, or whose questions are kept."""
    found = set[UserRef]()
    for table in _PEOPLE:
        who = select(table.c.platform, table.c.tenant, table.c.user_id).distinct()
        found |= {UserRef(*row) for row in await connection.execute(who)}
    talked = select(conversation.c.platform, conversation.c.tenant, conversation.c.person)
    found |= {UserRef(*row) for row in await connection.execute(talked)}
    for table in (assignment, customer_group, decision, ignored_product):
        given = (await connection.execute(select(table.c.given_by).distinct())).scalars()
        found |= {ref for text in given if (ref := _ref(text))}
    return sorted((ref for ref in found if ref.id and erased.has_person(ref.id)), key=str)


def _ref(text: str) -> UserRef | None:
    try:
        return UserRef.parse(text)
    except ValueError:
        return None


async def _delete_reports(engine: AsyncEngine, of: PartnerId, erased: ErasedList) -> None:
    """Delete the reports whose texts mention a person on the list."""
    c = report.c
    texts = select(c.number, c.question, c.said, c.stamp).where(c.partner == of)
    async with engine.begin() as connection:
        for row in (await connection.execute(texts)).all():
            if any(map(erased.has_person, (row.question, row.said, *json.loads(row.stamp)))):
                gone = delete(report).where(c.partner == of, c.number == row.number)
                await connection.execute(gone)


async def _replace_reasons(engine: AsyncEngine, of: PartnerId, erased: ErasedList) -> None:
    """Replace the reasons of ignored products and decisions that mention a person on the list."""
    c = ignored_product.c
    texts = select(c.customer, c.product, c.reason).where(c.partner == of)
    async with engine.begin() as connection:
        await replace_whys(connection, of, erased.has_person, FORGOTTEN)
        for row in (await connection.execute(texts)).all():
            if erased.has_person(row.reason):
                its = and_(c.partner == of, c.customer == row.customer, c.product == row.product)
                await connection.execute(
                    update(ignored_product).where(its).values(reason=FORGOTTEN)
                )


async def _replace_group_names(engine: AsyncEngine, of: PartnerId, erased: ErasedList) -> None:
    """Replace the names of groups that mention a person on the list."""
    c = customer_group.c
    async with engine.begin() as connection:
        names = select(c.number, c.name).where(c.partner == of)
        for row in (await connection.execute(names)).all():
            if erased.has_person(row.name):
                its = update(customer_group).where(c.partner == of, c.number == row.number)
                await connection.execute(its.values(name=nameless(row.number)))
