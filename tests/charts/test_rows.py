"""Products by seats and customers by amount: each bar from nought, each unknown hatched."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analytics.charts.drawing.canvas import NARROW, Canvas
from analytics.charts.drawing.ink import rgb
from analytics.charts.drawing.ranked_bars import draw_ranking
from analytics.charts.drawing.rows import RowLayout, lay_rows
from analytics.charts.drawing.seat_bars import draw_seat_bars, stretches
from analytics.charts.elements import Shade, Tone
from analytics.charts.row_kinds import RankedBar, Ranking, SeatBar, SeatBars
from analytics.charts.themes import Theme
from analytics.questions.seats_on_day import ProductSeats
from tests.charts.examples import NOT_MEASURED, PRODUCTS, ranking, seat_bars
from tests.charts.hostile import WORST, in_every_place

WIDTHS = (800, NARROW)
LOOK = Theme.LIGHT.palette
MAIN, PALE = rgb(LOOK.tones[Tone.MAIN]), rgb(LOOK.pale)
PAPER, RIM = rgb(LOOK.paper), rgb(LOOK.rim)


def drawn(chart: SeatBars | Ranking, width: int) -> tuple[NDArray[np.uint8], RowLayout]:
    canvas = Canvas(2, width)
    draw = draw_seat_bars if isinstance(chart, SeatBars) else draw_ranking
    height = draw(canvas, chart, LOOK)  # type: ignore[arg-type]  # one of the two takes it
    return canvas.pixels(height)[..., :3].copy(), lay_rows(chart, width)


def colour(picture: NDArray[np.uint8], x: float, y: float) -> tuple[int, ...]:
    return tuple(int(part) for part in picture[round(2 * y), round(2 * x)])


def bar(sold: float | None, assigned: float | None, active: float | None) -> SeatBar:
    return SeatBar("Power BI Pro", sold, assigned, active, "64 idle", "of 135")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_product_is_solid_as_far_as_used_pale_as_far_as_assigned_and_paper_to_what_was_sold(
    width: int,
) -> None:
    picture, layout = drawn(replace(seat_bars((), {}), rows=(bar(135, 118, 71),), top=150), width)
    y = layout.rows[0].upper + 5
    at = {count: layout.x.place(count) for count in (0, 71, 118, 135)}

    assert [colour(picture, at[count] - 3, y) for count in (71, 118, 135)] == [MAIN, PALE, PAPER]
    assert colour(picture, at[135] - 0.5, y) == RIM
    assert colour(picture, at[135] + 2, y) == PAPER
    assert at[0] == layout.x.start


@pytest.mark.parametrize("width", WIDTHS)
def test_products_share_one_axis_from_nought(width: int) -> None:
    layout = lay_rows(seat_bars(PRODUCTS, {}), width)
    e3, copilot = layout.end(610) - layout.x.start, layout.end(120) - layout.x.start

    assert copilot / e3 == pytest.approx(120 / 610)


HATCHED = (Tone.UNKNOWN, Shade.HATCHED)


@pytest.mark.parametrize(
    ("row", "hatched"),
    [
        (bar(45, 43, None), [(0.0, 45)]),
        (bar(None, None, None), [(0.0, None)]),
        (bar(135, None, 71), [(71, 135)]),
        (replace(bar(135, 118, 71), unmeasured=20), [(71, 91)]),
        (bar(135, 118, 71), []),
        (bar(None, 118, 71), []),
        (bar(0, 0, 0), []),
    ],
    ids=["use", "all", "assigned", "a part", "none", "sold", "nought is known"],
)
def test_what_is_not_known_is_hatched_and_never_nought(
    row: SeatBar, hatched: list[tuple[float, float | None]]
) -> None:
    found = [(first, last) for first, last, *shade in stretches(row) if tuple(shade) == HATCHED]

    assert found == hatched


@pytest.mark.parametrize("width", WIDTHS)
def test_a_product_without_any_count_has_a_hatched_stub_and_its_words(width: int) -> None:
    picture, layout = drawn(
        replace(seat_bars((), {}), rows=(bar(None, None, None), bar(1, 1, 1))), width
    )
    row = layout.rows[0]
    (left, upper), (right, lower) = layout.box(row, None)
    inside = picture[round(2 * upper) : round(2 * lower), round(2 * left) : round(2 * right)]
    shown = {tuple(int(part) for part in each) for each in inside.reshape(-1, 3)}

    assert right - left == 28
    assert {PAPER, rgb(LOOK.tones[Tone.UNKNOWN])} <= shown
    assert MAIN not in shown
    assert row.words.figure.width > 0


def test_seats_assigned_beyond_those_sold_pass_their_outline() -> None:
    picture, layout = drawn(replace(seat_bars((), {}), rows=(bar(100, 120, 50),), top=150), 800)
    y, at = layout.rows[0].upper + 5, layout.x.place(100)

    assert [colour(picture, x, y) for x in (at - 3, at - 0.5, at + 3)] == [PALE, RIM, PALE]


def test_the_most_idle_product_comes_first_and_an_unmeasured_one_last() -> None:
    chart = seat_bars(PRODUCTS, {"Power BI Pro": "Power BI"})

    assert [(row.label, row.figure, row.beside) for row in chart.rows] == [
        ("Microsoft 365 Copilot", "89 idle", "of 120"),
        ("Microsoft 365 E3", "75 idle", "of 610"),
        ("Power BI", "64 idle", "of 135"),
        ("Microsoft 365 E5", "46 idle", "of 280"),
        ("Dynamics 365 Sales Enterprise Edition", "16 idle", "of 60"),
        ("Teams Phone Standard", "45 not measured", ""),
    ]
    assert chart.top == 610


def test_only_a_chart_with_an_unmeasured_product_has_that_key() -> None:
    all_known = seat_bars([p for p in PRODUCTS if p.active != NOT_MEASURED], {})
    unknown = seat_bars([ProductSeats("x", NOT_MEASURED, NOT_MEASURED, NOT_MEASURED)], {})

    assert [key.tone for key in all_known.legend] == [Tone.MAIN, Tone.MAIN, Tone.BASE]
    assert unknown.legend[-1].tone is Tone.UNKNOWN


@pytest.mark.parametrize("width", WIDTHS)
def test_a_customer_is_solid_over_a_pale_second_amount_with_a_round_far_end(width: int) -> None:
    only = replace(ranking(), rows=(RankedBar("Contoso", 290, "290", "of 1,250", 1250),), top=1500)
    picture, layout = drawn(replace(only, x_ticks=()), width)
    (left, upper), (right, lower) = layout.box(layout.rows[0], 290)
    middle = (upper + lower) / 2

    assert colour(picture, right - 3, middle) == MAIN
    assert colour(picture, right + 3, middle) == PALE
    assert colour(picture, left + 0.5, upper + 0.5) == MAIN, "square at nought"
    assert colour(picture, layout.end(1250) - 0.5, upper + 0.5) == PAPER, "round at the far end"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "chart", [seat_bars(PRODUCTS, {}), ranking("fr")], ids=["seats", "amounts"]
)
@pytest.mark.parametrize("name", [*WORST, "x"])
def test_names_and_words_stay_inside_and_clear_of_each_other(
    chart: SeatBars | Ranking, width: int, name: str
) -> None:
    layout = lay_rows(in_every_place(chart, WORST.get(name, "x")), width)

    for row in layout.rows:
        assert row.start + row.words.width <= width - 31
        if layout.narrow:
            assert layout.x.start + row.words.name.width < row.start
            assert row.baseline + 4 < row.upper, "the words stand above the bar"
        else:
            assert layout.x.start - 10 - row.words.name.width >= 31


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("rows", "shown"), [(0, 0), (1, 1), (15, 15), (40, 15)])
def test_the_picture_grows_with_its_rows_up_to_fifteen(width: int, rows: int, shown: int) -> None:
    row = bar(135, 118, 71)
    picture, layout = drawn(replace(seat_bars((), {}), rows=rows * (row,)), width)

    assert len(layout.rows) == shown
    assert picture.shape[0] == round(2 * layout.height)


COUNTS = st.none() | st.floats(-10, 1e12)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), max_size=6), st.sampled_from(WIDTHS))
def test_no_part_of_a_bar_is_longer_than_its_reach_or_leaves_the_axis(
    counts: list[tuple[float | None, float | None, float | None]], width: int
) -> None:
    rows = tuple(bar(*each) for each in counts)
    layout = lay_rows(replace(seat_bars((), {}), rows=rows, top=0.0), width)

    for row in rows:
        for first, last, *_ in stretches(row):
            assert layout.x.start <= layout.end(first or 0.0)
            assert layout.end(last) <= layout.x.end
            if row.reach is not None:
                assert layout.end(last) <= layout.end(max(row.reach, 0.0))
