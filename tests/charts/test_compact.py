"""Pictures that travel inside a card of Teams: small enough whatever they say, and as right."""

import zlib
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from itertools import repeat
from random import Random
from time import process_time

import matplotlib.image
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from analytics.charts.drawing import bars
from analytics.charts.drawing.canvas import NARROW, Canvas
from analytics.charts.drawing.ink import rgb
from analytics.charts.drawing.render import COMPACT_BYTES, Theme, draw
from analytics.charts.model import Blank, ChartModel, Line, LineChart, Tick, Tone
from tests.charts.examples import EXAMPLES, FULL
from tests.charts.hostile import WORST, in_every_place, pixels, with_leaves
from tests.charts.plain import bar_chart, line_chart

MOST_SYMBOLS = 70_000
ALPHABETS = {
    "dense": "@%&8W#gM$Q",
    "names": "Beißwenger & Ångström GmbH 48% (Übersee)",
    "marks": "ẤǬṩǢ",
    "dots": ".:,;'` ",
    "Arabic": "شركة الحلول المتقدمة",
}


def data_uri(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"


def busy_lines() -> LineChart:
    """Eight noisy series of 200 days, and a tick and a blank wherever there may be one."""
    whole, chance = line_chart(), Random(2)  # noqa: S311 the same noise each time
    (first, last), top = whole.days, whole.top
    days = [float(day) for day in np.linspace(first, last, 200)]
    lines = tuple(
        Line("", tuple(Tone)[at % 4], (tuple((day, chance.random() * top) for day in days),), "")
        for at in range(8)
    )
    across = tuple(Tick(float(at), "") for at in np.linspace(first, last, 24))
    up = tuple(Tick(float(at), "") for at in np.linspace(0, top, 24))
    blanks = tuple(Blank(day, day + 9, "") for day in days[::9])
    named = replace(whole, lines=lines, x_ticks=across, y_ticks=up)
    return replace(named, snapshots=tuple(days), blanks=blanks)


def each_different(chart: ChartModel, alphabet: str) -> ChartModel:
    """Long texts everywhere, no two alike: nothing repeats that could be compressed."""
    chance = Random(1)  # noqa: S311 the same texts each time

    def text() -> str:
        return "".join(chance.choice(alphabet) for _ in range(160))

    return with_leaves(chart, lambda leaf: text() if isinstance(leaf, str) else leaf)


def opened(png: bytes) -> NDArray[np.float32]:
    return np.asarray(matplotlib.image.imread(BytesIO(png)))


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(
    ("chart", "width"),
    [(line_chart(), 1000), (bar_chart(9), 1000), (bar_chart(12), 800), (bar_chart(15), 640)],
    ids=["line", "9 bars", "12 bars", "15 bars"],
)
def test_a_real_chart_is_as_wide_as_its_height_lets_it_in_at_most_256_colours(
    chart: ChartModel, width: int, theme: Theme
) -> None:
    png = draw(chart, theme, compact=True)
    with Image.open(BytesIO(png)) as picture:
        assert picture.mode == "P"
        assert picture.width == width
        assert picture.height <= 1000
        assert len(picture.getcolors(256) or ()) > 20
    assert len(data_uri(png)) < MOST_SYMBOLS
    assert len(png) < len(draw(chart, theme)) / 3


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("alphabet", ALPHABETS)
@pytest.mark.parametrize(
    "chart",
    [busy_lines(), bar_chart(15), *FULL.values()],
    ids=["lines", "bars", *FULL],
)
def test_the_worst_chart_of_all_fits_a_card(chart: ChartModel, alphabet: str, theme: Theme) -> None:
    png = draw(each_different(chart, ALPHABETS[alphabet]), theme, compact=True)
    assert len(png) <= COMPACT_BYTES
    assert len(data_uri(png)) < MOST_SYMBOLS
    assert pixels(png).shape[1] in (1000, 800, 640, 400)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=()), max_size=80),
    st.sampled_from([line_chart(5), bar_chart(15), *FULL.values()]),
    st.sampled_from(Theme),
)
def test_any_text_in_every_place_fits_a_card(text: str, chart: ChartModel, theme: Theme) -> None:
    png = draw(in_every_place(chart, text), theme, compact=True)
    assert len(data_uri(png)) < MOST_SYMBOLS


@pytest.mark.parametrize("name", WORST)
def test_the_worst_names_fit_a_card(name: str) -> None:
    png = draw(in_every_place(bar_chart(12), WORST[name]), Theme.DARK, compact=True)
    assert len(data_uri(png)) < MOST_SYMBOLS


@pytest.mark.parametrize("theme", Theme)
def test_another_reader_opens_it_and_finds_the_paper_at_its_corners(theme: Theme) -> None:
    corners = opened(draw(line_chart(), theme, compact=True))[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert (np.round(corners[:, :3] * 255) == rgb(theme.palette.paper)).all()


@pytest.mark.parametrize("theme", Theme)
def test_every_colour_of_the_theme_stays_exactly_itself(theme: Theme) -> None:
    look = theme.palette
    alarm = replace(line_chart(3).lines[0], tone=Tone.ALARM)
    alarming = replace(line_chart(3), lines=(alarm,))
    charts = (line_chart(), alarming, bar_chart(), *(make("en") for make in EXAMPLES.values()))
    shown: set[tuple[int, ...]] = set()
    for chart in charts:
        with Image.open(BytesIO(draw(chart, theme, compact=True))) as picture:
            found = picture.convert("RGBA").convert("RGB").getcolors(256) or ()
            shown |= {colour for _, colour in found}
    meant = (look.paper, look.ink, look.grid, look.axis, look.track, look.wash, look.badge)
    for colour in (*meant, look.pale, look.rim, *look.tones.values()):
        assert rgb(colour) in shown, colour


@pytest.mark.parametrize("theme", Theme)
def test_it_shows_what_the_whole_picture_shows(theme: Theme) -> None:
    """One in all its colours looks the same: in the mean, and where a bar turns too long."""
    chart = replace(bar_chart(), beyond=Tone.ALARM)
    compact = pixels(draw(chart, theme, compact=True))
    canvas = Canvas(2, NARROW)
    whole = canvas.pixels(bars.draw_bars(canvas, chart, theme.palette))[..., :3]
    assert whole.shape == compact.shape
    assert np.abs(compact.astype(int) - whole).mean() < 3
    layout = bars.lay_out(chart, NARROW)
    assert layout.limit is not None
    row, limit = round(2 * layout.rows[0].y), round(2 * layout.limit.at)
    tones = theme.palette.tones
    assert tuple(compact[row, limit - 15]) == rgb(tones[Tone.MAIN])
    assert tuple(compact[row, limit + 15]) == rgb(tones[Tone.ALARM])


def test_every_chunk_carries_its_right_checksum() -> None:
    png, at = draw(bar_chart(), Theme.DARK, compact=True), 8
    kinds = []
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        chunk = png[at + 4 : at + 8 + size]
        kinds.append(chunk[:4])
        assert zlib.crc32(chunk).to_bytes(4, "big") == png[at + 8 + size : at + 12 + size]
        at += 12 + size
    assert kinds == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]


def least_cpu(chart: ChartModel, *, compact: bool) -> float:
    spent = []
    for _ in repeat(None, 15):
        started = process_time()
        draw(chart, Theme.LIGHT, compact=compact)
        spent.append(process_time() - started)
    return min(spent)


@pytest.mark.alone
@pytest.mark.parametrize("chart", [line_chart(), bar_chart(12)], ids=["line", "bars"])
def test_it_costs_at_most_twice_the_cpu_of_the_whole_picture(chart: ChartModel) -> None:
    assert least_cpu(chart, compact=True) <= 2 * least_cpu(chart, compact=False)


def test_whole_pictures_are_the_same_before_and_after_a_compact_one() -> None:
    before = pixels(draw(bar_chart(12), Theme.LIGHT))
    draw(bar_chart(12), Theme.LIGHT, compact=True)
    assert np.array_equal(pixels(draw(bar_chart(12), Theme.LIGHT)), before)


@pytest.mark.parametrize("compact", [False, True], ids=["whole", "compact"])
def test_a_card_is_clear_outside_its_round_corners_and_nowhere_else(compact: bool) -> None:  # noqa: FBT001 a case
    with Image.open(BytesIO(draw(line_chart(), Theme.CARD, compact=compact))) as picture:
        opacity = np.asarray(picture.convert("RGBA"))[..., 3]
    corners = opacity[[0, 0, -1, -1], [0, -1, 0, -1]]

    assert corners.tolist() == [0, 0, 0, 0]
    assert (opacity[24:-24] == 255).all()
    assert (opacity[:, 24:-24] == 255).all()


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_other_pictures_are_opaque(theme: Theme) -> None:
    for compact in (False, True):
        with Image.open(BytesIO(draw(line_chart(), theme, compact=compact))) as picture:
            assert (np.asarray(picture.convert("RGBA"))[..., 3] == 255).all()


@pytest.mark.parametrize("theme", Theme)
def test_the_colours_of_a_picture_fit_its_palette(theme: Theme) -> None:
    png = draw(bar_chart(), theme, compact=True)
    size = int.from_bytes(png[33:37], "big")

    assert png[37:41] == b"PLTE"
    assert size <= 3 * 256
