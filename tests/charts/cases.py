"""Charts at the edges of each kind: empty, with one row, full, of long names, and not measured."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import cycle, islice
from typing import TypeVar

from analytics.charts.column_kinds import Buckets, StackedColumns
from analytics.charts.dot_kinds import DottedWeek, Timeline
from analytics.charts.elements import Tone
from analytics.charts.model import BarChart, Blank, ChartModel, LineChart
from analytics.charts.row_kinds import Ranking, SeatBars
from tests.charts.examples import EXAMPLES

T = TypeVar("T")

LONG = "Microsoft Dynamics 365 Customer Service Enterprise Edition für Ä. Österreicher & Söhne GmbH"
FULL = 15
"""Rows of a full chart; columns are 26, classes 7."""


def _parts(chart: ChartModel) -> tuple[str, tuple[object, ...]]:
    """The name of the field that holds a chart's rows, lines or columns, and these."""
    match chart:
        case LineChart():
            return "lines", chart.lines
        case BarChart():
            return "bars", chart.bars
        case SeatBars() | Ranking():
            return "rows", chart.rows
        case StackedColumns():
            return "columns", chart.columns
        case Buckets():
            return "buckets", chart.buckets
        case Timeline():
            return "weeks", chart.weeks


def _with(chart: ChartModel, parts: tuple[object, ...]) -> ChartModel:
    changed: ChartModel = replace(chart, **{_parts(chart)[0]: parts})  # type: ignore[arg-type]
    return changed


def empty(chart: ChartModel) -> ChartModel:
    """Nothing in it."""
    return _with(chart, ())


def one(chart: ChartModel) -> ChartModel:
    """The first row alone."""
    return _with(chart, _parts(chart)[1][:1])


def full(chart: ChartModel) -> ChartModel:
    """As many rows as are drawn; lines stay three."""
    most = {"columns": 26, "buckets": 7, "lines": 3, "weeks": 13}.get(_parts(chart)[0], FULL)
    return _with(chart, tuple(islice(cycle(_parts(chart)[1]), most)))


def long_names(chart: ChartModel) -> ChartModel:
    """Each name, and the title, longer than its room."""
    named = _with(chart, tuple(replace(part, label=LONG) for part in _parts(chart)[1]))  # type: ignore[type-var]
    return replace(named, title=f"{LONG}: {chart.title}")


def unmeasured(chart: ChartModel) -> ChartModel:
    """What can be unknown is: a band, or hatched rows."""
    match chart:
        case LineChart():
            first, last = chart.days
            blank = Blank(first + 30, last - 30, "not measured")
            broken = tuple(_broken(part.points, blank) for part in chart.lines)
            lines = (replace(p, runs=tuple(r)) for p, r in zip(chart.lines, broken, strict=True))
            return replace(chart, lines=tuple(lines), blanks=(blank,))
        case SeatBars():
            return replace(chart, rows=tuple(replace(row, active=None) for row in chart.rows))
        case Ranking():
            return replace(chart, rows=tuple(replace(row, value=None) for row in chart.rows))
        case StackedColumns():
            return replace(chart, columns=tuple(replace(c, portions=None) for c in chart.columns))
        case _:
            return _unmeasured_classes(chart)


def _unmeasured_classes(chart: BarChart | Buckets | Timeline) -> ChartModel:
    match chart:
        case Buckets():
            return replace(chart, buckets=tuple(replace(b, count=None) for b in chart.buckets))
        case BarChart():
            return replace(chart, bars=tuple(replace(b, tone=Tone.UNKNOWN) for b in chart.bars))
        case Timeline():
            return replace(chart, weeks=tuple(map(_unmeasured_week, chart.weeks)))


def _unmeasured_week(week: DottedWeek) -> DottedWeek:
    return replace(week, dots=tuple(replace(dot, size=None) for dot in week.dots))


def _broken(
    points: tuple[tuple[float, float], ...], blank: Blank
) -> Iterator[tuple[tuple[float, float], ...]]:
    yield tuple(point for point in points if point[0] < blank.first)
    yield tuple(point for point in points if point[0] > blank.last)


def beyond(chart: ChartModel) -> ChartModel:
    """More than there can be: above 100 %, and beyond the axis."""
    match chart:
        case SeatBars():
            return replace(
                chart,
                rows=tuple(
                    replace(row, assigned=1.3 * (row.sold or 0), active=1.2 * (row.sold or 0))
                    for row in chart.rows
                ),
            )
        case BarChart():
            return replace(chart, bars=tuple(replace(b, value=b.value + 1) for b in chart.bars))
        case _:
            return chart


CASES: Mapping[str, Callable[[ChartModel], ChartModel]] = {
    "empty": empty,
    "one": one,
    "full": full,
    "long": long_names,
    "unmeasured": unmeasured,
    "beyond": beyond,
}
"""Each edge's name, and the change that makes a chart one of it."""


def case(kind: str, name: str, locale: str) -> ChartModel:
    """A chart of a kind at an edge, in a language."""
    return CASES[name](EXAMPLES[kind](locale))
