"""The chart of seats by month: adds above zero, reductions below, and the net change as a dot."""

from analytics.charts.captions import badge, note, source
from analytics.charts.column_kinds import Portion, Stack, StackedColumns
from analytics.charts.elements import LegendKey, Shade, Tone
from analytics.charts.model import ChartWords
from analytics.charts.ticks import month_labels, signed_ticks
from analytics.questions.licenses import LicensesResult
from analytics.questions.licenses.flows import MonthOfLicences
from analytics.values import Unknown

_KNOWN = 2
"""Months that must be known: one alone is no comparison."""


def licenses_chart(result: LicensesResult, title: str, words: ChartWords) -> StackedColumns | None:
    """Return the months from the first one that is wholly known; None where fewer than two are
    known, or nothing changed in any of them. The title is the finding.
    """
    known = [(month, moves) for month in result.months if (moves := _moves(month))]
    if len(known) < _KNOWN or not any(any(moves) for _, moves in known):
        return None
    bottom, top, ticks = signed_ticks(
        -max(lost for _, (_, lost, _) in known), max(gained for _, (gained, _, _) in known), words
    )
    months = [month for month, _ in known]
    labels = month_labels([each.month for each in months], words)
    rules = "chart-rules-licenses-product" if result.topic else "chart-rules-licenses"
    origin = source(result.stamp, "chart-source-licenses", words)
    return StackedColumns(
        title=title,
        subtitle=words(
            "chart-licenses", first=words.month(months[0].month), last=words.month(months[-1].month)
        ),
        columns=tuple(
            _column(month, moves, *label, words)
            for (month, moves), label in zip(known, labels, strict=True)
        ),
        bottom=bottom,
        top=top,
        y_ticks=ticks,
        unknown=words("chart-not-known"),
        legend=(
            LegendKey(words("chart-adds"), Tone.GAIN),
            LegendKey(words("chart-reductions"), Tone.LOSS),
            LegendKey(words("chart-net"), Tone.BASE, Shade.DOT),
        ),
        note=note(result.stamp, origin, [words(rules)], words),
        badge=badge(result.stamp, words),
    )


_SeatMoves = tuple[int, int, int]
"""Seats gained and lost in a month, and the net change."""


def _moves(month: MonthOfLicences) -> _SeatMoves | None:
    """Return a month's moves; None where they are not known, or of a part of it alone, and it is
    over. Seats that moved into the products asked for, or out of them, are gains and losses.
    """
    flow = month.flow
    adds, reductions, moved, net = flow.adds, flow.reductions, flow.moved, flow.net
    if isinstance(adds, Unknown) or isinstance(reductions, Unknown):
        return None
    if isinstance(moved, Unknown) or isinstance(net, Unknown):
        return None
    if month.over and not month.whole:
        return None
    return adds + max(moved, 0), reductions + max(-moved, 0), net


def _column(
    month: MonthOfLicences, moves: _SeatMoves, label: str, year: str, words: ChartWords
) -> Stack:
    gained, lost, net = moves
    signed = ((Tone.GAIN, gained), (Tone.LOSS, -lost))
    portions = tuple(Portion(tone, float(count)) for tone, count in signed if count)
    return Stack(
        label,
        portions,
        year,
        partial=not month.over,
        net=float(net) if portions else None,
        figure="" if portions else words.number(0),
    )
