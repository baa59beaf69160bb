"""Documents: README is short, every page is found from the index, every link leads somewhere, and
every command shown is one that there is.
"""

import re
import subprocess
from pathlib import Path

import pytest

from bot.cli import VERBS, parsers
from bot.cli.manifest import COMMAND_LINE
from bot.cli.reference import command_line_page
from tests.rules.shown_commands import DOCS, PAGES, Shown, blocks, shown_commands, text_of
from tests.rules.source import ROOT


def test_readme_is_short() -> None:
    text = text_of(ROOT / "README.md")
    assert len(text.encode()) <= 6 * 1024
    assert len(text.splitlines()) <= 120


def test_every_page_is_linked_from_the_index() -> None:
    index = text_of(ROOT / "docs" / "index.md")
    assert [page.name for page in DOCS if f"({page.name})" not in index] == ["index.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", text_of(page))
    inside = [(link, part) for link, part in links if not re.match(r"[a-z]+:", link)]
    assert [link for link, _ in inside if not (page.parent / link).exists()] == []
    parts = [(page.parent / link if link else page, part) for link, part in inside if part]
    assert [part for file, part in parts if part not in _parts(file)] == []


def _parts(page: Path) -> set[str]:
    """What a page's headings are linked by."""
    headings = re.findall(r"^#+ (.*)$", text_of(page), re.M)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def test_the_command_lines_page_is_current() -> None:
    _, verbs = parsers()
    page = command_line_page(verbs)
    assert text_of(ROOT / COMMAND_LINE) == page, "run: seatwise manifest"
    assert [verb for verb in VERBS if f"## seatwise {verb}\n" not in page] == []


@pytest.mark.parametrize("shown", shown_commands(), ids=lambda each: f"{each.page}: {each.line}")
def test_every_command_shown_can_be_read(shown: Shown) -> None:
    assert parsers(shown.words[0])[0].parse_args(shown.words).verb == shown.words[0]


DEPLOY = ROOT / "deploy"


def test_the_service_would_start() -> None:
    unit = text_of(DEPLOY / "seatwise.service")
    assert "LoadCredential=secret_key:" in unit
    assert re.findall(r"^(?:User|DynamicUser)=.*", unit, re.M) == ["User=seatwise"]
    found = re.findall(r"^Environment=SEATWISE_(\w+)=", unit, re.M)
    assert found == ["DATA_DIR", "SECRET_KEY_FILE"]
    started = re.findall(r"^ExecStart=\S+/seatwise (\w+)$", unit, re.M)
    assert started == ["serve"]


def test_a_verb_beside_the_service_has_its_settings_and_secrets(tmp_path: Path) -> None:
    """The script, with folders of this test's, as whoever runs the tests; the verb prints all."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "environment").write_text("# ours\nSEATWISE_DATABASE_URL=a&b $c\nPATH=no")
    (tmp_path / "etc" / "slack_bot_token").write_text("xoxb-1\n")
    (tmp_path / "seatwise").write_text('#!/bin/sh\npwd\necho "$@"\nenv | grep ^SEATWISE_ | sort\n')
    (tmp_path / "seatwise").chmod(0o755)
    script = text_of(DEPLOY / "seatwise.sh").replace("runuser -u seatwise --", "env")
    script = script.replace("/opt/seatwise/.venv/bin/seatwise", str(tmp_path / "seatwise"))
    script = script.replace("/etc/seatwise", str(tmp_path / "etc"))
    script = script.replace("cd /var/lib/seatwise", f"cd {tmp_path}")
    done = subprocess.run(  # noqa: S603 the script of this repository
        ["/bin/sh", "-c", script, "seatwise", "ask", "/usage contoso"],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert done.stdout.splitlines() == [
        str(tmp_path),
        "ask /usage contoso",
        "SEATWISE_DATABASE_URL=a&b $c",
        "SEATWISE_DATA_DIR=/var/lib/seatwise/data",
        "SEATWISE_SLACK_BOT_TOKEN=xoxb-1",
    ]


def test_get_started_shows_what_is_said(tmp_path: Path) -> None:
    """From nothing to the first answer, each command of the page as it stands there."""
    every = blocks(text_of(ROOT / "docs" / "get-started.md"))
    script = "\n".join(
        b for b in every if re.match(r"export |\.venv/bin/seatwise (import|grant|ask)", b)
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
    shown = [b for b in every if not re.match(r"export |make |\.venv", b)]
    assert len(shown) == 3
    assert [text for text in shown if text not in done.stdout] == []
