"""Chart models: a chart's content in finished words and numbers, without pixels or catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from analytics.charts.column_kinds import Buckets, StackedColumns
from analytics.charts.dot_kinds import Timeline
from analytics.charts.elements import LegendKey, Shade, Tick, Tone
from analytics.charts.row_kinds import Ranking, SeatBars

__all__ = [
    "Bar",
    "BarChart",
    "Blank",
    "Buckets",
    "ChartModel",
    "ChartWords",
    "LegendKey",
    "Line",
    "LineChart",
    "Ranking",
    "SeatBars",
    "Shade",
    "StackedColumns",
    "Tick",
    "Timeline",
    "Tone",
]


@dataclass(frozen=True, slots=True)
class Line:
    """One series in unbroken runs of points: (x, y) in axis units, x rising throughout; no line
    joins two runs. `end` is the finished newest value.
    """

    label: str
    tone: Tone
    runs: tuple[tuple[tuple[float, float], ...], ...]
    end: str
    filled: bool = False
    """Whether the area below it is washed."""
    stepped: bool = False
    """Whether its values hold until the next point, so that it jumps and does not climb."""
    thin: bool = False
    """True if it stands behind the others, as what they are compared with."""
    late: bool = False
    """Whether earlier days are left out because a part of its sum was not measured yet."""

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """The points of all runs."""
        return tuple(point for run in self.runs for point in run)


@dataclass(frozen=True, slots=True)
class Blank:
    """A stretch of the x axis, both ends included, where a value is unknown, and the finished words
    that say so.
    """

    first: float
    last: float
    label: str
    lines: tuple[str, ...] = ()
    """Labels of the lines that it breaks; empty for all."""
    partly: bool = False
    """Whether a part of the sum was measured."""


@dataclass(frozen=True, slots=True)
class LineChart:
    """Series over time. x is a day's ordinal (`date.toordinal`), y a count; y starts at 0."""

    title: str
    subtitle: str
    lines: tuple[Line, ...]
    days: tuple[float, float]
    top: float
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    note: str
    badge: str | None = None
    """A warning drawn where a reader cannot overlook it, such as MADE-UP DATA."""
    snapshots: tuple[float, ...] = ()
    """Days on which any service was measured."""
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its share of the axis, and the finished words at its end."""

    label: str
    tone: Tone
    value: float
    shown: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from 0, in the caller's order. `limit` marks 100 %, bars may pass it."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    top: float
    limit: Tick | None
    x_ticks: tuple[Tick, ...]
    note: str
    badge: str | None = None
    beyond: Tone = Tone.UNKNOWN
    """Role of the part of a bar that passes the limit."""


ChartModel = LineChart | BarChart | SeatBars | Ranking | StackedColumns | Buckets | Timeline


class ChartWords(Protocol):
    """The reader's language, as charts need it: handlers.messages.speaker.Speaker. Every method
    returns finished text.
    """

    def __call__(self, sentence: str, /, **values: object) -> str:
        """Return the catalogue's sentence with its values put in."""
        ...

    def number(self, value: int) -> str:
        """Return a whole number: 1,250."""
        ...

    def signed_number(self, value: int) -> str:
        """Return a change with its sign: +60, −3, or 0."""
        ...

    def decimal(self, value: Decimal) -> str:
        """Return a number with at most two decimals: 31.5; a small one with its first digits."""
        ...

    def amount(self, value: Decimal, currency: str) -> str:
        """Return an amount of money, its currency by the ISO code: €1,090.00."""
        ...

    def percent(self, value: float) -> str:
        """Return a fraction as whole percent: 0.934 as 93%; 0.001 as <1%."""
        ...

    def day(self, value: date) -> str:
        """Return a day: 20 Nov 2026."""
        ...

    def short_day(self, value: date) -> str:
        """Return a day without its year: 20 Nov."""
        ...

    def month(self, value: date) -> str:
        """Return a month, short: Nov 2026."""
        ...

    def short_month(self, value: date) -> str:
        """Return a month without its year: Nov."""
        ...

    def enumeration(self, items: Sequence[str]) -> str:
        """Return several things in a sentence: a, b and c."""
        ...
