"""Samples, their quantiles, and the rows of the table they end in."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

MANY_TIMES = 5.0
"""How many times quicker than a naive bot an answer and a drawing must be, at the median."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison. `ratio` is the rival's figure over ours, where that says something."""

    what: str
    ours: str
    rival: str
    ratio: float | None
    target: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        """The row in Markdown."""
        met = "" if self.met is None else "yes" if self.met else "**no**"
        ratio = "" if self.ratio is None else f"{self.ratio:.{0 if self.ratio >= 10 else 1}f}x"
        cells = (self.what, self.ours, self.rival, ratio, self.target, met)
        return f"| {' | '.join(cells)} |"


def compared(
    what: str, ours: Sequence[float], rival: Sequence[float], times: float | None = None
) -> Row:
    """Both sides' milliseconds; `times` is how much less our median has to be."""
    ratio = part(rival, 0.5) / part(ours, 0.5)
    if times is None:
        return Row(what, spread(ours), spread(rival), ratio)
    return Row(what, spread(ours), spread(rival), ratio, f"≥ {times:.0f}x", ratio >= times)


def part(samples: Sequence[float], share: float) -> float:
    """The sample that `share` of all do not pass."""
    return sorted(samples)[ceil(share * len(samples)) - 1]


def spread(samples: Sequence[float]) -> str:
    """Median and p95 in milliseconds."""
    digits = 2 if part(samples, 0.5) < 1 else 1
    return f"{part(samples, 0.5):.{digits}f} / {part(samples, 0.95):.{digits}f} ms"
