"""Results worked out of facts that never change, kept for whoever asks the same again."""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar

from cachetools import LRUCache

R = TypeVar("R")

MOST = 256
"""Results kept of one generation; the one asked for longest ago goes first."""


class ResultCache:
    """Safe for threads. Two that ask the same at once may both work it out."""

    def __init__(self, most: int = MOST) -> None:
        self._kept: LRUCache[Hashable, object] = LRUCache(most)
        self._lock = threading.Lock()

    def result_for(self, key: Hashable, work: Callable[[], R]) -> R:
        """What was found under this key before, else what the work gives. Raises what it raises."""
        with self._lock:
            if key in self._kept:
                return self._kept[key]  # type: ignore[return-value]  # put there by the same work
        result = work()
        with self._lock:
            self._kept[key] = result
        return result
