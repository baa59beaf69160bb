"""Colours as numbers, and ink laid on a ground through a mask."""

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

_GROUNDS = 512


@cache
def rgb(colour: str) -> tuple[int, int, int]:
    """Return `#RRGGBB` as three numbers up to 255.

    >>> rgb("#FF8000")
    (255, 128, 0)
    """
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def lay_ink(ground: NDArray[np.uint8], cover: NDArray[np.uint8], colour: str) -> None:
    """Mix the colour into `ground`, shaped (rows, columns, 4) and opaque, by the shares of `cover`,
    shaped (rows, columns), of 255.
    """
    if not cover.size:
        return
    whole = ground.view(np.uint32)[:, :, 0]
    if (whole == whole[0, 0]).all():
        whole[...] = _ramp(whole[0, 0].tobytes(), colour)[cover]
        return
    share = cover[:, :, np.newaxis].astype(np.uint16)
    ground[:, :, :3] = _mixture(ground[:, :, :3], share, colour)


@lru_cache(_GROUNDS)
def _ramp(ground: bytes, colour: str) -> NDArray[np.uint32]:
    """Return the mixture, as one number a pixel, for each share: most inks lie on plain ground, and
    a lookup costs a tenth of mixing.
    """
    pixels = np.tile(np.frombuffer(ground, np.uint8), (256, 1))
    share = np.arange(256, dtype=np.uint16)[:, np.newaxis]
    pixels[:, :3] = _mixture(pixels[:, :3], share, colour)
    return pixels.view(np.uint32)[:, 0]


def _mixture(
    ground: NDArray[np.uint8], share: NDArray[np.uint16], colour: str
) -> NDArray[np.uint16]:
    wet = np.array(rgb(colour), np.uint16) * share
    mixed: NDArray[np.uint16] = (ground * (255 - share) + wet + 127) // 255
    return mixed
