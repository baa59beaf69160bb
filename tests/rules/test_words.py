"""One word for one thing: no sentence uses a word that `docs/words.md` sets aside."""

import re
from collections.abc import Iterable, Mapping

import pytest

from tests.rules.messages import sentences
from tests.rules.source import ROOT

PAGE = ROOT / "docs" / "words.md"
WORD_COLUMNS = {"en": 1, "fr": 2}
NOT_COLUMNS = {"en": 4, "fr": 5}

OF_STATES = (
    *(f"command-subscriptions-{part}" for part in ("usage", "summary", "details")),
    *("subscriptions-standing", "subscriptions-none", "subscription-word-active"),
    *("column-active", "table-subscription-products", "table-subscription-products-cut"),
    *("stamp-rule-subscriptions", "safe-subscriptions"),
    *("customers-definitions", "stamp-rule-customers", "stamp-rule-subscription-report"),
    *("command-growth-details", "growth-by-power-bi", "growth-by-insights"),
    *("growth-short-insights", "chart-rules-growth", "chart-rules-growth-insights"),
    "stamp-rule-licenses",
    "check-customerless-insights",
)
"""Entries about the states that Microsoft gives to subscriptions."""

EXCEPTED = {
    ("connect-port", "app"): "the registered app of Entra",
    ("connect-port", "application"): "the registered app of Entra",
    ("sync-why-client", "app"): "the registered app of Entra",
    ("sync-why-client", "application"): "the registered app of Entra",
    ("dataset-insights_teams_apps", "app"): "Microsoft's name of the report",
    ("dataset-insights_teams_apps", "application"): "Microsoft's name of the report",
    ("command-digest-usage", "digest"): "the command as it is typed",
    ("command-activity-usage", "license"): "the word as it is typed",
    ("command-licenses-usage", "license"): "the command as it is typed",
    ("command-activity-details", "license"): "the word as it is typed",
    ("activity-create-agreement", "contrat"): "Microsoft's name of its agreement",
    ("command-adoption-usage", "adoption"): "the command as it is typed",
    ("command-scope-usage", "scope"): "the command as it is typed",
    **{(name, "active"): "the state of a subscription" for name in OF_STATES},
    **{(name, "actif"): "the state of a subscription" for name in OF_STATES},
    ("unit-room", "room"): "a meeting room, which Teams Rooms is sold by",
}
"""Entries that need a word for another thing, each with its reason."""

BEING_REWRITTEN: tuple[str, ...] = ()
"""Beginnings of entries that are rewritten elsewhere; each goes when its entries keep the words."""


def rows() -> list[list[str]]:
    """The cells of each thing in the tables of the page."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "thing" and set(row[0]) != {"-"}]


def set_aside(locale: str) -> set[str]:
    """The words of a language that the page sets aside."""
    column = NOT_COLUMNS[locale]
    return {word.strip() for row in rows() for word in row[column].split(",") if word.strip()}


def misused(words: Iterable[str], entries: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    """The entries that use one of the words, whole, in either case, in the singular or plural.

    What is typed is left out: `/digest`, `--option`; so are the names of values.
    """
    patterns = {word: _pattern(word) for word in words}
    return {
        (name, word)
        for name, forms in entries.items()
        for word, pattern in patterns.items()
        if any(pattern.search(_plain(form)) for form in forms)
    }


def _pattern(word: str) -> re.Pattern[str]:
    forms = r"\s+".join(f"{re.escape(part)}s?" for part in _plain(word).split())
    return re.compile(rf"(?<![\w/-]){forms}(?![\w-])", re.IGNORECASE)


def _plain(text: str) -> str:
    without_values = re.sub(r"\{\w+\}", "…", text)
    return without_values.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def test_each_thing_has_a_word_in_each_language_and_a_meaning() -> None:
    assert len(rows()) > 40
    assert [row[0] for row in rows() if len(row) != 6 or not all(row[:4])] == []
    assert len({row[0] for row in rows()}) == len(rows())


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_no_word_is_both_used_and_set_aside_for_one_thing(locale: str) -> None:
    for row in rows():
        ours = {word.strip() for word in row[WORD_COLUMNS[locale]].split(",")}
        assert ours & {word.strip() for word in row[NOT_COLUMNS[locale]].split(",")} == set()


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_no_sentence_uses_a_word_that_is_set_aside(locale: str) -> None:
    found = misused(set_aside(locale), sentences(locale))
    assert {
        (name, word)
        for name, word in found - EXCEPTED.keys()
        if not name.startswith(BEING_REWRITTEN)
    } == set()


def test_each_exception_is_still_needed() -> None:
    found = {
        pair for locale in ("en", "fr") for pair in misused(set_aside(locale), sentences(locale))
    }
    assert EXCEPTED.keys() - found == set()
    unneeded = [
        begin for begin in BEING_REWRITTEN if not any(name.startswith(begin) for name, _ in found)
    ]
    assert unneeded == []


@pytest.mark.parametrize(
    ("locale", "text", "word"),
    [
        ("en", "Licenses: {n}", "license"),
        ("en", "{n} seats are Active.", "active"),
        ("en", "It never came\nwhole.", "came whole"),
        ("fr", "Vos digests", "digest"),
        ("fr", "Les ayants droit de {customer}", "ayant droit"),
        ("fr", "Le journal ou la piste d’audit", "piste d'audit"),
    ],
)
def test_a_sentence_with_a_word_that_is_set_aside_is_found(
    locale: str, text: str, word: str
) -> None:
    assert misused(set_aside(locale), {"bad": ["Good.", text]}) == {("bad", word)}


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "Goes to {room}, deactivated."), ("fr", "Tapez /digest liste, rechargez, activé")],
)
def test_what_is_typed_a_value_or_part_of_a_word_is_no_word(locale: str, text: str) -> None:
    assert misused(set_aside(locale), {"good": [text]}) == set()
