"""Charts small enough for a card: half the size, few colours, and light whatever they show."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.charts.drawing import Theme, draw
from analytics.charts.model import ChartModel
from analytics.charts.shrinking import halved, indexed
from tests.charts.plain import bar_chart, line_chart

LIMIT = 51_000


def crowded() -> ChartModel:
    """As many bars as there can be, each with letters."""
    bar = bar_chart().bars[0]
    labels = ("A long label of a workload, number", "The quick brown fox jumps over")
    bars = (
        replace(bar, label=f"{labels[at % 2]} {at}", shown="1,234 of 5,678") for at in range(15)
    )
    return replace(bar_chart(), bars=tuple(bars), title="Contoso and its many workloads " * 2)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("chart", [line_chart(), bar_chart(), crowded()], ids=["l", "b", "c"])
def test_a_compact_chart_is_half_as_wide_and_light(chart: ChartModel, theme: Theme) -> None:
    whole, small = draw(chart, theme), draw(chart, theme, compact=True)
    width, height = (int.from_bytes(small[at : at + 4]) for at in (16, 20))
    assert width == 800
    assert height == int.from_bytes(whole[20:24]) // 2
    assert len(small) <= LIMIT


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(1, 5000))
def test_a_palette_holds_every_colour_nearly(seed: int, colours: int) -> None:
    random = np.random.default_rng(seed)
    some = random.integers(0, 256, (colours, 4), dtype=np.uint8)
    pixels = some[random.integers(0, colours, (40, 60))]
    places, palette = indexed(pixels)
    off = np.abs(palette[places].astype(int) - pixels[..., :3]).max()
    assert len(palette) <= 256
    assert places.max() < len(palette)
    assert off <= (15 if len(palette) < 256 else 120)


def test_flat_colours_stay_as_they_are() -> None:
    pixels = np.zeros((8, 8, 4), np.uint8)
    pixels[:, 4:] = (255, 219, 112, 255)
    places, palette = indexed(halved(pixels))
    assert palette[places][0].tolist() == [[0, 0, 0]] * 2 + [[255, 219, 112]] * 2
