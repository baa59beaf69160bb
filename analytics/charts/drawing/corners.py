"""Round corners of a picture: transparent outside, smooth along the edge."""

from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

_KEPT = 16


def round_corners(pixels: NDArray[np.uint8], radius: float) -> None:
    """Take the opacity from the pixels outside the corners; `radius` in pixels, 0 for none."""
    size = min(ceil(radius), *(side // 2 for side in pixels.shape[:2]))
    if size <= 0:
        return
    corner = _corner(size, radius)
    pixels[:size, :size, 3] = corner
    pixels[:size, -size:, 3] = corner[:, ::-1]
    pixels[-size:, :size, 3] = corner[::-1]
    pixels[-size:, -size:, 3] = corner[::-1, ::-1]


@lru_cache(_KEPT)
def _corner(size: int, radius: float) -> NDArray[np.uint8]:
    """Return the opacity of the upper left corner's pixels."""
    away = radius - np.arange(size, dtype=np.float64) - 0.5
    distance = np.hypot(away[:, np.newaxis], away[np.newaxis, :])
    opacity: NDArray[np.uint8] = (255 * (radius + 0.5 - distance).clip(0, 1)).astype(np.uint8)
    return opacity
