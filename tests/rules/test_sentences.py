"""No sentence that people read has more than 25 words."""

import re

import pytest

from tests.rules.messages import sentences

MOST = 25
BEING_REWRITTEN: tuple[str, ...] = ()
"""Entries that are rewritten elsewhere; each goes when its sentences are short enough."""

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»")
_VALUE = re.compile(r"\{\w+\}")
_END = re.compile(r"(?<=[.!?])\s+|(?<=\w…)\s+|\n")


def longest(text: str) -> int:
    """The words of a text's longest sentence; a value and a quoted example are one word each."""
    plain = _VALUE.sub("X", _QUOTED.sub("X", text))
    return max(
        sum(bool(re.search(r"\w", word)) for word in said.split()) for said in _END.split(plain)
    )


def too_long(locale: str) -> set[str]:
    """The ids of entries with a sentence of more than 25 words."""
    return {
        name
        for name, forms in sentences(locale).items()
        if any(longest(form) > MOST for form in forms)
    }


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_no_sentence_has_more_than_25_words(locale: str) -> None:
    assert too_long(locale) - {*BEING_REWRITTEN} == set()


def test_each_exception_is_still_needed() -> None:
    assert {*BEING_REWRITTEN} - too_long("en") - too_long("fr") == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{customer} has {n} seats. Good.", 4),
        ("Say “every Monday 9:00”, or « chaque lundi 9h » : now", 5),
        (" ".join(["word"] * 26), 26),
        ("One two three.\nFour", 3),
        ("L’audit se lit avec elle\N{NO-BREAK SPACE}; « a b »", 6),
        ("Type /usage contoso … – and wait", 5),
    ],
)
def test_words_are_counted_sentence_by_sentence(text: str, words: int) -> None:
    assert longest(text) == words
