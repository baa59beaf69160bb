"""Charts of each kind, as many as wanted and no two alike, so that none is kept from before."""

from collections.abc import Callable
from dataclasses import replace

from analytics.charts.column_kinds import Buckets, StackedColumns
from analytics.charts.dot_kinds import Timeline
from analytics.charts.model import ChartModel
from analytics.charts.row_kinds import Ranking, SeatBars
from tests.charts.examples import PRODUCTS, adoption, growth, ranking, seat_bars
from tests.charts.plain import bar_chart, line_chart
from tests.charts.timelines import timeline

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


def _seats(number: int) -> SeatBars:
    chart = seat_bars(2 * PRODUCTS, {})
    rows = tuple(
        replace(row, active=row.active and row.active * (1 - number / 2000), beside=f"of {number}")
        for row in chart.rows
    )
    return replace(chart, title=f"Contoso {number}", rows=rows)


def _ranking(number: int) -> Ranking:
    chart = ranking()
    rows = tuple(
        replace(
            row,
            label=row.label if row.label.isascii() else f"Customer {number}",
            value=(row.value or 0.0) + number / 10,
            figure=f"{row.figure}, {number}",
        )
        for row in chart.rows
    )
    return replace(chart, title=f"Customers {number}", rows=rows)


def _columns(number: int) -> StackedColumns:
    chart = growth()
    columns = tuple(
        replace(column, net=(column.net or 0.0) + number / 1000, figure=f"{number + at}")
        for at, column in enumerate(chart.columns)
    )
    return replace(chart, title=f"Customers {number}", columns=columns)


def _buckets(number: int) -> Buckets:
    chart = adoption()
    buckets = tuple(
        replace(bucket, count=(bucket.count or 0.0) + number / 1000, figure=f"{number + at}")
        for at, bucket in enumerate(chart.buckets)
    )
    return replace(chart, title=f"Customers {number}", buckets=buckets)


def _timeline(number: int) -> Timeline:
    chart = timeline()
    weeks = tuple(replace(week, figure=f"{number + at}") for at, week in enumerate(chart.weeks))
    return replace(chart, title=f"Customers {number}", weeks=weeks)


KINDS: dict[str, Callable[[int], ChartModel]] = {
    "line chart, 24 months of 3 series": _line,
    "bar chart, 12 workloads": _bars,
    "seats of 12 products": _seats,
    "ranking of 10 customers": _ranking,
    "columns of 12 months": _columns,
    "buckets": _buckets,
    "timeline of 13 weeks": _timeline,
}
"""A kind's name, and its chart by number."""
