"""The chart of all customers together: those with the most idle seats."""

from analytics.charts.captions import badge, note, source
from analytics.charts.model import ChartWords
from analytics.charts.row_kinds import RankedBar, Ranking
from analytics.questions.portfolio import PortfolioResult
from analytics.questions.portfolio_change import CustomerSeats
from analytics.values import Unknown

ROWS = 10
"""Most customers shown."""


def portfolio_chart(result: PortfolioResult, words: ChartWords) -> Ranking | None:
    """Return the customers with the most idle seats, those measured behind them; None where fewer
    than two have any, or idle seats are not known.
    """
    rows = [row for each in result.customers[:ROWS] if (row := _row(each, words))]
    if len(rows) < 2 or isinstance(result.idle, Unknown) or isinstance(result.measured, Unknown):
        return None
    origin = source(result.stamp, "chart-source-licences", words)
    return Ranking(
        title=_title(result, result.idle, result.measured, words),
        subtitle=words("chart-portfolio", shown=len(rows), customers=len(result.customers)),
        rows=tuple(rows),
        top=max(row.reach or 0.0 for row in rows),
        note=note(result.stamp, origin, [words("chart-rules-licences")], words),
        badge=badge(result.stamp, words),
    )


def _title(result: PortfolioResult, idle: int, measured: int, words: ChartWords) -> str:
    finding = words("portfolio-finding", n=idle, measured=measured)
    if result.topic is None:
        return finding
    return words("portfolio-topic", topic=result.topic.label, finding=finding)


def _row(seats: CustomerSeats, words: ChartWords) -> RankedBar | None:
    idle, measured = seats.idle, seats.measured
    if isinstance(idle, Unknown) or isinstance(measured, Unknown) or not idle:
        return None
    return RankedBar(
        label=seats.customer.name,
        value=float(idle),
        figure=words("chart-idle", n=idle),
        beside=words("chart-of", sold=words.number(measured)),
        behind=float(measured),
    )
