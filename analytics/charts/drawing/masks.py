"""A cache of finished labels: making letters costs far more than placing them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

import numpy as np
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
        self._most = most_bytes
        self._held = 0
        self._labels: OrderedDict[Hashable, Label] = OrderedDict()
        self._lock = Lock()

    @property
    def byte_count(self) -> int:
        """Bytes of pixels kept now; never above `most_bytes`."""
        return self._held

    def get(self, key: Hashable, make: Callable[[], Label]) -> Label:
        """Return the label of `key`. `make` runs without the lock, so two threads may run it."""
        with self._lock:
            found = self._labels.get(key)
            if found is not None:
                self._labels.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._keep(key, made)
        return made

    def _keep(self, key: Hashable, label: Label) -> None:
        if key in self._labels or label.mask.nbytes > self._most:
            return
        self._labels[key] = label
        self._held += label.mask.nbytes
        while self._held > self._most:
            _, gone = self._labels.popitem(last=False)
            self._held -= gone.mask.nbytes
