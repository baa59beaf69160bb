"""A chart of each kind as a reader of English or French gets it, for tests, bench and sheet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from analytics.charts.column_kinds import Bucket, Buckets, Portion, Stack, StackedColumns
from analytics.charts.elements import LegendKey, Shade, Tone
from analytics.charts.model import ChartModel, ChartWords
from analytics.charts.row_kinds import RankedBar, Ranking, SeatBar, SeatBars
from analytics.charts.ticks import count_ticks, month_labels, signed_ticks
from analytics.questions.seats_on_day import ProductSeats
from analytics.values import Seats, Unknown, Why
from handlers.messages.speaker import speaker

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Contoso: 290 of 1,205 measured seats are idle",
        "used": "used",
        "assigned": "assigned, not used",
        "unassigned": "not assigned",
        "unmeasured": "not measured",
        "days": "28 days to 28 Nov 2026",
        "idle": "{n} idle",
        "of": "of {n}",
        "note": "Partner Center licence insights as of 28 Nov 2026 · all partners’ seats",
        "badge": "MADE-UP DATA",
        "growth": "Customers gained and lost",
        "growth-span": "12 months to 28 Nov 2026 · November is not over",
        "new": "new",
        "ended": "ended",
        "net": "balance",
        "adoption": "41 customers by share of seats in use",
        "adoption-span": "28 days to 28 Nov 2026",
        "deployed": "by share assigned",
        "customers": "customers by share in use",
        "no-seats": "no seats",
        "over": "over 100%",
        "ranking": "Customers by idle seats",
        "ranking-span": "Ten largest of 41 · idle seats of those sold",
        "idle-seats": "idle",
        "sold-seats": "sold",
    },
    "fr": {
        "title": "Contoso : 290 licences inutilisées sur 1 205 mesurées",
        "used": "utilisées",
        "assigned": "attribuées, non utilisées",
        "unassigned": "non attribuées",
        "unmeasured": "aucun relevé",
        "days": "28 jours jusqu’au 28 nov. 2026",
        "idle": "{n} inutilisées",
        "of": "sur {n}",
        "note": "Espace partenaires, données de licences au 25 nov. 2026 / 28 nov. 2026"
        " · licences de tous les partenaires · actives : 28 jours",
        "badge": "DONNÉES FICTIVES",
        "growth": "Clients gagnés et perdus",
        "growth-span": "12 mois jusqu’au 28 nov. 2026 · novembre n’est pas terminé",
        "new": "nouveaux",
        "ended": "partis",
        "net": "solde",
        "adoption": "41 clients par taux d’utilisation",
        "adoption-span": "28 jours jusqu’au 28 nov. 2026",
        "deployed": "par taux d’attribution",
        "customers": "clients par taux d’utilisation",
        "no-seats": "sans licence",
        "over": "plus de 100 %",
        "ranking": "Clients par licences inutilisées",
        "ranking-span": "Les dix premiers sur 41 · licences inutilisées parmi les vendues",
        "idle-seats": "inutilisées",
        "sold-seats": "vendues",
    },
}
NOT_MEASURED = Unknown(Why.NOT_MEASURED, "usage")
PRODUCTS = (
    ProductSeats("Microsoft Copilot for Microsoft 365", 120, 85, 31),
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
        told = words["unmeasured" if unused is None else "idle"].format(n=say.number(unused or 0))
        beside = "" if sold is None else words["of"].format(n=say.number(round(sold)))
        counts = sold, _count(product.assigned), _count(product.active)
        return SeatBar(names.get(product.id, product.id), *counts, told, beside)

    ranked = sorted(products, key=lambda p: -1 if (n := idle(p)) is None else n, reverse=True)
    rows = tuple(map(row, ranked))
    top, _ = count_ticks(max((bar.reach or 0.0 for bar in rows), default=0.0), say)
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
                words["idle"].format(n=say.number(unused)),
                words["of"].format(n=say.number(sold)),
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


EXAMPLES: Mapping[str, Callable[[str], ChartModel]] = {
    "seat bars": lambda locale: seat_bars(PRODUCTS, {}, locale),
    "ranking": ranking,
    "stacked columns": growth,
    "buckets": adoption,
}
"""Each new kind's name, and its chart in a language."""


def _full() -> dict[str, ChartModel]:
    """Each new kind with as much in it as it draws."""
    bars, columns, ranked = seat_bars(PRODUCTS, {}), growth(), ranking()
    return {
        "seat bars": replace(bars, rows=3 * bars.rows),
        "ranking": replace(ranked, rows=2 * ranked.rows),
        "stacked columns": replace(columns, columns=3 * columns.columns),
        "buckets": adoption(),
    }


FULL = _full()
