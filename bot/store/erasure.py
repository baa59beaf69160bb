"""Erasure in the store: data about a person or a customer is removed, and the removal is audited.

The audit itself stays: it is append-only, holds no person's name, and a chain with a hole proves
nothing.
"""

import hashlib
import hmac
import json
import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId, TenantId
from bot.store.audit import Audit, chain_key, lock_partner
from bot.store.decision_erasure import forget_decided, forget_decider
from bot.store.grant_rows import stored_holders
from bot.store.group_erasure import forget_maker, forget_member
from bot.store.ignored import forget_giver, forget_ignored
from bot.store.report_erasure import blank_reasons, forget_named, forget_source
from bot.store.roles import keep_an_admin
from bot.store.tables import (
    assignment,
    conversation,
    occurrence,
    ops_room,
    report,
    saved_ask,
    schedule,
)
from bot.store.timeouts import PATIENCE
from handlers.chat.asking import UserRef

_A, _C, _Q, _S = assignment.c, conversation.c, saved_ask.c, schedule.c
FORGOTTEN = "forgotten"
"""Value in place of the giver of a right, or of a reason, that must no longer be known."""


class Erasure:
    """Erasure in one partner's state. Each call is one transaction, its audit row included."""

    def __init__(
        self,
        engine: AsyncEngine,
        secret: str,
        of: PartnerId,
        admins: Collection[UserRef] | None = None,
    ) -> None:
        """Hold the partner admins whom the settings name; None for a store that is being restored,
        from which the last partner admin is erased too.
        """
        self._engine = engine
        self._secret = secret
        self._of = of
        self._admins = admins

    @property
    def partner(self) -> PartnerId:
        """The partner whose state is erased from."""
        return self._of

    async def person(self, whom: str, ref: UserRef | None, figures: int, at: datetime) -> int:
        """Erase a person's rights, schedules, buttons, reports and conversation; return how many
        rows were removed or changed.

        `whom` is the operator's name for the person. The store knows people by `ref`; without it
        only reports that name them are erased here. `figures` are rows of facts, for the audit.
        Raises LastAdmin for the last partner admin; then nothing was changed.
        """
        async with self._engine.begin() as connection:
            await lock_partner(connection, self._of)
            await self._keep_an_admin(connection, ref, at)
            rows = await self._person(connection, ref) if ref else 0
            rows += await forget_named(connection, self._of, (whom,))
            rows += await forget_giver(connection, self._of, ref, whom, FORGOTTEN)
            rows += await forget_maker(connection, self._of, ref, whom, FORGOTTEN)
            rows += await forget_decider(connection, self._of, ref, whom, FORGOTTEN)
            await self._record(connection, "person", whom, (rows, figures), at)
        return rows

    async def customer(
        self, tenant: TenantId, names: Collection[str], figures: int, at: datetime
    ) -> int:
        """Erase a customer from rights' scopes and reasons, schedules, buttons and reports; return
        how many rows were removed or changed.

        A right for that customer alone is removed. Schedules know customers by id.
        """
        async with self._engine.begin() as connection:
            await lock_partner(connection, self._of)
            rows = await self._narrow_grants(connection, tenant)
            theirs = or_(_mentions(_S.text, tenant), _S.member == tenant)
            rows += await self._delete_schedules(connection, theirs)
            rows += await blank_reasons(connection, self._of, names)
            words = (tenant, *(name.strip() for name in names if name.strip()))
            told = or_(*(_mentions(_Q.text, word) for word in words))
            rows += await _delete_rows(connection, saved_ask, and_(_Q.partner == self._of, told))
            rows += await forget_named(connection, self._of, (tenant, *names))
            rows += await forget_source(connection, self._of, tenant)
            rows += await forget_ignored(connection, self._of, tenant, names, FORGOTTEN)
            rows += await forget_member(connection, self._of, tenant, names)
            rows += await forget_decided(connection, self._of, tenant, names, FORGOTTEN)
            await self._record(connection, "customer", tenant, (rows, figures), at)
        return rows

    async def check_person(self, ref: UserRef | None, at: datetime) -> None:
        """Raise what person() would raise now, and change nothing."""
        async with self._engine.connect() as connection:
            await self._keep_an_admin(connection, ref, at)

    async def _keep_an_admin(
        self, connection: AsyncConnection, ref: UserRef | None, at: datetime
    ) -> None:
        if ref and self._admins is not None:
            holders = await stored_holders(connection, self._of, at)
            keep_an_admin({ref: None}, holders, self._admins)

    async def lift(self, what: str, whom: str, because: str, at: datetime) -> None:
        """Record that a person or customer is let in again, and why."""
        async with self._engine.begin() as connection:
            await lock_partner(connection, self._of)
            entry: dict[str, object] = {"action": "forget-lifted", "what": what}
            entry |= {"whom": self._hash(whom), "who": "operator", "because": because}
            await Audit(self._engine, self._secret).append(connection, self._of, at, entry)

    async def _person(self, connection: AsyncConnection, ref: UserRef) -> int:
        given = update(assignment).where(_A.partner == self._of, _A.given_by == str(ref))
        rows = (await connection.execute(given.values(given_by=FORGOTTEN))).rowcount
        rows += await self._delete_schedules(connection, _is(schedule, ref))
        for table in (assignment, saved_ask, ops_room, report):
            its = and_(table.c.partner == self._of, _is(table, ref))
            rows += await _delete_rows(connection, table, its)
        talked = and_(_C.platform == ref.platform, _C.tenant == ref.tenant, _C.person == ref.id)
        return rows + await _delete_rows(connection, conversation, talked)

    async def _narrow_grants(self, connection: AsyncConnection, tenant: TenantId) -> int:
        scoped = select(_A.id, _A.customers, _A.scopes).where(
            _A.partner == self._of, _mentions(_A.customers, tenant)
        )
        found = (await connection.execute(scoped)).all()
        for row in found:
            rest = [each for each in json.loads(row.customers) if each != tenant]
            narrowed = update(assignment).where(_A.id == row.id).values(customers=json.dumps(rest))
            gone = delete(assignment).where(_A.id == row.id)
            await connection.execute(narrowed if rest or row.scopes else gone)
        return len(found)

    async def _delete_schedules(
        self, connection: AsyncConnection, which: ColumnElement[bool]
    ) -> int:
        its = select(_S.id).where(_S.partner == self._of, which)
        await connection.execute(delete(occurrence).where(occurrence.c.schedule.in_(its)))
        return await _delete_rows(connection, schedule, and_(_S.partner == self._of, which))

    async def _record(
        self,
        connection: AsyncConnection,
        what: str,
        whom: str,
        counted: tuple[int, int],
        at: datetime,
    ) -> None:
        """Append the audit's row; only a person who knows the name can tell whom it is about."""
        entry: dict[str, object] = {"action": "forget", "what": what, "whom": self._hash(whom)}
        entry |= {"who": "operator", "rows": counted[0], "figures": counted[1]}
        await Audit(self._engine, self._secret).append(connection, self._of, at, entry)

    def _hash(self, whom: str) -> str:
        key = chain_key(self._secret, self._of)
        return hmac.new(key, f"forget:{whom.lower()}".encode(), hashlib.sha256).hexdigest()


def overwrite_deleted(engine: AsyncEngine) -> None:
    """Rewrite SQLite's file, in which bytes of deleted rows remain; do nothing with another
    database. Raises sqlite3.OperationalError while others keep the file busy.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    with closing(sqlite3.connect(engine.url.database, timeout=PATIENCE)) as file:
        file.execute("VACUUM")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is(table: Table, ref: UserRef) -> ColumnElement[bool]:
    c = table.c
    return and_(c.platform == ref.platform, c.tenant == ref.tenant, c.user_id == ref.id)


def _mentions(column: ColumnElement[str], what: str) -> ColumnElement[bool]:
    return func.lower(column).contains(what.lower(), autoescape=True)


async def _delete_rows(
    connection: AsyncConnection, table: Table, which: ColumnElement[bool]
) -> int:
    return int((await connection.execute(delete(table).where(which))).rowcount)
