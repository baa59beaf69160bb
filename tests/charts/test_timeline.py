"""Decisions by week: each dot once, its area the seats, none outside its week's room."""

from dataclasses import replace
from math import inf, nan, pi

import pytest

from analytics.charts.dot_kinds import DottedWeek, Timeline, WeekDot
from analytics.charts.drawing.canvas import NARROW, WIDTH
from analytics.charts.drawing.render import draw
from analytics.charts.drawing.timeline import (
    LEAST,
    MOST_DOTS,
    MOST_WEEKS,
    RINGED,
    ROOM,
    TimelineLayout,
    lay_out,
)
from analytics.charts.elements import Tone
from analytics.charts.themes import Theme
from handlers.messages.speaker import speaker
from handlers.output.pictures import picture
from tests.charts.hostile import pixels
from tests.charts.timelines import SIZES, timeline

WIDTHS = pytest.mark.parametrize("width", [WIDTH, NARROW])


def with_dots(*weeks: int, size: float | None = 10.0) -> Timeline:
    """Weeks with so many decisions of one size."""
    return replace(
        timeline(),
        weeks=tuple(DottedWeek(str(at), (WeekDot(size),) * many) for at, many in enumerate(weeks)),
    )


def touching(layout: TimelineLayout) -> bool:
    dots = [dot for week in layout.weeks for dot in week]
    return any(
        (a.centre[0] - b.centre[0]) ** 2 + (a.centre[1] - b.centre[1]) ** 2
        < (a.radius + b.radius - 0.1) ** 2
        for at, a in enumerate(dots)
        for b in dots[:at]
    )


@WIDTHS
def test_the_area_of_a_dot_is_its_seats_and_no_two_touch(width: int) -> None:
    layout = lay_out(timeline(), width)
    large = [dot for week in layout.weeks for dot in week if dot.radius > RINGED]
    scales = {round(pi * dot.radius**2 / (dot.dot.size or 0), 3) for dot in large}
    assert len(scales) == 1
    assert not touching(layout)
    assert [len(week) for week in layout.weeks] == [len(sizes) for sizes in SIZES]


@WIDTHS
@pytest.mark.parametrize("many", [1, 7, MOST_DOTS, 500])
def test_many_decisions_of_one_week_stay_in_its_room(many: int, width: int) -> None:
    layout = lay_out(with_dots(0, many, 0, size=5_000.0), width)
    middle = layout.x.place(1.0)
    assert len(layout.weeks[1]) == min(many, MOST_DOTS)
    for dot in layout.weeks[1]:
        assert abs(dot.centre[0] - middle) + dot.radius <= layout.pitch / 2 + 0.01
        assert layout.base - ROOM <= dot.centre[1] - dot.radius
        assert dot.centre[1] + dot.radius <= layout.base
    assert not touching(layout)


def test_a_picture_of_a_few_dots_is_lower_than_one_of_many() -> None:
    assert lay_out(with_dots(*[1] * 13)).height < lay_out(with_dots(*[12] * 13)).height


def test_seats_that_are_not_known_are_the_smallest_dot_and_hollow() -> None:
    chart = with_dots(1, 1, size=None)
    assert {dot.radius for week in lay_out(chart).weeks for dot in week} == {LEAST}
    assert draw(chart, Theme.LIGHT) != draw(with_dots(1, 1, size=0.0), Theme.LIGHT)


def test_without_a_decision_the_words_say_so() -> None:
    empty = with_dots(0, 0, 0)
    assert draw(empty, Theme.LIGHT) != draw(replace(empty, nothing=""), Theme.LIGHT)
    assert picture(empty, speaker("en")).alt.startswith(empty.title)


def test_only_thirteen_weeks_are_drawn() -> None:
    assert len(lay_out(with_dots(*[1] * 40)).weeks) == MOST_WEEKS


@pytest.mark.parametrize("size", [nan, inf, -5.0, 1e300, 0.0])
def test_odd_sizes_are_drawn_within_bounds(size: float) -> None:
    layout = lay_out(with_dots(3, 1, size=size))
    assert all(LEAST <= dot.radius <= 30 for week in layout.weeks for dot in week)
    assert draw(with_dots(3, 1, size=size), Theme.DARK, compact=True)


@pytest.mark.parametrize("size", [400.0, 4.0, 0.0])
def test_an_extension_of_any_size_stands_out_by_a_ring_too(size: float) -> None:
    """The ring between colour and colour is paper, across the middle of the dot."""
    dots = (WeekDot(400.0), WeekDot(size, tone=Tone.ALARM))
    chart = replace(with_dots(1), weeks=(DottedWeek("", dots),))
    layout = lay_out(chart)
    dot = layout.weeks[0][1]
    drawn = pixels(draw(chart, Theme.LIGHT))
    (x, y), scale = dot.centre, drawn.shape[1] / WIDTH
    row = drawn[round(y * scale), round((x - dot.radius) * scale) : round((x + 1) * scale), :3]
    is_paper = (row == 255).all(axis=1)
    assert not is_paper[[round(0.9 * scale), -1]].any()
    assert is_paper.any()


def test_the_alternative_text_has_the_finding_and_the_first_weeks() -> None:
    chart = timeline()
    alt = picture(chart, speaker("en")).alt
    assert alt.startswith("32 decisions in 13 weeks, 2 into an extension")
    assert "30 Nov" in alt
    assert "14 Dec" not in alt  # a week without a decision
