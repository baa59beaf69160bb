"""Words around a chart that are the same for every question: title, badge and footnote."""

from collections.abc import Iterable
from datetime import date

from analytics.charts.model import ChartWords
from analytics.questions.stamp import RestsOn, Stamp

_NO_BREAK = "\N{NO-BREAK SPACE}"

BETWEEN = " · "
"""Separator between the statements of a footnote; a long one is broken there."""


def subject_title(customer: str, topic: str | None, words: ChartWords) -> str:
    """Return the chart's title: the customer, with the topic if there is one."""
    return words("usage-topic", customer=customer, topic=topic) if topic else customer


def badge(stamp: Stamp, words: ChartWords) -> str | None:
    """Return the warning that figures are made up; None if they are not."""
    return words("chart-made-up") if stamp.made_up else None


def note(stamp: Stamp, source: str, rules: Iterable[str], words: ChartWords) -> str:
    """Return the footnote: the incomplete datasets, the source of the figures, the products that an
    admin left out, and the rules they are counted by. Source and rules are finished words.
    """
    incomplete = ", ".join(words(f"dataset-{dataset}") for dataset in stamp.incomplete)
    ignored = (
        [words("stamp-short-ignored", n=stamp.ignored_products)] if stamp.ignored_products else []
    )
    statements = [source, *ignored, *rules]
    if incomplete:
        statements.insert(0, words("chart-incomplete", datasets=incomplete))
    return BETWEEN.join(statements)


def source(stamp: Stamp, sentence: str, words: ChartWords) -> str:
    """Return the words on origin and age: the catalogue's `sentence`, or that the figures are made
    up, with the day of each service, oldest first; one day where all have the same.
    """
    days = _service_days(stamp, words)
    return words("chart-source-made-up" if stamp.made_up else sentence, days=days)


def first_and_last(first: date, last: date, words: ChartWords) -> dict[str, str]:
    """Return two days as a sentence's values `first` and `last`; a year they share stands once."""
    short = first.year == last.year and first != last
    return {"first": words.short_day(first) if short else words.day(first), "last": words.day(last)}


def _service_days(stamp: Stamp, words: ChartWords) -> str:
    if len({each.day for each in stamp.rests_on}) < 2:
        return "".join(words.day(each.day) for each in stamp.rests_on[:1])
    ordered = sorted(stamp.rests_on, key=lambda each: (each.day, each.service or ""))
    named = [(_dated_part(each, stamp, words), each.day) for each in ordered]
    listed = list(dict.fromkeys(named))
    newest = listed[-1][1]
    dated = [
        words.day(day) if day.year != newest.year or at == len(listed) - 1 else words.short_day(day)
        for at, (_, day) in enumerate(listed)
    ]
    # No-break spaces: a footnote of two lines is not broken within a day.
    return ", ".join(
        words("chart-day-of", what=what, day=day.replace(" ", _NO_BREAK)) if what else day
        for (what, _), day in zip(listed, dated, strict=True)
    )


def _dated_part(part: RestsOn, stamp: Stamp, words: ChartWords) -> str:
    """Return the name of a service; with its dataset if its datasets are of different days."""
    days = {each.day for each in stamp.rests_on if each.service == part.service}
    service = part.service or ""
    if len(days) < 2:
        return service
    if not service:
        return words(f"dataset-{part.dataset}")
    return words(f"chart-part-{part.dataset}", service=service)
