"""Charts of rows, one below the other in the caller's order; each row has a name and words."""

from dataclasses import dataclass

from analytics.charts.elements import LegendKey, Tick, Tone


@dataclass(frozen=True, slots=True)
class SeatBar:
    """One product's seats as counts. None is unknown and drawn hatched; negative counts as 0.

    `unmeasured` are seats assigned whose use is not known, beside those `active`.
    """

    label: str
    sold: float | None
    assigned: float | None
    active: float | None
    figure: str
    """Finished words at the row's end: 89 idle."""
    beside: str = ""
    """Quieter finished words after them: of 120."""
    unmeasured: float = 0.0

    @property
    def reach(self) -> float | None:
        """The largest known count; None if none is known."""
        return max(
            (n for n in (self.sold, self.assigned, self.active) if n is not None), default=None
        )


@dataclass(frozen=True, slots=True)
class SeatBars:
    """Products one below the other on one axis of seats from 0 to `top`: sold as an outline,
    assigned pale, active solid. At most 15 rows are drawn.
    """

    title: str
    subtitle: str
    rows: tuple[SeatBar, ...]
    top: float
    legend: tuple[LegendKey, ...]
    note: str
    x_ticks: tuple[Tick, ...] = ()
    badge: str | None = None


@dataclass(frozen=True, slots=True)
class RankedBar:
    """One amount from 0, solid; `behind` is a second one, pale. None is unknown and drawn hatched;
    negative has no length.
    """

    label: str
    value: float | None
    figure: str
    """Finished words at the row's end: 1,240 idle, or an amount of money."""
    beside: str = ""
    """Quieter finished words after them."""
    behind: float | None = None
    tone: Tone = Tone.MAIN

    @property
    def reach(self) -> float | None:
        """The larger known amount; None if neither is known."""
        return max((n for n in (self.value, self.behind) if n is not None), default=None)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Amounts one below the other on one axis from 0 to `top`. At most 15 rows are drawn."""

    title: str
    subtitle: str
    rows: tuple[RankedBar, ...]
    top: float
    note: str
    legend: tuple[LegendKey, ...] = ()
    x_ticks: tuple[Tick, ...] = ()
    badge: str | None = None
