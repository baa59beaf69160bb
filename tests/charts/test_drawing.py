"""The pictures: their size, their looks, and that no name or number breaks them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations, cycle, repeat
from math import inf, nan
from time import process_time
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.charts.drawing import bars, lines
from analytics.charts.drawing.canvas import TALLEST
from analytics.charts.drawing.ink import rgb
from analytics.charts.drawing.render import Theme, draw
from analytics.charts.model import Bar, BarChart, ChartModel, Line, LineChart, Tick, Tone
from tests.charts.examples import FULL
from tests.charts.hostile import WORST, in_every_place, pixels, with_leaves
from tests.charts.plain import bar_chart, line_chart

ODD_NUMBERS = [nan, inf, -inf, -1.0, -1e300, 1e300, 0.0]


@pytest.mark.parametrize("theme", Theme)
def test_a_line_chart_is_a_png_of_1600_by_800(theme: Theme) -> None:
    png = draw(line_chart(), theme)

    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert pixels(png).shape == (800, 1600, 3)


@pytest.mark.parametrize("theme", Theme)
def test_its_paper_is_exactly_the_themes(theme: Theme) -> None:
    corners = pixels(draw(line_chart(), theme))[[0, 0, -1, -1], [0, -1, 0, -1]]

    assert (corners == rgb(theme.palette.paper)).all()


def test_charts_without_lines_or_bars_are_still_pictures() -> None:
    assert pixels(draw(replace(line_chart(), lines=()), Theme.LIGHT)).shape == (800, 1600, 3)
    assert pixels(draw(bar_chart(0), Theme.LIGHT)).shape == (452, 1600, 3)


def test_light_and_dark_are_different_pictures() -> None:
    assert draw(bar_chart(), Theme.LIGHT) != draw(bar_chart(), Theme.DARK)


def test_a_bar_chart_grows_with_its_bars_and_stops_at_fifteen() -> None:
    heights = [pixels(draw(bar_chart(count), Theme.LIGHT)).shape[0] for count in (1, 4, 15, 40)]

    assert heights[1] - heights[0] == 3 * 68
    assert heights[2] - heights[1] == 11 * 68
    assert heights[3] == heights[2]


@pytest.mark.parametrize("months", [0, 1, 2])
def test_a_line_of_few_points_is_still_a_picture(months: int) -> None:
    whole = line_chart(max(1, months))
    chart = whole if months else replace(whole, lines=(Line("none", Tone.BASE, (), ""),))

    assert pixels(draw(chart, Theme.LIGHT)).shape == (800, 1600, 3)


def test_a_single_point_is_drawn_as_a_dot() -> None:
    lone = replace(line_chart(1), lines=line_chart(1).lines[2:])
    (end,) = lines.lay_out(lone).ends

    across, down = (round(2 * place) for place in end.tip)

    blue = Theme.LIGHT.palette.tones[Tone.MAIN]
    assert tuple(pixels(draw(lone, Theme.LIGHT))[down, across]) == rgb(blue)


@pytest.mark.parametrize("newest", [(1000, 995, 990), (0, 0, 0), (1250, 1250, 1250), (9, 5, 1)])
def test_labels_at_the_lines_ends_never_overlap(newest: tuple[int, int, int]) -> None:
    ends = lines.lay_out(line_chart(24, newest)).ends

    assert len(ends) == 3
    for one, other in combinations(ends, 2):
        assert abs(one.y - other.y) >= lines.END_HEIGHT - 1e-6


def test_labels_that_have_room_stay_beside_their_lines() -> None:
    for end in lines.lay_out(line_chart(24, (1250, 800, 300))).ends:
        assert end.y == pytest.approx(end.tip[1])


@pytest.mark.parametrize("name", WORST)
def test_every_label_stays_inside_the_picture(name: str) -> None:
    course = in_every_place(line_chart(), WORST[name])
    ranking = in_every_place(bar_chart(12), WORST[name])
    assert isinstance(course, LineChart)
    assert isinstance(ranking, BarChart)

    assert all(end.x + end.width <= 800 - 31 for end in lines.lay_out(course).ends)
    for row in bars.lay_out(ranking).rows:
        assert row.words + row.shown.width <= 800 - 31


def test_what_passes_100_percent_is_hatched_or_alarming_as_the_chart_says() -> None:
    look = Theme.LIGHT.palette
    for beyond in (Tone.UNKNOWN, Tone.ALARM):
        chart = replace(bar_chart(), beyond=beyond)
        layout = bars.lay_out(chart)
        assert layout.limit is not None
        row = pixels(draw(chart, Theme.LIGHT))[round(2 * layout.rows[0].y)]
        limit, end = round(2 * layout.limit.at), round(2 * layout.rows[0].end)
        passed = {tuple(int(part) for part in each) for each in row[limit + 8 : end - 8]}

        assert tuple(row[limit - 20]) == rgb(look.tones[Tone.MAIN])
        assert rgb(look.tones[beyond]) in passed
        assert (rgb(look.paper) in passed) == (beyond is Tone.UNKNOWN)


def test_bars_are_square_at_nought_and_round_at_their_far_end() -> None:
    chart = replace(bar_chart(2), limit=None, x_ticks=())
    row = bars.lay_out(chart).rows[1]
    picture, top = pixels(draw(chart, Theme.LIGHT)), round(2 * (row.y - 9)) + 1
    start, end = round(2 * bars.lay_out(chart).x.start), round(2 * row.end)

    assert tuple(picture[top, start]) == rgb(Theme.LIGHT.palette.tones[Tone.MAIN])
    assert tuple(picture[top, end - 1]) == rgb(Theme.LIGHT.palette.paper)


def test_the_limit_is_named_once() -> None:
    layout = bars.lay_out(bar_chart())

    assert layout.limit is not None
    assert layout.limit.at not in [tick.at for tick in layout.ticks]
    assert len(layout.ticks) == len(bar_chart().x_ticks) - 1


def test_no_words_are_struck_through_by_the_limit() -> None:
    layout = bars.lay_out(bar_chart(12))
    assert layout.limit is not None

    for row in layout.rows:
        assert not row.words <= layout.limit.at <= row.words + row.shown.width


def test_the_badge_is_a_pill_at_the_upper_right_and_absent_without_one() -> None:
    chart, gold = line_chart(), rgb(Theme.DARK.palette.badge)

    marked = pixels(draw(chart, Theme.DARK))[40:110, 1250:]
    plain = pixels(draw(replace(chart, badge=None), Theme.DARK))[40:110, 1250:]

    assert (marked == gold).all(axis=2).sum() > 3_000
    assert not (plain == gold).all(axis=2).any()


def cpu_seconds(chart: ChartModel) -> float:
    started = process_time()
    png = draw(chart, Theme.LIGHT)
    spent = process_time() - started
    assert pixels(png).shape[1] == 1600
    return spent


@pytest.mark.alone
@pytest.mark.parametrize("chart", [line_chart(), bar_chart(12)], ids=["line", "bars"])
@pytest.mark.parametrize("name", WORST)
def test_the_worst_names_cost_at_most_ten_ordinary_ones(chart: ChartModel, name: str) -> None:
    draw(chart, Theme.LIGHT)

    # The first letter keeps the labels new; the least of three leaves out noise.
    ordinary, worst = (
        min(cpu_seconds(in_every_place(chart, start + text)) for start in "abc")
        for text in (f"dventure of {name}", WORST[name])
    )

    assert worst <= 10 * ordinary


HOSTILE_TEXT = st.one_of(
    st.sampled_from(sorted(WORST.values())),
    st.text(st.characters(exclude_categories=()), max_size=80),
)


@settings(max_examples=60, deadline=None)
@given(HOSTILE_TEXT, st.sampled_from(Theme))
def test_any_text_in_every_place_gives_a_picture(text: str, theme: Theme) -> None:
    assert pixels(draw(in_every_place(line_chart(5), text), theme)).shape == (800, 1600, 3)
    assert pixels(draw(in_every_place(bar_chart(3), text), theme)).shape[1] == 1600


@settings(max_examples=60, deadline=None)
@given(HOSTILE_TEXT, st.sampled_from(sorted(FULL)), st.sampled_from(Theme))
def test_any_text_in_every_place_of_any_kind_gives_a_picture(
    text: str, kind: str, theme: Theme
) -> None:
    assert pixels(draw(in_every_place(FULL[kind], text), theme)).shape[1] == 1600


def test_every_kind_of_chart_is_among_those_tried() -> None:
    tried = {type(chart) for chart in (line_chart(), bar_chart(), *FULL.values())}

    assert tried == set(get_args(ChartModel))


@pytest.mark.parametrize("odd", ODD_NUMBERS)
def test_odd_numbers_in_every_place_of_a_line_chart_give_a_picture(odd: float) -> None:
    whole = line_chart(5)
    odd_line = Line("odd", Tone.ALARM, (((odd, 3.0), (740_000.0, odd), (odd, odd)),), "?")
    charts = [
        replace(whole, lines=(*whole.lines, odd_line)),
        replace(whole, top=odd),
        replace(whole, days=(odd, odd)),
        replace(whole, days=(whole.days[0], odd), x_ticks=(Tick(odd, "?"),)),
        replace(whole, y_ticks=(Tick(odd, "?"),)),
    ]

    assert {pixels(draw(chart, Theme.LIGHT)).shape for chart in charts} == {(800, 1600, 3)}


@pytest.mark.parametrize("odd", ODD_NUMBERS)
def test_odd_numbers_in_every_place_of_a_bar_chart_give_a_picture(odd: float) -> None:
    whole = bar_chart(3)
    charts = [
        replace(whole, bars=(Bar("odd", Tone.MAIN, odd, "?"), *whole.bars[:2])),
        replace(whole, top=odd),
        replace(whole, limit=Tick(odd, "?"), top=odd),
        replace(whole, x_ticks=(Tick(odd, "?"),)),
    ]

    assert {pixels(draw(chart, Theme.DARK)).shape[1] for chart in charts} == {1600}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(FULL)),
    st.lists(st.floats() | st.integers(-9, 9).map(float), min_size=1, max_size=9),
    st.sampled_from(["whole", "compact"]),
)
def test_any_numbers_in_a_chart_give_a_picture_no_taller_than_the_sheet(
    kind: str, numbers: list[float], size: str
) -> None:
    supply = cycle(numbers)

    def odd(leaf: object) -> object:
        return next(supply) if isinstance(leaf, float) else leaf

    picture = pixels(draw(with_leaves(FULL[kind], odd), Theme.LIGHT, compact=size == "compact"))
    assert picture.shape[1] in (1600, 1000, 800, 640, 400)
    assert picture.shape[0] <= 2 * TALLEST


@pytest.mark.parametrize("odd", [nan, inf, -1.0])
def test_a_bar_without_a_number_has_no_length_and_an_axis_without_one_fits_its_bars(
    odd: float,
) -> None:
    whole = bar_chart(3)
    layout = bars.lay_out(replace(whole, bars=(replace(whole.bars[0], value=odd), *whole.bars[1:])))

    assert layout.rows[0].end == layout.x.start
    assert bars.lay_out(replace(whole, top=odd)).x.high == 1.42


def test_points_that_are_no_numbers_break_the_line() -> None:
    chart = line_chart(5)
    days = [day for day, _ in chart.lines[0].points]
    gap = Line("sold", Tone.BASE, (tuple(zip(days, (1.0, 2.0, nan, 4.0, 5.0), strict=True)),), "5")

    (trace,) = lines.lay_out(replace(chart, lines=(gap,))).traces

    assert [len(run) for run in trace.runs] == [2, 2]


def test_two_threads_draw_the_same_pixels_as_one() -> None:
    charts: list[ChartModel] = [line_chart(), bar_chart(12), line_chart(3), bar_chart(1)] * 8
    alone = [draw(chart, Theme.LIGHT) for chart in charts]

    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(draw, charts, repeat(Theme.LIGHT)))

    for one, other in zip(alone, together, strict=True):
        # Now and then ISA-L packs the same pixels into other bytes.
        assert one == other or np.array_equal(pixels(one), pixels(other))


def test_a_chart_leaves_nothing_behind_for_the_next_one() -> None:
    before = pixels(draw(bar_chart(2), Theme.LIGHT))
    draw(bar_chart(15), Theme.DARK)

    assert np.array_equal(pixels(draw(bar_chart(2), Theme.LIGHT)), before)


def test_bars_begin_at_nought_and_are_as_long_as_their_values() -> None:
    layout = bars.lay_out(bar_chart(3))
    lengths = [row.end - layout.x.start for row in layout.rows]

    longest = lengths[0] / 1.42
    assert lengths == pytest.approx([1.42 * longest, 0.93 * longest, 0.88 * longest])
