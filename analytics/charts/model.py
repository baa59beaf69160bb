"""What a chart says, in finished words and numbers; no pixels and no catalogue here."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol


class Tone(Enum):
    """What a mark means; the drawing gives each meaning its colour."""

    SOLD = "sold"
    ASSIGNED = "assigned"
    ACTIVE = "active"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, in the axis's own unit, and its finished label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One series. `points` are (x, y) in axis units, x rising; `end` is the finished newest
    value.
    """

    label: str
    tone: Tone
    points: tuple[tuple[float, float], ...]
    end: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Series over time. x is a day's ordinal (`date.toordinal`), y a count; the y axis starts
    at 0.
    """

    title: str
    subtitle: str
    lines: tuple[Line, ...]
    days: tuple[float, float]
    top: float
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    note: str
    badge: str | None = None
    """A warning drawn where nobody overlooks it, such as MADE-UP DATA."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its share of the axis, and the finished words at its end."""

    label: str
    tone: Tone
    value: float
    shown: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from 0, longest meaning first. `limit` marks 100 %, bars may pass it."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    top: float
    limit: Tick | None
    x_ticks: tuple[Tick, ...]
    note: str
    badge: str | None = None


ChartModel = LineChart | BarChart


class Words(Protocol):
    """What charts need of a reader's language. Every method returns finished text."""

    def __call__(self, sentence: str, /, **values: object) -> str:
        """The catalogue's sentence with its values put in."""
        ...

    def number(self, value: int) -> str:
        """A whole number: 1,250."""
        ...

    def percent(self, value: float) -> str:
        """A fraction as percent: 0.934 as 93.4%; 1.42 as 142%."""
        ...

    def day(self, value: date) -> str:
        """A day: 20 Nov 2026."""
        ...

    def month(self, value: date) -> str:
        """A month, short: Nov 2026."""
        ...
