"""A cache of finished labels: making letters costs far more than placing them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A text as grey pixels: `width` in design units, `rise` in pixels from top row to baseline."""

    width: float
    rise: int
    mask: NDArray[np.uint8]
    at: Callable[[float], "Label"]
    """Function that returns the same text at that many pixels to a design unit."""


class Masks:
    """Labels by key, the longest unused dropped first; safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self._labels: LRUCache[Hashable, Label] = LRUCache(most_bytes, _byte_count)
        self._lock = Lock()

    @property
    def byte_count(self) -> int:
        """Bytes of pixels kept now; never above `most_bytes`."""
        return int(self._labels.currsize)

    def get(self, key: Hashable, make: Callable[[], Label]) -> Label:
        """Return the label of `key`. `make` runs without the lock, so two threads may run it."""
        with self._lock:
            found = self._labels.get(key)
            if found is not None:
                return found
        made = make()
        with self._lock:
            if _byte_count(made) <= self._labels.maxsize:
                self._labels.setdefault(key, made)
        return made


def _byte_count(label: Label) -> int:
    return label.mask.nbytes
