"""What somebody asks to be granted, as they type it, in English and French."""

import re
from datetime import date

import pytest

from handlers.chat.access import Role
from handlers.chat.asking import UserRef
from handlers.chat.refusals import PastEnd, SeveralPeople, UnknownRole, UnreadableEnd
from handlers.input.end_dates import last_day
from handlers.input.grant_order import GrantOrder, read_wish, role_called
from handlers.messages.speaker import LOCALES, speaker

TODAY = date(2026, 11, 22)
BEN, CLEO = UserRef("page", "demo", "ben"), UserRef("page", "demo", "cleo")
MENTIONS = {"@ben": BEN, "@cleo": CLEO}


def wish(text: str) -> GrantOrder:
    return read_wish(tuple(text.split()), MENTIONS, TODAY)


def test_every_clause_in_one_sentence() -> None:
    text = "@ben as viewer for Contoso, Fabrikam Bikes until 2026-12-31 because audit as planned"
    customers, end = ("Contoso", "Fabrikam Bikes"), date(2026, 12, 31)
    assert wish(text) == GrantOrder(BEN, "", Role.VIEWER, customers, end, "audit as planned")


def test_the_clauses_in_another_order() -> None:
    said = wish("for Contoso until 2026-12-31 as admin @ben")
    assert (said.role, said.customers, said.person) == (None, ("Contoso",), None) or said.role


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("viewer", Role.VIEWER),
        ("a report viewer", Role.VIEWER),
        ("Executive", Role.EXECUTIVE),
        ("partner admin", Role.ADMIN),
        ("lecteur de rapports", Role.VIEWER),
        ("report-viewer", Role.VIEWER),
        ("une lectrice de rapports", Role.VIEWER),
        ("executive-report-viewer", Role.EXECUTIVE),
        ("an executive report viewer", Role.EXECUTIVE),
        ("exécutif", Role.EXECUTIVE),
        ("direction", Role.EXECUTIVE),
        ("lecteur de rapports (direction)", Role.EXECUTIVE),
        ("Lectrice-de-rapports-direction", Role.EXECUTIVE),
        ("partner_admin", Role.ADMIN),
        ("administratrice", Role.ADMIN),
        ("administrateur partenaire", Role.ADMIN),
        ("administrateur de partenaire", Role.ADMIN),
    ],
)
def test_a_role_by_any_of_its_names(said: str, role: Role) -> None:
    assert wish(f"@ben as {said}").role is role
    assert wish(f"@ben comme {said} pour contoso").role is role


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("role", Role)
def test_a_role_is_read_as_it_is_said(role: Role, locale: str) -> None:
    assert role_called(speaker(locale)(f"role-{role.value}")) is role
    assert role_called(role.value) is role


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_no_role_is_told_every_role_by_words_that_are_read(locale: str) -> None:
    told = speaker(locale)("unknown-role", role="king")
    named = re.findall(r"[“«]\s?(.*?)\s?[”»]", told)[1:]
    assert [role_called(name) for name in named] == [Role.VIEWER, Role.EXECUTIVE, Role.ADMIN] * 2


@pytest.mark.parametrize(
    "said",
    [
        "@ben as viewer with people for Contoso until 2026-12-31",
        "@ben as viewer for Contoso with people, until 2026-12-31",
        "@ben for Contoso until 2026-12-31 with persons as viewer",
        "@ben with people as viewer for Contoso until 2026-12-31",
        "@ben comme lecteur avec les personnes pour Contoso jusqu'au 2026-12-31",
        "@ben comme lecteur pour Contoso avec les noms de personnes jusqu’au 2026-12-31",
    ],
)
def test_people_are_added_behind_any_clause(said: str) -> None:
    read = wish(said)
    assert (read.role, read.customers, read.until) == (
        Role.VIEWER,
        ("Contoso",),
        date(2026, 12, 31),
    )
    assert (read.with_people, read.named) == (True, "")


@pytest.mark.parametrize(
    "said",
    ["@ben as viewer", "@ben as viewer because he works with people", "for With People Ltd"],
)
def test_people_are_added_by_nothing_else(said: str) -> None:
    assert wish(said).with_people is False


def test_a_role_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownRole):
        wish("@ben as king")


def test_a_plain_name_is_nobody() -> None:
    said = wish("ben lovelace as admin")
    assert (said.person, said.named) == (None, "ben lovelace")


def test_an_accent_tells_a_name_from_a_keyword() -> None:
    said = wish("@ben as viewer for Ås Kommune, Às Vendas jusqu’à décembre 2026")
    assert (said.customers, said.until) == (("Ås Kommune", "Às Vendas"), date(2026, 12, 31))


def test_two_people_are_too_many_and_one_twice_is_one() -> None:
    assert wish("@ben @ben as viewer").person == BEN
    with pytest.raises(SeveralPeople):
        wish("@ben @cleo as viewer")


@pytest.mark.parametrize(
    ("text", "customers", "end"),
    [
        ("@ben for 14 days", (), date(2026, 12, 6)),
        ("@ben for Contoso for 3 months", ("Contoso",), date(2027, 2, 22)),
        ("@ben for Contoso, 2 weeks", ("Contoso",), date(2026, 12, 6)),
        ("@ben for 7 Eleven", ("7 Eleven",), None),
        ("@ben for Center for Design", ("Center for Design",), None),
        ("@ben pour Contoso jusqu’au 31 décembre 2026", ("Contoso",), date(2026, 12, 31)),
        ("@ben pour 14 jours", (), date(2026, 12, 6)),
    ],
)
def test_for_means_customers_or_a_length(
    text: str, customers: tuple[str, ...], end: date | None
) -> None:
    said = wish(text)
    assert (said.customers, said.until) == (customers, end)


def test_parce_que_and_parce_qu_give_the_reason_alone() -> None:
    assert wish("@ben parce que audit").reason == "audit"
    assert wish("@ben because of the audit for all until spring").reason == (
        "of the audit for all until spring"
    )


@pytest.mark.parametrize(
    ("text", "end", "reason"),
    [
        ("@ben because of leave until 2026-12-31", date(2026, 12, 31), "of leave"),
        ("@ben parce que congé jusqu’au 31 décembre 2026", date(2026, 12, 31), "congé"),
        ("@ben because out until may until june", date(2027, 6, 30), "out until may"),
        ("@ben for 14 days because kept until 2028", date(2026, 12, 6), "kept until 2028"),
        ("@ben because they pay until then", None, "they pay until then"),
        ("@ben because it ran until 2020", None, "it ran until 2020"),
        ("@ben because until 2027", None, "until 2027"),
    ],
)
def test_an_end_behind_the_reason_is_the_rights_end(
    text: str, end: date | None, reason: str
) -> None:
    said = wish(text)
    assert (said.until, said.reason) == (end, reason)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("december 2026", date(2026, 12, 31)),
        ("Q1 2027", date(2027, 3, 31)),
        ("2027", date(2027, 12, 31)),
        ("1st March 2027", date(2027, 3, 1)),
        ("1er mars 2027", date(2027, 3, 1)),
        ("2026-11-22", TODAY),
        ("0 days", TODAY),
        ("1 year", date(2027, 11, 22)),
        ("2 quarters", date(2027, 5, 22)),
        ("1 trimestre", date(2027, 2, 22)),
    ],
)
def test_an_end_is_its_last_day(said: str, day: date) -> None:
    assert last_day(said, TODAY) == day


@pytest.mark.parametrize(
    "said", ["someday", "2026-13-01", "31 june 2027", "9999 years", "", "99/99"]
)
def test_an_end_that_is_no_day_is_refused(said: str) -> None:
    with pytest.raises(UnreadableEnd):
        last_day(said, TODAY)


def test_an_end_that_is_over_is_refused() -> None:
    with pytest.raises(PastEnd):
        last_day("2026-11-21", TODAY)
