"""Texts spelled nearly alike: none is overlooked, whatever else is like them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from analytics.warehouse.name_index.trigrams import Spellings
from tests.seeds import seeds

TEXTS = st.lists(st.text(alphabet="ab", min_size=1, max_size=16), min_size=1, max_size=40)


def compared_one_by_one(text: str, texts: list[str]) -> set[tuple[int, int]]:
    """What `near` promises, found the slow way."""
    edits = [(OSA.distance(text, other), at) for at, other in enumerate(texts)]
    close = {(far, at) for far, at in edits if far <= 1}
    return close or {(far, at) for far, at in edits if far <= 2 and len(text) >= 10}


@given(TEXTS, st.text(alphabet="abx", min_size=4, max_size=16))
def test_the_near_texts_are_those_that_comparing_one_by_one_finds(
    texts: list[str], text: str
) -> None:
    met = Spellings(texts).near(text)
    assert {(near.edits, near.at) for near in met} == compared_one_by_one(text, texts)


@pytest.mark.parametrize("seed", seeds(0))
def test_two_thousand_texts_of_the_same_letters_hide_no_near_one(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  a test must repeat itself
    crowd = ["".join(chance.choices("abcd", k=9)) for _ in range(2_000)]
    spellings = Spellings(crowd)
    for meant in crowd[:120]:
        at = chance.randrange(8)
        swapped = meant[:at] + meant[at + 1] + meant[at] + meant[at + 2 :]
        met = {(near.edits, near.at) for near in spellings.near(swapped)}
        assert met == compared_one_by_one(swapped, crowd)


@pytest.mark.parametrize("seed", seeds(0))
@pytest.mark.parametrize("length", [8, 10, 12, 14, 17, 24])
def test_a_long_text_is_near_after_two_edits_wherever_they_are(seed: int, length: int) -> None:
    chance = random.Random(seed)  # noqa: S311  a test must repeat itself
    crowd = ["".join(chance.choices("abc", k=length)) for _ in range(300)]
    spellings = Spellings(crowd)
    for meant in crowd:
        typed = edited(edited(meant, chance), chance)
        met = {(near.edits, near.at) for near in spellings.near(typed)}
        assert met == compared_one_by_one(typed, crowd)


def edited(text: str, chance: random.Random) -> str:
    """The text after one edit: a letter more or fewer, another one, or two swapped."""
    at, letter = chance.randrange(len(text) - 1), chance.choice("abcx")
    before, here, after = text[:at], text[at : at + 2], text[at + 2 :]
    middles = (letter + here, here[1:], letter + here[1:], here[::-1])
    return before + chance.choice(middles) + after


@given(TEXTS, st.text(alphabet="abx", min_size=1, max_size=5), st.integers(0, 40))
def test_letters_side_by_side_are_held_where_they_stand_in_the_text(
    texts: list[str], letters: str, before: int
) -> None:
    held = [at for at, text in enumerate(texts[:before]) if letters in text and len(letters) >= 3]
    assert Spellings(texts).texts_with_letters(letters, before).tolist() == held
