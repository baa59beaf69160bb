"""Drawing beside pyplot, and the event loop's lag meanwhile: `python -m tests.bench.drawing`."""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from math import ceil
from time import perf_counter

from analytics.charts.bars import lay_out
from analytics.charts.drawing import Theme, draw
from analytics.charts.lettering import SCALE
from analytics.charts.model import BarChart, ChartModel
from tests.bench.rivals import pyplot_chart
from tests.charts.plain import bar_chart, line_chart

LEAST_RATIO = 5.0
MOST_LAG_MS = 50.0
ROUNDS = 20
OURS_EACH = 5
CHARTS = 200
LAG_ROUNDS = 3
TICK_SECONDS = 0.001
KINDS: dict[str, ChartModel] = {
    "line, 24 months x 3": line_chart(24),
    "bars, 12 workloads": bar_chart(12),
}


def main() -> int:
    """Prints the table; 1 and a line that says why when a goal is missed."""
    print(f"{'':22}{'ours p50 / p99 ms':>20}{'pyplot p50 / p99 ms':>22}{'ratio':>8}")
    missed = [line for name, chart in KINDS.items() if (line := compare(name, chart))]
    lags = sorted(asyncio.run(worst_lag()) for _ in range(LAG_ROUNDS))
    shown = ", ".join(f"{lag:.1f}" for lag in lags)
    print(f"event loop's longest lag while {CHARTS} charts are drawn in 2 threads: {shown} ms")
    # The middle round counts: other programs on the machine may stop a whole process for long.
    if lags[LAG_ROUNDS // 2] > MOST_LAG_MS:
        missed.append(f"MISSED: the event loop lagged {shown} ms, over {MOST_LAG_MS:.0f} ms")
    for line in missed:
        print(line)
    return 1 if missed else 0


def compare(name: str, chart: ChartModel) -> str:
    """Measures both by turns, prints one row; a line that says so when the ratio is missed."""
    height = round(lay_out(chart).height * SCALE) if isinstance(chart, BarChart) else 800
    ours: list[float] = []
    theirs: list[float] = []
    draw(chart, Theme.LIGHT)
    pyplot_chart(chart, height)
    for _ in range(ROUNDS):
        ours.extend(timed(lambda: draw(chart, Theme.LIGHT)) for _ in range(OURS_EACH))
        theirs.append(timed(lambda: pyplot_chart(chart, height)))
    ratio = part(theirs, 0.5) / part(ours, 0.5)
    print(f"{name:22}{spread(ours):>20}{spread(theirs):>22}{ratio:>8.1f}")
    goal = f"MISSED: {name}: {ratio:.1f} times quicker than pyplot, below {LEAST_RATIO:.0f}"
    return goal if ratio < LEAST_RATIO else ""


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of wall time."""
    started = perf_counter()
    work()
    return (perf_counter() - started) * 1000


def part(samples: list[float], share: float) -> float:
    """The sample that `share` of all do not pass."""
    return sorted(samples)[ceil(share * len(samples)) - 1]


def spread(samples: list[float]) -> str:
    """`p50 / p99`, one decimal."""
    return f"{part(samples, 0.5):.1f} / {part(samples, 0.99):.1f}"


async def worst_lag() -> float:
    """The longest a tick of 1 ms came late, in ms, while two threads draw without a pause."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(2) as threads:
        chosen = zip(cycle(KINDS.values()), range(CHARTS), strict=False)
        tasks = [loop.run_in_executor(threads, draw, chart, Theme.DARK) for chart, _ in chosen]
        drawing = asyncio.gather(*tasks)
        lags = [0.0]
        while not drawing.done():
            due = perf_counter() + TICK_SECONDS
            await asyncio.sleep(TICK_SECONDS)
            lags.append((perf_counter() - due) * 1000)
        await drawing
    return max(lags)


if __name__ == "__main__":
    sys.exit(main())
