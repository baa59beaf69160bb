"""A cache of results calculated from facts that never change, for repeated questions."""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar

from cachetools import LRUCache

R = TypeVar("R")

MOST = 256
"""Results kept for one generation; the one asked for longest ago is dropped first."""


class ResultCache:
    """A cache safe for threads. Two threads that ask the same at once may both calculate it."""

    def __init__(self, most: int = MOST) -> None:
        self._kept: LRUCache[Hashable, object] = LRUCache(most)
        self._lock = threading.Lock()

    def result_for(self, key: Hashable, work: Callable[[], R]) -> R:
        """Return the result kept under `key`, else that of `work`. Raises what `work` raises."""
        with self._lock:
            if key in self._kept:
                return self._kept[key]  # type: ignore[return-value]  # put there by the same work
        result = work()
        with self._lock:
            self._kept[key] = result
        return result
