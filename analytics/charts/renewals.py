"""The chart of decisions about the end of subscriptions: thirteen weeks, a dot a decision."""

from analytics.charts.captions import BETWEEN, badge, note, source
from analytics.charts.dot_kinds import DottedWeek, Timeline, WeekDot
from analytics.charts.model import ChartWords, LegendKey, Tone
from analytics.questions.renewals import Renewals
from analytics.questions.renewals.lines import RenewalWeek

FEWEST = 2
"""Decisions of one customer below which there is no picture."""


def renewals_chart(result: Renewals, words: ChartWords) -> Timeline | None:
    """Return the weeks in which to act; None where nothing is known or to be decided, or one
    customer has a single decision.
    """
    number = sum(week.decisions for week in result.weeks)
    extensions = sum(week.extensions for week in result.weeks)
    if not number or (result.customer and number < FEWEST):
        return None
    whose = [result.customer.name] if result.customer else []
    origin = source(result.stamp, "chart-source-subscriptions", words)
    legend = [LegendKey(words("chart-decision"), Tone.MAIN)]
    if extensions:
        legend.append(LegendKey(words("chart-extension"), Tone.ALARM))
    return Timeline(
        title=BETWEEN.join((*whose, _title(number, extensions, len(result.weeks), words))),
        subtitle=words("chart-renewals"),
        weeks=tuple(_week(each, words) for each in result.weeks),
        nothing=words("chart-nothing-to-decide"),
        note=note(result.stamp, origin, [words("chart-rules-renewals")], words),
        legend=tuple(legend),
        badge=badge(result.stamp, words),
    )


def _title(number: int, extensions: int, weeks: int, words: ChartWords) -> str:
    if not extensions:
        return words("chart-renewals-title", n=number, weeks=weeks)
    counts = {"extensions": extensions, "weeks": weeks}
    return words("chart-renewals-title-extensions", n=number, **counts)


def _week(week: RenewalWeek, words: ChartWords) -> DottedWeek:
    """Return a week with its dots; its seats and extensions are for those who hear the picture."""
    dots = tuple(
        WeekDot(
            None if dot.seats is None else float(dot.seats),
            "" if dot.seats is None else words.number(dot.seats),
            Tone.ALARM if dot.case.is_extension else Tone.MAIN,
        )
        for dot in week.dots
    )
    said = [words("chart-decisions", n=week.decisions), words("renewal-seats", n=week.seats)]
    said += [words("chart-extensions", n=week.extensions)] if week.extensions else []
    return DottedWeek(
        words.short_day(week.first), dots, words.number(week.decisions), words.enumeration(said)
    )
