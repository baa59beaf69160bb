"""Rights changed in chat: one unit of work, looked at again inside, and never without an admin."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, TenantId
from bot.store.audit import Audit
from bot.store.erasure import Erasure
from bot.store.roles import RoleStore
from handlers.chat.access import Grant, RightsChange, Role, fingerprint
from handlers.chat.asking import UserRef
from handlers.chat.refusals import AdminBySettings, LastAdmin, NotAllowed, Refusal, RightsChanged
from handlers.chat.rights_plan import plan_of
from tests.store.behind import Behind, count
from tests.store.entries import ADA, BEN, LATER, NOW, SECRET, grant

CLEO = UserRef("slack", "T1", "CLEO")
DEE = UserRef("slack", "T1", "DEE")


def change(
    person: UserRef, to: Grant | None, before: Iterable[Grant] = (), by: UserRef = ADA
) -> RightsChange:
    return RightsChange(person, OWN, to, by, NOW, fingerprint(before, NOW))


@pytest.fixture
async def admin(roles: RoleStore) -> Grant:
    """Ada, the only partner admin."""
    await roles.give(ADA, grant(Role.ADMIN))
    (held,) = await roles.grants(ADA, OWN)
    return held


def rows(behind: Behind) -> tuple[int, int]:
    """Rights that are held, and audit rows."""
    return count(behind, "assignment", "WHERE ended_at IS NULL"), count(behind, "audit")


@pytest.mark.usefixtures("admin")
async def test_a_right_is_given_and_audited(roles: RoleStore, audit: Audit) -> None:
    await roles.change(change(BEN, grant(Role.VIEWER)))
    assert [held.role for held in await roles.grants(BEN, OWN)] == [Role.VIEWER]
    assert await audit.broken_at(OWN) is None


@pytest.mark.usefixtures("admin")
async def test_the_same_card_pressed_twice_is_one_grant(roles: RoleStore, behind: Behind) -> None:
    card = change(BEN, grant(Role.VIEWER))
    await roles.change(card)
    with pytest.raises(RightsChanged):
        await roles.change(card)
    assert rows(behind) == (2, 2)


@pytest.mark.usefixtures("admin")
async def test_who_is_no_admin_any_more_changes_nothing(roles: RoleStore, behind: Behind) -> None:
    with pytest.raises(NotAllowed):
        await roles.change(change(BEN, grant(Role.ADMIN), by=CLEO))
    assert rows(behind) == (1, 1)


async def test_the_last_admin_is_neither_removed_nor_demoted_nor_given_an_end(
    roles: RoleStore, admin: Grant, behind: Behind
) -> None:
    for to in (None, grant(Role.VIEWER), grant(Role.ADMIN, until=LATER)):
        with pytest.raises(LastAdmin):
            await roles.change(change(ADA, to, [admin]))
    assert rows(behind) == (1, 1)


async def test_an_admin_who_will_end_does_not_count_as_another(
    roles: RoleStore, admin: Grant
) -> None:
    await roles.give(BEN, grant(Role.ADMIN, until=LATER))
    with pytest.raises(LastAdmin):
        await roles.change(change(ADA, None, [admin], by=BEN))


@pytest.mark.usefixtures("admin")
async def test_the_operator_does_not_give_the_last_admin_less(
    roles: RoleStore, behind: Behind
) -> None:
    for to in (grant(Role.VIEWER), grant(Role.EXECUTIVE), grant(Role.ADMIN, until=LATER)):
        with pytest.raises(LastAdmin):
            await roles.give(ADA, to)
    assert rows(behind) == (1, 1)
    await roles.give(ADA, grant(Role.ADMIN))
    await roles.give(BEN, grant(Role.ADMIN))
    await roles.give(ADA, grant(Role.VIEWER))
    assert await roles.admins(OWN, NOW) == (BEN,)


async def test_where_every_admins_right_ends_one_of_them_stays(roles: RoleStore) -> None:
    await roles.give(BEN, grant(Role.ADMIN, until=LATER))
    for lost in (roles.give(BEN, grant(Role.VIEWER)), roles.take(BEN, OWN, NOW)):
        with pytest.raises(LastAdmin):
            await lost
    await roles.give(CLEO, grant(Role.ADMIN, until=LATER))
    await roles.take(BEN, OWN, NOW)
    assert await roles.admins(OWN, NOW) == (CLEO,)


async def test_the_settings_admin_may_be_given_what_counts_for_nothing(
    engine: AsyncEngine, audit: Audit
) -> None:
    roles = RoleStore(engine, audit, (ADA,))
    await roles.give(BEN, grant(Role.ADMIN))
    await roles.give(BEN, grant(Role.VIEWER))
    assert await roles.admins(OWN, NOW) == (ADA,)


async def test_two_operators_who_demote_two_admins_at_once_leave_one(
    roles: RoleStore, another: AsyncEngine
) -> None:
    elsewhere = RoleStore(another, Audit(another, SECRET), ())
    for person in (ADA, BEN):
        await roles.give(person, grant(Role.ADMIN))
    less = grant(Role.VIEWER)
    ends = await asyncio.gather(
        roles.give(ADA, less), elsewhere.give(BEN, less), return_exceptions=True
    )
    assert sorted(type(end).__name__ for end in ends) == ["LastAdmin", "NoneType"]
    assert len(await roles.admins(OWN, NOW)) == 1


async def test_the_last_admin_is_not_erased_before_there_is_another(
    roles: RoleStore, engine: AsyncEngine, admin: Grant, behind: Behind
) -> None:
    erasing = Erasure(engine, SECRET, OWN, admins=())
    for refused in (erasing.person(str(ADA), ADA, 0, NOW), erasing.check_person(ADA, NOW)):
        with pytest.raises(LastAdmin):
            await refused
    assert await roles.grants(ADA, OWN) == (admin,)
    assert rows(behind) == (1, 1)
    await erasing.customer(TenantId("0" * 8), ["Contoso"], 0, NOW)
    assert await roles.admins(OWN, NOW) == (ADA,)
    await roles.give(BEN, grant(Role.ADMIN))
    await erasing.person(str(ADA), ADA, 0, NOW)
    assert await roles.admins(OWN, NOW) == (BEN,)


async def test_a_restored_store_loses_whoever_was_erased(
    roles: RoleStore, engine: AsyncEngine, admin: Grant
) -> None:
    assert await roles.admins(OWN, NOW) == (ADA,)
    await Erasure(engine, SECRET, OWN).person(str(ADA), ADA, 0, NOW)
    assert await roles.admins(OWN, NOW) == ()


async def test_the_settings_admins_are_not_changed_by_chat(
    engine: AsyncEngine, audit: Audit
) -> None:
    roles = RoleStore(engine, audit, (ADA,))
    await roles.give(BEN, grant(Role.ADMIN))
    with pytest.raises(AdminBySettings):
        await roles.change(change(ADA, None, by=BEN))
    await roles.change(change(BEN, None, await roles.grants(BEN, OWN)))
    assert await roles.admins(OWN, NOW) == (ADA,)


async def test_two_admins_who_remove_each_other_at_once_leave_one(
    roles: RoleStore, admin: Grant, another: AsyncEngine
) -> None:
    elsewhere = RoleStore(another, Audit(another, SECRET), ())  # as another process would
    for at in range(20):
        other = UserRef("slack", "T1", f"OTHER{at}")
        await roles.give(other, grant(Role.ADMIN))
        held = await roles.grants(other, OWN)
        mine = change(other, None, held)
        theirs = change(ADA, None, [admin], by=other)
        ended = await asyncio.gather(
            roles.change(mine), elsewhere.change(theirs), return_exceptions=True
        )
        assert sorted(isinstance(each, Refusal) for each in ended) == [False, True]
        assert len(await roles.admins(OWN, NOW)) == 1
        (left,) = await roles.admins(OWN, NOW)
        if left != ADA:
            await roles.give(ADA, grant(Role.ADMIN))
            await roles.change(change(left, None, await roles.grants(left, OWN)))
            (admin,) = await roles.grants(ADA, OWN)


@pytest.mark.usefixtures("admin")
async def test_a_plan_is_saved_whole_with_a_row_in_the_audit_for_each(
    roles: RoleStore, audit: Audit, behind: Behind
) -> None:
    await roles.give(BEN, grant(Role.VIEWER))
    wishes = {BEN: grant(Role.VIEWER), CLEO: grant(Role.EXECUTIVE), DEE: grant(until=LATER)}
    await roles.save_plan(plan_of(wishes, await roles.holders(OWN, NOW), OWN, NOW), NOW)
    assert rows(behind) == (4, 4)  # Ben's right is what it was
    assert [held.by for held in await roles.grants(CLEO, OWN)] == ["operator"]
    assert await audit.broken_at(OWN) is None


async def test_a_plan_is_refused_whole_once_a_right_in_it_changed(
    roles: RoleStore, admin: Grant, behind: Behind
) -> None:
    wishes = {BEN: grant(Role.VIEWER), CLEO: grant(Role.VIEWER)}
    plan = plan_of(wishes, [(ADA, admin)], OWN, NOW)
    await roles.give(CLEO, grant(Role.EXECUTIVE))
    for attempt in (roles.check_plan, roles.save_plan):
        with pytest.raises(RightsChanged):
            await attempt(plan, NOW)
    assert rows(behind) == (2, 2)


async def test_a_plan_may_pass_the_last_admins_right_on_and_not_end_it(
    roles: RoleStore, admin: Grant, behind: Behind
) -> None:
    for heir in (grant(Role.EXECUTIVE), grant(Role.ADMIN, until=LATER)):
        wishes = {ADA: grant(Role.VIEWER), BEN: heir}
        with pytest.raises(LastAdmin):
            await roles.save_plan(plan_of(wishes, [(ADA, admin)], OWN, NOW), NOW)
    assert rows(behind) == (1, 1)
    wishes = {ADA: grant(Role.VIEWER), BEN: grant(Role.ADMIN)}
    await roles.save_plan(plan_of(wishes, [(ADA, admin)], OWN, NOW), NOW)
    assert await roles.admins(OWN, NOW) == (BEN,)


async def test_a_plan_changes_no_admin_of_the_settings(
    engine: AsyncEngine, audit: Audit, behind: Behind
) -> None:
    roles = RoleStore(engine, audit, (ADA,))
    wishes = {ADA: grant(Role.VIEWER), BEN: grant(Role.VIEWER)}
    with pytest.raises(AdminBySettings):
        await roles.save_plan(plan_of(wishes, await roles.holders(OWN, NOW), OWN, NOW), NOW)
    assert rows(behind) == (0, 0)


async def test_two_plans_at_once_come_one_after_the_other(
    roles: RoleStore, another: AsyncEngine, behind: Behind
) -> None:
    elsewhere = RoleStore(another, Audit(another, SECRET), ())  # as another process would
    plan = plan_of({BEN: grant(Role.VIEWER), CLEO: grant(Role.VIEWER)}, (), OWN, NOW)
    ended = await asyncio.gather(
        roles.save_plan(plan, NOW), elsewhere.save_plan(plan, NOW), return_exceptions=True
    )
    assert sorted(isinstance(each, RightsChanged) for each in ended) == [False, True]
    assert rows(behind) == (2, 2)


async def test_everybody_who_holds_a_right_now_is_listed(roles: RoleStore, admin: Grant) -> None:
    await roles.give(BEN, grant(Role.VIEWER, until=LATER))
    holders = await roles.holders(OWN, NOW)
    assert [(who, held.role) for who, held in holders] == [(ADA, Role.ADMIN), (BEN, Role.VIEWER)]
    later = await roles.holders(OWN, LATER + timedelta(days=1))
    assert later == ((ADA, admin),)
