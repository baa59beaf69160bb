"""Documents: README is short, every page is found from the index, every link leads somewhere, and
every command shown is one that there is.
"""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from bot.cli import VERBS, parser, parsers
from bot.cli.manifest import COMMAND_LINE
from bot.cli.reference import command_line_page
from tests.rules.source import ROOT

DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *DOCS]
PAGES += sorted((ROOT / "manifest").glob("*/README.md"))
SHOWN = [
    (page, line.split("   #")[0].removeprefix(".venv/bin/"))
    for page in PAGES
    for block in re.findall(r"^```\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    for line in block.splitlines()
    if re.match(r"(\.venv/bin/)?seatwise [a-z]", line)
]
"""Page, and a line of a block that runs `seatwise`."""


def test_readme_is_short() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.encode()) <= 6 * 1024
    assert len(text.splitlines()) <= 120


def test_every_page_is_linked_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    assert [page.name for page in DOCS if f"({page.name})" not in index] == ["index.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if not (page.parent / link).exists()] == []


def test_the_command_lines_page_is_current() -> None:
    _, verbs = parsers()
    page = command_line_page(verbs)
    assert (ROOT / COMMAND_LINE).read_text("utf-8") == page, "run: seatwise manifest"
    assert [verb for verb in VERBS if f"## seatwise {verb}\n" not in page] == []


@pytest.mark.parametrize(("page", "line"), SHOWN, ids=lambda each: getattr(each, "name", each))
def test_every_command_shown_can_be_read(page: Path, line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    assert parser(words[0]).parse_args(words).verb == words[0], page


def test_the_service_would_start() -> None:
    unit = (ROOT / "deploy" / "seatwise.service").read_text("utf-8")
    assert "LoadCredential=secret_key:" in unit
    found = re.findall(r"^Environment=SEATWISE_(\w+)=", unit, re.M)
    assert found == ["DATA_DIR", "SECRET_KEY_FILE"]
    started = re.findall(r"^ExecStart=\S+/seatwise (\w+)$", unit, re.M)
    assert started == ["serve"]


def test_get_started_shows_what_is_said(tmp_path: Path) -> None:
    """From nothing to the first answer, each command of the page as it stands there."""
    page = (ROOT / "docs" / "get-started.md").read_text("utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", page, re.M | re.S)
    script = "\n".join(
        b for b in blocks if re.match(r"export |\.venv/bin/seatwise (import|grant|ask)", b)
    )
    script = script.replace(".venv/bin/", f"{ROOT}/.venv/bin/").replace("tests/", f"{ROOT}/tests/")
    done = subprocess.run(  # noqa: S603 the page's own words
        ["/bin/sh", "-ec", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )
    shown = [b for b in blocks if not re.match(r"export |make |\.venv", b)]
    assert len(shown) == 3
    assert [text for text in shown if text not in done.stdout] == []
