"""A chart of each kind as a reader of English or French gets it, for tests, bench and sheet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from analytics.charts.captions import first_and_last
from analytics.charts.column_kinds import Bucket, Buckets, Portion, Stack, StackedColumns
from analytics.charts.elements import LegendKey, Shade, Tone
from analytics.charts.model import BarChart, ChartModel, ChartWords, LineChart, Tick
from analytics.charts.row_kinds import RankedBar, Ranking, SeatBar, SeatBars
from analytics.charts.ticks import (
    count_ticks,
    day_ticks,
    month_labels,
    share_ticks,
    signed_ticks,
)
from analytics.questions.seats_on_day import ProductSeats
from analytics.values import Seats, Unknown, Why
from handlers.messages.speaker import speaker
from tests.charts.plain import bar_chart, line_chart
from tests.charts.texts import TEXTS
from tests.charts.timelines import timeline

NOT_MEASURED = Unknown(Why.NOT_MEASURED, "usage")
PRODUCTS = (
    ProductSeats("Microsoft 365 Copilot", 120, 85, 31),
    ProductSeats("Microsoft 365 E3", 610, 570, 535),
    ProductSeats("Power BI Pro", 135, 118, 71),
    ProductSeats("Microsoft 365 E5", 280, 250, 234),
    ProductSeats("Dynamics 365 Sales Enterprise Edition", 60, 54, 44),
    ProductSeats("Teams Phone Standard", 45, 43, NOT_MEASURED),
)


def _count(seats: Seats) -> float | None:
    return None if isinstance(seats, Unknown) else float(seats)


def idle(product: ProductSeats) -> int | None:
    """Seats sold and not active; None if either is unknown."""
    sold, active = _count(product.sold), _count(product.active)
    return None if sold is None or active is None else max(0, round(sold - active))


def seat_bars(
    products: Sequence[ProductSeats], names: Mapping[str, str], locale: str = "en"
) -> SeatBars:
    """The default picture of `/usage`: most idle seats first, those not measured last."""
    say, words = speaker(locale), TEXTS[locale]

    def row(product: ProductSeats) -> SeatBar:
        unused, sold = idle(product), _count(product.sold)
        told = say("chart-idle", n=unused or 0)
        beside = "" if sold is None else say("chart-of", sold=say.number(round(sold)))
        if unused is None:
            told, beside = say("chart-unmeasured-seats", n=round(sold or 0)), ""
        counts = sold, _count(product.assigned), _count(product.active)
        return SeatBar(names.get(product.id, product.id), *counts, told, beside)

    ranked = sorted(products, key=lambda p: -1 if (n := idle(p)) is None else n, reverse=True)
    rows = tuple(map(row, ranked))
    top = max((bar.reach or 0.0 for bar in rows), default=0.0)
    keys = [
        LegendKey(words["used"], Tone.MAIN),
        LegendKey(words["assigned"], Tone.MAIN, Shade.PALE),
        LegendKey(words["unassigned"], Tone.BASE, Shade.OUTLINE),
    ]
    if any(bar.active is None for bar in rows):
        keys.append(LegendKey(words["unmeasured"], Tone.UNKNOWN))
    return SeatBars(
        words["title"], words["days"], rows, top, tuple(keys), words["note"], badge=words["badge"]
    )


GAINS = (8, 5, 0, 12, 9, 7, None, None, 14, 6, 11, 4)
LOSSES = (1, 3, 2, 0, 4, 1, None, None, 2, 9, 3, 1)


def growth(locale: str = "en") -> StackedColumns:
    """Customers who came and left in the twelve months to November 2026; two are not known."""
    say, words = speaker(locale), TEXTS[locale]
    months = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(11, 23)]
    bottom, top, ticks = signed_ticks(-9, 14, say)
    columns = []
    for (name, year), gain, loss in zip(month_labels(months, say), GAINS, LOSSES, strict=True):
        if gain is None or loss is None:
            columns.append(Stack(name, None, year))
            continue
        parts = Portion(Tone.GAIN, gain), Portion(Tone.LOSS, -loss)
        shown = say.signed_number(gain - loss)
        columns.append(Stack(name, parts, year, name == columns_end(say), gain - loss, shown))
    return StackedColumns(
        title=words["growth"],
        subtitle=words["growth-span"],
        columns=tuple(columns),
        bottom=bottom,
        top=top,
        y_ticks=ticks,
        unknown=words["unmeasured"],
        legend=(
            LegendKey(words["new"], Tone.GAIN),
            LegendKey(words["ended"], Tone.LOSS),
            LegendKey(words["net"], Tone.BASE, Shade.DOT),
        ),
        note=words["note"],
        badge=words["badge"],
    )


def columns_end(say: ChartWords) -> str:
    """The name of the month that is not over."""
    return say.short_month(date(2026, 11, 1))


def adoption(locale: str = "en") -> Buckets:
    """41 customers by the share of their seats in use, beside the share assigned."""
    say, words = speaker(locale), TEXTS[locale]
    blank = "\N{NO-BREAK SPACE}%" if locale == "fr" else "%"
    names = [f"{low}–{low + 20}{blank}" for low in range(0, 100, 20)]
    counts, deployed = (2, 5, 9, 12, 8, 3, 2), (0, 1, 4, 11, 22, 1, 2)
    top, ticks = count_ticks(max(*counts, *deployed), say)
    return Buckets(
        title=words["adoption"],
        subtitle=words["adoption-span"],
        buckets=tuple(
            Bucket(
                name,
                float(count),
                say.number(count),
                Tone.UNKNOWN if at == len(names) else Tone.MAIN,
                float(outline),
            )
            for at, (name, count, outline) in enumerate(
                zip((*names, words["over"], words["no-seats"]), counts, deployed, strict=True)
            )
        ),
        top=top,
        y_ticks=ticks,
        note=words["note"],
        legend=(
            LegendKey(words["customers"], Tone.MAIN),
            LegendKey(words["deployed"], Tone.BASE, Shade.OUTLINE),
        ),
        badge=words["badge"],
    )


CUSTOMERS = (
    ("Northwind Traders International Holding GmbH & Co. KG", 675, 2140),
    ("Contoso", 290, 1250),
    ("Fabrikam", 188, 700),
    ("Adventure Works Cycles", 140, 410),
    ("Société Générale de Boulangerie", 96, 300),
    ("Tailspin Toys", 61, 96),
    ("شركة الحلول المتقدمة", 44, 180),
    ("微软合作伙伴 Litware", 31, 90),
    ("Wide World Importers", 12, 75),
    ("Best For You Organics", 0, 60),
)


def ranking(locale: str = "en") -> Ranking:
    """Customers by idle seats, those sold behind."""
    say, words = speaker(locale), TEXTS[locale]
    top, ticks = count_ticks(max(sold for _, _, sold in CUSTOMERS), say)
    return Ranking(
        title=words["ranking"],
        subtitle=words["ranking-span"],
        rows=tuple(
            RankedBar(
                name,
                float(unused),
                say("chart-idle", n=unused),
                say("chart-of", sold=say.number(sold)),
                float(sold),
            )
            for name, unused, sold in CUSTOMERS
        ),
        top=top,
        note=words["note"],
        legend=(
            LegendKey(words["idle-seats"], Tone.MAIN),
            LegendKey(words["sold-seats"], Tone.MAIN, Shade.PALE),
        ),
        x_ticks=ticks,
        badge=words["badge"],
    )


def course(locale: str = "en") -> LineChart:
    """Ninety days of seats sold, assigned and active, measured weekly."""
    say, whole = speaker(locale), line_chart()
    first, last = date(2026, 8, 29), date(2026, 11, 28)
    days = [float(day) for day in range(first.toordinal(), last.toordinal() + 1, 7)]
    series = (("sold", 1205, 4), ("assigned", 1050, 6), ("active", 860, 5))
    lines = tuple(
        replace(
            line,
            label=say(f"chart-{name}"),
            runs=(tuple((day, start + step * (at // 3)) for at, day in enumerate(days)),),
            end=say.number(start + step * ((len(days) - 1) // 3)),
        )
        for line, (name, start, step) in zip(whole.lines, series, strict=True)
    )
    return replace(
        whole,
        subtitle=say("chart-usage-course", **first_and_last(first, last, say)),
        lines=lines,
        days=(days[0], days[-1]),
        x_ticks=day_ticks(first, last, say),
        y_ticks=count_ticks(1250, say)[1],
        snapshots=tuple(days),
        note=TEXTS[locale]["note"],
        badge=TEXTS[locale]["badge"],
    )


def workloads(locale: str = "en") -> BarChart:
    """Usage by workload, the one above 100 % last."""
    say, whole = speaker(locale), bar_chart(12)
    top, shares = share_ticks(1.42, say)
    over, *within = whole.bars
    bars = (replace(bar, shown=say.percent(bar.value)) for bar in (*reversed(within), over))
    return replace(
        whole,
        subtitle=say("chart-usage-bars"),
        bars=tuple(bars),
        top=top,
        limit=Tick(1.0, say.percent(1.0)),
        x_ticks=shares,
        note=TEXTS[locale]["note"],
        badge=TEXTS[locale]["badge"],
    )


EXAMPLES: Mapping[str, Callable[[str], ChartModel]] = {
    "lines": course,
    "bars": workloads,
    "seat bars": lambda locale: seat_bars(PRODUCTS, {}, locale),
    "ranking": ranking,
    "stacked columns": growth,
    "buckets": adoption,
    "timeline": timeline,
}
"""Each kind's name, and its chart in a language."""


def _full() -> dict[str, ChartModel]:
    """Each new kind with as much in it as it draws."""
    bars, columns, ranked = seat_bars(PRODUCTS, {}), growth(), ranking()
    return {
        "seat bars": replace(bars, rows=3 * bars.rows),
        "ranking": replace(ranked, rows=2 * ranked.rows),
        "stacked columns": replace(columns, columns=3 * columns.columns),
        "buckets": adoption(),
        "timeline": timeline(),
    }


FULL = _full()
