"""A drawing small enough to travel inside a message: half as wide and high, in 256 colours."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

COLOURS = 256

Bytes = NDArray[np.uint8]


def halved(pixels: Bytes) -> Bytes:
    """Each pixel the mean of four; an odd row or column at the end is left out."""
    height, width = (size // 2 * 2 for size in pixels.shape[:2])
    wide = pixels[:height, :width].astype(np.uint16)
    rows = wide[::2] + wide[1::2]
    return ((rows[:, ::2] + rows[:, 1::2] + 2) // 4).astype(np.uint8)


def indexed(pixels: Bytes) -> tuple[Bytes, Bytes]:
    """Each pixel's place in a palette, and the palette, shaped (colours, 3).

    Colours that share the upper four bits of each channel are one, their mean: a flat surface keeps
    its own. Of more than 256 the rarest become their nearest neighbours.
    """
    parts = (pixels[..., :3] >> 4).astype(np.uint16)
    keys = (parts[..., 0] << 8) | (parts[..., 1] << 4) | parts[..., 2]
    counts = np.bincount(keys.ravel(), minlength=4096)
    kept = np.argsort(-counts, kind="stable")[: min(COLOURS, np.count_nonzero(counts))]
    palette = np.stack([_mean(keys, pixels[..., part], counts, kept) for part in range(3)], axis=1)
    return _places(kept, counts)[keys], palette


def _mean(
    keys: NDArray[np.integer[Any]], channel: Bytes, counts: NDArray[np.intp], kept: NDArray[np.intp]
) -> Bytes:
    sums = np.bincount(keys.ravel(), weights=channel.ravel(), minlength=4096)
    return np.rint(sums[kept] / counts[kept]).astype(np.uint8)


def _places(kept: NDArray[np.intp], counts: NDArray[np.intp]) -> Bytes:
    """For each of 4,096 keys its colour's place, or that of the nearest colour kept."""
    places = np.zeros(4096, np.uint8)
    used = np.flatnonzero(counts)
    shifts = np.array([8, 4, 0])
    apart = (used[:, None] >> shifts & 15)[:, None] - (kept[:, None] >> shifts & 15)[None]
    places[used] = np.argmin((apart**2).sum(axis=2), axis=1)
    return places
