"""Roles given to people. A change and its audit row are one transaction, the partner locked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId
from bot.store.audit import Audit, lock_partner
from bot.store.grant_rows import (
    Holders,
    audit_entry,
    grant_of_row,
    grant_row,
    stored_holders,
)
from bot.store.group_rows import scopes_of, stored_groups
from bot.store.groups import GroupStore, check_wishes, write_scopes
from bot.store.tables import assignment
from handlers.chat.access import Grant, RightsChange, Role, fingerprint
from handlers.chat.asking import UserRef
from handlers.chat.group_refusals import GroupsChanged
from handlers.chat.groups import MOST_SCOPES
from handlers.chat.refusals import AdminBySettings, LastAdmin, NotAllowed, RightsChanged
from handlers.chat.rights_plan import RightsPlan, rights_by_person
from handlers.chat.scope_plan import ScopePlan, ScopeWish, scope_plan

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
_A = assignment.c
_END = (
    update(assignment)
    .where(
        _A.partner == bindparam("of_partner"),
        _A.platform == bindparam("of_platform"),
        _A.tenant == bindparam("of_tenant"),
        _A.user_id == bindparam("of_user"),
        _A.ended_at.is_(None),
    )
    .values(ended_at=bindparam("end"))
)
"""Ends the right of one person, by what _whose() gives."""


class RoleStore:
    """The store of grants, with the partner admins that the settings name."""

    def __init__(self, engine: AsyncEngine, audit: Audit, admins: Iterable[UserRef]) -> None:
        self._engine = engine
        self._audit = audit
        self._admins = tuple(admins)
        self.groups = GroupStore(engine, audit)
        """The scopes that rights may name, and lists of one's own."""

    async def grants(self, person: UserRef, partner: PartnerId) -> tuple[Grant, ...]:
        """Return a person's grants at one partner, outdated ones too, newest first."""
        a = assignment.c
        mine = select(assignment).where(_of(person, partner), a.ended_at.is_(None))
        async with self._read_connection() as connection:
            rows = (await connection.execute(mine.order_by(a.id.desc()))).all()
            scopes = await scopes_of(connection, partner, rows)
        kept = tuple(grant_of_row(row, scopes) for row in rows)
        return (_from_settings(partner), *kept) if person in self._admins else kept

    async def admins(self, partner: PartnerId, now: datetime) -> tuple[UserRef, ...]:
        """Return the present partner admins: those of the settings, then in order of grant."""
        holders = await self.holders(partner, now)
        admins = (who for who, grant in holders if grant.role is Role.ADMIN)
        return tuple(dict.fromkeys(admins))

    async def holders(self, partner: PartnerId, now: datetime) -> Holders:
        """Return all who hold a right now: those of the settings, then in order of grant."""
        async with self._read_connection() as connection:
            kept = await stored_holders(connection, partner, now)
        return (*((admin, _from_settings(partner)) for admin in self._admins), *kept)

    async def give(self, person: UserRef, grant: Grant) -> None:
        """Give a right as the operator, together with its audit row: both or neither. Raises
        LastAdmin where it would take the place of the last partner admin's; then nothing was saved.
        """
        async with self._engine.begin() as connection:
            await lock_partner(connection, grant.partner)
            holders = await stored_holders(connection, grant.partner, grant.at)
            keep_an_admin({person: grant}, holders, self._admins)
            await _check_scopes(connection, (grant,))
            await self._replace(connection, grant.partner, {person: grant}, grant.by, grant.at)

    async def take(self, person: UserRef, partner: PartnerId, now: datetime) -> tuple[Grant, ...]:
        """Take a right back as the operator, even if its holder is gone, together with its audit
        row: both or neither. Return the grants held before; empty if none. Raises LastAdmin or
        AdminBySettings; then nothing was saved.
        """
        if person in self._admins:
            raise AdminBySettings(name=str(person))
        async with self._engine.begin() as connection:
            await lock_partner(connection, partner)
            holders = await stored_holders(connection, partner, now)
            before = tuple(grant for who, grant in holders if who == person)
            if before:
                keep_an_admin({person: None}, holders, self._admins)
                await self._replace(connection, partner, {person: None}, "operator", now)
        return before

    async def change(self, change: RightsChange) -> None:
        """Save a change asked for in chat, in one transaction under the partner's lock.

        The change is checked inside the transaction, so that two changes at once come one after the
        other. Raises NotAllowed, RightsChanged, LastAdmin or AdminBySettings; then nothing was
        saved.
        """
        if change.person in self._admins:
            raise AdminBySettings(name=str(change.person))
        async with self._engine.begin() as connection:
            await lock_partner(connection, change.partner)
            self._check(change, await stored_holders(connection, change.partner, change.at))
            await _check_scopes(connection, (change.to,) if change.to else ())
            wish, by = {change.person: change.to}, str(change.by)
            await self._replace(connection, change.partner, wish, by, change.at)

    async def check_plan(self, plan: RightsPlan, now: datetime) -> None:
        """Raise what save_plan() would raise now, and save nothing."""
        async with self._read_connection() as connection:
            self._check_plan(plan, await stored_holders(connection, plan.partner, now), now)

    async def save_plan(self, plan: RightsPlan, now: datetime) -> None:
        """Give all rights of a plan as the operator, each with its audit row, in one transaction
        under the partner's lock. Raises AdminBySettings, LastAdmin, or RightsChanged where a person
        in the plan no longer holds what it says; then nothing was saved.
        """
        async with self._engine.begin() as connection:
            await lock_partner(connection, plan.partner)
            self._check_plan(plan, await stored_holders(connection, plan.partner, now), now)
            await _check_scopes(connection, plan.wishes().values())
            wishes = {who: replace(to, by="operator", at=now) for who, to in plan.wishes().items()}
            if wishes:
                await self._replace(connection, plan.partner, wishes, "operator", now)

    async def plan_scopes(
        self, wishes: Sequence[ScopeWish], partner: PartnerId, now: datetime
    ) -> ScopePlan:
        """Return the plan of these wishes, from the scopes and rights of now."""
        async with self._read_connection() as connection:
            return await _plan_of_now(connection, wishes, partner, now)

    async def change_scopes(self, plan: ScopePlan, by: UserRef | None, now: datetime) -> None:
        """Save a plan of scopes that was shown, as a partner admin or, without a person, as the
        operator: whole or not at all. Raises NotAllowed, BadGroupName, TooManyGroups, or
        GroupsChanged where a scope, or a right by it, is not as shown; then nothing was saved.
        """
        async with self._engine.begin() as connection:
            await lock_partner(connection, plan.partner)
            holders = await stored_holders(connection, plan.partner, now)
            if by:
                self._check_admin(by, holders)
            scopes = await stored_groups(connection, plan.partner)
            check_wishes(plan.wishes, scopes.values(), MOST_SCOPES)
            of_now = await _plan_of_now(connection, plan.wishes, plan.partner, now)
            if of_now.fingerprint != plan.fingerprint:
                raise GroupsChanged(name=plan.wishes[0].name)
            await write_scopes(connection, self._audit, plan, str(by or "operator"), now)

    def _check_plan(self, plan: RightsPlan, holders: Holders, now: datetime) -> None:
        wishes = plan.wishes()
        for person in self._admins:
            if person in wishes:
                raise AdminBySettings(name=str(person))
        held = rights_by_person(holders)
        for line in plan.lines:
            seen = fingerprint(line.before, plan.at)
            if fingerprint(held.get(line.person, ()), now) != seen:
                raise RightsChanged(name=str(line.person))
        keep_an_admin(wishes, holders, self._admins)

    def _check(self, change: RightsChange, holders: Holders) -> None:
        self._check_admin(change.by, holders)
        before = [grant for who, grant in holders if who == change.person]
        if fingerprint(before, change.at) != change.seen:
            raise RightsChanged
        keep_an_admin({change.person: change.to}, holders, self._admins)

    def _check_admin(self, person: UserRef, holders: Holders) -> None:
        admins = {who for who, grant in holders if grant.role is Role.ADMIN}
        if person not in admins | {*self._admins}:
            raise NotAllowed

    async def _replace(
        self,
        connection: AsyncConnection,
        partner: PartnerId,
        wishes: Mapping[UserRef, Grant | None],
        by: str,
        at: datetime,
    ) -> None:
        """Replace each person's one right: end the old one, write the new one and the audit's row.
        `wishes` names one person at least.
        """
        entries = [audit_entry(person, grant, by) for person, grant in wishes.items()]
        await self._audit.append(connection, partner, at, *entries)
        await connection.execute(_END, [_whose(person, partner, at) for person in wishes])
        rows = [grant_row(person, grant) for person, grant in wishes.items() if grant]
        if rows:
            await connection.execute(insert(assignment), rows)

    def _read_connection(self) -> AsyncConnection:
        return self._engine.execution_options(reading=True).connect()


def keep_an_admin(
    wishes: Mapping[UserRef, Grant | None], holders: Holders, fixed: Collection[UserRef]
) -> None:
    """Raise LastAdmin if people's new rights would leave no partner admin whose right has no end,
    where there is one, or no partner admin at all. `fixed` are those of the settings, who stay.
    """
    for counts in () if fixed else (_lasting_admin, _is_admin):
        before = {who for who, grant in holders if counts(grant)}
        new = {who for who, to in wishes.items() if to and counts(to)}
        if before and not new and before <= wishes.keys():
            raise LastAdmin(name=", ".join(sorted(map(str, before))))


async def _check_scopes(connection: AsyncConnection, grants: Iterable[Grant]) -> None:
    """Raise RightsChanged where a scope that a right is to name is deleted, or holds other
    customers than it was shown with.
    """
    for grant in grants:
        stored = await stored_groups(connection, grant.partner) if grant.scopes else {}
        if any(stored.get(each.number) != each or each.is_gone for each in grant.scopes):
            raise RightsChanged(name=", ".join(each.name for each in grant.scopes))


async def _plan_of_now(
    connection: AsyncConnection, wishes: Sequence[ScopeWish], partner: PartnerId, now: datetime
) -> ScopePlan:
    holders = await stored_holders(connection, partner, now)
    scopes = (await stored_groups(connection, partner)).values()
    return scope_plan(wishes, scopes, holders, partner)


def _of(person: UserRef, partner: PartnerId) -> ColumnElement[bool]:
    a = assignment.c
    return and_(
        a.partner == partner,
        a.platform == person.platform,
        a.tenant == person.tenant,
        a.user_id == person.id,
    )


def _whose(person: UserRef, partner: PartnerId, at: datetime) -> dict[str, object]:
    return {
        "of_partner": partner,
        "of_platform": person.platform,
        "of_tenant": person.tenant,
        "of_user": person.id,
        "end": at,
    }


def _is_admin(grant: Grant) -> bool:
    return grant.role is Role.ADMIN


def _lasting_admin(grant: Grant) -> bool:
    """Check whether a grant makes an admin for good; one that expires is no guard against none."""
    return _is_admin(grant) and grant.until is None


def _from_settings(partner: PartnerId) -> Grant:
    return Grant(Role.ADMIN, partner, None, None, "", "settings", _ALWAYS)
