"""Rights: nothing by default, and a key that opens what its grants say, now and here."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from analytics.values import OWN, PartnerId, Secrecy, TenantId
from handlers.chat.access import (
    Access,
    Grant,
    Permission,
    RightsChange,
    Role,
    authorize,
    fingerprint,
)
from handlers.chat.accounts import Account, AccountKind, Recency
from handlers.chat.asking import UserRef
from handlers.chat.groups import CustomerGroup
from handlers.chat.refusals import NotAllowed, NotAMember, Refusal, Unconfirmed
from tests.constancy import constant

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BEN = UserRef("slack", "T1", "U1")
MEMBER = Account(BEN, "Ben", AccountKind.MEMBER)
CONTOSO, FABRIKAM, LITWARE = map(TenantId, ("contoso", "fabrikam", "litware"))


def _grant(
    role: Role = Role.VIEWER,
    *customers: TenantId,
    until: datetime | None = None,
    partner: PartnerId = OWN,
) -> Grant:
    """A right for these customers; for all where none is named."""
    return Grant(role, partner, frozenset(customers) or None, until, "", "operator", NOW)


def _key(*grants: Grant, needs: Permission = Permission.SEE_SEATS, now: datetime = NOW) -> Access:
    return authorize(MEMBER, OWN, needs, grants, now)


@pytest.mark.parametrize("needs", [Permission.SEE_SEATS, Permission.OPERATE])
def test_whoever_holds_nothing_may_nothing(needs: Permission) -> None:
    with pytest.raises(NotAllowed):
        _key(needs=needs)


def test_everybody_may_ask_and_sees_nobody_by_it() -> None:
    key = _key(needs=Permission.ASK)
    assert (key.asker, key.partner, key.grants) == (BEN, OWN, ())
    assert (key.customers, key.sees(CONTOSO)) == (frozenset(), False)


def test_a_right_sees_its_own_customers_and_those_of_its_scopes() -> None:
    north = CustomerGroup(1, "north", frozenset({FABRIKAM}))
    key = _key(replace(_grant(Role.VIEWER, CONTOSO), scopes=(north,)))
    assert key.customers == {CONTOSO, FABRIKAM}
    nobody = replace(_grant(Role.VIEWER, CONTOSO), customers=frozenset())
    assert _key(replace(nobody, scopes=(replace(north, customers=frozenset()),))).customers == set()


def test_a_right_for_all_names_no_scope() -> None:
    with pytest.raises(ValueError, match="names no scope"):
        replace(_grant(), scopes=(CustomerGroup(1, "north", frozenset()),))


def test_a_key_to_some_customers_opens_no_others_and_money_where_it_is_theirs() -> None:
    seats = _grant(Role.VIEWER, CONTOSO, FABRIKAM)
    money = _grant(Role.EXECUTIVE, FABRIKAM, LITWARE)
    key = _key(seats, money)
    assert key.sight.money is False
    assert key.only(frozenset({FABRIKAM})).sight.money is True
    assert key.only(frozenset({CONTOSO, FABRIKAM})).sight.money is False
    assert _key(_grant()).only(frozenset({CONTOSO})).customers == {CONTOSO}
    narrow = key.only(frozenset({CONTOSO})).only(frozenset({FABRIKAM}))
    assert (narrow.customers, narrow.sight.money) == (frozenset(), True)


def test_a_fingerprint_changes_with_whom_a_scope_holds() -> None:
    north = CustomerGroup(1, "north", frozenset({FABRIKAM}))
    some = _grant(Role.VIEWER, CONTOSO)
    held = [replace(some, scopes=scopes) for scopes in ((), (north,))]
    held.append(replace(some, scopes=(replace(north, customers=frozenset()),)))
    assert len({fingerprint([each], NOW) for each in held}) == 3


def test_a_right_counts_until_just_before_its_end() -> None:
    ending = _grant(until=NOW + timedelta(hours=1))
    assert _key(ending, now=NOW + timedelta(hours=1, microseconds=-1)).grants == (ending,)


@pytest.mark.parametrize("past", [timedelta(0), timedelta(microseconds=1), timedelta(days=900)])
def test_a_right_is_over_at_its_last_instant(past: timedelta) -> None:
    with pytest.raises(NotAllowed):
        _key(_grant(Role.ADMIN, until=NOW), now=NOW + past)


def test_an_end_is_an_instant_whatever_zone_it_is_written_in() -> None:
    tokyo = datetime.fromisoformat("2026-11-22T18:30:00+09:00")
    with pytest.raises(NotAllowed):
        _key(_grant(until=tokyo))


@pytest.mark.parametrize("partner", ["another", "own2", "rival", ""])
def test_a_right_of_another_partner_is_nothing_here(partner: str) -> None:
    with pytest.raises(NotAllowed):
        _key(_grant(Role.ADMIN, partner=PartnerId(partner)))


def test_a_partner_is_known_by_its_id_wherever_that_was_read() -> None:
    read = PartnerId(b"own".decode())
    assert _key(_grant(partner=read)).may(Permission.SEE_SEATS)


def test_what_ended_or_is_another_partners_adds_nothing_to_what_holds() -> None:
    held = _grant(Role.VIEWER, CONTOSO)
    key = _key(_grant(Role.ADMIN, until=NOW), held, _grant(partner=PartnerId("rival")))
    assert (key.grants, key.customers) == ((held,), frozenset({CONTOSO}))
    assert not key.may(Permission.OPERATE)


def test_scopes_add_up() -> None:
    key = _key(_grant(Role.VIEWER, CONTOSO), _grant(Role.EXECUTIVE, FABRIKAM))
    assert key.customers == {CONTOSO, FABRIKAM}
    assert [key.sees(tenant) for tenant in (CONTOSO, FABRIKAM, LITWARE)] == [True, True, False]


def test_one_right_for_all_customers_outweighs_the_narrow_ones() -> None:
    key = _key(_grant(Role.VIEWER, CONTOSO), _grant(Role.EXECUTIVE))
    assert (key.customers, key.sees(LITWARE)) == (None, True)


def test_a_right_for_no_customer_shows_none() -> None:
    nobody = Grant(Role.VIEWER, OWN, frozenset(), None, "", "operator", NOW)
    key = _key(nobody)
    assert (key.customers, key.sees(CONTOSO)) == (frozenset(), False)


@pytest.mark.parametrize(
    ("role", "operates"), [(Role.ADMIN, True), (Role.EXECUTIVE, False), (Role.VIEWER, False)]
)
def test_only_an_admin_may_operate(role: Role, *, operates: bool) -> None:
    key = _key(_grant(role))
    assert key.may(Permission.OPERATE) is operates
    assert key.may(Permission.SEE_SEATS) is True


def test_a_viewer_who_wants_to_operate_is_refused() -> None:
    with pytest.raises(NotAllowed):
        _key(_grant(Role.VIEWER), needs=Permission.OPERATE)


def test_a_fingerprint_changes_with_whatever_a_right_says() -> None:
    right = _grant(Role.VIEWER, CONTOSO)
    others = (
        replace(right, customers=None),
        replace(right, customers=frozenset()),
        replace(right, customers=frozenset({CONTOSO, FABRIKAM})),
        replace(right, role=Role.EXECUTIVE),
        replace(right, until=NOW + timedelta(days=1)),
        replace(right, by="settings"),
        replace(right, at=NOW + timedelta(seconds=1)),
    )
    prints = {fingerprint([each], NOW) for each in (right, *others)} | {fingerprint([], NOW)}
    assert len(prints) == len(others) + 2


def test_a_right_that_is_over_leaves_no_fingerprint() -> None:
    assert fingerprint([_grant(until=NOW)], NOW) == fingerprint([], NOW)


@pytest.mark.parametrize("kind", [kind for kind in AccountKind if kind is not AccountKind.MEMBER])
@pytest.mark.parametrize("needs", [need for need in Permission if need is not Permission.ASK])
def test_a_right_opens_nothing_for_who_is_no_member_any_more(
    kind: AccountKind, needs: Permission
) -> None:
    with pytest.raises(NotAMember) as raised:
        authorize(replace(MEMBER, kind=kind), OWN, needs, [_grant(Role.ADMIN)], NOW)
    assert raised.value.sentence == f"asker-{kind.value}"


def test_what_everybody_may_ask_shows_no_figures_to_who_is_no_member_any_more() -> None:
    guest = replace(MEMBER, kind=AccountKind.GUEST)
    key = authorize(guest, OWN, Permission.ASK, [_grant(Role.ADMIN)], NOW)
    assert key.grants
    assert (key.customers, key.sees(CONTOSO)) == (frozenset(), False)
    assert [need for need in Permission if key.may(need)] == [Permission.ASK]


LATELY = replace(MEMBER, said=Recency.LATELY)
NEVER = Account(BEN, "Ben", None, Recency.NEVER)


@pytest.mark.parametrize(
    ("account", "opened"),
    [
        (MEMBER, set(Permission)),
        (LATELY, {*Permission} - {Permission.GRANT}),
        (NEVER, {Permission.ASK, Permission.REVOKE}),
    ],
)
def test_while_a_platform_does_not_answer_an_hour_counts_for_ones_own_answer_alone(
    account: Account, opened: set[Permission]
) -> None:
    def may(needs: Permission) -> bool:
        try:
            authorize(account, OWN, needs, [_grant(Role.ADMIN)], NOW)
        except Unconfirmed:
            return False
        return True

    assert {need for need in Permission if may(need)} == opened


def test_taking_back_without_a_word_of_the_platform_shows_no_customer() -> None:
    key = authorize(NEVER, OWN, Permission.REVOKE, [_grant(Role.ADMIN)], NOW)
    assert (key.customers, key.sees(CONTOSO)) == (frozenset(), False)


def test_who_holds_nothing_reads_that_whatever_their_account_is() -> None:
    for account in (replace(MEMBER, kind=AccountKind.GUEST), NEVER):
        with pytest.raises(Refusal) as raised:
            authorize(account, OWN, Permission.SEE_SEATS, [], NOW)
        assert type(raised.value) is NotAllowed


@pytest.mark.parametrize(
    ("needs", "sentence"),
    [(Permission.SEE_SEATS, "asker-unconfirmed"), (Permission.GRANT, "grant-unconfirmed")],
)
def test_who_gives_rights_reads_that_it_is_for_that_they_are_not_confirmed(
    needs: Permission, sentence: str
) -> None:
    with pytest.raises(Unconfirmed) as raised:
        authorize(NEVER, OWN, needs, [_grant(Role.ADMIN)], NOW)
    assert raised.value.sentence == sentence


def test_a_refusal_says_what_it_was_told() -> None:
    with pytest.raises(NotAllowed) as raised:
        _key(needs=Permission.ASK).require(Permission.SEE_SEATS, command="usage")
    assert raised.value.values == {"command": "usage"}


def test_a_fingerprint_is_short_and_the_same_in_whatever_order_rights_are_read() -> None:
    rights = (_grant(Role.VIEWER, CONTOSO, FABRIKAM), _grant(Role.ADMIN))
    first, second = fingerprint(rights, NOW), fingerprint(rights[::-1], NOW)
    assert (first == second, len(first)) == (True, 16)


def test_a_key_and_what_it_rests_on_are_not_changed_afterwards() -> None:
    held = _grant(Role.VIEWER, CONTOSO)
    assert constant(held)
    assert constant(_key(held))
    assert constant(RightsChange(BEN, OWN, held, BEN, NOW, ""))


@pytest.mark.parametrize("kinds", [{Secrecy.MONEY}, {Secrecy.PERSON}, set(Secrecy)])
def test_what_is_withheld_is_withheld_beside_what_was(kinds: set[Secrecy]) -> None:
    key = Access(MEMBER, OWN, (_grant(Role.ADMIN),))
    assert (key.sight.money, key.sight.persons) == (True, True)
    for once in (key.without(frozenset(kinds)), key.without(frozenset(kinds)).without(frozenset())):
        assert once.withheld == kinds
        assert (once.sight.money, once.sight.persons) == (
            Secrecy.MONEY not in kinds,
            Secrecy.PERSON not in kinds,
        )
    assert key.without(frozenset({Secrecy.MONEY})).without(frozenset(kinds)).withheld == {
        Secrecy.MONEY,
        *kinds,
    }


@pytest.mark.parametrize(
    ("kind", "closed"),
    [(Secrecy.MONEY, Permission.SEE_MONEY), (Secrecy.PERSON, Permission.SEE_PERSONS)],
)
def test_a_permission_to_see_what_is_withheld_is_none_and_no_other_is_touched(
    kind: Secrecy, closed: Permission
) -> None:
    key = Access(MEMBER, OWN, (_grant(Role.ADMIN),)).without(frozenset({kind}))
    assert {need for need in Permission if not key.may(need)} == {closed}
    with pytest.raises(NotAllowed):
        key.require(closed)
    assert key.customers is None


@pytest.mark.parametrize("role", Role)
def test_a_right_with_people_gives_people_beside_what_its_role_gives(role: Role) -> None:
    plain = _grant(role)
    named = replace(plain, with_people=True)
    gives = {need for need in Permission if plain.gives(need)}
    assert {need for need in Permission if named.gives(need)} == {*gives, Permission.SEE_PERSONS}
