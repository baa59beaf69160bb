"""The chart of seats by product: sold, assigned and used; the most idle seats come first."""

from analytics.charts.captions import badge, note, source, subject_title
from analytics.charts.elements import LegendKey, Shade, Tone
from analytics.charts.model import ChartWords
from analytics.charts.row_kinds import SeatBar, SeatBars
from analytics.questions.seats_on_day import ProductSeats, SeatsOnDay
from analytics.questions.usage import UsageResult
from analytics.values import Seats, Unknown

ROWS = 12
"""Most products shown, those with the most idle seats."""


def seats_by_product(result: UsageResult, latest: SeatsOnDay, words: ChartWords) -> SeatBars | None:
    """Return one bar a product, with the finding as its title; None where idle seats are not known,
    or nothing is sold.
    """
    if isinstance(latest.idle, Unknown) or not latest.sold:
        return None
    rows = tuple(_row(result, product, words) for product in latest.by_idle[:ROWS])
    days = [each.day for each in result.stamp.rests_on]
    origin = source(result.stamp, "chart-source-licences", words)
    return SeatBars(
        title=finding(result, latest, words),
        subtitle=words("chart-seats-by-product", day=words.day(max(days))),
        rows=rows,
        top=max((row.reach or 0.0 for row in rows), default=0.0),
        legend=_legend(rows, words),
        note=note(result.stamp, origin, [words("chart-rules-licences")], words),
        badge=badge(result.stamp, words),
    )


def finding(result: UsageResult, latest: SeatsOnDay, words: ChartWords) -> str:
    """Return the finding as a headline: how many of the measured seats are idle. Where that is not
    known, only whose seats they are.
    """
    topic = result.topic.label if result.topic else None
    name = subject_title(result.customer.name, topic, words)
    idle, measured = latest.idle, latest.measured
    if isinstance(idle, Unknown) or isinstance(measured, Unknown) or not measured:
        return name
    return words("usage-finding", customer=name, n=idle, measured=measured)


def _row(result: UsageResult, product: ProductSeats, words: ChartWords) -> SeatBar:
    sold, figure = product.sold, words("chart-unmeasured")
    beside = ""
    if isinstance(sold, int) and isinstance(product.idle, int):
        figure = words("chart-idle", n=product.idle)
        beside = words("chart-of", sold=words.number(sold))
        if isinstance(product.active, int) and product.active > sold > 0:
            figure = words("chart-over", share=words.percent(product.active / sold))
    elif isinstance(sold, int):
        figure = words("chart-unmeasured-seats", n=sold)
    return SeatBar(
        label=result.names[product.id],
        sold=_count(sold),
        assigned=_count(product.assigned),
        active=_count(product.active),
        figure=figure,
        beside=beside,
    )


def _count(seats: Seats) -> float | None:
    return None if isinstance(seats, Unknown) else float(seats)


def _legend(rows: tuple[SeatBar, ...], words: ChartWords) -> tuple[LegendKey, ...]:
    keys = [
        LegendKey(words("chart-used"), Tone.MAIN),
        LegendKey(words("chart-assigned-unused"), Tone.MAIN, Shade.PALE),
        LegendKey(words("chart-unassigned"), Tone.BASE, Shade.OUTLINE),
    ]
    if any(row.active is None for row in rows):
        keys.append(LegendKey(words("chart-unmeasured"), Tone.UNKNOWN))
    return tuple(keys)
