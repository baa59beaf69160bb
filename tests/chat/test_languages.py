"""The tables of typed words: every language has all of them, as its readers need them."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from analytics.warehouse.name_index.everyday_words import LANGUAGES as EVERYDAY_LANGUAGES
from handlers.input.fold import fold
from handlers.input.languages import LANGUAGES, MIXED
from handlers.input.languages.en import ENGLISH
from handlers.input.languages.language import Language, Words
from handlers.messages.speaker import LOCALES

OPTIONAL = (".calendar.short_months", ".grants.that")
"""Classes of words that not every language has."""


def classes(table: Any, where: str = "") -> Iterator[tuple[str, Words]]:
    """Each class of words, by its place in the table."""
    if isinstance(table, Mapping):
        for key, words in table.items():
            yield f"{where}[{key}]", words
    elif hasattr(table, "_fields"):
        for name, part in zip(table._fields, table, strict=True):
            yield from classes(part, f"{where}.{name}")
    else:
        yield where, table


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_of_words_is_filled(language: Language) -> None:
    needed = {where: words for where, words in classes(language) if not where.startswith(OPTIONAL)}
    assert [where for where, words in needed.items() if not words or not all(words)] == []
    assert needed.keys() == {w for w, _ in classes(ENGLISH) if not w.startswith(OPTIONAL)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_written_as_it_is_compared(language: Language) -> None:
    words = [word.replace("(?P<", "(?<") for _, said in classes(language) for word in said]
    assert [word for word in words if fold(word) != word] == []


@pytest.mark.parametrize(
    "table",
    [
        MIXED.calendar.months,
        MIXED.calendar.weekdays,
        MIXED.calendar.units,
        MIXED.schedules.places,
        MIXED.grants.roles,
        MIXED.grants.keywords,
        MIXED.digests.verbs,
    ],
)
def test_no_word_has_two_meanings(table: Mapping[object, Words]) -> None:
    words = [word for said in table.values() for word in said]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("said", "folded"),
    [
        ("DÉCEMBRE", "decembre"),
        ("De\u0301cembre", "decembre"),
        ("jusqu’à", "jusqu'a"),
        ("2026\u201101\u20142026\u221206", "2026-01-2026-06"),
        ("Straße", "strasse"),
        ("O`Reilly, „Ltd“…", "o'reilly, „ltd“..."),
    ],
)
def test_case_accents_and_typography_make_no_difference(said: str, folded: str) -> None:
    assert fold(said) == fold(folded) == folded


def test_each_language_has_its_everyday_words() -> None:
    assert {*EVERYDAY_LANGUAGES} == {*LOCALES}
