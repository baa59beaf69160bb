"""Words around a chart that are the same for every question: title, badge and footnote."""

from collections.abc import Iterable
from datetime import date

from analytics.charts.model import ChartWords
from analytics.questions.stamp import Stamp

BETWEEN = " · "
"""Separator between the statements of a footnote; a long one is broken there."""


def subject_title(customer: str, topic: str | None, words: ChartWords) -> str:
    """Return the chart's title: the customer, with the topic if there is one."""
    return words("usage-topic", customer=customer, topic=topic) if topic else customer


def badge(stamp: Stamp, words: ChartWords) -> str | None:
    """Return the warning that figures are made up; None if they are not."""
    return words("chart-made-up") if stamp.made_up else None


def note(stamp: Stamp, source: str, rules: Iterable[str], words: ChartWords) -> str:
    """Return the footnote: the incomplete datasets, the source of the figures, and the rules they
    are counted by. Source and rules are finished words.
    """
    incomplete = ", ".join(words(f"dataset-{dataset}") for dataset in stamp.incomplete)
    statements = [source, *rules]
    if incomplete:
        statements.insert(0, words("chart-incomplete", datasets=incomplete))
    return BETWEEN.join(statements)


def source(stamp: Stamp, sentence: str, days: Iterable[date], words: ChartWords) -> str:
    """Return the words on origin and age: the catalogue's `sentence`, or that the figures are made
    up, with the distinct days, oldest first.
    """
    listed = " / ".join(words.day(day) for day in sorted(set(days)))
    return words("chart-source-made-up" if stamp.made_up else sentence, days=listed)
