"""The chart of subscriptions that came and ended, month by month."""

from analytics.charts.captions import badge, note, source
from analytics.charts.column_kinds import Portion, Stack, StackedColumns
from analytics.charts.model import ChartWords, LegendKey, Tone
from analytics.charts.ticks import month_labels, signed_ticks
from analytics.questions.subscriptions import SubscriptionsResult
from analytics.questions.subscriptions.months import MonthOfSubscriptions

FEWEST = 6
"""Events below which one customer's months are no picture."""


def subscriptions_chart(result: SubscriptionsResult, words: ChartWords) -> StackedColumns | None:
    """Return the months, new ones above zero and ended ones below; None where nothing is known, or
    fewer than six of one customer's subscriptions came or ended in them.
    """
    new = sum(month.new for month in result.months)
    ended = sum(month.ended for month in result.months)
    if not new + ended or (result.customer and new + ended < FEWEST):
        return None
    bottom, top, ticks = signed_ticks(
        -max(month.ended for month in result.months),
        max(month.new for month in result.months),
        words,
    )
    names = month_labels([month.month for month in result.months], words)
    origin = source(result.stamp, "chart-source-subscriptions", words)
    last = result.months[-1]
    return StackedColumns(
        title=words("chart-subscriptions-title", new=new, ended=ended, n=len(result.months)),
        subtitle=words(
            "chart-subscriptions-partial" if last.partial else "chart-subscriptions",
            last=words.month(last.month),
        ),
        columns=tuple(
            _stack(month, *name) for month, name in zip(result.months, names, strict=True)
        ),
        bottom=bottom,
        top=top,
        y_ticks=ticks,
        unknown=words("chart-not-measured"),
        legend=(
            LegendKey(words("chart-new"), Tone.GAIN),
            LegendKey(words("chart-ended"), Tone.LOSS),
        ),
        note=note(result.stamp, origin, [words("chart-rules-subscriptions")], words),
        badge=badge(result.stamp, words),
    )


def _stack(month: MonthOfSubscriptions, label: str, year: str) -> Stack:
    portions = Portion(Tone.GAIN, month.new), Portion(Tone.LOSS, -month.ended)
    return Stack(label, portions, year, month.partial)
