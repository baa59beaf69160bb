"""The chart of seats by month: adds above zero, reductions below, and the net change as a dot."""

from analytics.charts.captions import badge, note, source
from analytics.charts.column_kinds import Portion, Stack, StackedColumns
from analytics.charts.model import ChartWords, LegendKey, Tone
from analytics.charts.ticks import month_labels, signed_ticks
from analytics.questions.licence_flows import MonthOfLicences
from analytics.questions.licenses import LicensesResult
from analytics.values import Unknown

_KNOWN = 2
"""Months that must be known: one alone is no comparison."""


def licenses_chart(result: LicensesResult, title: str, words: ChartWords) -> StackedColumns | None:
    """Return the months, those before the first sync as unknown; None where fewer than two are
    known, or nothing changed in any of them. The title is the finding.
    """
    known = [moves for month in result.months if (moves := _moves(month))]
    if len(known) < _KNOWN or not any(map(any, known)):
        return None
    gains, losses = max(moves[0] for moves in known), max(moves[1] for moves in known)
    bottom, top, ticks = signed_ticks(-losses, gains, words)
    labels = month_labels([month.month for month in result.months], words)
    first, last = words.month(result.months[0].month), words.month(result.months[-1].month)
    origin = source(result.stamp, "chart-source-licenses", words)
    return StackedColumns(
        title=title,
        subtitle=words("chart-licenses", first=first, last=last),
        columns=tuple(
            _column(month, *label, words)
            for month, label in zip(result.months, labels, strict=True)
        ),
        bottom=bottom,
        top=top,
        y_ticks=ticks,
        unknown=words("chart-not-known"),
        legend=(
            LegendKey(words("chart-adds"), Tone.GAIN),
            LegendKey(words("chart-reductions"), Tone.LOSS),
            LegendKey(words("chart-net"), Tone.MAIN),
        ),
        note=note(result.stamp, origin, [words("chart-rules-licenses")], words),
        badge=badge(result.stamp, words),
    )


def _moves(month: MonthOfLicences) -> tuple[int, int, int] | None:
    """Return a month's seats gained and lost, and the net change; None where it is not known, or
    was over when a part of it alone is.

    Seats that moved into the products asked for, or out of them, are gains and losses of these.
    """
    flow = month.flow
    adds, reductions, moved, net = flow.adds, flow.reductions, flow.moved, flow.net
    if isinstance(adds, Unknown) or isinstance(reductions, Unknown):
        return None
    if month.over and not month.whole:
        return None
    if isinstance(moved, Unknown) or isinstance(net, Unknown):
        return None
    return adds + max(moved, 0), reductions + max(-moved, 0), net


def _column(month: MonthOfLicences, label: str, year: str, words: ChartWords) -> Stack:
    moves = _moves(month)
    if moves is None:
        return Stack(label, None, year)
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
