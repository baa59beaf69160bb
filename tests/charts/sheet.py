"""Each kind of chart in each look, size and language, and at its edges:
`python -m tests.charts.sheet OUT`, and open OUT/index.html.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from analytics.charts.drawing.render import draw
from analytics.charts.themes import Theme
from tests.charts.cases import CASES
from tests.charts.examples import EXAMPLES

LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Look:
    """A picture's theme and size, the width it is shown in, and the grounds it stands on."""

    name: str
    theme: Theme
    width: int
    grounds: tuple[str, ...]
    compact: bool = False


LOOKS = (
    Look("light", Theme.LIGHT, 800, ("#FFFFFF",)),
    Look("dark", Theme.DARK, 800, ("#12171E",)),
    Look("light-compact", Theme.LIGHT, 360, ("#FFFFFF",), compact=True),
    Look("dark-compact", Theme.DARK, 360, ("#12171E",), compact=True),
    Look("card", Theme.CARD, 800, ("#FFFFFF", "#1A1D21")),
    Look("card-compact", Theme.CARD, 360, ("#FFFFFF", "#1A1D21", "#292929"), compact=True),
)
"""Cards stand on the messages of a light chat, of Slack's and of Teams' dark one."""


def write_sheet(folder: Path) -> list[Path]:
    """Write the pictures and the page that shows them, and return the pictures' files."""
    folder.mkdir(parents=True, exist_ok=True)
    files, shown = list[Path](), list[str]()
    for kind in EXAMPLES:
        shown.append(f"<h2>{escape(kind)}</h2>")
        for name, look, png in _pictures(kind):
            files.append(folder / f"{name}.png")
            files[-1].write_bytes(png)
            shown += [_tag(name, look.width, ground) for ground in look.grounds]
    style = "div{display:inline-block;padding:12px}img{display:block}"
    page = f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(shown)}"
    (folder / "index.html").write_text(page, "utf-8")
    return files


def _pictures(kind: str) -> Iterator[tuple[str, Look, bytes]]:
    for look in LOOKS:
        for language in LANGUAGES:
            chart = EXAMPLES[kind](language)
            for edge, change in {"": lambda chart: chart, **CASES}.items():
                words = (kind.replace(" ", "-"), edge, language, look.name)
                name = "-".join(word for word in words if word)
                yield name, look, draw(change(chart), look.theme, compact=look.compact)


def _tag(name: str, width: int, ground: str) -> str:
    image = f'<img src="{name}.png" width="{width}" alt="{name}">'
    return f'<div style="background:{ground}">{image}</div>'


if __name__ == "__main__":
    write_sheet(Path(sys.argv[1]))
