"""Positions on an axis: pure arithmetic, so that tests need no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite


@dataclass(frozen=True, slots=True)
class Scale:
    """Axis values from `low` to `high`, mapped evenly to two places on the canvas."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return a value's place: the nearer edge for one outside, the middle without a span."""
        span = self.high - self.low
        if not (span > 0 and isfinite(span)):
            return (self.start + self.end) / 2
        share = min(1.0, max(0.0, (value - self.low) / span))
        return self.start + share * (self.end - self.start)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Return places `gap` apart between low and high, in order and as near to `wanted` as possible.

    Places that crowd share the shift evenly. If there is no room for the gap, it shrinks.

    >>> spread([10, 12, 80], 10, 0, 100)
    (6.0, 16.0, 80.0)
    """
    count = len(wanted)
    gap = min(gap, (high - low) / max(1, count - 1))
    order = sorted(range(count), key=lambda at: wanted[at])
    eased = _rising_values([wanted[at] - rank * gap for rank, at in enumerate(order)])
    placed = [0.0] * count
    for rank, at in enumerate(order):
        slack = high - (count - 1) * gap
        placed[at] = min(max(eased[rank], low), max(low, slack)) + rank * gap
    return tuple(placed)


def _rising_values(values: Sequence[float]) -> list[float]:
    """Return the nearest values that never fall: neighbours that would fall share their mean."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        mean, size = float(value), 1
        while blocks and blocks[-1][0] > mean:
            before, weight = blocks.pop()
            mean = (before * weight + mean * size) / (weight + size)
            size += weight
        blocks.append((mean, size))
    return [mean for mean, size in blocks for _ in range(size)]


def thin(spans: Sequence[tuple[float, float]], gap: float) -> tuple[int, ...]:
    """Return the positions of the spans (left, right; in order) to show so that none come nearer
    than `gap`.

    These are all, or every second, every third …: the spans shown stay evenly spaced.
    """
    for stride in range(1, len(spans)):
        kept = spans[::stride]
        if all(after[0] - before[1] >= gap for before, after in pairwise(kept)):
            return tuple(range(0, len(spans), stride))
    return (0,) if spans else ()


def thin_from_end(spans: Sequence[tuple[float, float]], gap: float) -> tuple[int, ...]:
    """Return the same as `thin`, the last span always among them."""
    mirrored = [(-right, -left) for left, right in reversed(spans)]
    return tuple(len(spans) - 1 - at for at in reversed(thin(mirrored, gap)))


def thin_between(spans: Sequence[tuple[float, float]], gap: float) -> tuple[int, ...]:
    """Return the last span, the first if it is clear of it, and of those clear of both as many as
    `thin` shows.
    """
    if len(spans) < 3:
        return thin_from_end(spans, gap)
    first, last = spans[0], spans[-1]
    if last[0] - first[1] < gap:
        return (len(spans) - 1,)
    inner = [
        at
        for at, (left, right) in enumerate(spans)
        if left - first[1] >= gap and last[0] - right >= gap
    ]
    kept = (inner[at] for at in thin([spans[at] for at in inner], gap))
    return (0, *kept, len(spans) - 1)
