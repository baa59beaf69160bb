"""Digests in the store, made and changed by people: with the audit row, both or neither."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId
from bot.delivery import TWICE
from bot.store.audit import Audit, lock_partner
from bot.store.schedule.digest_parts import pause_parts
from bot.store.schedule.schedule_rows import (
    DIGEST,
    digest_of,
    fresh_run,
    owner_row,
    plan_row,
    run_of,
)
from bot.store.tables import occurrence, ops_room, schedule
from handlers.chat.asking import Room, RoomKind, UserRef
from handlers.chat.digest_refusals import DigestChanged, TooManyDigests
from handlers.chat.digests import (
    FINAL,
    MOST,
    REMINDER,
    Digest,
    DigestChange,
    OpsRoom,
    Plan,
    Run,
    RunState,
    State,
)
from handlers.input.cron import next_due

_S, _O, _R = schedule.c, occurrence.c, ops_room.c


class DigestStore:
    """The store behind `handlers.chat.digests.Digests`. Raises STORE_ERRORS besides its errors."""

    def __init__(self, engine: AsyncEngine, audit: Audit, most: int = MOST) -> None:
        self._engine = engine
        self._audit = audit
        self._most = most

    async def all(self, partner: PartnerId) -> tuple[Digest, ...]:
        """Return the partner's digests that have not ended, by number."""
        wanted = select(schedule).where(_is_living(partner)).order_by(_S.number)
        async with self._read_connection() as connection:
            rows = await connection.execute(wanted)
        return tuple(map(digest_of, rows))

    async def find(self, number: int, partner: PartnerId) -> Digest | None:
        """Return one digest that has not ended; None if there is none with this number."""
        async with self._read_connection() as connection:
            row = await _row(connection, number, partner)
        return digest_of(row) if row else None

    async def save(
        self, plans: Sequence[Plan], owner: UserRef, partner: PartnerId, at: datetime
    ) -> tuple[Digest, ...]:
        """Save new digests, all or none; if the same ones were saved a moment ago, return those.
        Raises TooManyDigests.
        """
        counts = and_(_is_living(partner), _S.text.not_like("{}% {}%".format(*REMINDER)))
        counted = select(func.count()).select_from(schedule).where(counts)
        last = select(func.max(_S.number)).where(_S.partner == partner, _S.kind == DIGEST)
        async with self._engine.begin() as connection:
            await lock_partner(connection, partner)
            pressed_twice = await _saved_digests(connection, plans, (owner, partner), at)
            if pressed_twice:
                return pressed_twice
            added = sum(not plan.is_reminder for plan in plans)
            if added and (await connection.execute(counted)).scalar_one() + added > self._most:
                raise TooManyDigests(n=self._most)
            first = ((await connection.execute(last)).scalar_one() or 0) + 1
            for number, plan in enumerate(plans, start=first):
                await connection.execute(
                    insert(schedule).values(_new(number, plan, owner, partner, at))
                )
                entry = _entry("digest-save", number, owner, plan)
                await self._audit.append(connection, partner, at, entry)
            numbers = _S.number.between(first, first + len(plans) - 1)
            rows = await connection.execute(
                select(schedule).where(_is_living(partner), numbers).order_by(_S.number)
            )
        return tuple(map(digest_of, rows))

    async def change(self, change: DigestChange) -> Digest:
        """Save a change to a digest. Raises DigestChanged if another change was saved first."""
        number, partner = change.digest.number, change.digest.partner
        async with self._engine.begin() as connection:
            await lock_partner(connection, partner)
            row = await self._unchanged_row(connection, change.digest)
            values = _changed_values(change)
            await connection.execute(update(schedule).where(_S.id == row.id).values(values))
            await pause_parts(connection, partner, number)
            entry = _entry("digest-change", number, change.by, change.plan)
            entry |= {"state": change.state.value} if change.state else {}
            entry |= {"whom": str(change.owner)} if change.owner else {}
            await self._audit.append(connection, partner, change.at, entry)
            after = await connection.execute(select(schedule).where(_S.id == row.id))
        return digest_of(after.one())

    async def run_now(self, digest: Digest, by: UserRef, at: datetime) -> None:
        """Make a run due at once; none if one made by hand is under way. Raises DigestChanged if
        the digest changed or is not active any more.
        """
        async with self._engine.begin() as connection:
            await lock_partner(connection, digest.partner)
            row = await self._unchanged_row(connection, digest)
            if row.state != State.ACTIVE.value:
                raise DigestChanged(number=str(digest.number))
            if await _by_hand_under_way(connection, row.id):
                return
            # The scheduler counts runs too, without the partner's lock: one statement reads and
            # counts.
            counted = update(schedule).where(_S.id == row.id).values(runs=_S.runs + 1)
            number = (await connection.execute(counted.returning(_S.runs))).scalar_one()
            run = Run(number, at, RunState.PENDING, by_hand=True)
            await connection.execute(insert(occurrence).values(fresh_run(row.id, run)))
            entry = _entry("digest-run", digest.number, by, None)
            await self._audit.append(connection, digest.partner, at, entry)

    async def history(self, digest: Digest, most: int) -> tuple[Run, ...]:
        """Return a digest's latest runs, the newest first."""
        its = and_(_O.schedule == _S.id, _S.partner == digest.partner, _S.kind == DIGEST)
        wanted = select(occurrence).join(schedule, its).where(_S.number == digest.number)
        async with self._read_connection() as connection:
            rows = await connection.execute(wanted.order_by(_O.number.desc()).limit(most))
        return tuple(map(run_of, rows))

    async def ops_room(self, partner: PartnerId) -> OpsRoom | None:
        """Return the room where failures are told; None if no admin chose one."""
        async with self._read_connection() as connection:
            row = (
                await connection.execute(select(ops_room).where(_R.partner == partner))
            ).one_or_none()
        if row is None:
            return None
        room = Room(row.room, RoomKind(row.room_kind), partner)
        return OpsRoom(room, row.name, UserRef(row.platform, row.tenant, row.user_id))

    async def set_ops_room(
        self, partner: PartnerId, ops: OpsRoom | None, by: UserRef, at: datetime
    ) -> None:
        """Set the room where failures are told, or none."""
        async with self._engine.begin() as connection:
            await lock_partner(connection, partner)
            await connection.execute(delete(ops_room).where(_R.partner == partner))
            if ops:
                place = {"room": ops.room.address, "room_kind": ops.room.kind.value}
                values = {"partner": partner, **owner_row(ops.by), **place, "name": ops.name}
                await connection.execute(insert(ops_room).values(values))
            entry: dict[str, object] = {"action": "digest-ops", "who": str(by)}
            entry["room"] = ops.room.address if ops else ""
            await self._audit.append(connection, partner, at, entry)

    async def _unchanged_row(
        self, connection: AsyncConnection, digest: Digest
    ) -> Row[tuple[object]]:
        row = await _row(connection, digest.number, digest.partner)
        if row is None or row.version != digest.version:
            raise DigestChanged(number=str(digest.number))
        return row

    def _read_connection(self) -> AsyncConnection:
        return self._engine.execution_options(reading=True).connect()


async def _by_hand_under_way(connection: AsyncConnection, schedule_id: str) -> bool:
    ended = [state.value for state in FINAL]
    its = and_(_O.schedule == schedule_id, _O.by_hand, _O.state.not_in(ended))
    return (await connection.execute(select(_O.due).where(its).limit(1))).first() is not None


async def _saved_digests(
    connection: AsyncConnection,
    plans: Sequence[Plan],
    whose: tuple[UserRef, PartnerId],
    at: datetime,
) -> tuple[Digest, ...]:
    """Return the digests of a button's first press, for its second; empty if the plans differ."""
    owner, partner = whose
    theirs = and_(_S.platform == owner.platform, _S.tenant == owner.tenant, _S.user_id == owner.id)
    wanted = select(schedule).where(_is_living(partner), theirs, _S.since > at - TWICE)
    rows = await connection.execute(wanted)
    saved = {digest.plan: digest for digest in map(digest_of, rows)}
    return tuple(saved[plan] for plan in plans) if all(plan in saved for plan in plans) else ()


def _is_living(partner: PartnerId) -> ColumnElement[bool]:
    return and_(_S.partner == partner, _S.kind == DIGEST, _S.state != State.ENDED.value)


async def _row(
    connection: AsyncConnection, number: int, partner: PartnerId
) -> Row[tuple[object]] | None:
    wanted = select(schedule).where(_is_living(partner), _S.number == number)
    return (await connection.execute(wanted)).one_or_none()


def _new(
    number: int, plan: Plan, owner: UserRef, partner: PartnerId, at: datetime
) -> dict[str, object]:
    state = _state(State.ACTIVE, plan, at)
    kept = {"kind": DIGEST, "partner": partner, "number": number, "version": 1, "runs": 0}
    empty = {"figures": "", "last_sent": None, "told": ""}
    return {
        "id": secrets.token_hex(16), **kept, **owner_row(owner), **plan_row(plan), **state, **empty,
    }  # fmt: skip


def _state(state: State, plan: Plan, at: datetime) -> dict[str, object]:
    """Return the columns of a state that a person chose. It counts from now on: runs missed while
    paused are not made up for.
    """
    due = next_due(plan.cron, plan.zone, at) if state is State.ACTIVE else None
    return {"state": state.value, "reason": "", "since": at, "next_due": due}


def _changed_values(change: DigestChange) -> dict[str, object]:
    plan, state = change.plan or change.digest.plan, change.state or change.digest.state
    values: dict[str, object] = {"version": change.digest.version + 1}
    values |= plan_row(change.plan) if change.plan else {}
    values |= owner_row(change.owner) if change.owner else {}
    if change.state or change.plan:
        values |= _state(state, plan, change.at)
    return values


def _entry(action: str, number: int, by: UserRef, plan: Plan | None) -> dict[str, object]:
    """Return the audit's row: with room and time, without titles, which hold customers' names."""
    entry: dict[str, object] = {"action": action, "number": number, "who": str(by)}
    if plan:
        entry |= {"cron": plan.cron, "zone": plan.zone, "room": plan.room.address}
        entry |= {"reach": plan.reach.value}
    return entry
