"""Search of texts that are spelled nearly like another, or contain its letters."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from analytics.warehouse.name_index.inverted_index import NONE, Ids, Postings

_FEWEST_LETTERS = 4
_SHORT = 7
_TWO_EDITS_FROM = 10
_MOST = 64
_REACH = 4
"""Trigrams this many letters apart are never spoiled by the same edit: two letters swapped spoil
four in a row, other edits fewer."""


class Near(NamedTuple):
    """A text, by its place, and how many edits away it is.

    An edit inserts, leaves out or replaces a letter, or swaps two neighbours.
    """

    edits: int
    at: int


class Spellings:
    """Texts without blanks, indexed by their trigrams.

    Short texts are also indexed with each letter left out in turn: one edit in a short word can
    spoil every trigram, but not all of these.
    """

    __slots__ = ("_grams", "_lengths", "_texts")

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._lengths = np.fromiter(map(len, texts), np.int16, len(texts))
        self._grams = Postings(map(_grams, texts))

    def near(self, text: str, keep: Callable[[int], bool] | None = None) -> list[Near]:
        """Return the texts at most one edit away; if there are none, two edits away, from ten
        letters on. Texts of which `keep` says no are left out, as if they were not there.

        At most 64 texts, the nearest first. None for fewer than four letters: one edit would turn
        them into almost any text.
        """
        if len(text) < _FEWEST_LETTERS:
            return []
        lists = self._grams.each(_sought_grams(text))
        met = self._within(1, text, lists, keep)
        return met if met or len(text) < _TWO_EDITS_FROM else self._within(2, text, lists, keep)

    def texts_with_letters(self, text: str) -> Ids:
        """Return the texts that contain these letters, three or more, side by side; in no order."""
        if len(text) < 3:
            return NONE
        rarest = min(self._grams.each(_trigrams(text)), key=len)
        held = [text in self._texts[at] for at in rarest.tolist()]
        return rarest[np.array(held, np.bool_)]

    def _within(
        self, edits: int, text: str, lists: Sequence[Ids], keep: Callable[[int], bool] | None
    ) -> list[Near]:
        """Return the texts of a similar length that share a gram which the edits cannot have
        spoiled, and lie within `edits`.
        """
        if len(text) > _SHORT:
            lists = _apart(lists, edits + 1)
        shared = np.concatenate(lists)
        alike = np.unique(shared[np.abs(self._lengths[shared] - len(text)) <= edits])
        texts = {at: self._texts[at] for at in alike.tolist() if keep is None or keep(at)}
        met = extract(text, texts, scorer=OSA.distance, score_cutoff=edits, limit=_MOST)
        return [Near(int(distance), at) for _, distance, at in met]

    @property
    def nbytes(self) -> int:
        """Bytes held, without the texts."""
        return self._grams.nbytes + int(self._lengths.nbytes)


def _grams(text: str) -> list[str]:
    trigrams = _trigrams(f" {text}")
    return list({*trigrams, *_without_one(text)} if len(text) <= _SHORT + 1 else set(trigrams))


def _sought_grams(text: str) -> list[str]:
    return _without_one(text) if len(text) <= _SHORT else _trigrams(f" {text}")


def _apart(lists: Sequence[Ids], count: int) -> list[Ids]:
    """Return the shortest lists of trigrams so far apart that no edit spoils two of them."""
    chosen: list[int] = []
    for at in sorted(range(len(lists)), key=lambda at: len(lists[at])):
        if all(abs(at - other) >= _REACH for other in chosen):
            chosen.append(at)
        if len(chosen) == count:
            return [lists[at] for at in chosen]
    return list(lists[::_REACH])


def _trigrams(text: str) -> list[str]:
    return [text[at : at + 3] for at in range(len(text) - 2)]


def _without_one(text: str) -> list[str]:
    """Return the text whole and without each letter in turn, marked apart from trigrams."""
    return [f"-{text}", *(f"-{text[:at]}{text[at + 1 :]}" for at in range(len(text)))]
