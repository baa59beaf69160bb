"""Every letter of a compact picture stays readable on a phone."""

import ast
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from analytics.charts import drawing
from analytics.charts.drawing.canvas import NARROW
from analytics.charts.drawing.frame import MARGIN
from analytics.charts.drawing.glyphs import Style
from analytics.charts.drawing.line_breaks import two_lines
from handlers.messages.speaker import LOCALES, speaker
from tests.charts.texts import TEXTS

PHONE = 360
"""Width of a picture on a phone, in CSS pixels."""

LEAST = 9.0
"""Size of the smallest letters there, in CSS pixels."""

MODULES = [
    import_module(f"{drawing.__name__}.{each.name}") for each in iter_modules(drawing.__path__)
]
STYLES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, Style)
}
"""Every style that the drawing writes in."""


@pytest.mark.parametrize("name", STYLES)
def test_letters_have_nine_pixels_on_a_phone(name: str) -> None:
    assert STYLES[name].size * PHONE / NARROW >= LEAST


def test_no_style_is_made_within_a_function() -> None:
    within = [
        f"{module.__name__}:{call.lineno}"
        for module in MODULES
        for function in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8")))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Style"
    ]
    assert len(STYLES) > 8
    assert within == []


@pytest.mark.parametrize("locale", LOCALES)
def test_subtitle_and_footnote_are_whole_in_a_narrow_place(locale: str) -> None:
    room = NARROW - 2 * MARGIN
    say = speaker(locale)
    texts = ((say("chart-usage-bars"), "frame._SUBTITLE"), (TEXTS[locale]["note"], "frame._NOTE"))
    for text, name in texts:
        style = STYLES[name]
        for line in two_lines(text, style, room):
            assert two_lines(line, style, room) == (line,)
