"""The chart of all customers by share: how many are in each class of 20 %, used and assigned."""

from analytics.charts.captions import badge, note, source
from analytics.charts.column_kinds import Bucket, Buckets
from analytics.charts.elements import LegendKey, Shade, Tone
from analytics.charts.model import ChartWords
from analytics.charts.ticks import count_ticks
from analytics.questions.adoption import AdoptionResult, CustomerClass
from analytics.values import Seats, Unknown

_TONES = {"over": Tone.ALARM, "none": Tone.BASE}
"""Colours of the classes that are no share of a customer's seats."""


def adoption_chart(result: AdoptionResult, title: str, words: ChartWords) -> Buckets | None:
    """Return the customers by class: by share used as columns, by share assigned as outlines. None
    where use is not known, or there is no customer. The title is the finding.
    """
    counted = result.in_classes
    if not result.by_use or isinstance(counted, Unknown) or not result.customers:
        return None
    counts = [count for each in result.classes for count in (each.used, each.assigned)]
    top, ticks = count_ticks(max(_count(count) for count in counts), words)
    origin = source(result.stamp, "chart-source-licences", words)
    return Buckets(
        title=title,
        subtitle=words("chart-adoption", n=counted),
        buckets=tuple(_bucket(each, words) for each in result.classes),
        top=top,
        y_ticks=ticks,
        note=note(result.stamp, origin, [words("chart-rules-licences")], words),
        legend=(
            LegendKey(words("chart-by-used"), Tone.MAIN),
            LegendKey(words("chart-by-assigned"), Tone.BASE, Shade.OUTLINE),
        ),
        badge=badge(result.stamp, words),
    )


def class_name(name: str, words: ChartWords) -> str:
    """Return the words of a class: 0–20%, above 100%, no seats."""
    if name == "none":
        return words("no-seats")
    if name == "over":
        return words("class-over", whole=words.percent(1.0))
    low, high = name.split("-")
    return words("class-range", low=int(low), high=words.percent(int(high) / 100))


def _bucket(each: CustomerClass, words: ChartWords) -> Bucket:
    used = _count(each.used)
    return Bucket(
        label=class_name(each.range, words),
        count=used,
        figure=words.number(int(used)),
        tone=_TONES.get(each.range, Tone.MAIN),
        outline=_count(each.assigned),
    )


def _count(customers: Seats) -> float:
    return 0.0 if isinstance(customers, Unknown) else float(customers)
