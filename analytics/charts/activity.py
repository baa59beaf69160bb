"""The chart of what was done, by day; what failed has a tone of its own."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from analytics.charts.captions import badge, first_and_last, note, source
from analytics.charts.column_kinds import Portion, Stack, StackedColumns
from analytics.charts.model import ChartWords, LegendKey, Tone
from analytics.charts.ticks import count_ticks
from analytics.questions.activity import ActivityResult
from analytics.questions.activity.window import DayCount
from analytics.values import Period, Unknown

FEWEST = 31
"""Records below which the table says it all."""
MOST_DAYS = 31
"""Days up to which each has a column; of more it is each week, of more than 26 weeks each month."""
_MOST_WEEKS = 26


def activity_chart(result: ActivityResult, words: ChartWords) -> StackedColumns | None:
    """Return the records by day, week or month; None where nothing is known, or there are at most
    30.
    """
    if isinstance(result.known, Unknown) or isinstance(result.total, Unknown):
        return None
    if result.total < FEWEST:
        return None
    first = max(result.period.first, result.known.first)
    spans = _spans(Period(first, min(result.period.last, result.known.last)))
    unit = _unit(spans)
    name = words.short_month if unit == "months" else words.short_day
    columns = tuple(_stack(span, name(span.first), result, words) for span in spans)
    top, ticks = count_ticks(max(_records(span, result.days)[0] for span in spans), words)
    days = first_and_last(spans[0].first, spans[-1].last, words)
    return StackedColumns(
        title=words("chart-activity-title", n=result.total, failed=result.failed),
        subtitle=words(f"chart-activity-{unit}", **days),
        columns=columns,
        bottom=0.0,
        top=top,
        y_ticks=ticks,
        unknown=words("chart-not-fetched"),
        legend=_legend(result, words),
        note=note(result.stamp, source(result.stamp, "chart-source-activity", words), [], words),
        badge=badge(result.stamp, words),
    )


def _legend(result: ActivityResult, words: ChartWords) -> tuple[LegendKey, ...]:
    done = LegendKey(words("chart-done"), Tone.MAIN)
    return (done, LegendKey(words("chart-failed"), Tone.ALARM)) if result.failed else (done,)


def _spans(days: Period) -> tuple[Period, ...]:
    """Return the days one by one; or the weeks or months up to the last day."""
    every = [days.first + timedelta(days=at) for at in range(days.days)]
    if days.days <= MOST_DAYS:
        return tuple(Period(day, day) for day in every)
    if days.days > 7 * _MOST_WEEKS:
        months = [list(its) for _, its in groupby(every, lambda day: (day.year, day.month))]
        return tuple(Period(its[0], its[-1]) for its in months)[-_MOST_WEEKS:]
    ends = every[::-7]
    return tuple(Period(max(end - timedelta(days=6), days.first), end) for end in reversed(ends))


def _unit(spans: Sequence[Period]) -> str:
    longest = max(span.days for span in spans)
    return "days" if longest == 1 else "weeks" if longest <= 7 else "months"


def _records(span: Period, days: Sequence[DayCount]) -> tuple[int, int]:
    """Return the records of a span, and those of them that failed."""
    its = [each for each in days if span.first <= each.day <= span.last]
    return sum(each.records for each in its), sum(each.failed for each in its)


def _stack(span: Period, label: str, result: ActivityResult, words: ChartWords) -> Stack:
    """Return the column of a span; one of which no day was fetched whole, and that has no records,
    is a gap.
    """
    records, failed = _records(span, result.days)
    year = str(span.first.year)
    missing = sum(span.first <= day <= span.last for day in result.missing)
    if not records and missing == span.days:
        return Stack(label, None, year)
    portions = Portion(Tone.MAIN, records - failed), Portion(Tone.ALARM, failed)
    return Stack(label, portions, year, figure=words.number(records) if records else "")
