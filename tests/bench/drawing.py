"""How long each kind of chart takes to draw, beside pyplot."""

import struct
from collections.abc import Callable
from functools import partial
from time import perf_counter

from analytics.charts.drawing.render import Theme, draw
from analytics.charts.model import ChartModel
from tests.bench.kinds import KINDS
from tests.bench.measuring import Row, compared
from tests.bench.rivals import pyplot_chart

ROUNDS, QUICK_ROUNDS = 30, 6
TIMES = 12.0
"""How many times quicker than pyplot each kind must be, at the median."""

OURS_EACH = 5
"""Charts we draw while pyplot draws one; every chart is drawn once only."""


def rows(*, quick: bool) -> list[Row]:
    """One for each kind."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    return [_kind(name, chart, rounds) for name, chart in KINDS.items()]


def _kind(name: str, chart: Callable[[int], ChartModel], rounds: int) -> Row:
    ours: list[float] = []
    theirs: list[float] = []
    _, height = pixels(draw(chart(999), Theme.LIGHT))
    pyplot_chart(chart(999), height)
    for number in range(rounds):
        models = [chart(number * OURS_EACH + each) for each in range(OURS_EACH)]
        drawn = [_timed(ours, partial(draw, model, Theme.LIGHT)) for model in models]
        drawn.append(_timed(theirs, partial(pyplot_chart, models[0], height)))
        assert len(set(map(pixels, drawn))) == 1, "both draw the same size"
    return compared(f"drawing: {name}", ours, theirs, TIMES)


def pixels(png: bytes) -> tuple[int, int]:
    """A PNG's width and height."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _timed(spent: list[float], work: Callable[[], bytes]) -> bytes:
    started = perf_counter()
    png = work()
    spent.append((perf_counter() - started) * 1000)
    return png
