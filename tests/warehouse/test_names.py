"""Names found by what people type of them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.folded_text import folded_text
from analytics.warehouse.name_index.names import Hits, How, NameIndex

PORTFOLIO = (
    "Contoso",
    "Contoso Pharmaceuticals",
    "Fabrikam Bikes",
    "Wide World Importers",
    "O'Reilly & Sons",
    "Northwind Traders",
    "Adventure Works Cycles",
    "Société Générale d'Électricité",
    "Bank of the West",
    "Crowwing Farms",
    "Acme",
    "Studio 54",
    "7 Eleven",
    "Müller GmbH",
    "\u682a\u5f0f\u4f1a\u793e\u30b3\u30f3\u30c8\u30bd",
    "\u2605\u2605\u2605",
)
INDEX = NameIndex(PORTFOLIO)


def met(query: str, index: NameIndex = INDEX, names: tuple[str, ...] = PORTFOLIO) -> list[object]:
    """How, then the names, best first."""
    hits = index.find(query)
    return [hits.how, *(names[at] for at in hits.positions)]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("O\u2019Reilly", "oreilly"),
        ("O'Reilly", "oreilly"),
        ("D\u2032Arcy `n\u00b4 Co", "darcy n co"),
        ("Łódź Ørsted Straße Đặng Æon Œuvre", "lodz orsted strasse dang aeon oeuvre"),
        ("\u0130stanbul \u0131l\u0131ca", "istanbul ilica"),
        ("A.B.C.\u2014D/E & (F)", "a b c d e f"),
        ("\u202econtoso\u202c\u200b \x00x", "contoso x"),
        ("\uff26\uff55\uff4c\uff4c \u2460 \ufb01ne", "full 1 fine"),
        ("\ud800!?*\u2605", ""),
        ("x" * 10_000, "x" * 200),
    ],
)
def test_text_is_folded_to_what_people_compare(text: str, plain: str) -> None:
    assert folded_text(text) == plain


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded_text(folded_text(text)) == folded_text(text)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("contoso", "Contoso"),
        ("  CONTOSO ", "Contoso"),
        ("societe generale d electricite", "Société Générale d'Électricité"),
        ("O\u2019Reilly & Sons", "O'Reilly & Sons"),
        ("o reilly sons", "O'Reilly & Sons"),
        ("wideworld importers", "Wide World Importers"),
        ("muller gmbh", "Müller GmbH"),
        ("studio54", "Studio 54"),
    ],
)
def test_the_same_name_is_exact_however_it_is_written(query: str, name: str) -> None:
    assert met(query) == [How.EXACT, name]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("OReilly and Sons", "O'Reilly & Sons"),
        ("o'reilly et sons", "O'Reilly & Sons"),
        ("contoso Ltd", "Contoso"),
        ("Contoso, S.A.R.L.", "Contoso"),
        ("Acme GmbH & Co. KG", "Acme"),
        ("contoso pharma limited", "Contoso Pharmaceuticals"),
        ("Müller AG", "Müller GmbH"),
        ("northwind sp. z o.o.", "Northwind Traders"),
    ],
)
def test_legal_forms_and_words_for_and_are_left_out_where_the_rest_finds(
    query: str, name: str
) -> None:
    assert met(query) == [How.FORM, name]


def test_a_typo_before_a_legal_form_is_mended() -> None:
    assert met("northwnid traders ltd") == [How.TYPO, "Northwind Traders"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("fab", "Fabrikam Bikes"),
        ("contoso ph", "Contoso Pharmaceuticals"),
        ("oreilly", "O'Reilly & Sons"),
        ("o reilly", "O'Reilly & Sons"),
        ("wideworld", "Wide World Importers"),
        ("7", "7 Eleven"),
        ("7E", "7 Eleven"),
        ("\u682a\u5f0f", "\u682a\u5f0f\u4f1a\u793e\u30b3\u30f3\u30c8\u30bd"),
    ],
)
def test_the_beginning_of_a_name_is_enough(query: str, name: str) -> None:
    assert met(query) == [How.PREFIX, name]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("importers", "Wide World Importers"),
        ("world imp", "Wide World Importers"),
        ("cycles adventure", "Adventure Works Cycles"),
        ("gen elec", None),
        ("electric", "Société Générale d'Électricité"),
        ("orthwi", "Northwind Traders"),
        ("soft", None),
    ],
)
def test_a_part_of_a_name_is_met_by_words_or_by_letters(query: str, name: str | None) -> None:
    assert met(query) == ([How.PART, name] if name else [How.NOTHING])


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("wwi", "Wide World Importers"),
        ("awc", "Adventure Works Cycles"),
        ("botw", "Bank of the West"),
        ("bw", "Bank of the West"),
    ],
)
def test_initials_are_met_with_small_words_or_without(query: str, name: str) -> None:
    assert met(query) == [How.INITIALS, name]


def test_words_that_start_so_come_before_letters_inside_a_word() -> None:
    assert met("W.W.I.") == [How.PART, "Wide World Importers", "Crowwing Farms"]


def test_initials_are_likelier_than_letters_inside_a_word() -> None:
    assert met("wwi") == [How.INITIALS, "Wide World Importers"]
    assert met("wwing") == [How.PART, "Crowwing Farms"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("contso", "Contoso"),
        ("cnotoso", "Contoso"),
        ("contozo", "Contoso"),
        ("conttoso", "Contoso"),
        ("amce", "Acme"),
        ("fabrikan", "Fabrikam Bikes"),
        ("fabrikan bikes", "Fabrikam Bikes"),
        ("norhtwind", "Northwind Traders"),
        ("adventur wroks", "Adventure Works Cycles"),
        ("wide wrold importers", "Wide World Importers"),
        ("contoso pharmacuticls", "Contoso Pharmaceuticals"),
        ("contso pharmaceuticals", "Contoso Pharmaceuticals"),
    ],
)
def test_a_mistyped_name_is_met(query: str, name: str) -> None:
    assert met(query) == [How.TYPO, name]


def test_a_mistyped_first_word_meets_longer_names_where_no_whole_name_is_as_near() -> None:
    names = ("Contoso Pharmaceuticals", "Contoso Bikes", "Northwind")
    assert met("contso", NameIndex(names), names) == [How.TYPO, names[1], names[0]]


@pytest.mark.parametrize("query", ["acm3e5", "amc", "contosopharma xyz", "zzz", "wwx"])
def test_what_is_too_far_from_every_name_meets_nothing(query: str) -> None:
    assert INDEX.find(query) == Hits(How.NOTHING)


def test_customers_of_the_same_name_are_all_met() -> None:
    index = NameIndex(("Contoso", "Fabrikam", "CONTOSO", "Contoso Ltd", "Côntoso"))
    assert index.find("contoso") == Hits(How.EXACT, (0, 2, 4))


def test_whole_words_come_before_beginnings_and_short_names_before_long_ones() -> None:
    names = ("Northern Lights", "North Sea Ferries", "North Oil", "Northwind")
    assert met("north", NameIndex(names), names) == [
        How.PREFIX,
        "North Oil",
        "North Sea Ferries",
        "Northwind",
        "Northern Lights",
    ]


def test_of_many_hits_fifty_come_and_the_rest_are_counted() -> None:
    hits = NameIndex([f"Contoso {number}" for number in range(80)]).find("contoso")
    assert (hits.how, len(hits.positions), hits.more) == (How.PREFIX, 50, 30)
    assert hits.positions[:3] == (0, 1, 2)


def test_an_index_of_no_names_meets_nothing() -> None:
    assert NameIndex(()).find("contoso") == Hits(How.NOTHING)


@pytest.mark.parametrize(
    "query",
    [
        *("", " \u200b", "!?*", "\u2605\u2605\u2605", "\ud800\udfff", "\U0010ffff", "\0"),
        *("x" * 10_000, "a " * 5_000, "contoso " * 1_250),
    ],
)
def test_hostile_queries_meet_nothing_quickly(query: str) -> None:
    started = time.thread_time()
    assert INDEX.find(query) == Hits(How.NOTHING)
    assert time.thread_time() - started < 0.05


@given(st.text(max_size=30))
def test_any_text_is_answered_with_positions_there_are(query: str) -> None:
    hits = INDEX.find(query)
    assert (hits.how is How.NOTHING) == (hits.positions == ())
    assert all(0 <= at < len(PORTFOLIO) for at in hits.positions)


@given(st.lists(st.text(max_size=20), max_size=8))
def test_every_name_with_letters_meets_itself_exactly(names: list[str]) -> None:
    index = NameIndex(names)
    for at, name in enumerate(names):
        if folded_text(name):
            assert index.find(name).how is How.EXACT
            assert at in index.find(name).positions


@given(st.integers(min_value=0), st.sampled_from("abcxyz"))
def test_one_wrong_letter_in_a_short_name_is_always_forgiven(place: int, letter: str) -> None:
    name = "qrstuvw"[: 4 + place % 4]
    at = place % len(name)
    index = NameIndex((name, "Other", "Fabrikam"))
    assert index.find(name[:at] + letter + name[at + 1 :]) == Hits(How.TYPO, (0,))


OTHERS = NameIndex(
    ("Yarrow Holdings", "Contoso", "Best For You Organics", "Teams Logistics", "Forest Contoso"),
    others=[(0, "Alder Works"), (1, "Alder Works SARL"), (1, "")],
    domains=[(0, "alderworks.onmicrosoft.com"), (1, "contoso.com"), (1, "CONTOSO.COM")],
)


@pytest.mark.parametrize(
    ("query", "how", "places"),
    [
        ("alderworks.onmicrosoft.com", How.DOMAIN, (0,)),
        ("AlderWorks", How.DOMAIN, (0,)),
        ("https://www.contoso.com/", How.DOMAIN, (1,)),
        ("jane@contoso.com", How.DOMAIN, (1,)),
        ("onmicrosoft.com", How.NOTHING, ()),
        ("contoso.org", How.NOTHING, ()),
        ("alder works", How.FORMER, (0,)),
        ("alder works sarl", How.FORMER, (1,)),
        ("contoso", How.EXACT, (1,)),
        ("alder", How.FORMER_START, (1, 0)),
    ],
)
def test_domains_and_former_names_find(query: str, how: How, places: tuple[int, ...]) -> None:
    hits = OTHERS.find(query)
    assert (hits.how, hits.positions) == (how, places)
