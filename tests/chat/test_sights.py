"""What a reader may see, as one value: made from their rights, by their key alone."""

from dataclasses import replace

import pytest

from analytics.values import OWN, Sight
from handlers.chat.access import (
    Access,
    Permission,
    Role,
    authorize,
    fingerprint,
    operators_sight,
)
from handlers.chat.accounts import AccountKind
from tests.chat.test_access import CONTOSO, FABRIKAM, LITWARE, MEMBER, NOW, _grant
from tests.rules.source import ROOT, calls


def _sight(*grants: object) -> Sight:
    return authorize(MEMBER, OWN, Permission.ASK, grants, NOW).sight  # type: ignore[arg-type]  # grants


@pytest.mark.parametrize(
    ("role", "money", "persons"),
    [(Role.VIEWER, False, False), (Role.EXECUTIVE, True, False), (Role.ADMIN, True, True)],
)
def test_a_role_decides_on_money_and_persons(role: Role, *, money: bool, persons: bool) -> None:
    assert _sight(_grant(role)) == Sight(OWN, None, money=money, persons=persons)
    some = _sight(_grant(role, CONTOSO))
    assert some == Sight(OWN, frozenset({CONTOSO}), money=money, persons=persons)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EXECUTIVE])
def test_a_right_with_people_shows_people_and_no_money_more(role: Role) -> None:
    named = replace(_grant(role, CONTOSO), with_people=True)
    money = role is Role.EXECUTIVE
    assert _sight(named) == Sight(OWN, frozenset({CONTOSO}), money=money, persons=True)
    wider = _sight(named, _grant(role))
    assert (wider.customers, wider.persons) == (None, False)


def test_rights_that_differ_in_people_have_other_fingerprints() -> None:
    plain = _grant(Role.VIEWER)
    assert fingerprint([plain], NOW) != fingerprint([replace(plain, with_people=True)], NOW)


def test_who_holds_nothing_sees_nothing() -> None:
    assert _sight() == Sight(OWN, frozenset(), money=False, persons=False)


def test_who_is_no_member_any_more_sees_nothing() -> None:
    gone = replace(MEMBER, kind=AccountKind.GONE)
    key = Access(gone, OWN, (_grant(Role.ADMIN),))
    assert key.sight == Sight(OWN, frozenset(), money=False, persons=False)


def test_money_of_some_customers_is_not_money_of_all() -> None:
    narrow = _sight(_grant(Role.VIEWER), _grant(Role.EXECUTIVE, CONTOSO))
    assert (narrow.customers, narrow.money) == (None, False)
    apart = _sight(_grant(Role.VIEWER, FABRIKAM), _grant(Role.EXECUTIVE, CONTOSO))
    assert (apart.customers, apart.money) == (frozenset({CONTOSO, FABRIKAM}), False)
    wide = _sight(_grant(Role.VIEWER, CONTOSO), _grant(Role.EXECUTIVE, CONTOSO, LITWARE))
    assert (wide.customers, wide.money) == (frozenset({CONTOSO, LITWARE}), True)
    every = _sight(_grant(Role.VIEWER, CONTOSO), _grant(Role.EXECUTIVE))
    assert (every.customers, every.money) == (None, True)


def test_the_operator_sees_everything() -> None:
    assert operators_sight(OWN) == Sight(OWN, None, money=True, persons=True)


def test_rights_alone_make_a_sight() -> None:
    makers = {file.relative_to(ROOT).as_posix() for file, name, _ in calls() if name == "Sight"}
    assert makers == {"handlers/chat/access.py"}
    asked = {
        file.relative_to(ROOT).as_posix() for file, name, _ in calls() if name == "operators_sight"
    }
    assert asked == {
        *(f"bot/cli/{verb}.py" for verb in ("check", "forget", "grant", "rights_scope")),
        "bot/scheduler/customer_names.py",  # names for admins, who see every customer
    }
