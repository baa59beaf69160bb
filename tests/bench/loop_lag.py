"""How late the event loop comes while charts are drawn beside it."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from analytics.charts.model import ChartModel
from bot.painting import Painter
from tests.bench.drawing import pixels
from tests.bench.kinds import KINDS
from tests.bench.measuring import Row, part
from tests.bench.rivals import pyplot_chart

MOST_MS = 50.0
TICK_SECONDS = 0.005
CHARTS = 40
"""Of each kind, in each round; a line chart, a bar chart, and so on by turns."""
ROUNDS, QUICK_CHARTS = 3, 8


@dataclass(frozen=True, slots=True)
class Lags:
    """How late ticks came, in milliseconds: the longest of each round, and all of them."""

    longest: list[float] = field(default_factory=list)
    every: list[float] = field(default_factory=list)

    def add(self, round_: Sequence[float]) -> None:
        self.longest.append(max(round_))
        self.every.extend(round_)

    @property
    def usual(self) -> float:
        """The middle round's longest: other programs may stop a whole process for long, once."""
        return part(self.longest, 0.5)

    def __str__(self) -> str:
        each = ", ".join(f"{lag:.1f}" for lag in self.longest)
        return f"{self.usual:.1f} ms (rounds {each}; p95 {part(self.every, 0.95):.1f})"


def rows(*, quick: bool) -> list[Row]:
    """One: the longest lag of each side."""
    ours, theirs = asyncio.run(_both(QUICK_CHARTS if quick else CHARTS))
    what = "the event loop's longest lag while charts are drawn off it"
    met = ours.usual <= MOST_MS
    return [
        Row(what, str(ours), str(theirs), theirs.usual / ours.usual, f"≤ {MOST_MS:.0f} ms", met)
    ]


async def _both(count: int) -> tuple[Lags, Lags]:
    ours, theirs = Lags(), Lags()
    for round_ in range(ROUNDS):
        numbers = range(round_ * count, (round_ + 1) * count)
        charts = [chart(number) for number in numbers for chart in KINDS.values()]
        ours.add(await _lags(_painted(charts)))
        theirs.add(await _lags(_plotted(charts)))
    return ours, theirs


async def _painted(charts: Sequence[ChartModel]) -> None:
    """All at once, as fast as the painter's threads go; a painter of its own has kept nothing."""
    painter = Painter()
    drawn = await asyncio.gather(*(painter.paint(chart, "light") for chart in charts))
    painter.close()
    assert all(png and pixels(png) for png in drawn), "every chart is drawn"


async def _plotted(charts: Sequence[ChartModel]) -> None:
    """One after the other: pyplot must not be used by two threads at once."""
    for chart in charts:
        await asyncio.to_thread(pyplot_chart, chart)


async def _lags(work: Awaitable[None]) -> list[float]:
    """How late each tick comes, in milliseconds, for as long as the work is under way."""
    under_way = asyncio.ensure_future(work)
    late: list[float] = []
    while not under_way.done():
        due = perf_counter() + TICK_SECONDS
        await asyncio.sleep(TICK_SECONDS)
        late.append((perf_counter() - due) * 1000)
    await under_way
    return late
