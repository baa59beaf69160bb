"""Gains and losses over time, and counts by class."""

from dataclasses import replace
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analytics.charts.column_kinds import Bucket, Portion, Stack, StackedColumns
from analytics.charts.drawing import buckets, stacked_columns
from analytics.charts.drawing.canvas import NARROW, Canvas
from analytics.charts.drawing.ink import rgb
from analytics.charts.elements import Shade, Tone
from analytics.charts.themes import Theme
from tests.charts.examples import GAINS, LOSSES, adoption, growth

WIDTHS = (800, NARROW)
LOOK = Theme.DARK.palette
TONES = {tone: rgb(LOOK.tones[tone]) for tone in Tone}
PAPER = rgb(LOOK.paper)


def drawn(chart: StackedColumns, width: int = 800) -> NDArray[np.uint8]:
    canvas = Canvas(2, width)
    return canvas.pixels(stacked_columns.draw_columns(canvas, chart, LOOK))[..., :3].copy()


def colours(picture: NDArray[np.uint8], x: float) -> set[tuple[int, ...]]:
    """The colours of the plot at a place of the axis."""
    return {tuple(int(part) for part in each) for each in picture[280:620, round(2 * x)]}


@pytest.mark.parametrize("width", WIDTHS)
def test_gains_rise_from_nought_and_losses_fall_from_it(width: int) -> None:
    layout = stacked_columns.lay_out(growth(), width)
    known = [(g, loss) for g, loss in zip(GAINS, LOSSES, strict=True) if g is not None]
    unit = (layout.axes.y.start - layout.axes.y.end) / 25
    heights = {tone: [] for tone in (Tone.GAIN, Tone.LOSS)}
    for block in layout.blocks:
        (_, upper), (_, lower) = block.box
        heights[block.tone].append(round((lower - upper) / unit, 6))
        zero = lower if block.tone is Tone.GAIN else upper
        assert zero == layout.axes.zero

    assert heights[Tone.GAIN] == [gain for gain, _ in known if gain]
    assert heights[Tone.LOSS] == [loss for _, loss in known if loss]


def test_portions_of_one_sign_are_stacked_on_one_another() -> None:
    parts = tuple(
        Portion(tone, n) for tone, n in ((Tone.MAIN, 3), (Tone.LOSS, -2), (Tone.OTHER, 4))
    )
    layout = stacked_columns.lay_out(replace(growth(), columns=(Stack("Nov", parts),)))
    main, loss, other = layout.blocks

    assert other.box[1][1] == main.box[0][1]
    assert main.box[1][1] == loss.box[0][1] == layout.axes.zero


def test_the_span_that_is_not_over_is_hatched_and_no_other() -> None:
    layout = stacked_columns.lay_out(growth())
    hatched = {block.box[0][0] for block in layout.blocks if block.shade is Shade.HATCHED}

    assert hatched == {layout.axes.sides(11)[0]}


@pytest.mark.parametrize("width", WIDTHS)
def test_spans_of_which_nothing_is_known_are_one_band_with_words_and_no_columns(width: int) -> None:
    layout, picture = stacked_columns.lay_out(growth(), width), drawn(growth(), width)
    (band,) = layout.bands
    middle = band.left + 3

    assert (band.left, band.right) == (
        pytest.approx(layout.axes.x.place(5.5)),
        pytest.approx(layout.axes.x.place(7.5)),
    )
    assert band.lines
    assert not colours(picture, middle) & {TONES[Tone.GAIN], TONES[Tone.LOSS]}
    assert rgb(LOOK.track) in colours(picture, middle)


def test_a_known_nought_is_an_empty_place_and_no_band() -> None:
    nothing = Stack("Nov", (Portion(Tone.GAIN, 0.0), Portion(Tone.LOSS, 0.0)))
    layout = stacked_columns.lay_out(replace(growth(), columns=(nothing, Stack("Dec", ()))))

    assert (layout.bands, layout.blocks) == ((), ())


def test_the_newest_thirty_one_are_drawn() -> None:
    columns = tuple(Stack(str(at), (Portion(Tone.GAIN, 1.0),)) for at in range(60))
    layout = stacked_columns.lay_out(replace(growth(), columns=columns))

    assert [column.label for column in layout.columns] == [str(at) for at in range(29, 60)]


def test_the_balance_is_a_dot_at_its_height() -> None:
    picture, axes = drawn(growth()), stacked_columns.lay_out(growth()).axes
    x, y = round(2 * axes.x.place(4.0)), round(2 * axes.y.place(5.0))

    assert tuple(picture[y, x]) == rgb(LOOK.ink)


PARTS = st.lists(st.floats(-1e9, 1e9) | st.just(nan), max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | PARTS, max_size=30), st.sampled_from(WIDTHS))
def test_every_block_stays_between_the_axes_and_beside_its_neighbours(
    columns: list[list[float] | None], width: int
) -> None:
    stacks = tuple(
        Stack("w", None if parts is None else tuple(Portion(Tone.MAIN, n) for n in parts))
        for parts in columns
    )
    layout = stacked_columns.lay_out(replace(growth(), columns=stacks), width)

    for block in layout.blocks:
        (left, upper), (right, lower) = block.box
        assert layout.axes.x.start <= left < right <= layout.axes.x.end
        assert layout.axes.y.end <= upper <= lower <= layout.axes.y.start
    assert layout.axes.sides(0)[1] < layout.axes.sides(1)[0]


@pytest.mark.parametrize("width", WIDTHS)
def test_buckets_are_as_high_as_their_counts(width: int) -> None:
    axes = buckets.lay_out(adoption(), width)
    heights = [axes.zero - buckets.column(axes, at, n)[0][1] for at, n in enumerate((5, 10, 20.0))]

    assert heights == pytest.approx([heights[0], 2 * heights[0], 4 * heights[0]])


def test_a_bucket_without_a_count_is_a_hatched_stub_and_one_of_nought_is_empty() -> None:
    row = (Bucket("0–20%", None, "?"), Bucket("20–40%", 0.0, "0"), Bucket("40–60%", 8.0, "8"))
    chart = replace(adoption(), buckets=row)
    axes = buckets.lay_out(chart)
    canvas = Canvas(2, 800)
    picture = canvas.pixels(buckets.draw_buckets(canvas, chart, LOOK))[..., :3]
    found = []
    for at, bucket in enumerate(row):
        (left, upper), (right, lower) = buckets.column(axes, at, bucket.count)
        inside = picture[
            round(2 * upper) : round(2 * lower) - 3, round(2 * left) : round(2 * right)
        ]
        found.append({tuple(int(part) for part in each) for each in inside.reshape(-1, 3)})

    assert TONES[Tone.UNKNOWN] in found[0]
    assert found[1] == set()
    assert found[2] == {TONES[Tone.MAIN]}


def test_at_most_seven_buckets_are_drawn() -> None:
    many = replace(adoption(), buckets=3 * adoption().buckets)

    assert buckets.lay_out(many).x.high == 6.5


@pytest.mark.parametrize("width", WIDTHS)
def test_the_second_count_is_an_outline_around_the_column(width: int) -> None:
    chart = replace(adoption(), buckets=(Bucket("0–20%", 8.0, "8", outline=20.0),))
    axes = buckets.lay_out(chart, width)
    (left, upper), _ = buckets.column(axes, 0, 20.0)
    canvas = Canvas(2, width)
    picture = canvas.pixels(buckets.draw_buckets(canvas, chart, LOOK))[..., :3]
    row = picture[round(2 * upper) + 40]

    assert tuple(row[round(2 * (left - 4))]) == rgb(LOOK.rim)
    assert tuple(row[round(2 * (left - 4)) + 4]) == PAPER
