"""Plain English for charts, and a chart of each kind about Contoso."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.charts.model import Bar, BarChart, Line, LineChart, Tick, Tone
from analytics.charts.ticks import count_ticks, day_ticks, share_ticks

NOTE = "As of 20 Nov 2026. Source: Partner Center. All partners' seats."
BADGE = "MADE-UP DATA"


@dataclass(frozen=True, slots=True)
class PlainWords:
    def __call__(self, sentence: str, /, **values: object) -> str:
        return sentence

    def number(self, value: int) -> str:
        return f"{value:,}"

    def signed_number(self, value: int) -> str:
        return f"{value:+,}".replace("-", "−") if value else "0"

    def decimal(self, value: Decimal) -> str:
        return f"{value:,}"

    def amount(self, value: Decimal, currency: str) -> str:
        return f"{currency} {value:,}"

    def percent(self, value: float) -> str:
        return f"{value:.0%}"

    def day(self, value: date) -> str:
        return f"{value.day} {value:%b} {value.year}"

    def short_day(self, value: date) -> str:
        return f"{value.day} {value:%b}"

    def short_month(self, value: date) -> str:
        return f"{value:%b}"

    def month(self, value: date) -> str:
        return f"{value:%b} {value.year}"

    def enumeration(self, items: Sequence[str]) -> str:
        return " and ".join(items)


WORDS = PlainWords()
WORKLOADS = (
    ("Viva Engage", 1.42),
    ("Exchange", 0.93),
    ("Teams", 0.88),
    ("SharePoint", 0.61),
    ("OneDrive", 0.55),
    ("Intune", 0.41),
    ("Defender for Office 365", 0.38),
    ("Forms", 0.22),
    ("Planner", 0.12),
    ("Stream", 0.08),
    ("Power BI", 0.03),
    ("Visio", 0.0),
)


def month_days(count: int) -> list[date]:
    """The 20th of `count` months in a row, the last in November 2026."""
    months = range(2026 * 12 + 11 - count, 2026 * 12 + 11)
    return [date(month // 12, month % 12 + 1, 20) for month in months]


def line_chart(months: int = 24, newest: Sequence[int] = (1250, 1100, 980)) -> LineChart:
    """Seats sold, assigned and active of Contoso, climbing to `newest`."""
    days = month_days(months)
    names = (("sold", Tone.BASE), ("assigned", Tone.OTHER), ("active", Tone.MAIN))
    lines = tuple(
        Line(
            name,
            tone,
            (_climb(days, end),),
            WORDS.number(end),
            filled=tone is Tone.MAIN,
            stepped=tone is Tone.BASE,
        )
        for (name, tone), end in zip(names, newest, strict=True)
    )
    top, counts = count_ticks(max(newest), WORDS)
    return LineChart(
        title="Contoso",
        subtitle="Seats sold, assigned and active",
        lines=lines,
        days=(days[0].toordinal(), days[-1].toordinal()),
        top=top,
        x_ticks=day_ticks(days[0], days[-1], WORDS),
        y_ticks=counts,
        note=NOTE,
        badge=BADGE,
        snapshots=tuple(float(day.toordinal()) for day in days),
    )


def _climb(days: Sequence[date], end: int) -> tuple[tuple[float, float], ...]:
    return tuple(
        (float(day.toordinal()), round(end * (0.6 + 0.4 * (at + 1) / len(days))))
        for at, day in enumerate(days)
    )


def bar_chart(count: int = 4) -> BarChart:
    """Usage of Contoso's first `count` workloads; past the twelfth they start over."""
    chosen = [WORKLOADS[at % len(WORKLOADS)] for at in range(count)]
    top, shares = share_ticks(max((share for _, share in chosen), default=0.0), WORDS)
    bars = tuple(Bar(name, Tone.MAIN, share, _shown(share)) for name, share in chosen)
    return BarChart(
        title="Contoso",
        subtitle="Active people as a share of seats entitled",
        bars=bars,
        top=top,
        limit=Tick(1.0, "100%"),
        x_ticks=shares,
        note=NOTE,
        badge=BADGE,
    )


def _shown(share: float) -> str:
    return f"{share:.0%} · {round(share * 500)} of 500"
