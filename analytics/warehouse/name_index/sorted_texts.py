"""Texts and words in alphabetical order, so that those with the same beginning lie together."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np

from analytics.warehouse.name_index.inverted_index import NONE, Ids

_NEXT = "\0"
_LAST = "\U0010ffff"


class Sorted:
    """Texts in order, each with its position in the sequence given."""

    __slots__ = ("_places", "_texts")

    def __init__(self, texts: Sequence[str]) -> None:
        order = sorted(range(len(texts)), key=texts.__getitem__)
        self._texts = [texts[at] for at in order]
        self._places: Ids = np.array(order, np.int32)

    def equal(self, text: str) -> Ids:
        """Return the positions of the texts equal to `text`."""
        return self._between(text, text + _NEXT)

    def texts_with_prefix(self, text: str) -> Ids:
        """Return the positions of the texts that start with `text`, itself included."""
        return self._between(text, text + _LAST)

    def _between(self, first: str, after: str) -> Ids:
        start = bisect_left(self._texts, first)
        if start == len(self._texts) or self._texts[start] >= after:
            return NONE
        return self._places[start : bisect_left(self._texts, after, start)]


class WordIndex:
    """An index from words, in alphabetical order, to the names that hold them."""

    __slots__ = ("_counts", "_ids", "_starts", "_words")

    def __init__(self, names: Sequence[str]) -> None:
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(names):
            for word in name.split():
                holders[word].append(at)
        self._words = sorted(holders)
        held = [holders[word] for word in self._words]
        self._starts = np.cumsum([0, *map(len, held)])
        self._ids: Ids = np.fromiter(chain.from_iterable(held), np.int32)
        self._counts = np.fromiter((name.count(" ") + 1 for name in names), np.int16, len(names))

    def equal(self, word: str) -> Ids:
        """Return the names that hold `word`, some more than once."""
        return self._between(word, word + _NEXT)

    def names_with_prefix(self, word: str) -> Ids:
        """Return the names that hold a word that starts with `word`, some more than once."""
        return self._between(word, word + _LAST)

    def names_with_words(self, words: Sequence[str], holders: Callable[[str], Ids]) -> Ids:
        """Return the names that hold each of `words` and have at least as many words."""
        each: list[Ids] = []
        for word in sorted(set(words), key=len, reverse=True):  # long ones are in fewer names
            each.append(holders(word))
            if not len(each[-1]):
                return NONE
        kept = self._counts >= len(words)
        for ids in each:
            held = np.zeros(len(kept), np.bool_)
            held[ids] = True
            kept &= held
        return np.flatnonzero(kept).astype(np.int32)

    def _between(self, first: str, after: str) -> Ids:
        start = bisect_left(self._words, first)
        if start == len(self._words) or self._words[start] >= after:
            return NONE
        end = bisect_left(self._words, after, start)
        return self._ids[self._starts[start] : self._starts[end]]
