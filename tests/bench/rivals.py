"""What a chat bot would do without thinking: pyplot, tight layout, savefig."""

from datetime import date
from io import BytesIO

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from analytics.charts.model import BarChart, ChartModel, LineChart, Tone

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
    if isinstance(chart, LineChart):
        _lines(axes, chart)
    else:
        _bars(axes, chart)
    axes.set_title(f"{chart.title}\n{chart.subtitle}", loc="left")
    figure.text(0.01, 0.01, chart.note, fontsize=7)
    if chart.badge:
        figure.text(0.99, 0.95, chart.badge, ha="right", bbox={"facecolor": "gold"})
    figure.tight_layout()
    target = BytesIO()
    figure.savefig(target, format="png")
    plt.close(figure)
    return target.getvalue()


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
