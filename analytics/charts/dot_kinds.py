"""Charts of dots: what is to be decided, week by week."""

from dataclasses import dataclass

from analytics.charts.elements import LegendKey, Tone


@dataclass(frozen=True, slots=True)
class WeekDot:
    """One decision; the area of its dot is its size. None is a size that is not known: the smallest
    dot, hollow.
    """

    size: float | None
    figure: str = ""
    """Finished size, written within the dot where it has room."""
    tone: Tone = Tone.MAIN
    """ALARM is ringed, so that it stands out without its colour."""


@dataclass(frozen=True, slots=True)
class DottedWeek:
    """One week and its decisions. At most 12 dots are drawn, in the order given; `figure` counts
    all.
    """

    label: str
    """Finished name of the week's first day: 30 Nov."""
    dots: tuple[WeekDot, ...] = ()
    figure: str = ""
    """Finished number of its decisions, above the dots; empty for none."""
    beside: str = ""
    """The week's figures for a reader who hears the picture: 412 seats, 2 into an extension."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Decisions by week, the first week first: at most 13 are drawn. Dots of all weeks have one
    scale.
    """

    title: str
    subtitle: str
    weeks: tuple[DottedWeek, ...]
    nothing: str
    """Finished words in the middle of weeks without a dot."""
    note: str
    legend: tuple[LegendKey, ...] = ()
    badge: str | None = None
