"""Charts with hostile texts and odd numbers in every place."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from analytics.charts.model import ChartModel

T = TypeVar("T")
WORST = {
    "mathematics": "$\\frac{$ \\undefined $$ ^_{",
    "10,000 letters": "W" * 10_000,
    "10,000 narrow letters": "i" * 10_000,
    "a lone surrogate": "Conto\ud800so \udfff",
    "control characters": "Con\x00to\x1bso\x7f\n\r\t\u2028\x85",
    "overrides of direction": "\u202eosotnoC\u202c\u2066\u2067Contoso\u2069",
    "Arabic": "شركة الحلول المتقدمة للتقنية " * 400,
    "Hebrew": "חברת הפתרונות המתקדמים " * 400,
    "Chinese": "微软合作伙伴" * 2_000,
    "emoji": "👩\u200d👩\u200d👧\u200d👦🏽🇫🇷😀" * 1_000,
    "a pile of marks": "Z" + "\u0301\u0323\u0489" * 3_000 + "a" + "\u0316" * 3_000,
    "marks alone": "\u0301" * 500,
    "unassigned and private": "\U0010ffff\ue000\ufffe\u0378" * 50,
    "Indic and Thai": "ক্ষত্রিয় กำลัง " * 800,
}


def pixels(png: bytes) -> NDArray[np.uint8]:
    with Image.open(BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGBA").convert("RGB"))


def in_every_place(chart: ChartModel, text: str) -> ChartModel:
    """The chart with the text wherever a text stands."""
    return with_leaves(chart, lambda leaf: text if isinstance(leaf, str) else leaf)


def with_leaves(value: T, changed: Callable[[object], object]) -> T:
    """The value with each text, number, enum and None in it replaced by what `changed` returns."""
    whole: Any = value
    if is_dataclass(whole):
        parts = {
            field.name: with_leaves(getattr(whole, field.name), changed) for field in fields(whole)
        }
        return cast("T", replace(whole, **parts))
    if isinstance(whole, tuple):
        return cast("T", tuple(with_leaves(part, changed) for part in whole))
    return cast("T", changed(whole))
