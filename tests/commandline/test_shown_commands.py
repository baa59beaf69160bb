"""Every `seatwise` command that the documents show in a block is run, page by page, in a folder of
its own; or it stands in a list, with the reason why it is not.
"""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from glob import glob
from pathlib import Path

import pytest

from tests.commandline.conftest import FABRIKAM, SECRET, Terminal
from tests.rules.shown_commands import Shown, shown_commands
from tests.rules.source import ROOT
from tests.sources.building import PAGES, deployed, sheet, used
from tests.sources.test_offer_matrix import line, matrix

NOT_RUN = {
    "demo": "serves until stopped",
    "serve": "serves until stopped",
    "connect": "account",
    "sync": "account",
}
"""Verbs that no page's commands are run of, and why."""

ENDS: dict[tuple[str, tuple[str, ...]], int] = {
    ("docs/operate.md", ("reports", "12")): 1,
    ("docs/data.md", ("forget", "customer", "contoso")): 2,
}
"""Commands that end otherwise than with 0, as their page says."""

GUID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
WHO = "slack:T024BE7LD:U012AB3CD"
"""The person whom the pages show."""

COMMANDS = shown_commands()
RUN = list(dict.fromkeys(each.page for each in COMMANDS if each.words[0] not in NOT_RUN))


def _downloads(terminal: Terminal) -> None:
    terminal.file("deployment-1.json", [deployed()])
    (terminal.home / "usage-1.csv").write_text(sheet(used()), encoding="utf-8")
    (terminal.home / "updatedoffice.csv").write_bytes(matrix(line()))
    listed = f"Subscription ID,End date\n{GUID},2026-12-13\n"
    (terminal.home / "extended-service-terms.csv").write_text(listed, encoding="utf-8")
    fabrikam = deployed(customerTenantId=FABRIKAM, customerName="Fabrikam")
    with zipfile.ZipFile(terminal.home / "reports.zip", "w") as reports:
        reports.writestr("deployment-2.json", json.dumps({"value": [fabrikam]}))


def _examples(terminal: Terminal) -> None:
    shutil.copytree(PAGES, terminal.home / PAGES.relative_to(ROOT))


def _installation(terminal: Terminal) -> None:
    terminal.imported()
    assert terminal.run("grant", WHO, "--as", "report-viewer").code == 0


def _checkout(terminal: Terminal) -> None:
    for folder in ("docs", "manifest"):
        shutil.copytree(ROOT / folder, terminal.home / folder)


BEFORE: dict[str, Callable[[Terminal], None]] = {
    "docs/files.md": _downloads,
    "docs/get-started.md": _examples,
    "docs/data.md": _installation,
    "docs/operate.md": _installation,
    "manifest/slack/README.md": _checkout,
    "manifest/teams/README.md": _checkout,
}
"""What a reader of the page has by then, beside an empty folder and a secret."""


@pytest.mark.parametrize("page", RUN)
def test_every_command_shown_works(
    page: str, made_up: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made_up.home)
    if page in BEFORE:
        BEFORE[page](made_up)
    for each in (each for each in COMMANDS if each.page == page):
        if each.words[0] in NOT_RUN:
            continue
        with monkeypatch.context() as patch:
            for name, value in each.environment:
                patch.setenv(name, _value(name, value))
            said = made_up.run(*_typed(each, made_up.home))
        assert said.code == ENDS.get((page, each.words), 0), (each.line, said.err)


def test_what_is_not_run_is_shown_somewhere() -> None:
    assert NOT_RUN.keys() - {each.words[0] for each in COMMANDS} == set()
    assert BEFORE.keys() - set(RUN) == set()
    assert ENDS.keys() - {(each.page, each.words) for each in COMMANDS} == set()


def _value(name: str, value: str) -> str:
    """What a reader puts in the place of `…`."""
    if "…" not in value and not value.startswith("$("):
        return value
    if name == "SEATWISE_SECRET_KEY":
        return SECRET
    return GUID if name.endswith(("_ID", "_TENANT")) else value.replace("…", "0a1b2c3d4e5f")


def _typed(shown: Shown, home: Path) -> Iterator[str]:
    """The words, as a shell and a reader make them."""
    for word in shown.words:
        own = word.replace("T…:U…", "T1:U1").replace("TENANT-ID:OBJECT-ID", f"{GUID}:{GUID}")
        own = own.replace("/var/lib/seatwise", str(home))
        yield from sorted(glob(own)) if "*" in own else [own]  # noqa: PTH207 relative, as typed
