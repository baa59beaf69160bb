"""Slanted stripes, for what is not known or not over."""

from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from analytics.charts.drawing.canvas import Canvas, Point
from analytics.charts.drawing.ink import lay_ink

_APART, _THICK = 6.0, 1.75
"""Distance between two stripes, and their thickness, in design units."""
_KEPT = 64


def hatch(canvas: Canvas, upper: Point, lower: Point, colour: str) -> None:
    """Draw stripes over a rectangle; the ground between them stays."""
    ground = canvas.area(upper, lower)
    rows, columns = ground.shape[:2]
    lay_ink(ground, _stripes(rows, columns, canvas.scale), colour)


@lru_cache(_KEPT)
def _stripes(rows: int, columns: int, scale: float) -> NDArray[np.uint8]:
    """Return the stripes' cover of each pixel, with smooth edges."""
    across, down = np.arange(columns, dtype=np.float64), np.arange(rows, dtype=np.float64)
    period = _APART * scale * sqrt(2)
    phase = (across[np.newaxis, :] + down[:, np.newaxis]) % period
    away = np.minimum(phase, period - phase) / sqrt(2)
    cover: NDArray[np.uint8] = (255 * (_THICK * scale / 2 + 0.5 - away).clip(0, 1)).astype(np.uint8)
    return cover
