"""Charts of each kind, as many as wanted and no two alike, so that none is kept from before."""

from collections.abc import Callable
from dataclasses import replace

from analytics.charts.model import ChartModel
from tests.charts.plain import bar_chart, line_chart

PIXELS_WIDE = 1600


def _line(number: int) -> ChartModel:
    newest = (1250 + 3 * number, 1100 + 2 * number, 980 - number)
    return replace(line_chart(24, newest), title=f"Contoso {number}")


def _bars(number: int) -> ChartModel:
    chart = bar_chart(12)
    bars = tuple(
        replace(bar, value=bar.value * (1 - number / 1000), shown=f"{bar.shown}, {number} more")
        for bar in chart.bars
    )
    return replace(chart, title=f"Contoso {number}", bars=bars)


KINDS: dict[str, Callable[[int], ChartModel]] = {
    "line chart, 24 months of 3 series": _line,
    "bar chart, 12 workloads": _bars,
}
"""A kind's name, and its chart by number."""
