"""The chart of customers by month: new and returned above, those who left below, all as a line."""

from collections.abc import Sequence

from analytics.charts.captions import badge, note, source
from analytics.charts.column_kinds import Portion, Stack, StackedColumns
from analytics.charts.elements import LegendKey, Tone
from analytics.charts.model import ChartWords
from analytics.charts.ticks import month_labels, signed_ticks
from analytics.questions.growth import GrowthResult
from analytics.questions.growth.counts import GrowthCount
from analytics.questions.growth.spells import Definition
from analytics.values import Unknown

_RULES = {
    Definition.POWER_BI: "chart-rules-growth",
    Definition.INSIGHTS: "chart-rules-growth-insights",
}

_NEW, _RETURNED, _LEFT, _CUSTOMERS = Tone.GAIN, Tone.OTHER, Tone.LOSS, Tone.MAIN


def growth_chart(result: GrowthResult, title: str, words: ChartWords) -> StackedColumns | None:
    """Return the months by the definition asked for: that of Insights is not known before the
    first sync, unless its report tells of those months. None where fewer than two months are
    known. The title is the finding.
    """
    moves = [_moves(month.by(result.definition)) for month in result.months]
    known = [each for each in moves if each]
    if len(known) < 2:
        return None
    gains, losses = [new + back for new, back, _ in known], [left for *_, left in known]
    bottom, top, ticks = signed_ticks(-max(losses), max(gains), words)
    labels = month_labels([month.month for month in result.months], words)
    first, last = words.month(result.months[0].month), words.month(result.months[-1].month)
    origin = source(result.stamp, "chart-source-growth", words)
    return StackedColumns(
        title=title,
        subtitle=words("chart-growth", first=first, last=last),
        columns=tuple(
            _column(month.by(result.definition), *label, words, partial=not month.over)
            for month, label in zip(result.months, labels, strict=True)
        ),
        bottom=bottom,
        top=top,
        y_ticks=ticks,
        unknown=words("chart-not-known"),
        legend=_legend(known, words),
        note=note(result.stamp, origin, [words(_RULES[result.definition])], words),
        badge=badge(result.stamp, words),
    )


_Moves = tuple[int, int, int]
"""New, returned and churned customers."""


def _moves(count: GrowthCount) -> _Moves | None:
    """Return a month's moves; None if one of them is not known."""
    new, returned, churned = count.new, count.returned, count.churned
    if isinstance(new, Unknown) or isinstance(returned, Unknown) or isinstance(churned, Unknown):
        return None
    return new, returned, churned


def _column(
    count: GrowthCount, label: str, year: str, words: ChartWords, *, partial: bool
) -> Stack:
    moves, end = _moves(count), count.end
    if moves is None or isinstance(end, Unknown):
        return Stack(label, None, year)
    signed = zip((_NEW, _RETURNED, _LEFT), (moves[0], moves[1], -moves[2]), strict=True)
    portions = tuple(Portion(tone, float(count)) for tone, count in signed if count)
    return Stack(
        label,
        portions,
        year,
        partial=partial,
        figure="" if portions else words.number(0),
        total=float(end),
        total_figure=words.number(end),
    )


def _legend(known: Sequence[_Moves], words: ChartWords) -> tuple[LegendKey, ...]:
    """Return the keys; that of returned customers only where there are any."""
    keys = [LegendKey(words("chart-new"), _NEW)]
    if any(returned for _, returned, _ in known):
        keys.append(LegendKey(words("chart-returned"), _RETURNED))
    left = LegendKey(words("chart-churned"), _LEFT)
    return (*keys, left, LegendKey(words("chart-customers"), _CUSTOMERS))
