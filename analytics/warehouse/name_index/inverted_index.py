"""A lean inverted index in three numpy arrays: from a gram to the things that hold it."""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
"""Numbers of things, each its place in the sequence that an index was built from."""

NONE: Ids = np.empty(0, np.int32)

_GUARD = np.iinfo(np.int64).max
"""Sentinel behind the last hash, without things, so that every search ends at an entry."""


class Postings:
    """Things, numbered as they come, indexed by their grams. Only a gram's 64-bit hash is kept."""

    __slots__ = ("_hashes", "_ids", "_starts")

    def __init__(self, things: Iterable[Sequence[str]]) -> None:
        gathered, counts = array("q"), array("q")
        for grams in things:
            gathered.extend(map(hash, grams))
            counts.append(len(grams))
        hashes = np.asarray(gathered, np.int64)
        order = np.argsort(hashes, kind="stable")
        ids = np.repeat(np.arange(len(counts), dtype=np.int32), np.asarray(counts, np.int64))
        self._ids: Ids = ids[order]
        distinct, starts = np.unique(hashes[order], return_index=True)
        self._hashes = np.append(distinct, _GUARD)
        self._starts = np.append(starts, (len(ids), len(ids)))

    def of(self, gram: str) -> Ids:
        """Return the things that hold the gram, in no order; empty if none does."""
        return self.each([gram])[0]

    def each(self, grams: Sequence[str]) -> list[Ids]:
        """Return the things that hold each gram, gram by gram."""
        wanted = np.fromiter(map(hash, grams), np.int64, len(grams))
        first = self._hashes.searchsorted(wanted)
        after = first + (self._hashes[first] == wanted)
        starts, ends = self._starts[first].tolist(), self._starts[after].tolist()
        return [self._ids[start:end] for start, end in zip(starts, ends, strict=True)]

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self._hashes.nbytes + self._starts.nbytes + self._ids.nbytes)
