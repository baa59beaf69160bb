"""The `seatwise` commands that the documents show in blocks, as a reader would type them."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.rules.source import ROOT

DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *DOCS]
PAGES += sorted((ROOT / "manifest").glob("*/README.md"))

_BLOCK = re.compile(r"^( *)```(?:sh)?\n(.*?)^\1```", re.M | re.S)
_SET = re.compile(r"[A-Z_]+=")
_COMMAND = re.compile(r"(?:[A-Z_]+=\S* +)*(?:sudo +)?(?:\.venv/bin/)?seatwise( .*)?")


@dataclass(frozen=True)
class Shown:
    """One command: where it is shown, the line, the variables set by now, and what is typed."""

    page: str
    line: str
    environment: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


def text_of(page: Path) -> str:
    """A page's text."""
    return page.read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    """What stands in a page's blocks, without the indent of a list."""
    return [re.sub(f"^{indent}", "", body, flags=re.M) for indent, body in _BLOCK.findall(text)]


def shown_commands() -> list[Shown]:
    """Every command of every page, in the order in which they stand there."""
    return [each for page in PAGES for each in _commands(page)]


def _commands(page: Path) -> list[Shown]:
    name, exported, found = page.relative_to(ROOT).as_posix(), dict[str, str](), list[Shown]()
    for block in blocks(text_of(page)):
        for line in block.splitlines():
            if line.startswith("export "):
                words = [word for word in _words(line)[1:] if _SET.match(word)]
                exported |= dict(word.split("=", 1) for word in words)
            elif _COMMAND.fullmatch(line):
                words = _words(line)
                at = next(n for n, word in enumerate(words) if word.endswith("seatwise"))
                here = dict(word.split("=", 1) for word in words[:at] if _SET.match(word))
                both = tuple((exported | here).items())
                found.append(Shown(name, line.split("  ")[0], both, tuple(words[at + 1 :])))
    return found


def _words(line: str) -> list[str]:
    return shlex.split(line, comments=True)
