"""Groups in either database: a change of a scope is one of rights, and empty never means all."""

import json
from dataclasses import replace

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, PartnerId
from bot.store.audit import Audit
from bot.store.erasure import Erasure
from bot.store.roles import RoleStore
from handlers.chat.access import Grant, RightsChange, Role, fingerprint
from handlers.chat.asking import UserRef
from handlers.chat.group_refusals import BadGroupName, GroupsChanged, TooManyGroups
from handlers.chat.groups import MOST_LISTS, CustomerGroup, ListChange
from handlers.chat.refusals import NotAllowed, RightsChanged
from handlers.chat.scope_plan import ScopeWish
from tests.store.behind import Behind, count
from tests.store.entries import ADA, BEN, NOW, SECRET, grant
from tests.store.reporting import CONTOSO, FABRIKAM

NORTH = ScopeWish(None, "north", frozenset({CONTOSO}))


@pytest.fixture
async def admin(roles: RoleStore) -> RoleStore:
    """A store whose partner admin is Ada."""
    await roles.give(ADA, grant(Role.ADMIN))
    return roles


async def save(roles: RoleStore, *wishes: ScopeWish, by: UserRef | None = ADA) -> None:
    await roles.change_scopes(await roles.plan_scopes(wishes, OWN, NOW), by, NOW)


async def north(roles: RoleStore) -> CustomerGroup:
    return (await roles.groups.scopes(OWN))[0]


async def of_north(roles: RoleStore, *beside: str) -> Grant:
    """A right by the scope that Ben holds from now on."""
    given = replace(grant(customers=frozenset(beside)), scopes=(await north(roles),))  # type: ignore[arg-type]  # ids
    await roles.change(RightsChange(BEN, OWN, given, ADA, NOW, fingerprint((), NOW)))
    return given


async def ben_sees(roles: RoleStore) -> frozenset[str] | None:
    (held,) = await roles.grants(BEN, OWN)
    return held.sees


async def test_a_right_sees_whom_its_scope_holds_at_each_question(admin: RoleStore) -> None:
    await save(admin, NORTH)
    await of_north(admin)
    assert await ben_sees(admin) == {CONTOSO}
    await save(admin, ScopeWish(1, "north", frozenset({FABRIKAM})))
    assert await ben_sees(admin) == {FABRIKAM}


@pytest.mark.parametrize("to", [frozenset(), None], ids=["empty", "deleted"])
async def test_an_empty_or_deleted_scope_means_nobody_and_what_stands_beside_it_stays(
    admin: RoleStore, to: frozenset[str] | None
) -> None:
    await save(admin, NORTH)
    await of_north(admin)
    await save(admin, ScopeWish(1, "north", to))  # type: ignore[arg-type]  # ids
    assert await ben_sees(admin) == frozenset()
    (held,) = await admin.grants(BEN, OWN)
    assert [(each.name, each.is_gone) for each in held.scopes] == [("north", to is None)]


async def test_a_row_that_names_a_scope_is_never_a_right_for_all(
    admin: RoleStore, behind: Behind
) -> None:
    await save(admin, NORTH)
    await of_north(admin)
    behind.do("UPDATE assignment SET customers = NULL WHERE scopes IS NOT NULL")
    assert await ben_sees(admin) == {CONTOSO}
    behind.do("DELETE FROM customer_group")
    assert await ben_sees(admin) == frozenset()


async def test_the_version_before_reads_a_right_by_a_scope_as_one_for_nobody(
    admin: RoleStore, behind: Behind
) -> None:
    await save(admin, NORTH)
    await of_north(admin)
    assert behind.rows("SELECT customers FROM assignment WHERE scopes IS NOT NULL") == [("[]",)]


async def test_a_scope_of_the_same_name_as_a_deleted_one_gives_its_holders_nothing(
    admin: RoleStore,
) -> None:
    await save(admin, NORTH)
    await of_north(admin)
    await save(admin, ScopeWish(1, "north", None))
    await save(admin, NORTH)
    assert [each.number for each in await admin.groups.scopes(OWN)] == [2]
    assert await ben_sees(admin) == frozenset()


async def test_each_change_is_audited_with_the_people_whose_sight_it_changes(
    admin: RoleStore, audit: Audit, behind: Behind
) -> None:
    await save(admin, NORTH)
    await of_north(admin, FABRIKAM)
    await save(admin, ScopeWish(1, "north", frozenset({FABRIKAM})))
    rows = behind.rows("SELECT entry FROM audit ORDER BY seq")
    *_, made, given, changed, ben = (json.loads(entry) for (entry,) in rows)
    assert made == {"action": "change-scope", "scope": 1, "joined": [CONTOSO], "left": []} | {
        "who": str(ADA)
    }
    assert (given["action"], given["scopes"], given["customers"]) == ("grant", [1], [FABRIKAM])
    assert (changed["joined"], changed["left"]) == ([FABRIKAM], [CONTOSO])
    assert ben == {"action": "scope-right", "whom": str(BEN), "who": str(ADA)} | {
        "gained": [],  # Fabrikam was in the right already
        "lost": [CONTOSO],
    }
    assert await audit.broken_at(OWN) is None


async def test_without_its_audit_row_no_scope_is_saved(admin: RoleStore, behind: Behind) -> None:
    plan = await admin.plan_scopes([NORTH], OWN, NOW)
    behind.do("ALTER TABLE audit RENAME TO audit_elsewhere")
    with pytest.raises(SQLAlchemyError):
        await admin.change_scopes(plan, ADA, NOW)
    assert count(behind, "customer_group") == 0


async def test_nobody_but_an_admin_changes_a_scope(admin: RoleStore) -> None:
    plan = await admin.plan_scopes([NORTH], OWN, NOW)
    with pytest.raises(NotAllowed):
        await admin.change_scopes(plan, BEN, NOW)
    assert await admin.groups.scopes(OWN) == ()


async def test_a_plan_is_refused_once_the_scope_or_a_right_by_it_is_another(
    admin: RoleStore,
) -> None:
    await save(admin, NORTH)
    more = ScopeWish(1, "north", frozenset({CONTOSO, FABRIKAM}))
    before_right = await admin.plan_scopes([more], OWN, NOW)
    await of_north(admin)
    before_change = await admin.plan_scopes([more], OWN, NOW)
    with pytest.raises(GroupsChanged):
        await admin.change_scopes(before_right, ADA, NOW)
    await save(admin, ScopeWish(1, "north", frozenset()))
    with pytest.raises(GroupsChanged):
        await admin.change_scopes(before_change, ADA, NOW)
    assert await ben_sees(admin) == frozenset()


async def test_plans_are_saved_whole_or_not_at_all(admin: RoleStore) -> None:
    await save(admin, NORTH)
    south = ScopeWish(None, "south", frozenset({FABRIKAM}))
    with pytest.raises(BadGroupName):
        await save(admin, south, ScopeWish(None, "NORTH", frozenset()))
    assert [each.name for each in await admin.groups.scopes(OWN)] == ["north"]


async def test_a_right_is_not_given_by_a_scope_that_changed_since_it_was_shown(
    admin: RoleStore,
) -> None:
    await save(admin, NORTH)
    shown = replace(grant(customers=frozenset()), scopes=(await north(admin),))
    await save(admin, ScopeWish(1, "north", frozenset({FABRIKAM})))
    with pytest.raises(RightsChanged):
        await admin.change(RightsChange(BEN, OWN, shown, ADA, NOW, fingerprint((), NOW)))
    assert await admin.grants(BEN, OWN) == ()


async def test_lists_are_their_readers_own_and_no_right_names_them(admin: RoleStore) -> None:
    mine = ListChange(OWN, BEN, None, "mine", frozenset({CONTOSO}), NOW)
    await admin.groups.change_list(mine)
    assert [each.name for each in await admin.groups.lists(BEN, OWN)] == ["mine"]
    assert await admin.groups.lists(ADA, OWN) == ()
    assert await admin.groups.scopes(OWN) == ()
    with pytest.raises(BadGroupName):
        await admin.groups.change_list(mine)
    with pytest.raises(GroupsChanged):
        await admin.groups.change_list(replace(mine, owner=ADA, number=1))
    given = replace(grant(customers=frozenset()), scopes=await admin.groups.lists(BEN, OWN))
    with pytest.raises(RightsChanged):
        await admin.change(RightsChange(BEN, OWN, given, ADA, NOW, fingerprint((), NOW)))


async def test_a_reader_has_so_many_lists_and_no_more(admin: RoleStore) -> None:
    for number in range(MOST_LISTS):
        change = ListChange(OWN, BEN, None, f"list-{number}", frozenset(), NOW)
        await admin.groups.change_list(change)
    with pytest.raises(TooManyGroups):
        await admin.groups.change_list(replace(change, name="another"))


async def test_another_partner_has_its_own_groups(admin: RoleStore) -> None:
    await save(admin, NORTH)
    assert await admin.groups.scopes(PartnerId("rival")) == ()


async def test_a_forgotten_customer_leaves_groups_and_their_names_and_rights_by_them_stay(
    admin: RoleStore, engine: AsyncEngine
) -> None:
    held = frozenset({CONTOSO, FABRIKAM})
    await save(admin, ScopeWish(None, "fabrikam-and-friends", held))
    await of_north(admin, FABRIKAM)
    await Erasure(engine, SECRET, OWN).customer(FABRIKAM, ("Fabrikam",), 0, NOW)
    assert await ben_sees(admin) == {CONTOSO}
    assert (await north(admin)).name == "group-1"
    await Erasure(engine, SECRET, OWN).customer(CONTOSO, ("Contoso",), 0, NOW)
    assert await ben_sees(admin) == frozenset()


async def test_a_forgotten_person_has_no_list_and_made_no_scope(
    admin: RoleStore, engine: AsyncEngine, behind: Behind
) -> None:
    await save(admin, NORTH)
    await admin.groups.change_list(ListChange(OWN, ADA, None, "mine", frozenset(), NOW))
    await Erasure(engine, SECRET, OWN).person(str(ADA), ADA, 0, NOW)
    assert behind.rows("SELECT name, given_by FROM customer_group") == [("north", "forgotten")]
