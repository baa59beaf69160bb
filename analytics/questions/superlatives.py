"""The first of several by a figure: the only place that decides who has the most."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Leader(Generic[T]):
    """The item with the most of something, and how far that claim goes."""

    item: T
    figure: float
    tied: int
    """Number of other items with the same figure."""
    majority: bool
    """True if its figure is more than half of all figures together."""


def leader(items: Iterable[T], figure: Callable[[T], float | None]) -> Leader[T] | None:
    """Return the first of the items with the largest figure; None if none has a figure above 0.
    Items without a figure are passed over.
    """
    counted = [(item, value) for item in items if (value := figure(item)) is not None]
    if not counted or max(value for _, value in counted) <= 0:
        return None
    first, most = max(counted, key=lambda each: each[1])
    tied = sum(value == most for _, value in counted) - 1
    return Leader(first, most, tied, most * 2 > sum(value for _, value in counted))


def extremes(items: Iterable[T], figure: Callable[[T], float | None]) -> tuple[T, T] | None:
    """Return the items with the smallest and the largest figure; None unless there are two that
    differ, for then neither is the least or the most.
    """
    counted = [(value, item) for item in items if (value := figure(item)) is not None]
    if not counted:
        return None
    least = min(counted, key=lambda each: each[0])
    most = max(counted, key=lambda each: each[0])
    return (least[1], most[1]) if least[0] < most[0] else None
