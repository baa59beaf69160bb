"""Rights as the store keeps them, each change together with its audit row."""

import json
from dataclasses import replace
from datetime import UTC, timedelta, timezone

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, PartnerId, TenantId
from bot.store.audit import Audit
from bot.store.database import STORE_ERRORS
from bot.store.roles import RoleStore
from handlers.chat.access import Role
from handlers.chat.asking import UserRef
from tests.store.behind import Behind, count
from tests.store.entries import ADA, BEN, LATER, NOW, grant

CONTOSO = TenantId("0112a436-b14e-4888-967b-ca4bb2cf1234")


async def test_a_person_holds_one_right_the_newest(roles: RoleStore, behind: Behind) -> None:
    given = [grant(Role.VIEWER), grant(Role.EXECUTIVE), grant(Role.ADMIN)]
    for one in given:
        await roles.give(BEN, one)
    assert await roles.grants(BEN, OWN) == (given[-1],)
    assert count(behind, "assignment") == 3


@pytest.mark.parametrize("scope", [None, frozenset(), frozenset({CONTOSO, TenantId("b")})])
async def test_a_scope_is_kept_all_none_or_some(
    roles: RoleStore, scope: frozenset[TenantId] | None
) -> None:
    await roles.give(BEN, grant(customers=scope))
    assert [kept.customers for kept in await roles.grants(BEN, OWN)] == [scope]


@pytest.mark.parametrize("with_people", [True, False])
async def test_people_in_a_right_are_kept_and_audited(
    roles: RoleStore, behind: Behind, *, with_people: bool
) -> None:
    given = replace(grant(Role.VIEWER), with_people=with_people)
    await roles.give(BEN, given)
    assert await roles.grants(BEN, OWN) == (given,)
    ((entry,),) = behind.rows("SELECT entry FROM audit")
    assert json.loads(entry)["with_people"] is with_people


async def test_an_end_written_in_another_zone_comes_back_in_utc(roles: RoleStore) -> None:
    await roles.give(BEN, grant(until=LATER.astimezone(timezone(timedelta(hours=-8)))))
    (kept,) = await roles.grants(BEN, OWN)
    assert (kept.until, kept.until and kept.until.tzinfo, kept.at.tzinfo) == (LATER, UTC, UTC)


async def test_an_expired_grant_is_still_shown_but_makes_no_admin(roles: RoleStore) -> None:
    await roles.give(BEN, grant(Role.ADMIN, until=LATER))
    assert [kept.role for kept in await roles.grants(BEN, OWN)] == [Role.ADMIN]
    assert await roles.admins(OWN, LATER - timedelta(microseconds=1)) == (BEN,)
    assert await roles.admins(OWN, LATER) == ()


async def test_an_ended_grant_is_neither_shown_nor_an_admin(
    roles: RoleStore, behind: Behind
) -> None:
    await roles.give(BEN, grant(Role.ADMIN))
    behind.tamper("UPDATE assignment SET ended_at = '2026-11-22 09:00:00.000000'")
    assert await roles.grants(BEN, OWN) == ()
    assert await roles.admins(OWN, NOW) == ()


async def test_admins_are_those_of_the_settings_then_by_when_they_were_made(
    engine: AsyncEngine, audit: Audit
) -> None:
    roles = RoleStore(engine, audit, (ADA,))
    third = UserRef("teams", "t", "o")
    for somebody in (third, ADA, BEN, third):
        await roles.give(somebody, grant(Role.ADMIN))
    await roles.give(UserRef("slack", "T1", "VIEWER"), grant(Role.VIEWER))
    assert await roles.admins(OWN, NOW) == (ADA, BEN, third)


async def test_the_settings_admin_is_one_at_every_partner(
    engine: AsyncEngine, audit: Audit
) -> None:
    roles = RoleStore(engine, audit, (ADA,))
    (held,) = await roles.grants(ADA, PartnerId("other"))
    assert (held.role, held.customers, held.until, held.by) == (Role.ADMIN, None, None, "settings")


@pytest.mark.parametrize(
    "somebody",
    [UserRef("slack", "T2", "BEN"), UserRef("teams", "T1", "BEN"), UserRef("slack", "T1", "ben")],
)
async def test_a_namesake_of_another_workspace_or_platform_holds_nothing(
    roles: RoleStore, somebody: UserRef
) -> None:
    await roles.give(BEN, grant(Role.ADMIN))
    assert await roles.grants(somebody, OWN) == ()


async def test_a_grant_counts_at_its_own_partner_only(roles: RoleStore) -> None:
    await roles.give(BEN, grant(Role.ADMIN, partner=PartnerId("rival")))
    assert await roles.grants(BEN, OWN) == ()
    assert await roles.admins(OWN, NOW) == ()


async def test_a_grant_that_cannot_be_audited_is_not_given(
    roles: RoleStore, behind: Behind
) -> None:
    behind.tamper("DROP TABLE audit")
    with pytest.raises(STORE_ERRORS):
        await roles.give(BEN, grant(Role.ADMIN))
    assert (count(behind, "assignment"), await roles.grants(BEN, OWN)) == (0, ())


async def test_a_grant_that_cannot_be_written_is_not_audited(
    roles: RoleStore, audit: Audit, behind: Behind
) -> None:
    await roles.give(BEN, grant())
    behind.tamper("ALTER TABLE assignment RENAME TO elsewhere")
    with pytest.raises(STORE_ERRORS):
        await roles.give(BEN, grant(Role.ADMIN))
    assert (count(behind, "audit"), await audit.broken_at(OWN)) == (1, None)
