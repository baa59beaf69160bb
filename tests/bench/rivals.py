"""What a chat bot would do without thinking: pyplot, tight layout, savefig."""

from datetime import date
from io import BytesIO
from typing import assert_never

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from analytics.charts.column_kinds import Buckets, StackedColumns
from analytics.charts.dot_kinds import Timeline
from analytics.charts.model import BarChart, ChartModel, LineChart, Tone
from analytics.charts.row_kinds import Ranking, SeatBars

COLOURS = {
    Tone.BASE: "tab:gray",
    Tone.OTHER: "tab:orange",
    Tone.MAIN: "tab:blue",
    Tone.ALARM: "tab:red",
    Tone.GAIN: "tab:green",
    Tone.LOSS: "tab:red",
    Tone.UNKNOWN: "lightgray",
}
DPI = 200


def pyplot_chart(chart: ChartModel, height: int = 800) -> bytes:
    """The same chart as a PNG of 1600 pixels by `height`, drawn the naive way; not for threads."""
    mpl.use("Agg")
    figure, axes = plt.subplots(figsize=(8, height / DPI), dpi=DPI)
    _draw(axes, chart)
    axes.set_title(f"{chart.title}\n{chart.subtitle}", loc="left")
    figure.text(0.01, 0.01, chart.note, fontsize=7)
    if chart.badge:
        figure.text(0.99, 0.95, chart.badge, ha="right", bbox={"facecolor": "gold"})
    figure.tight_layout()
    target = BytesIO()
    figure.savefig(target, format="png")
    plt.close(figure)
    return target.getvalue()


def _draw(axes: Axes, chart: ChartModel) -> None:
    match chart:
        case LineChart():
            _lines(axes, chart)
        case BarChart():
            _bars(axes, chart)
        case SeatBars() | Ranking():
            _rows(axes, chart)
        case StackedColumns():
            _columns(axes, chart)
        case Buckets():
            _buckets(axes, chart)
        case Timeline():
            _timeline(axes, chart)
        case _:
            assert_never(chart)


def _lines(axes: Axes, chart: LineChart) -> None:
    for line in chart.lines:
        days = np.array([date.fromordinal(int(day)) for day, _ in line.points], "datetime64[D]")
        counts = [count for _, count in line.points]
        axes.plot(days, counts, label=f"{line.label} {line.end}", color=COLOURS[line.tone])
    axes.set_ylim(0, chart.top)
    axes.grid(visible=True, axis="y")
    axes.legend()


def _bars(axes: Axes, chart: BarChart) -> None:
    names = [bar.label for bar in chart.bars]
    drawn = axes.barh(
        names, [bar.value for bar in chart.bars], color=[COLOURS[bar.tone] for bar in chart.bars]
    )
    axes.bar_label(drawn, [bar.shown for bar in chart.bars], padding=3)
    axes.invert_yaxis()
    axes.set_xlim(0, chart.top)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.axvline(1.0, color="black")


def _rows(axes: Axes, chart: SeatBars | Ranking) -> None:
    places = range(len(chart.rows))
    series = (
        [
            ([row.sold or 0 for row in chart.rows], "none"),
            ([row.assigned or 0 for row in chart.rows], "lightblue"),
            ([row.active or 0 for row in chart.rows], "tab:blue"),
        ]
        if isinstance(chart, SeatBars)
        else [
            ([row.behind or 0 for row in chart.rows], "lightblue"),
            ([row.value or 0 for row in chart.rows], "tab:blue"),
        ]
    )
    drawn = [axes.barh(places, ends, color=fill, edgecolor="gray") for ends, fill in series]
    axes.bar_label(drawn[0], [f"{row.figure} {row.beside}" for row in chart.rows], padding=3)
    axes.set_yticks(places, [row.label for row in chart.rows])
    axes.invert_yaxis()
    axes.set_xlim(0, chart.top)


def _columns(axes: Axes, chart: StackedColumns) -> None:
    places = range(len(chart.columns))
    for tone in (Tone.GAIN, Tone.LOSS):
        heights = [
            sum(part.value for part in column.portions or () if part.tone is tone)
            for column in chart.columns
        ]
        drawn = axes.bar(places, heights, color=COLOURS[tone])
        if tone is Tone.GAIN:
            axes.bar_label(drawn, [column.figure for column in chart.columns], padding=3)
    axes.plot(places, [column.net or 0.0 for column in chart.columns], "ko")
    axes.set_xticks(places, [f"{column.label}\n{column.group}" for column in chart.columns])
    axes.set_ylim(chart.bottom, chart.top)
    axes.grid(visible=True, axis="y")


def _buckets(axes: Axes, chart: Buckets) -> None:
    places = range(len(chart.buckets))
    fills = [COLOURS[bucket.tone] for bucket in chart.buckets]
    drawn = axes.bar(places, [bucket.count or 0 for bucket in chart.buckets], color=fills)
    axes.bar_label(drawn, [bucket.figure for bucket in chart.buckets], padding=3)
    outlines = [bucket.outline or 0 for bucket in chart.buckets]
    axes.bar(places, outlines, width=0.9, color="none", edgecolor="gray")
    axes.set_xticks(places, [bucket.label for bucket in chart.buckets])
    axes.set_ylim(0, chart.top)


def _timeline(axes: Axes, chart: Timeline) -> None:
    for at, week in enumerate(chart.weeks):
        heights = range(len(week.dots))
        axes.scatter(
            [at] * len(week.dots),
            heights,
            s=[dot.size or 0.0 for dot in week.dots],
            c=[COLOURS[dot.tone] for dot in week.dots],
        )
    axes.set_xticks(range(len(chart.weeks)), [week.label for week in chart.weeks])
