"""Rows of rights as values, and as the audit tells of them."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from analytics.values import PartnerId, TenantId
from bot.store.group_rows import named_scopes, scopes_of
from bot.store.tables import assignment
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from handlers.chat.groups import CustomerGroup

Holders = tuple[tuple[UserRef, Grant], ...]
"""People, and the grants they hold."""


async def stored_holders(connection: AsyncConnection, partner: PartnerId, now: datetime) -> Holders:
    """Return all who hold a right in the store at a time, in order of grant."""
    a = assignment.c
    holds = and_(a.partner == partner, a.ended_at.is_(None), _lasts(now))
    rows = (await connection.execute(select(assignment).where(holds).order_by(a.id))).all()
    scopes = await scopes_of(connection, partner, rows)
    return tuple(
        (UserRef(row.platform, row.tenant, row.user_id), grant_of_row(row, scopes)) for row in rows
    )


def audit_entry(person: UserRef, grant: Grant | None, by: str) -> dict[str, object]:
    """Return the audit's row of a change."""
    if grant is None:
        return {"action": "revoke", "whom": str(person), "who": by}
    return {
        "action": "grant",
        "whom": str(person),
        "role": grant.role.value,
        "customers": None if grant.customers is None else sorted(grant.customers),
        **({"scopes": [each.number for each in grant.scopes]} if grant.scopes else {}),
        "with_people": grant.with_people,
        "until": grant.until.isoformat() if grant.until else None,
        "who": by,
    }


def grant_row(person: UserRef, grant: Grant) -> dict[str, object]:
    """Return the columns of a person's right."""
    return {
        "partner": grant.partner,
        "platform": person.platform,
        "tenant": person.tenant,
        "user_id": person.id,
        "role": grant.role.value,
        "customers": None if grant.customers is None else json.dumps(sorted(grant.customers)),
        "scopes": json.dumps([s.number for s in grant.scopes]) if grant.scopes else None,
        "with_people": grant.with_people,
        "until": grant.until,
        "reason": grant.reason,
        "given_by": grant.by,
        "at": grant.at,
    }


def grant_of_row(row: Row[tuple[object, ...]], scopes: Mapping[int, CustomerGroup]) -> Grant:
    """Return a row's right, with the scopes that it names; one that names scopes is never for all
    customers.
    """
    listed = row.customers or ("[]" if row.scopes else None)
    scope = None if listed is None else frozenset(map(TenantId, json.loads(listed)))
    return Grant(
        role=Role(row.role),
        partner=PartnerId(row.partner),
        customers=scope,
        until=row.until,
        reason=row.reason,
        by=row.given_by,
        at=row.at,
        with_people=row.with_people,
        scopes=() if scope is None else named_scopes(row.scopes, scopes),
    )


def _lasts(now: datetime) -> ColumnElement[bool]:
    return or_(assignment.c.until.is_(None), assignment.c.until > now)
