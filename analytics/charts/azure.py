"""The charts of Azure costs: budgets used, of all customers; the course of the month, of one."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate

from analytics.charts.captions import badge, note, source
from analytics.charts.model import (
    Bar,
    BarChart,
    Blank,
    ChartWords,
    Line,
    LineChart,
    Tick,
    Tone,
)
from analytics.charts.ticks import count_ticks, day_ticks, share_ticks
from analytics.questions.azure import AzureResult
from analytics.questions.azure.spend import AzureCurrency, CustomerSpend, SpendDay
from analytics.questions.month_spans import month_before, month_days
from analytics.values import Period

BARS = 12
"""Most budgets shown."""


def azure_chart(result: AzureResult, title: str, words: ChartWords) -> BarChart | LineChart | None:
    """Return the budgets used, with the limit at 100 %; of one customer the month's course in its
    main currency. None where there is nothing to draw, or amounts are hidden. The title is the
    finding.
    """
    if result.customer is None:
        return _budgets(result, words)
    return _course(result, title, words)


def spend_amount(value: Decimal, currency: AzureCurrency, words: ChartWords) -> str:
    """Return an amount in words, with its currency; or that this is not stated, and the locale that
    is.
    """
    if currency.code:
        return words.amount(value, currency.code)
    if currency.locale:
        said = {"amount": words.decimal(value), "locale": currency.locale}
        return words("azure-unstated", **said)
    return words("azure-unstated-nowhere", amount=words.decimal(value))


def _budgets(result: AzureResult, words: ChartWords) -> BarChart | None:
    rows = [each for each in result.costs.spent if each.budget_used is not None]
    if not rows or result.costs.month is None:
        return None
    bars = tuple(_bar(each, words) for each in rows[:BARS])
    top, ticks = share_ticks(max(bar.value for bar in bars), words)
    said = {"month": words.month(result.costs.month), "shown": len(bars), "budgets": len(rows)}
    return BarChart(
        title=words("azure-budgets", over=len(result.costs.over), n=len(rows)),
        subtitle=words("chart-azure-budgets", **said),
        bars=bars,
        top=top,
        limit=Tick(1.0, words.percent(1.0)),
        x_ticks=ticks,
        note=_note(result, words),
        badge=badge(result.stamp, words),
        beyond=Tone.ALARM,
    )


def _bar(spent: CustomerSpend, words: ChartWords) -> Bar:
    used = float(spent.budget_used or 0)
    amount = spend_amount(spent.amount or Decimal(0), spent.currency, words)
    shown = words("chart-azure-used", used=words.percent(used), amount=amount)
    return Bar(spent.customer.name, Tone.MAIN, max(0.0, used), shown)


def _course(result: AzureResult, title: str, words: ChartWords) -> LineChart | None:
    """Return the month so far, day by day, above the month before; None where it is below zero."""
    month, spent = result.costs.month, result.costs.spent
    if month is None or not spent:
        return None
    main, span = spent[0], month_days(month)
    lines = _lines(result, main, span, words)
    if not lines or any(y < 0 for line in lines for _, y in line.points):
        return None
    top, ticks = count_ticks(max(y for line in lines for _, y in line.points), words)
    first, last = _place(span.first), _place(span.last)
    currency = main.currency.code or words("azure-currency-unstated")
    return LineChart(
        title=title,
        subtitle=words("chart-azure-course", month=words.month(month), currency=currency),
        lines=lines,
        days=(first, last),
        top=top,
        x_ticks=day_ticks(span.first, span.last, words),
        y_ticks=ticks,
        note=_note(result, words),
        badge=badge(result.stamp, words),
        blanks=tuple(_blanks(_of(result.costs.days, main), lines[-1].label, words)),
    )


def _lines(
    result: AzureResult, main: CustomerSpend, span: Period, words: ChartWords
) -> tuple[Line, ...]:
    """Return the budget, the month before, and the month, which is drawn above them."""
    days, before = _of(result.costs.days, main), _of(result.costs.days_before, main)
    if not days:
        return ()
    lines = []
    if main.budget is not None:
        ends = tuple((_place(day), float(main.budget)) for day in (span.first, span.last))
        amount = spend_amount(main.budget, main.currency, words)
        lines.append(Line(words("chart-azure-budget"), Tone.BASE, (ends,), amount))
    if before:
        name = words.month(month_before(span.first))
        lines.append(_line(name, before, span, main, words))
    return (*lines, _line(words.month(span.first), days, span, main, words))


def _line(
    name: str, days: Sequence[SpendDay], span: Period, main: CustomerSpend, words: ChartWords
) -> Line:
    """Return a month as a line over the days of the newest; it breaks where days came together."""
    newest = days[-1].last >= span.first
    sums = list(accumulate(each.amount or Decimal(0) for each in days))
    places = [_place(_same_day(each.last, span)) for each in days]
    runs: list[list[tuple[float, float]]] = []
    for at, each in enumerate(days):
        if not runs or each.first != each.last:
            runs.append([])
        if at and places[at] == places[at - 1]:  # the 31st, in a month of 30 days
            runs[-1][-1:] = []
        runs[-1].append((places[at], float(sums[at])))
    return Line(
        name,
        Tone.MAIN if newest else Tone.OTHER,
        tuple(tuple(run) for run in runs if run),
        spend_amount(sums[-1], main.currency, words),
        filled=newest,
        thin=not newest,
    )


def _blanks(days: Sequence[SpendDay], name: str, words: ChartWords) -> list[Blank]:
    """Return the days of the month that are known together alone."""
    label = words("chart-blank-of", lines=name, what=words("chart-not-measured"))
    return [
        Blank(_place(each.first), _place(each.last) - 1, label, (name,))
        for each in days
        if each.first != each.last
    ]


def _of(days: Sequence[SpendDay], main: CustomerSpend) -> list[SpendDay]:
    return [each for each in days if each.currency == main.currency]


def _same_day(day: date, span: Period) -> date:
    """Return the day of the newest month with that number; its last, if it is shorter."""
    return span.first.replace(day=min(day.day, span.last.day))


def _place(day: date) -> float:
    return float(day.toordinal())


def _note(result: AzureResult, words: ChartWords) -> str:
    origin = source(result.stamp, "chart-source-azure", words)
    return note(result.stamp, origin, [words("chart-rules-azure")], words)
