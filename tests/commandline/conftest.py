"""A terminal: a data folder, an environment, and what was printed."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from bot.cli import run_verb
from bot.demo_installation import make_sample
from bot.wiring import utc_now
from tests.postgres import Server
from tests.run_cache import built_once
from tests.sources.building import deployed, used

SECRET = "kR7-nQ2vX9_fT4mB8wZ1cL6hY3pD5sG0jA"


@dataclass(frozen=True)
class Said:
    """How a verb ended and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Terminal:
    """Runs verbs in a data folder of its own."""

    home: Path
    set: Callable[[str, str], None]
    capture: pytest.CaptureFixture[str]

    def run(self, *words: str) -> Said:
        """One verb, as typed."""
        self.capture.readouterr()
        code = run_verb(words)
        printed = self.capture.readouterr()
        return Said(code, printed.out, printed.err)

    def file(self, name: str, items: list[dict[str, object]], **envelope: object) -> str:
        """A page as the API gives it; its path."""
        path = self.home / name
        page = {"TotalCount": len(items), **envelope, "value": items}
        path.write_text(json.dumps(page), encoding="utf-8")
        return str(path)

    def imported(self) -> None:
        """Contoso and Fabrikam: 50 and 20 seats sold, as imported files. An empty data folder is
        given a copy of what a run has imported once.
        """
        data = Path(os.environ["SEATWISE_DATA_DIR"])
        if data.exists():
            self._import()
        else:
            built = built_once("imported", partial(self._import_into, data))
            shutil.copytree(built, data)

    def _import_into(self, data: Path, built: Path) -> None:
        self._import()
        shutil.copytree(data, built, dirs_exist_ok=True)
        shutil.rmtree(data)

    def _import(self) -> None:
        fabrikam = {"customerTenantId": FABRIKAM, "customerName": "Fabrikam"}
        seats = [deployed(), deployed(**fabrikam, licensesSold=20, licensesDeployed=15)]
        uses = [used(), used(**fabrikam, licensesQualified=20, licensesActive=5)]
        said = self.run("import", self.file("seats.json", seats), self.file("use.json", uses))
        assert said.code == 0, said.err


FABRIKAM = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Terminal]:
    """An empty data folder, a good secret, English."""
    monkeypatch.setenv("SEATWISE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SEATWISE_SECRET_KEY", SECRET)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    umask = os.umask(0)
    os.umask(umask)
    yield Terminal(tmp_path, monkeypatch.setenv, capsys)
    os.umask(umask)  # a verb sets its own, as a program of its own may


@pytest.fixture(scope="session")
def todays_facts() -> Path:
    """The made-up facts of the day the tests run on: what a first question would build."""
    return built_once("today", lambda folder: make_sample(folder, utc_now()))


@pytest.fixture
def made_up(terminal: Terminal, todays_facts: Path) -> Terminal:
    """A terminal whose made-up facts were built by an earlier question."""
    shutil.copytree(todays_facts, terminal.home / "data" / "demo")
    return terminal


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, terminal: Terminal) -> Iterator[Terminal]:
    """A terminal whose store is of either kind."""
    if request.param == "sqlite":
        yield terminal
        return
    server: Server = request.getfixturevalue("postgres")
    with server.fresh() as url:
        terminal.set("SEATWISE_DATABASE_URL", url)
        yield terminal
