"""Lines in runs, the rug of snapshots, dots at measured points, and bands where nothing is."""

from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from math import inf, nan

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.charts.drawing import lines
from analytics.charts.drawing.blanks import Band
from analytics.charts.drawing.canvas import NARROW, Canvas
from analytics.charts.drawing.ink import rgb
from analytics.charts.drawing.render import COMPACT_BYTES, Theme, draw
from analytics.charts.model import Blank, Line, LineChart, Tone
from analytics.charts.themes import Palette
from tests.charts.hostile import WORST, pixels
from tests.charts.plain import line_chart

FIRST = date(2026, 8, 31).toordinal()
HOLE = (30.0, 72.0)
"""The last day before six weeks without snapshots, and the first one after."""

BOTTOM, TOP = lines.lay_out(line_chart()).y.start, lines.lay_out(line_chart()).y.end


def course(*, step: int = 1, hole: bool = True, label: str = "not measured") -> LineChart:
    """Ninety days of Contoso, measured every `step` days, with or without the hole."""
    days = [FIRST + float(day) for day in range(0, 91, step)]
    before = tuple(day for day in days if day <= FIRST + HOLE[0])
    after = tuple(day for day in days if day >= FIRST + HOLE[1])
    parts = (before, after) if hole else (tuple(days),)
    kinds = ((Tone.BASE, 1200.0), (Tone.OTHER, 1000.0), (Tone.MAIN, 700.0))
    blank = Blank(before[-1] + 1, after[0] - 1, label)
    return replace(
        line_chart(),
        lines=tuple(
            Line(
                tone.value,
                tone,
                tuple(tuple((day, at) for day in part) for part in parts),
                "9",
                filled=tone is Tone.MAIN,
                stepped=tone is Tone.BASE,
            )
            for tone, at in kinds
        ),
        days=(days[0], days[-1]),
        top=1500.0,
        x_ticks=(),
        snapshots=tuple(day for part in parts for day in part),
        blanks=(blank,) if hole else (),
    )


def drawn(chart: LineChart, palette: Palette, width: int = 800) -> NDArray[np.uint8]:
    """The chart's pixels, two a design unit."""
    canvas = Canvas(2, width)
    return canvas.pixels(lines.draw_lines(canvas, chart, palette))[..., :3].copy()


def column(picture: NDArray[np.uint8], x: float) -> set[tuple[int, ...]]:
    """The colours of the plot above a place on the axis."""
    plot = picture[round(2 * TOP) : round(2 * BOTTOM) - 2, round(2 * x)]
    return {tuple(int(part) for part in colour) for colour in plot}


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("width", [800, NARROW])
@pytest.mark.parametrize("step", [1, 7])
def test_nothing_is_drawn_through_a_hole_but_its_band(theme: Theme, width: int, step: int) -> None:
    chart, look = course(step=step), theme.palette
    layout = lines.lay_out(chart, width)
    (blank,) = chart.blanks
    picture = drawn(chart, look, width)
    inks = {rgb(look.tones[tone]) for tone in Tone} | {rgb(look.wash), rgb(look.grid)}

    first, last = layout.x.place(blank.first), layout.x.place(blank.last)  # beside the points
    for x in np.linspace(first + 1, last - 1, 60):
        assert not column(picture, x) & inks, x
    assert column(picture, first + 2) == {rgb(look.track)}
    beside = column(picture, layout.x.start + 1)
    assert {rgb(look.tones[Tone.MAIN]), rgb(look.wash)} <= beside


def test_the_same_without_the_hole_has_its_lines_there() -> None:
    chart, look = course(hole=False), Theme.LIGHT.palette
    (band,) = lines.lay_out(course()).bands

    shown = column(drawn(chart, look), (band.left + band.right) / 2)
    assert {rgb(look.tones[Tone.OTHER]), rgb(look.wash)} <= shown


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("width", [800, NARROW])
def test_the_band_says_why_it_is_empty_in_letters_that_can_be_read(
    theme: Theme, width: int
) -> None:
    look = theme.palette
    (band,) = lines.lay_out(course(), width).bands
    left, right = band.sides
    picture = drawn(course(), look, width)
    words = picture[
        round(2 * band.y) - 16 : round(2 * band.y) + 16, round(2 * left) : round(2 * right)
    ]

    assert band.left < left < right < band.right
    assert (words == rgb(look.quiet)).all(axis=2).any()
    assert contrast(look.quiet, look.track) >= 4.5


def contrast(ink: str, ground: str) -> float:
    """How far two colours stand apart, as WCAG 2 counts it."""

    def light(colour: str) -> float:
        parts = (part / 255 for part in rgb(colour))
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(ink), light(ground)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("step", [1, 7])
def test_a_band_begins_where_the_lines_end_and_ends_where_they_go_on(step: int) -> None:
    layout = lines.lay_out(course(step=step))
    before, after = layout.traces[0].runs
    (band,) = layout.bands
    assert (band.left, band.right) == (before[-1][0], after[0][0])


def test_words_that_a_narrow_band_has_no_room_for_stand_above_it() -> None:
    whole = course()
    places = (FIRST + 10.0, FIRST + 13.0), (FIRST + 16.0, FIRST + 19.0), (FIRST + 60.0, FIRST + 62)
    blanks = tuple(Blank(first, last, "not measured") for first, last in places)
    one, other, far = lines.lay_out(replace(whole, blanks=blanks), NARROW).bands

    assert one.y < TOP
    assert one.sides[1] - one.sides[0] > one.right - one.left
    assert other.lines == (), "it would be written over the first one's words"
    assert far.lines


def test_words_keep_away_from_the_lines_that_go_on_and_from_other_words() -> None:
    whole = course()
    through = replace(whole.lines[2], runs=(((FIRST + 0.0, 750.0), (FIRST + 90.0, 750.0)),))
    (first,) = whole.blanks
    second = replace(first, first=first.first + 1, last=first.last + 1, label="active: partly")
    chart = replace(whole, lines=(*whole.lines[:2], through), blanks=(first, second))
    bands = lines.lay_out(chart).bands
    line = lines.lay_out(chart).traces[-1].runs[0][0][1]

    for band in bands:
        assert all(abs(height - line) >= 16 for height in band.heights)
    one, other = bands
    assert not overlap(one, other)


def overlap(one: Band, other: Band) -> bool:
    """Whether the words of two bands touch."""
    near = any(abs(a - b) < 14 for a in one.heights for b in other.heights)
    return near and one.sides[0] < other.sides[1] and other.sides[0] < one.sides[1]


def test_words_are_parted_where_one_line_is_too_long() -> None:
    label = "Sold and Assigned: not\N{NO-BREAK SPACE}measured"
    (wide,) = lines.lay_out(course(label=label)).bands
    (narrow,) = lines.lay_out(course(label=label), NARROW).bands

    assert (len(wide.lines), len(narrow.lines)) == (1, 2)
    assert narrow.left < narrow.sides[0] < narrow.sides[1] < narrow.right


@pytest.mark.parametrize("count", [1, 2, 90])
def test_the_rug_has_a_tick_for_each_snapshot(count: int) -> None:
    days = tuple(FIRST + float(at) * 90 / max(1, count - 1) for at in range(count))
    layout = lines.lay_out(replace(course(hole=False), snapshots=days))
    assert layout.rug == pytest.approx([layout.x.place(day) for day in days])

    look = Theme.LIGHT.palette
    row = drawn(replace(course(hole=False), snapshots=days), look)[round(2 * BOTTOM) - 7]
    assert all(
        (row[round(2 * at) - 2 : round(2 * at) + 3] == rgb(look.axis)).all(axis=1).any()
        for at in layout.rug
    )


def test_snapshots_that_are_too_many_for_the_rug_leave_air() -> None:
    layout = lines.lay_out(
        replace(course(hole=False), snapshots=tuple(FIRST + at / 20 for at in range(1800)))
    )
    assert min(after - before for before, after in pairwise(layout.rug)) >= 2.5


def test_measured_points_are_dots_where_they_stand_apart() -> None:
    assert lines.lay_out(course(step=7)).has_dots
    assert lines.lay_out(course(step=7), NARROW).has_dots
    assert not lines.lay_out(course(step=1)).has_dots

    look = Theme.DARK.palette
    chart = course(step=7)
    point = lines.lay_out(chart).traces[1].runs[0][1]
    picture = drawn(chart, look)
    x, y = (round(2 * place) for place in point)
    assert tuple(picture[y - 4, x]) == rgb(look.tones[Tone.OTHER]), "thicker than its line"
    assert tuple(picture[y - 4, x + 20]) == rgb(look.paper)


@pytest.mark.parametrize("theme", Theme)
def test_a_run_of_one_point_is_a_dot(theme: Theme) -> None:
    days = (0.0, 9.0), (45.0,), (), (90.0,)
    runs = tuple(tuple((FIRST + day, 700.0) for day in run) for run in days)
    chart = replace(course(hole=False), lines=(Line("active", Tone.MAIN, runs, "700"),))
    layout = lines.lay_out(chart)
    x, y = layout.traces[0].runs[1][0]
    picture = drawn(chart, theme.palette)
    blue = rgb(theme.palette.tones[Tone.MAIN])

    for dx, dy in ((0, 0), (6, 0), (-6, 0), (0, 6), (0, -6)):
        assert tuple(picture[round(2 * y) + dy, round(2 * x) + dx]) == blue
    assert blue not in column(picture, x + 8)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("name", WORST)
def test_hostile_words_in_a_band_are_drawn(name: str, theme: Theme) -> None:
    chart = course(label=WORST[name])

    assert pixels(draw(chart, theme)).shape == (800, 1600, 3)
    assert len(draw(chart, theme, compact=True)) <= COMPACT_BYTES


@pytest.mark.parametrize("odd", [nan, inf, -inf, -1e300, 1e300, 0.0])
def test_odd_places_of_bands_and_snapshots_are_drawn(odd: float) -> None:
    blanks = (Blank(odd, odd, "x"), Blank(FIRST, odd, "x"), Blank(odd, FIRST + 9.0, "x"))
    chart = replace(course(), blanks=blanks, snapshots=(odd, FIRST, odd))

    assert pixels(draw(chart, Theme.LIGHT)).shape == (800, 1600, 3)
    assert pixels(draw(replace(chart, days=(odd, odd)), Theme.DARK)).shape == (800, 1600, 3)


def test_a_thousand_bands_are_drawn_as_far_as_they_can_be_told_apart() -> None:
    blanks = tuple(Blank(FIRST + at / 20, FIRST + at / 20, "not measured") for at in range(1000))
    bands = lines.lay_out(replace(course(), blanks=blanks)).bands

    assert len(bands) == 24
    assert not any(overlap(*pair) for pair in combinations(bands, 2) if all(b.lines for b in pair))


def test_a_course_is_as_high_as_its_counts_from_nought_on() -> None:
    layout = lines.lay_out(line_chart(24, (1200, 600, 300)))
    sold, assigned, active = (layout.y.start - end.tip[1] for end in layout.ends)

    assert (assigned / sold, active / sold) == pytest.approx((0.5, 0.25))


def test_seats_sold_jump_on_their_day_and_do_not_climb() -> None:
    run = ((FIRST + 0.0, 300.0), (FIRST + 90.0, 1200.0))
    chart = replace(
        course(hole=False), lines=(Line("sold", Tone.BASE, (run,), "1,200", stepped=True),)
    )
    (trace,) = lines.lay_out(chart).traces
    (left, low), (right, _) = trace.runs[0]
    ink = rgb(Theme.LIGHT.palette.tones[Tone.BASE])

    beside = slice(round(left + right), round(2 * right) - 20)
    row = drawn(chart, Theme.LIGHT.palette)[round(2 * low), beside]
    assert (row == ink).all(axis=1).any()
