"""A picture in at most 256 colours: a quarter of the bytes, to travel inside a card."""

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analytics.charts.drawing.ink import rgb
from analytics.charts.drawing.png import indexed_png
from analytics.charts.model import Tone
from analytics.charts.themes import Palette, Theme

# The edges of letters are smoothed in this many steps between an ink and its ground.
_STEPS = 11
# Colours are distinguished by the upper five bits of red, green and blue.
_BITS = 5
# Opacities of a picture's round corners, from clear to nearly opaque.
_OPAQUE, _CLEAR_STEP = 255, 32
_OPACITIES = range(0, _OPAQUE, _CLEAR_STEP)
# Rows looked up together: fresh memory for a whole picture costs more than the lookup.
_STRIP = 32


def encode_indexed(pixels: NDArray[np.uint8], theme: Theme) -> bytes:
    """Return a PNG of `pixels`, shaped (height, width, 4). The theme's own colours stay exact;
    colours between two become the nearest step between an ink and its ground. What is not opaque
    becomes paper, in steps of opacity.
    """
    colours, nearest = _colours(theme)
    indices = np.empty(pixels.shape[:2], np.uint8)
    for top in range(0, len(pixels), _STRIP):
        strip = slice(top, top + _STRIP)
        indices[strip] = nearest[_codes(pixels[strip])]
    if not theme.palette.corner:
        return indexed_png(indices, colours)
    clear = pixels[:, :, 3] < _OPAQUE
    indices[clear] = len(colours) + pixels[clear][:, 3] // _CLEAR_STEP
    paper = np.tile(np.array(rgb(theme.palette.paper), np.uint8), (len(_OPACITIES), 1))
    opacity = bytes([*(len(colours) * [_OPAQUE]), *_OPACITIES])
    return indexed_png(indices, np.concatenate([colours, paper]), opacity)


def _codes(pixels: NDArray[np.uint8]) -> NDArray[np.integer]:
    """Return fifteen bits for each pixel, red uppermost."""
    whole = np.ascontiguousarray(pixels).view("<u4")[:, :, 0]
    red, green, blue = whole << 7 & 0x7C00, whole >> 6 & 0x3E0, whole >> 19 & 0x1F
    return red | green | blue


@cache
def _colours(theme: Theme) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the picture's colours, shaped (n, 3), and the nearest of them to each fifteen bits."""
    pairs = list(_pairs(theme.palette))
    own = np.array([rgb(name) for name in dict.fromkeys(sum(pairs, ()))], np.float64)
    steps = [_between(*pair) for pair in pairs]
    colours = np.concatenate([own, *steps]).round()
    nearest = _nearest(colours)
    nearest[_codes(_opaque(own))] = np.arange(len(own), dtype=np.uint8)
    return colours.astype(np.uint8), nearest


def _pairs(palette: Palette) -> Iterator[tuple[str, str]]:
    """Yield each ink with the ground that it stands on."""
    letters = (palette.ink, palette.quiet, palette.tones[Tone.ALARM])
    tones = dict.fromkeys(palette.tones.values())
    surfaces = (
        palette.grid,
        palette.axis,
        palette.track,
        palette.wash,
        palette.pale,
        palette.badge,
    )
    yield from ((ink, palette.paper) for ink in (*letters[:2], *tones, *surfaces))
    yield from ((ink, palette.track) for ink in letters)
    main = palette.tones[Tone.MAIN]
    yield from ((main, palette.wash), (main, palette.pale), (palette.badge_ink, palette.badge))


def _between(ink: str, ground: str) -> NDArray[np.float64]:
    shares = np.linspace(0, 1, _STEPS + 1, dtype=np.float64)[1:-1, np.newaxis]
    low, high = (np.array(rgb(colour), np.float64) for colour in (ground, ink))
    return low + shares * (high - low)


def _nearest(colours: NDArray[np.float64]) -> NDArray[np.uint8]:
    sizes = (np.arange(1 << _BITS, dtype=np.float64) + 0.5) * (256 >> _BITS)
    cube = np.stack(np.meshgrid(sizes, sizes, sizes, indexing="ij"), axis=-1).reshape(-1, 3)
    apart = (colours**2).sum(axis=1) - 2 * cube @ colours.T
    nearest: NDArray[np.intp] = apart.argmin(axis=1)
    return nearest.astype(np.uint8)


def _opaque(colours: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the colours as an opaque picture of one row."""
    return np.insert(colours.astype(np.uint8), 3, 255, axis=1)[np.newaxis]
