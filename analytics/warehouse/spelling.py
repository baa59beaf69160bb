"""Texts that are spelled nearly like another, or hold another's letters."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from analytics.warehouse.postings import NONE, Ids, Postings

_FEWEST_LETTERS = 4
_SHORT = 7
_TWO_EDITS_FROM = 10
_CANDIDATES = 64


class Near(NamedTuple):
    """A text, by its place, and how many edits away it is.

    An edit inserts, leaves out or replaces a letter, or swaps two neighbours.
    """

    edits: int
    at: int


class Spellings:
    """Texts without blanks, under their trigrams.

    Short ones are also kept with each letter left out in turn: one edit in a short word can spoil
    every trigram, but it cannot spoil all of these.
    """

    __slots__ = ("_grams", "_lengths", "_texts")

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._lengths = np.fromiter(map(len, texts), np.int16, len(texts))
        self._grams = Postings(map(_grams, texts))

    def near(self, text: str) -> list[Near]:
        """The texts one edit away or none; failing these, two away, from ten letters on.

        At most 64, in no order. None for fewer than four letters: one edit would make almost
        anything of them.
        """
        if len(text) < _FEWEST_LETTERS:
            return []
        lists = self._grams.each(_sought(text))
        rarest = sorted(filter(len, lists), key=len)
        met = self._within(1, text, rarest)
        return met if met or len(text) < _TWO_EDITS_FROM else self._within(2, text, rarest)

    def holding(self, text: str) -> Ids:
        """The texts that have these letters, three or more, side by side; in no order."""
        if len(text) < 3:
            return NONE
        rarest = min(self._grams.each(_trigrams(text)), key=len)
        held = [text in self._texts[at] for at in rarest.tolist()]
        return rarest[np.array(held, np.bool_)]

    def _within(self, edits: int, text: str, rarest: Sequence[Ids]) -> list[Near]:
        """The likeliest texts, compared letter by letter."""
        # An edit spoils four trigrams at most, so one of these is always left; of the left-out
        # letters only one may be the right one.
        enough = len(rarest) if len(text) <= _SHORT else 4 * edits + 1
        likely = self._likely(rarest[:enough], len(text), edits)
        compared = [
            Near(OSA.distance(text, self._texts[at], score_cutoff=edits), at) for at in likely
        ]
        return [near for near in compared if near.edits <= edits]

    def _likely(self, lists: Sequence[Ids], length: int, edits: int) -> list[int]:
        """The texts of a like length that are in most of the lists, at most 64."""
        shared = np.concatenate([NONE, *lists])
        alike = shared[np.abs(self._lengths[shared] - length) <= edits]
        counts = Counter(alike.tolist())
        return sorted(counts, key=counts.__getitem__, reverse=True)[:_CANDIDATES]

    @property
    def nbytes(self) -> int:
        """Bytes held, without the texts."""
        return self._grams.nbytes + int(self._lengths.nbytes)


def _grams(text: str) -> list[str]:
    trigrams = _trigrams(f" {text}")
    return trigrams + _without_one(text) if len(text) <= _SHORT + 1 else trigrams


def _sought(text: str) -> list[str]:
    return _without_one(text) if len(text) <= _SHORT else _trigrams(f" {text}")


def _trigrams(text: str) -> list[str]:
    return list({text[at : at + 3] for at in range(len(text) - 2)})


def _without_one(text: str) -> list[str]:
    """The text whole and less each letter in turn; marked, so that none is taken for a trigram."""
    return list({f"-{text}", *(f"-{text[:at]}{text[at + 1 :]}" for at in range(len(text)))})
