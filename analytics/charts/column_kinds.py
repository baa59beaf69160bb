"""Charts of columns side by side: gains and losses over time, and counts by class."""

from dataclasses import dataclass

from analytics.charts.elements import LegendKey, Tick, Tone


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a column: above zero if positive, below if negative."""

    tone: Tone
    value: float


@dataclass(frozen=True, slots=True)
class Stack:
    """One span of time. `portions` are stacked away from zero, the first nearest to it; None is a
    span of which nothing is known.
    """

    label: str
    """Finished name of the span: Nov."""
    portions: tuple[Portion, ...] | None
    group: str = ""
    """Finished name of the year or other group, written once, below its first named column."""
    partial: bool = False
    """Whether the span is not over: hatched."""
    net: float | None = None
    """Sum of gains and losses, a dot; None for no dot."""
    figure: str = ""
    """Finished figure above the column, left out where it would touch its neighbour's."""
    total: float | None = None
    """A count at the span's end: a point of the line above all columns, on a scale of its own."""
    total_figure: str = ""
    """Finished count; the first and the newest point show theirs."""


@dataclass(frozen=True, slots=True)
class StackedColumns:
    """Gains above and losses below zero by spans of time, oldest first. `bottom` is 0 or negative.
    At most 31 columns are drawn, the newest; the line of totals where two or more are known.
    """

    title: str
    subtitle: str
    columns: tuple[Stack, ...]
    bottom: float
    top: float
    y_ticks: tuple[Tick, ...]
    unknown: str
    """Finished words in a gap: not measured."""
    legend: tuple[LegendKey, ...]
    note: str
    badge: str | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """One class and its count; None is unknown and drawn hatched. `outline` is a second count."""

    label: str
    count: float | None
    figure: str
    """Finished count above the column."""
    tone: Tone = Tone.MAIN
    outline: float | None = None


@dataclass(frozen=True, slots=True)
class Buckets:
    """Counts by class, in the order of the classes, from 0 to `top`. At most 7 are drawn."""

    title: str
    subtitle: str
    buckets: tuple[Bucket, ...]
    top: float
    y_ticks: tuple[Tick, ...]
    note: str
    legend: tuple[LegendKey, ...] = ()
    badge: str | None = None
