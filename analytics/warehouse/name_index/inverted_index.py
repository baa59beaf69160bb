"""A lean inverted index: from a gram to the things that hold it, in one numpy array."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
"""Numbers of things, each its place in the sequence that an index was built from."""

NONE: Ids = np.empty(0, np.int32)


class Postings:
    """Things, numbered as they come, indexed by their grams."""

    __slots__ = ("_ids", "_numbers", "_starts")

    def __init__(self, things: Iterable[Sequence[str]]) -> None:
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        gathered, counts = array("i"), array("q")
        for grams in things:
            gathered.extend(map(numbers.__getitem__, grams))
            counts.append(len(grams))
        held = np.asarray(gathered, np.int32)
        ids = np.repeat(np.arange(len(counts), dtype=np.int32), np.asarray(counts, np.int64))
        self._ids: Ids = ids[np.argsort(held, kind="stable")]
        ends = np.cumsum(np.bincount(held, minlength=len(numbers)))
        self._numbers = dict(numbers)
        self._starts = array("q", [0, *ends.tolist()])

    def of(self, gram: str) -> Ids:
        """Return the things that hold the gram, in their order; empty if none does."""
        at = self._numbers.get(gram)
        return NONE if at is None else self._ids[self._starts[at] : self._starts[at + 1]]

    def each(self, grams: Iterable[str]) -> list[Ids]:
        """Return the things that hold each gram, gram by gram."""
        return [self.of(gram) for gram in grams]
