"""Any chart in words, for readers who do not see it, in English and French."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.charts.column_kinds import StackedColumns
from analytics.charts.model import BarChart, Blank, LineChart
from handlers.messages.speaker import speaker
from handlers.output.pictures import late_starts, picture
from tests.charts.examples import EXAMPLES, adoption, course, growth, ranking, seat_bars

EN, FR = speaker("en"), speaker("fr")
SPACE = "\N{NO-BREAK SPACE}"


def day(text: str) -> float:
    return float(date.fromisoformat(text).toordinal())


def lines(*starts: str, late: bool = False) -> LineChart:
    """The example's lines up to 28 November, each from its own first day."""
    whole = course()
    return replace(
        whole,
        days=(day(min(starts)), whole.days[1]),
        lines=tuple(
            replace(line, runs=(((day(start), 80.0), (whole.days[1], 90.0)),), end="90", late=late)
            for line, start in zip(whole.lines, starts, strict=False)
        ),
    )


@pytest.mark.parametrize("kind", EXAMPLES)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_kind_says_its_title_first_and_keeps_its_chart(kind: str, locale: str) -> None:
    chart = EXAMPLES[kind](locale)
    made = picture(chart, speaker(locale))

    assert made.chart == chart
    assert made.alt.startswith(f"{chart.title}. ")
    assert made.alt.endswith(".")


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_kind_with_nothing_in_it_says_title_and_subtitle(kind: str) -> None:
    chart = EXAMPLES[kind]("en")
    parts = next(
        name
        for name in ("lines", "bars", "rows", "columns", "buckets", "weeks")
        if hasattr(chart, name)
    )
    subtitle = chart.subtitle.replace(" · ", ", ")

    assert picture(replace(chart, **{parts: ()}), EN).alt == f"{chart.title}. {subtitle}."


def test_rows_are_told_up_to_five_and_the_rest_counted() -> None:
    assert picture(ranking(), EN).alt.endswith(
        ": Northwind Traders International Holding GmbH & Co. KG (675 idle of 2,140), Contoso (290"
        " idle of 1,250), Fabrikam (188 idle of 700), Adventure Works Cycles (140 idle of 410),"
        " Société Générale de Boulangerie (96 idle of 300) and 5 more."
    )
    assert picture(ranking("fr"), FR).alt.endswith(" et 5 autres.")


def test_one_row_more_is_one_more() -> None:
    chart = ranking()
    six = replace(chart, rows=chart.rows[:6])

    assert picture(six, EN).alt.endswith(" and 1 more.")
    assert picture(six, FR).alt.endswith(" et 1 autre.")
    five = replace(chart, rows=chart.rows[:5])
    assert picture(five, EN).alt.endswith(" and Société Générale de Boulangerie (96 idle of 300).")


def test_seats_not_measured_are_told_as_such() -> None:
    chart = seat_bars((), {})
    unmeasured = next(
        row
        for row in EXAMPLES["seat bars"]("en").rows
        if row.active is None  # type: ignore[union-attr]
    )

    assert picture(replace(chart, rows=(unmeasured,)), EN).alt.endswith(
        ": Teams Phone Standard (45 not measured)."
    )


def test_bars_are_told_with_their_finished_words() -> None:
    chart = EXAMPLES["bars"]("en")
    assert isinstance(chart, BarChart)
    bar = chart.bars[-1]

    assert picture(replace(chart, bars=(bar,)), EN).alt.endswith(f": {bar.label} ({bar.shown}).")


def test_all_classes_of_a_distribution_are_told() -> None:
    chart = adoption()

    assert len(chart.buckets) == 7
    for bucket in chart.buckets:
        assert f"{bucket.label} ({bucket.figure})" in picture(chart, EN).alt


def test_columns_are_told_newest_first_and_one_that_is_not_over_says_so() -> None:
    english, french = picture(growth(), EN).alt, picture(growth("fr"), FR).alt

    assert english.endswith(
        ": Nov 2026 (+3 so far), Oct 2026 (+8), Sept 2026 (−3), Aug 2026 (+12),"
        " Jul 2026 (not measured) and 7 more."
    )
    assert "(+3 à ce jour)" in french


def test_a_column_without_a_figure_says_its_portions() -> None:
    chart: StackedColumns = growth()
    bare = replace(chart.columns[0], figure="")

    assert picture(replace(chart, columns=(bare,)), EN).alt.endswith(
        f": Dec 2025 ({chart.legend[0].label} +8 and {chart.legend[1].label} −1)."
    )


def test_lines_of_the_same_days_are_told_from_first_to_newest_value() -> None:
    start = "2026-09-03"

    assert picture(lines(start, start), EN).alt == (
        "Contoso. Lines from 3 Sept 2026 to 28 Nov 2026: Sold from 80 to 90 and Assigned from 80"
        " to 90."
    )
    assert picture(lines(start), FR).alt == (
        f"Contoso. Courbes du 3 sept. 2026 au 28 nov. 2026{SPACE}: Sold de 80 à 90."
    )


def test_lines_of_different_first_days_have_theirs() -> None:
    assert picture(lines("2026-09-03", "2026-10-01"), EN).alt.endswith(
        ": Sold from 80 on 3 Sept 2026 to 90 and Assigned from 80 on 1 Oct 2026 to 90."
    )


def test_a_line_of_one_point_has_its_day() -> None:
    chart = lines("2026-11-13")
    lone = replace(chart.lines[0], runs=(((day("2026-11-13"), 30.0),),), end="30")

    assert picture(replace(chart, lines=(lone,)), EN).alt.endswith(": Sold 30 on 13 Nov 2026.")
    assert picture(replace(chart, lines=(lone,)), FR).alt.endswith(" Sold 30 le 13 nov. 2026.")


HOLES = (
    ((), False, "Nothing was measured {}.", "Aucun relevé {}."),
    (
        *((), True),
        "At least one service was not measured {}.",
        "Un service au moins n’a pas été relevé {}.",
    ),
    (
        *(("A", "B"), False),
        "A and B: nothing was measured {}.",
        f"A et B{SPACE}: aucun relevé {{}}.",
    ),
    (
        *(("A",), True),
        "A: at least one service was not measured {}.",
        f"A{SPACE}: un service au moins n’a pas été relevé {{}}.",
    ),
)
"""The lines that a hole breaks, none for all; whether a part was measured; and its sentences."""


@pytest.mark.parametrize("hole", HOLES)
@pytest.mark.parametrize(
    ("last", "english_days", "french_days"),
    [
        ("2026-11-05", "from 19 Sept 2026 to 5 Nov 2026", "du 19 sept. 2026 au 5 nov. 2026"),
        ("2026-09-19", "on 19 Sept 2026", "le 19 sept. 2026"),
    ],
)
def test_a_hole_is_told_with_its_days_and_the_lines_it_breaks(
    hole: tuple[tuple[str, ...], bool, str, str], last: str, english_days: str, french_days: str
) -> None:
    broken, partly, english, french = hole
    blank = Blank(day("2026-09-19"), day(last), "not measured", broken, partly)
    chart = replace(lines("2026-09-03"), blanks=(blank,))

    assert picture(chart, EN).alt.endswith(f" to 90. {english.format(english_days)}")
    assert picture(chart, FR).alt.endswith(f" à 90. {french.format(french_days)}")


def test_lines_that_all_start_late_are_told_in_one_sentence() -> None:
    chart = lines("2026-11-18", "2026-11-18", late=True)

    assert late_starts(chart, EN) == [
        "The chart starts on 18 Nov 2026, the first day with figures from every service."
    ]


def test_a_late_start_of_some_lines_names_them() -> None:
    chart = lines("2026-11-18", "2026-11-06")
    first, second = chart.lines
    chart = replace(chart, lines=(replace(first, late=True), second))

    assert late_starts(chart, EN) == [
        "Sold: drawn from 18 Nov 2026, the first day with figures from every service."
    ]
    assert late_starts(lines("2026-11-18"), EN) == []


@pytest.mark.parametrize("kind", [kind for kind in EXAMPLES if kind != "lines"])
def test_a_chart_without_lines_has_no_late_start(kind: str) -> None:
    assert late_starts(EXAMPLES[kind]("en"), EN) == []
    assert late_starts(None, EN) == []
