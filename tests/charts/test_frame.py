"""What stands around a chart keeps its room."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.charts.drawing.canvas import NARROW, Canvas
from analytics.charts.drawing.frame import HEAD, MARGIN, head
from analytics.charts.drawing.glyphs import Style, Weight
from analytics.charts.drawing.ink import rgb
from analytics.charts.drawing.line_breaks import short_lines, two_lines
from analytics.charts.drawing.lines import HEIGHT, draw_lines, lay_out
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
    [(LONG, 800, 1), (LONG, NARROW, 2), ("short", NARROW, 1), ("long" * 40, NARROW, 1)],
    ids=["room enough", "parted in two", "short", "no place to part it"],
)
def test_a_footnote_takes_as_many_lines_as_it_needs(note: str, width: int, lines: int) -> None:
    assert lines_of_the_footnote(note, width) == lines


FRENCH = (
    "Utilisation par charge de travail : personnes actives dans les 28 jours, "
    "parmi les ayants droit"
)


def test_a_subtitle_too_long_for_one_line_goes_on_in_a_second_and_pushes_the_chart_down() -> None:
    short = replace(line_chart(), subtitle="Utilisation")
    long = replace(short, subtitle=FRENCH)

    assert " ".join(two_lines(FRENCH, Style(14.5), 436)) == FRENCH
    assert head(long, NARROW) - head(short, NARROW) == 18
    assert lay_out(long, NARROW).y.end - lay_out(short, NARROW).y.end == 18


def test_two_lines_are_parted_between_statements_so_that_none_is_left_alone() -> None:
    source = "Espace partenaires, données de licences au 28 nov. 2026"
    rules = "licences de tous les partenaires · actives : 28 jours"

    assert two_lines(f"{source} · {rules}", Style(11.5), 436) == (source, rules)


@settings(deadline=None)
@given(st.text(st.sampled_from("ab ·\N{NO-BREAK SPACE}é"), max_size=220), st.floats(0, 500))
def test_a_text_in_two_lines_loses_no_word(text: str, room: float) -> None:
    lines = two_lines(text, Style(12), room)

    assert len(lines) <= 2
    assert " ".join(lines).replace("·", " ").split() == text.replace("·", " ").split()


def test_a_long_title_goes_on_below_the_badge() -> None:
    title = "Contoso: 290 of 1,205 measured seats are idle"
    narrow, wide = (head(replace(line_chart(), title=title), width) for width in (NARROW, 800))

    assert (narrow, wide) == (HEAD + 27, HEAD)


def test_a_finding_behind_a_long_name_is_whole_in_three_lines() -> None:
    name = "Northwind Traders International Holding GmbH"
    title = f"{name}: 290 licences inutilisées sur 1 205 mesurées"
    style, beside_badge, room = Style(23, Weight.SEMIBOLD), 310.0, 436.0
    first, *others = short_lines(title, style, beside_badge, room, 3)

    assert len(others) == 2
    assert " ".join((first, *others)) == title
    assert two_lines(first, style, beside_badge) == (first,)
    assert all(two_lines(line, style, room) == (line,) for line in others)


def test_a_title_takes_no_third_line_that_it_does_not_need() -> None:
    title = "Contoso : 290 licences inutilisées sur 1 205 mesurées"

    assert len(short_lines(title, Style(23, Weight.SEMIBOLD), 300.0, 436.0, 3)) == 2
    assert short_lines("x" * 90, Style(23), 310.0, 436.0, 3) == ("x" * 90,)
