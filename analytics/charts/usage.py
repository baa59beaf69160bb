"""The usage chart: the period's course of seats, or bars by workload where there is one snapshot
only.
"""

from datetime import date

from analytics.charts.model import Bar, BarChart, ChartModel, Line, LineChart, Tick, Tone, Words
from analytics.charts.ticks import count_ticks, day_ticks, share_ticks
from analytics.questions.standing import Standing, WorkloadUse
from analytics.questions.usage import UsageResult
from analytics.values import Seats

BARS = 12
"""Workloads shown as bars; there are about a dozen in the field."""


def usage_chart(result: UsageResult, words: Words) -> ChartModel | None:
    """Sold, assigned and active over the period; bars by workload for a single snapshot; None
    without anything to draw.
    """
    if result.latest is None or not (result.latest.products or result.latest.workloads):
        return None
    if len(result.trend) > 1 and any(
        isinstance(seats, int) and seats
        for s in result.trend
        for seats in (s.sold, s.assigned, s.active)
    ):
        return _course(result, words)
    measured = any(workload.entitled for workload in result.latest.workloads)
    return _bars(result, result.latest, words) if measured else None


def _title(result: UsageResult, words: Words) -> str:
    name = result.customer.name
    return words("usage-topic", customer=name, topic=result.topic.label) if result.topic else name


def _badge(result: UsageResult, words: Words) -> str | None:
    return words("chart-made-up") if result.stamp.made_up else None


def _note(result: UsageResult, words: Words) -> str:
    days = sorted(
        {day for as_of in result.stamp.as_of for day in (as_of.seats, as_of.usage) if day}
    )
    sentence = "chart-note-made-up" if result.stamp.made_up else "chart-note"
    note = words(sentence, days=" / ".join(words.day(day) for day in days))
    short = result.stamp.incomplete
    if not short:
        return note
    datasets = ", ".join(words(f"dataset-{dataset}") for dataset in short)
    return words("chart-note-incomplete", datasets=datasets, note=note)


def _course(result: UsageResult, words: Words) -> LineChart:
    trend = result.trend
    lines = tuple(
        line
        for line in (
            _line(Tone.SOLD, words("chart-sold"), [(s.day, s.sold) for s in trend], words),
            _line(
                Tone.ASSIGNED, words("chart-assigned"), [(s.day, s.assigned) for s in trend], words
            ),
            _line(
                Tone.ACTIVE,
                words("chart-active"),
                [(s.day, s.active) for s in trend],
                words,
            ),
        )
        if line
    )
    top, y_ticks = count_ticks(max(y for line in lines for _, y in line.points), words)
    first, last = trend[0].day, trend[-1].day
    return LineChart(
        title=_title(result, words),
        subtitle=words("chart-usage-course", first=words.day(first), last=words.day(last)),
        lines=lines,
        days=(first.toordinal(), last.toordinal()),
        top=top,
        x_ticks=day_ticks(first, last, words),
        y_ticks=y_ticks,
        note=_note(result, words),
        badge=_badge(result, words),
    )


def _line(tone: Tone, label: str, points: list[tuple[date, Seats]], words: Words) -> Line | None:
    known = [
        (float(day.toordinal()), float(seats)) for day, seats in points if isinstance(seats, int)
    ]
    return Line(label, tone, tuple(known), words.number(int(known[-1][1]))) if known else None


def _bars(result: UsageResult, latest: Standing, words: Words) -> BarChart:
    used = [w for w in latest.workloads if w.usage.value is not None][:BARS]
    bars = tuple(_bar(result, w, words) for w in sorted(used, key=lambda w: -(w.usage.value or 0)))
    top, ticks = share_ticks(max([bar.value for bar in bars] + [1.0]), words)
    return BarChart(
        title=_title(result, words),
        subtitle=words("chart-usage-bars"),
        bars=bars,
        top=top,
        limit=Tick(1.0, words.percent(1.0)),
        x_ticks=ticks,
        note=_note(result, words),
        badge=_badge(result, words),
    )


def _bar(result: UsageResult, workload: WorkloadUse, words: Words) -> Bar:
    value = workload.usage.value or 0.0
    shown = words(
        "chart-bar",
        share=words.percent(value),
        active=words.number(workload.active),
        entitled=words.number(workload.entitled),
    )
    return Bar(result.names[workload.id], Tone.OVER if value > 1 else Tone.ACTIVE, value, shown)
