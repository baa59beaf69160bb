"""Search of texts that are spelled nearly like another, or contain its letters."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from analytics.warehouse.name_index.inverted_index import NONE, Ids, Postings

_FEWEST_LETTERS = 4
_SHORT = 7
_TWO_EDITS_FROM = 10
_MOST = 64
_COMPARED = 2
"""Lists of trigrams that the rarest is compared with before letters are read: most are dropped."""
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

    def texts_with_letters(self, text: str, before: int) -> Ids:
        """Return the texts placed before `before` that contain these letters, three or more, side
        by side; in their order.
        """
        if len(text) < 3:
            return NONE
        lists: list[Ids] = []
        for gram in _trigrams(text):
            lists.append(self._grams.of(gram))
            if not len(lists[-1]):
                return NONE
        found, *others = sorted(lists, key=len)[: _COMPARED + 1]
        for other in others:
            found = _in_both(found, other)
        placed = found[: found.searchsorted(before)]
        held = [text in self._texts[at] for at in placed.tolist()]
        return placed[np.array(held, np.bool_)]

    def _within(
        self, edits: int, text: str, lists: Sequence[Ids], keep: Callable[[int], bool] | None
    ) -> list[Near]:
        """Return the texts of a similar length that share as many grams as so many edits leave
        unspoiled, and lie within `edits`.
        """
        if len(text) > _SHORT:
            lists = _apart(lists, edits)
        unspoiled = len(lists) - edits if len(text) > _SHORT else 1
        shared = _held_often(lists, unspoiled)
        alike = shared[abs(self._lengths[shared] - len(text)) <= edits]
        places = sorted(set(alike.tolist()))
        far = [OSA.distance(text, self._texts[at], score_cutoff=edits) for at in places]
        near = [Near(*each) for each in zip(far, places, strict=True) if each[0] <= edits]
        return sorted(each for each in near if keep is None or keep(each.at))[:_MOST]


def _in_both(few: Ids, many: Ids) -> Ids:
    """Return the texts that two lists in order both hold; the second is not empty."""
    nearest: Ids = many.take(many.searchsorted(few), mode="clip")
    both: Ids = few[nearest == few]
    return both


def _grams(text: str) -> list[str]:
    trigrams = _trigrams(f" {text}")
    return list({*trigrams, *_without_one(text)} if len(text) <= _SHORT + 1 else set(trigrams))


def _sought_grams(text: str) -> list[str]:
    return _without_one(text) if len(text) <= _SHORT else _trigrams(f" {text}")


def _apart(lists: Sequence[Ids], edits: int) -> Sequence[Ids]:
    """Return the shortest lists of trigrams so far apart that no edit spoils two of them: one or
    two more than the edits.
    """
    chosen: list[int] = []
    for at in sorted(range(len(lists)), key=lambda at: len(lists[at])):
        if all(abs(at - other) >= _REACH for other in chosen):
            chosen.append(at)
        if len(chosen) == edits + 2:
            break
    return [lists[at] for at in chosen] if len(chosen) > edits else lists[::_REACH]


def _held_often(lists: Sequence[Ids], times: int) -> Ids:
    """Return, in order, the texts that are in so many of the lists or more."""
    held = [each for each in lists if len(each)]
    if len(held) <= times:
        return reduce(_in_both, held) if len(held) == times else NONE
    every = np.concatenate(held)
    every.sort()
    later: Ids = every[times - 1 :]
    often: Ids = later[later == every[: len(later)]]
    return often


def _trigrams(text: str) -> list[str]:
    return [text[at : at + 3] for at in range(len(text) - 2)]


def _without_one(text: str) -> list[str]:
    """Return the text whole and without each letter in turn, marked apart from trigrams."""
    return [f"-{text}", *(f"-{text[:at]}{text[at + 1 :]}" for at in range(len(text)))]
