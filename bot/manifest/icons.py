"""Teams' two icons, drawn here: three rising bars, the last one golden, as in the favicon."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from analytics.charts.drawing.ink import rgb
from analytics.charts.drawing.png import INDEXED, RGBA, png_file

GROUND = "#0f6157"
_WHITE, _GOLD = "#ffffff", "#f3c677"

# The favicon's symbol: a square from 7 to 25 in both directions.
_START, _END = 7.0, 25.0
_LEFTS_AND_TOPS = ((7.0, 19.0), (13.7, 13.0), (20.4, 7.0))
_THICK, _ROUND = 4.6, 1.6
# Each pixel is sampled at this many places in each direction.
_FINE = 8


def color_icon() -> bytes:
    """Return a PNG of 192 by 192 pixels, coloured to its edges, its symbol within the middle 96."""
    ground, white, gold = (np.array(rgb(colour)) for colour in (GROUND, _WHITE, _GOLD))
    first, second, third = _bars(192, 96)
    cover = first + second + third
    picture = ground + cover * (np.where(third > 0, gold, white) - ground)
    flat = picture.round().astype(np.uint8).reshape(-1, 3)
    colours, indices = np.unique(flat, axis=0, return_inverse=True)
    lines = indices.astype(np.uint8).reshape(192, 192)
    return png_file((192, 192), INDEXED, (b"PLTE", colours.tobytes()), _pixel_chunk(lines))


def outline_icon() -> bytes:
    """Return a PNG of 32 by 32 pixels, pure white on transparent, its symbol from edge to edge."""
    cover = sum(_bars(32, 32))
    picture = np.full((32, 32, 4), 255, np.uint8)
    picture[:, :, 3:] = np.round(cover * 255)
    return png_file((32, 32), RGBA, _pixel_chunk(picture.reshape(32, 128)))


def _bars(size: int, symbol: int) -> tuple[NDArray[np.float64], ...]:
    """Return each bar's cover of each pixel, shaped (size, size, 1), the symbol in the middle."""
    scale = symbol / (_END - _START)
    shift = (size - symbol) / 2
    fine = (np.arange(size * _FINE) + 0.5) / _FINE
    place = (fine - shift) / scale + _START
    return tuple(_bar(place, left, top) for left, top in _LEFTS_AND_TOPS)


def _bar(place: NDArray[np.float64], left: float, top: float) -> NDArray[np.float64]:
    across, down = _beyond(place, left, left + _THICK), _beyond(place, top, _END)
    inside = across[np.newaxis, :] ** 2 + down[:, np.newaxis] ** 2 <= _ROUND**2
    size = len(place) // _FINE
    cover: NDArray[np.float64] = inside.reshape(size, _FINE, size, _FINE, 1).mean(axis=(1, 3))
    return cover


def _beyond(place: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Return how far places lie outside the centres of the corners' circles."""
    outside: NDArray[np.float64] = np.abs(place - (low + high) / 2) - ((high - low) / 2 - _ROUND)
    return outside.clip(0)


def _pixel_chunk(lines: NDArray[np.uint8]) -> tuple[bytes, bytes]:
    """Return rows as one uncompressed block of at most 65,535 bytes: the same bytes everywhere,
    which no compressor guarantees.
    """
    rows = np.insert(lines, 0, 0, axis=1).tobytes()
    block = struct.pack("<BHH", 1, len(rows), len(rows) ^ 0xFFFF)
    return b"IDAT", b"\x78\x01" + block + rows + struct.pack(">I", zlib.adler32(rows))
