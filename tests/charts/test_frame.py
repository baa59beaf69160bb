"""What stands around a chart keeps its room."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.charts.drawing.canvas import NARROW, Canvas, rgb
from analytics.charts.drawing.frame import MARGIN
from analytics.charts.drawing.lines import HEIGHT, draw_lines
from analytics.charts.themes import Theme
from tests.charts.plain import line_chart

LONG = (
    "Partner Center licence insights as of 18 Nov 2026 / 21 Nov 2026 · all partners’ seats · "
    "active: within 28 days"
)


def lines_of_the_footnote(note: str, width: int) -> int:
    """How many lines of letters stand below the axis, each parted from the next by paper."""
    canvas, paper = Canvas(2, width), rgb(Theme.LIGHT.palette.paper)
    height = draw_lines(canvas, replace(line_chart(), note=note), Theme.LIGHT.palette)
    below = canvas.pixels(height)[round(2 * (HEIGHT - 42)) :, :, :3]
    inked = (below != np.array(paper)).any(axis=(1, 2))
    assert not inked[-4:].any(), "nothing is cut off below"
    assert not (below[:, -round(2 * MARGIN) :] != np.array(paper)).any(), "nor at the right"
    return int(np.count_nonzero(inked[1:] & ~inked[:-1]))


@pytest.mark.parametrize(
    ("note", "width", "lines"),
    [(LONG, 800, 1), (LONG, NARROW, 2), ("short", NARROW, 1), ("long " * 40, NARROW, 1)],
    ids=["room enough", "parted in two", "short", "no place to part it"],
)
def test_a_footnote_takes_as_many_lines_as_it_needs(note: str, width: int, lines: int) -> None:
    assert lines_of_the_footnote(note, width) == lines
