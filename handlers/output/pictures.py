"""A chart as part of a reply, with the words that stand for it where it is not seen."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import assert_never

from analytics.charts.captions import BETWEEN
from analytics.charts.column_kinds import Buckets, Stack, StackedColumns
from analytics.charts.dot_kinds import Timeline
from analytics.charts.model import BarChart, Blank, ChartModel, Line, LineChart
from analytics.charts.row_kinds import Ranking, SeatBars
from handlers.chat.reply import Picture
from handlers.chat.services import Say

IN_WORDS = 5
"""Most rows or columns in words; the number of the others follows."""


def picture(chart: ChartModel, say: Say) -> Picture:
    """Return the chart with its alternative text: its title, which is the finding, then rows or
    lines.
    """
    return Picture(chart, _alt(chart, say))


def late_starts(chart: ChartModel | None, say: Say) -> list[str]:
    """Say why lines start later than the figures do; empty where none does, or without lines."""
    if not isinstance(chart, LineChart):
        return []
    drawn = _nonempty_lines(chart)
    starts: dict[date, list[str]] = {}
    for line in drawn:
        if line.late:
            starts.setdefault(_day(line.points[0][0]), []).append(line.label)
    return [
        say("alt-late-of", lines=say.enumeration(labels), day=day)
        if len(labels) < len(drawn)
        else say("alt-late", day=day)
        for day, labels in starts.items()
    ]


def _alt(chart: ChartModel, say: Say) -> str:
    match chart:
        case LineChart():
            return _course(chart, say)
        case BarChart():
            return _rows(chart, [(bar.label, bar.shown) for bar in chart.bars], say)
        case SeatBars() | Ranking():
            found = [(row.label, f"{row.figure} {row.beside}".strip()) for row in chart.rows]
            return _rows(chart, found, say)
        case StackedColumns():
            newest_first = reversed(chart.columns)
            return _rows(chart, [_column(chart, each, say) for each in newest_first], say)
        case Buckets():
            classes = [(bucket.label, bucket.figure) for bucket in chart.buckets]
            return _rows(chart, classes, say, most=len(classes))
        case Timeline():
            weeks = [(each.label, each.beside) for each in chart.weeks if each.dots]
            return _rows(chart, weeks, say)
        case _:
            assert_never(chart)


def _rows(
    chart: BarChart | SeatBars | Ranking | StackedColumns | Buckets | Timeline,
    rows: Sequence[tuple[str, str]],
    say: Say,
    most: int = IN_WORDS,
) -> str:
    """Say title, subtitle and the first rows: a label and a figure each."""
    if not rows:
        return _heading(chart, say)
    said = [
        say("alt-row", label=label, figure=figure) if figure else label
        for label, figure in rows[:most]
    ]
    if rest := len(rows) - len(said):
        said.append(say("alt-more", n=rest))
    what = chart.subtitle.replace(BETWEEN, ", ")
    return say("alt-rows", title=chart.title, what=what, rows=say.enumeration(said))


def _heading(chart: ChartModel, say: Say) -> str:
    """Say title and subtitle of a chart with nothing in it."""
    return say("alt-empty", title=chart.title, what=chart.subtitle.replace(BETWEEN, ", "))


def _column(chart: StackedColumns, column: Stack, say: Say) -> tuple[str, str]:
    """Return a column's name with its group, and its figure; its portions where it has none."""
    name = f"{column.label} {column.group}".strip()
    if column.portions is None:
        return name, chart.unknown
    labels = {key.tone: key.label for key in chart.legend}
    portions = [
        f"{labels.get(each.tone, '')} {say.signed_number(round(each.value))}".strip()
        for each in column.portions
    ]
    figure = column.figure or say.enumeration(portions)
    return name, say("alt-so-far", figure=figure) if column.partial else figure


def _course(chart: LineChart, say: Say) -> str:
    """Say each line's first and newest value, then the holes."""
    drawn = _nonempty_lines(chart)
    if not drawn:
        return _heading(chart, say)
    together = len({line.points[0][0] for line in drawn}) == 1
    lines = say.enumeration([_line(line, say, together=together) for line in drawn])
    first, last = map(_day, chart.days)
    course = say("alt-course", title=chart.title, first=first, last=last, lines=lines)
    return " ".join((course, *_holes(chart.blanks, say)))


def _nonempty_lines(chart: LineChart) -> list[Line]:
    return [line for line in chart.lines if line.points]


def _line(line: Line, say: Say, *, together: bool) -> str:
    """Say a line's values; with its first day where not all lines share it."""
    place, count = line.points[0]
    values = {"label": line.label, "now": line.end}
    if len(line.points) == 1:
        return say("alt-point", day=_day(place), **values)
    if together:
        return say("alt-line", then=round(count), **values)
    return say("alt-line-from", then=round(count), day=_day(place), **values)


def _holes(blanks: Iterable[Blank], say: Say) -> list[str]:
    """Say each hole's days, and the lines it breaks where others go on."""
    said = []
    for blank in blanks:
        days = _days(_day(blank.first), _day(blank.last), say)
        if blank.lines:
            sentence = "alt-hole-of-partly" if blank.partly else "alt-hole-of"
            said.append(say(sentence, lines=say.enumeration(blank.lines), days=days))
        else:
            said.append(say("alt-hole-partly" if blank.partly else "alt-hole", days=days))
    return said


def _days(first: date, last: date, say: Say) -> str:
    if first == last:
        return say("alt-day", day=first)
    return say("alt-days", first=first, last=last)


def _day(place: float) -> date:
    return date.fromordinal(int(place))
