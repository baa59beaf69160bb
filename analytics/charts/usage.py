"""The usage chart: the course of seats over the period, or bars by workload for one snapshot."""

from collections.abc import Mapping, Sequence
from datetime import date

from analytics.charts.captions import badge, first_and_last, note, source, subject_title
from analytics.charts.model import (
    Bar,
    BarChart,
    Blank,
    ChartWords,
    Line,
    LineChart,
    Tick,
    Tone,
)
from analytics.charts.row_kinds import SeatBars
from analytics.charts.seats_by_product import finding, seats_by_product
from analytics.charts.ticks import count_ticks, day_ticks, share_ticks
from analytics.questions.course import Counted, Course, Hole
from analytics.questions.seats_on_day import SeatsOnDay, WorkloadUse
from analytics.questions.usage import UsageResult

_TONES: Mapping[Counted, Tone] = {
    "sold": Tone.BASE,
    "assigned": Tone.OTHER,
    "active": Tone.MAIN,
}
BARS = 12
"""Most workloads shown as bars; in practice there are about a dozen."""


def usage_chart(result: UsageResult, words: ChartWords) -> SeatBars | LineChart | BarChart | None:
    """Return seats by product; their course where a period was asked for, or something moved by 5 %
    or more. Where idle seats are not known: the course; bars by workload if no line can be drawn;
    None if there is nothing to draw.
    """
    if result.latest is None or not (result.latest.products or result.latest.workloads):
        return None
    seats = seats_by_product(result, result.latest, words)
    if seats and not (result.courses.drawable and (result.period_asked or result.has_moved)):
        return seats
    if result.courses.drawable:
        headings = (finding(result, result.latest, words), "chart-usage-course")
        return course_chart(result, headings, "chart-rules-licences", words)
    measured = any(workload.entitled for workload in result.latest.workloads)
    return _bars(result, result.latest, words) if measured else None


def _title(result: UsageResult, words: ChartWords) -> str:
    return subject_title(result.customer.name, result.topic.label if result.topic else None, words)


def _note(result: UsageResult, rule: str, words: ChartWords) -> str:
    origin = source(result.stamp, "chart-source-licences", words)
    return note(result.stamp, origin, [words(rule)], words)


def line_name(counted: Counted, words: ChartWords) -> str:
    """Return the name of a line, for the chart and for words about it."""
    return words(f"chart-{counted}")


def course_chart(
    result: UsageResult, headings: tuple[str, str], rule: str, words: ChartWords
) -> LineChart:
    """Return the course of the figures; it must be drawable. `headings` are the finished title,
    and the catalogue's id of what is drawn from a `first` day to a `last`; `rule` is an id too.
    """
    courses = result.courses
    lines = tuple(_line(counted, course, words) for counted, course in courses.nonempty_courses)
    points = [point for _, course in courses.nonempty_courses for point in course.points]
    first, last = min(point.day for point in points), max(point.day for point in points)
    top, y_ticks = count_ticks(max(point.seats for point in points), words)
    return LineChart(
        title=headings[0],
        subtitle=words(headings[1], **first_and_last(first, last, words)),
        lines=lines,
        days=(first.toordinal(), last.toordinal()),
        top=top,
        x_ticks=day_ticks(first, last, words),
        y_ticks=y_ticks,
        note=_note(result, rule, words),
        badge=badge(result.stamp, words),
        snapshots=tuple(_place(day) for day in courses.days if first <= day <= last),
        blanks=tuple(_blank(*hole, len(lines), words) for hole in courses.holes),
    )


def _place(day: date) -> float:
    return float(day.toordinal())


def _line(counted: Counted, course: Course, words: ChartWords) -> Line:
    runs = tuple(tuple((_place(p.day), float(p.seats)) for p in run) for run in course.runs)
    name = line_name(counted, words)
    return Line(
        name,
        _TONES[counted],
        runs,
        words.number(course.points[-1].seats),
        filled=counted == "active",
        stepped=counted == "sold",
        late=course.late,
    )


def _blank(hole: Hole, broken: Sequence[Counted], lines: int, words: ChartWords) -> Blank:
    """Return a hole as a blank; it names the lines that it breaks if others go on."""
    label = words("chart-partly-measured" if hole.partly else "chart-not-measured")
    names: tuple[str, ...] = ()
    if len(broken) < lines:
        names = tuple(line_name(counted, words) for counted in broken)
        label = words("chart-blank-of", lines=words.enumeration(names), what=label)
    return Blank(_place(hole.first), _place(hole.last), label, names, hole.partly)


def _bars(result: UsageResult, latest: SeatsOnDay, words: ChartWords) -> BarChart:
    used = [w for w in latest.workloads if w.usage.value is not None][:BARS]
    bars = tuple(_bar(result, workload, words) for workload in used)
    top, ticks = share_ticks(max([bar.value for bar in bars] + [1.0]), words)
    return BarChart(
        title=_title(result, words),
        subtitle=words("chart-usage-bars"),
        bars=bars,
        top=top,
        limit=Tick(1.0, words.percent(1.0)),
        x_ticks=ticks,
        note=_note(result, "chart-rules-licences", words),
        badge=badge(result.stamp, words),
    )


def _bar(result: UsageResult, workload: WorkloadUse, words: ChartWords) -> Bar:
    value = workload.usage.value or 0.0
    return Bar(result.names[workload.id], Tone.MAIN, value, words.percent(value))
