"""Charts of what is counted in something else than people: gigabytes, rooms, servers."""

from collections.abc import Iterable

from analytics.charts.captions import badge, note, source, subject_title
from analytics.charts.model import ChartWords, LineChart
from analytics.charts.row_kinds import RankedBar, Ranking
from analytics.charts.usage import course_chart
from analytics.questions.portfolio import PortfolioResult
from analytics.questions.seats_on_day import SeatsOnDay
from analytics.questions.stamp import Stamp
from analytics.questions.usage import UsageResult
from analytics.skus import Unit
from analytics.values import Seats, Unknown

ROWS = 10
"""Most products or customers shown, those with the largest amounts."""

_RULE = "chart-rules-units"


def customers_units_chart(
    result: UsageResult, latest: SeatsOnDay, words: ChartWords
) -> Ranking | LineChart | None:
    """Return the amounts of one customer, product by product; their course where a period was asked
    for, or something moved by 5 % or more. None where no amount is known, or there is none.
    """
    if isinstance(latest.sold, Unknown) or not latest.sold:
        return None
    topic = result.topic.label if result.topic else None
    name = subject_title(result.customer.name, topic, words)
    title = words("usage-units", customer=name, amount=amount(latest.sold, result.unit, words))
    if result.courses.drawable and (result.period_asked or result.has_moved):
        return course_chart(result, (title, "chart-units-course"), _RULE, words)
    found = [(result.names[each.id], each.sold, each.assigned) for each in latest.products]
    day = max(each.day for each in result.stamp.rests_on)
    subtitle = words("chart-units-products", day=words.day(day))
    return _ranking((title, subtitle), _rows(found, result.unit, words), result.stamp, words)


def units_of_all_chart(result: PortfolioResult, words: ChartWords) -> Ranking | None:
    """Return the customers with the largest amounts; None where fewer than two have any, or the
    amounts are not known.
    """
    found = [(each.customer.name, each.sold, each.assigned) for each in result.customers]
    rows = _rows(found, result.unit, words)
    if isinstance(result.sold, Unknown) or len(rows) < 2:
        return None
    said = words("portfolio-units", amount=amount(result.sold, result.unit, words))
    topic = result.topic.label if result.topic else ""
    title = words("portfolio-topic", topic=topic, finding=said)
    subtitle = words("chart-units-customers", shown=min(len(rows), ROWS), customers=len(rows))
    return _ranking((title, subtitle), rows, result.stamp, words)


def amount(count: int, unit: Unit, words: ChartWords) -> str:
    """Return an amount with its unit: 500 gigabytes."""
    return words(f"unit-{unit.value}", n=count)


def _rows(
    found: Iterable[tuple[str, Seats, Seats]], unit: Unit, words: ChartWords
) -> list[RankedBar]:
    """Return a bar for each amount that is known and not 0, the largest first."""
    known = [(name, sold, used) for name, sold, used in found if isinstance(sold, int) and sold]
    return [
        RankedBar(
            label=name,
            value=float(sold),
            figure=amount(sold, unit, words),
            beside=words("chart-units-assigned", n=used) if isinstance(used, int) and used else "",
        )
        for name, sold, used in sorted(known, key=lambda each: (-each[1], each[0]))
    ]


def _ranking(
    headings: tuple[str, str], rows: list[RankedBar], stamp: Stamp, words: ChartWords
) -> Ranking:
    origin = source(stamp, "chart-source-licences", words)
    return Ranking(
        title=headings[0],
        subtitle=headings[1],
        rows=tuple(rows[:ROWS]),
        top=max(row.reach or 0.0 for row in rows),
        note=note(stamp, origin, [words(_RULE)], words),
        badge=badge(stamp, words),
    )
