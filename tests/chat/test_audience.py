"""Who of a crowd may not see an answer, and what an admin says yes to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from analytics.values import OWN, PartnerId, Secrecy, TenantId
from handlers.chat.access import Grant, Permission, Role
from handlers.chat.accounts import Account, AccountKind
from handlers.chat.asking import Ask, Room, RoomKind, UserRef
from handlers.chat.audience import Content, Crowd, Notes, outsiders, roll
from tests.constancy import constant

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ADA, BEN, CLEO = (UserRef("slack", "T1", name) for name in ("Ada", "Ben", "Cleo"))
CONTOSO, FABRIKAM = map(TenantId, ("contoso", "fabrikam"))
ALL = Grant(Role.VIEWER, OWN, None, None, "", "operator", NOW)
NARROW = replace(ALL, customers=frozenset({CONTOSO}))
GIVEN = {ADA: [ALL], CLEO: [NARROW]}
CROWD = [Account(who, who.id, AccountKind.MEMBER) for who in (CLEO, BEN, ADA)]
ASK = Ask("r1", ADA, Room("a room", RoomKind.GROUP, OWN), "/usage", "en", "UTC")


def _content(*customers: TenantId, needs: Permission = Permission.SEE_SEATS) -> Content:
    return Content(needs, frozenset(customers))


@pytest.mark.parametrize(
    ("content", "outside"),
    [
        (_content(CONTOSO), (BEN,)),
        (_content(FABRIKAM), (CLEO, BEN)),
        (_content(CONTOSO, FABRIKAM), (CLEO, BEN)),
        (replace(_content(CONTOSO), everything=True), (CLEO, BEN)),
        (_content(), (BEN,)),
        (_content(needs=Permission.OPERATE), (CLEO, BEN, ADA)),
        (_content(needs=Permission.ASK), ()),
    ],
)
def test_an_outsider_is_whoever_could_not_ask_for_it(
    content: Content, outside: tuple[UserRef, ...]
) -> None:
    assert outsiders(CROWD, content, GIVEN, OWN, NOW) == outside


def test_money_and_persons_are_for_those_who_may_see_them() -> None:
    roles = {ADA: Role.ADMIN, CLEO: Role.EXECUTIVE, BEN: Role.VIEWER}
    given = {who: [replace(ALL, role=role)] for who, role in roles.items()}
    content, secrets = _content(CONTOSO), (frozenset({kind}) for kind in Secrecy)
    found = {
        kind: outsiders(CROWD, replace(content, secrets=its), given, OWN, NOW)
        for kind, its in zip(Secrecy, secrets, strict=True)
    }
    assert found[Secrecy.OPEN] == ()
    assert found[Secrecy.MONEY] == (BEN,)
    assert found[Secrecy.PERSON] == (CLEO, BEN)


def test_notes_become_the_content_of_an_answer() -> None:
    notes = Notes({CONTOSO}, {Secrecy.MONEY}, everything=True)
    content = notes.content(Permission.SEE_SEATS)
    secrets = frozenset({Secrecy.MONEY})
    assert content == replace(_content(CONTOSO), secrets=secrets, everything=True)


def test_where_nothing_is_noted_nothing_is_in_the_answer() -> None:
    nothing = Notes().content(Permission.SEE_SEATS)
    assert nothing == _content()
    assert (nothing.everything, nothing.secrets, dict(nothing.names)) == (False, frozenset(), {})


def test_the_same_customers_under_other_names_are_the_same_content() -> None:
    named = replace(_content(CONTOSO), names={CONTOSO: "Contoso"})
    assert named == replace(named, names={CONTOSO: "Contoso Ltd"}) == _content(CONTOSO)


def test_a_question_by_id_is_read_by_name() -> None:
    known, hidden = "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "2b4e28ba-2fa1-41d2-883f-0016d3cca427"
    asked = f"/usage {known.upper()} 90 days, {hidden}"
    for name, shown in (("Contoso Ltd", '"Contoso Ltd"'), ("Contoso", "Contoso"), ("9-5", '"9-5"')):
        content = replace(_content(), names={TenantId(known): name})
        assert content.named_question(asked) == f"/usage {shown} 90 days, {hidden}"


def test_a_group_by_number_is_read_by_name() -> None:
    named = Content(Permission.SEE_SEATS, frozenset(), names={TenantId("group:#3"): "north-west"})
    asked = named.named_question("/usage exchange group:#3")
    assert asked == "/usage exchange group:north-west"
    assert _content().named_question("/usage group:#3") == "/usage group:#3"


def test_who_is_no_member_any_more_is_an_outsider() -> None:
    crowd = [replace(account, kind=AccountKind.GUEST) for account in CROWD]
    assert outsiders(crowd, _content(CONTOSO), GIVEN, OWN, NOW) == (CLEO, BEN, ADA)


def test_a_right_of_another_time_or_of_another_partner_is_none() -> None:
    ended = {ADA: [replace(ALL, until=NOW)], CLEO: [replace(ALL, until=NOW + timedelta(hours=1))]}
    assert outsiders(CROWD, _content(CONTOSO), ended, OWN, NOW) == (BEN, ADA)
    rival = PartnerId("rival")
    assert outsiders(CROWD, _content(CONTOSO), GIVEN, rival, NOW) == (CLEO, BEN, ADA)


def test_a_yes_is_to_one_room_of_one_kind_and_to_its_people_in_any_order() -> None:
    elsewhere = replace(ASK, room=replace(ASK.room, address="another room"))
    rolls = [
        roll(ASK, RoomKind.GROUP, [BEN, CLEO]),
        roll(ASK, RoomKind.GROUP, [BEN]),
        roll(ASK, RoomKind.PUBLIC, [BEN, CLEO]),
        roll(elsewhere, RoomKind.GROUP, [BEN, CLEO]),
    ]
    assert len(set(rolls)) == len(rolls)
    assert roll(ASK, RoomKind.GROUP, [CLEO, BEN]) == rolls[0]
    assert {len(each) for each in rolls} == {16}


def test_what_is_known_of_a_room_and_of_an_answer_is_not_changed_afterwards() -> None:
    assert constant(Crowd("#licences", RoomKind.GROUP, (ADA,)))
    assert constant(_content(CONTOSO))
