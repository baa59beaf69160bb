"""Who was given which role. A change and its audit row are one transaction under the partner's
lock.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Row, and_, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId, TenantId
from bot.store.audit import Audit
from bot.store.tables import assignment
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


class Roles:
    """Grants kept in the store, and the partner admins that the settings name."""

    def __init__(self, engine: AsyncEngine, audit: Audit, admins: Iterable[UserRef]) -> None:
        self._engine = engine
        self._audit = audit
        self._admins = tuple(admins)

    async def grants(self, person: UserRef, partner: PartnerId) -> tuple[Grant, ...]:
        """A person's grants at one partner, outdated ones too, newest first."""
        a = assignment.c
        mine = and_(
            a.partner == partner,
            a.platform == person.platform,
            a.tenant == person.tenant,
            a.user_id == person.id,
        )
        async with self._reading() as connection:
            rows = await connection.execute(
                select(assignment).where(mine, a.ended_at.is_(None)).order_by(a.id.desc())
            )
        kept = tuple(_grant(row) for row in rows)
        return (_from_settings(partner), *kept) if person in self._admins else kept

    async def admins(self, partner: PartnerId, now: datetime) -> tuple[UserRef, ...]:
        """Who is partner admin now: those of the settings, then by when they were made one."""
        a = assignment.c
        holds = and_(
            a.partner == partner, a.role == Role.ADMIN.value, a.ended_at.is_(None), _lasts(now)
        )
        async with self._reading() as connection:
            rows = await connection.execute(
                select(a.platform, a.tenant, a.user_id).where(holds).order_by(a.id)
            )
        return tuple(dict.fromkeys((*self._admins, *(UserRef(*row) for row in rows))))

    async def give(self, person: UserRef, grant: Grant) -> None:
        """Writes a grant and its audit row: both or neither."""
        customers = None if grant.customers is None else sorted(grant.customers)
        change: dict[str, object] = {
            "action": "grant",
            "whom": str(person),
            "role": grant.role.value,
            "customers": customers,
            "until": grant.until.isoformat() if grant.until else None,
            "who": grant.by,
        }
        async with self._engine.begin() as connection:
            await self._audit.append(connection, grant.partner, grant.at, change)
            await connection.execute(
                insert(assignment).values(
                    partner=grant.partner,
                    platform=person.platform,
                    tenant=person.tenant,
                    user_id=person.id,
                    role=grant.role.value,
                    customers=None if customers is None else json.dumps(customers),
                    until=grant.until,
                    reason=grant.reason,
                    given_by=grant.by,
                    at=grant.at,
                )
            )

    def _reading(self) -> AsyncConnection:
        return self._engine.execution_options(reading=True).connect()


def _lasts(now: datetime) -> ColumnElement[bool]:
    return or_(assignment.c.until.is_(None), assignment.c.until > now)


def _from_settings(partner: PartnerId) -> Grant:
    return Grant(Role.ADMIN, partner, None, None, "", "settings", _ALWAYS)


def _grant(row: Row[tuple[object, ...]]) -> Grant:
    scope = (
        None if row.customers is None else frozenset(TenantId(t) for t in json.loads(row.customers))
    )
    return Grant(
        Role(row.role), PartnerId(row.partner), scope, row.until, row.reason, row.given_by, row.at
    )
