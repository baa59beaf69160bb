"""Files sent to the bot in a conversation of two, and the program that takes them."""

import asyncio
import json
import multiprocessing
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analytics.values import OWN
from bot.cli.terminal_text import reply_text
from bot.delivery import Delivered
from bot.demo_installation import NAMES, sample_settings
from bot.dropped_files import import_question
from bot.environment import read_settings
from bot.file_drop.child import Apart
from bot.page.people import person
from bot.wiring import Installation, open_installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Via
from handlers.chat.dropped_files import DroppedFile, DropRefused
from handlers.chat.file_names import file_name
from handlers.chat.reply import Choice
from tests.answering.asking import asked, opened, store_file
from tests.conftest import NOW
from tests.sources.building import deployed, page
from tests.sources.test_page_lists import customer

STORE = "seatwise.db"
SEATS = page(deployed(), deployed(serviceCode="crm"))
"""Two rows of licence deployment, of Contoso."""


@pytest.fixture
def one_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in one child for all tests, which saves starting one for each; and an answer
    is waited for, however busy the machine is.
    """

    def run(_apart: Apart, work: Callable[..., Any], *args: Any) -> Any:
        return _child().submit(work, *args).result()

    async def patient(work: Coroutine[Any, Any, Any], *_: object, **_more: object) -> Any:
        return await work

    monkeypatch.setattr(Apart, "run", run)
    monkeypatch.setattr("bot.delivery.in_time", patient)
    monkeypatch.setattr("bot.teams.app.PATIENCE", 60.0)


@cache
def _child() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))


@dataclass
class Sent:
    """A file that a platform holds, and how often it was fetched."""

    content: bytes
    name: str = "seats.json"
    size: int | None = None
    refused: str = ""
    fetched: list[Path] = field(default_factory=list)
    seen: Callable[[], None] = lambda: None
    """Called when it is fetched."""

    async def fetch(self, into: Path, most: int) -> None:
        self.seen()
        self.fetched.append(into)
        if self.refused:
            raise DropRefused(self.refused, file=self.name)
        if len(self.content) > most:
            raise DropRefused("drop-file-too-large", file=self.name)
        await asyncio.to_thread(into.write_bytes, self.content)

    @property
    def described(self) -> DroppedFile:
        """What the platform says of it."""
        size = len(self.content) if self.size is None else self.size
        return DroppedFile(file_name(self.name), size, self.fetch)


@dataclass
class Dropping:
    """A partner whose admins may send files, Ada being one; Cleo is a report viewer."""

    wired: Installation
    now: list[datetime]

    async def sends(self, *files: Sent, who: str = "ada", said: str = "") -> Delivered:
        """Somebody sends files, perhaps with words."""
        ask = replace(asked(said, who), room=replace(asked("").room, address=f"D{who}"))
        described = [each.described for each in files]
        return await self.wired.delivery.ask(
            import_question(ask, described, self.wired.delivery.drop)
        )

    async def presses(self, label: str, shown: Delivered, who: str = "ada") -> Delivered:
        """Somebody presses a button of an answer."""
        [(choice, button)] = [one for one in shown.buttons.items() if one[0].label == label]
        assert isinstance(choice, Choice)
        ask = replace(asked("", who), room=replace(asked("").room, address=f"D{who}"))
        return await self.wired.delivery.press(button, replace(ask, via=Via.PRESSED))

    @property
    def acts(self) -> list[dict[str, Any]]:
        """The audit's rows that are no questions."""
        with opened(store_file(self.wired.settings)) as connection:
            rows = connection.execute("SELECT entry FROM audit ORDER BY seq").fetchall()
        acts = [json.loads(entry) for (entry,) in rows]
        return [act for act in acts if act["action"] in ("file-drop", "file-import")]

    @property
    def kept(self) -> list[Path]:
        """Files of drops on the disk."""
        return list(self.wired.settings.data_dir.glob(".seatwise-*/work/*/*.file"))

    @property
    def generation(self) -> int:
        """The number of the newest figures; 0 before the first."""
        pointer = self.wired.settings.data_dir / OWN / "facts" / "current.json"
        if not pointer.exists():
            return 0
        return int(json.loads(pointer.read_text())["file"][6:12])


def text(shown: Delivered) -> str:
    """An answer, as a terminal prints it."""
    return reply_text(shown.reply)


def labels(shown: Delivered) -> list[str]:
    """The labels of its buttons."""
    return [choice.label for choice in shown.buttons]


@asynccontextmanager
async def dropping(home: Path, facts: Path, **settings: Any) -> AsyncIterator[Dropping]:
    """The program without figures, in an empty folder; its store is that beside `facts`."""
    made = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(home)}))
    made.data_dir.mkdir(parents=True, exist_ok=True)
    shutil.copy(facts / STORE, made.data_dir / STORE)
    now = [NOW]
    made = replace(made, **{"file_drop": True, **settings})
    async with open_installation(made, NAMES, lambda: now[-1]) as wired:
        admin = Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
        await wired.roles.give(person("ada").ref, admin)
        await wired.roles.give(person("cleo").ref, replace(admin, role=Role.VIEWER))
        yield Dropping(wired, now)


async def planned(drop: Dropping, *files: Sent) -> Delivered:
    """Ada sends files that can be saved."""
    shown = await drop.sends(*files)
    assert labels(shown)[-1:] == ["Discard"], text(shown)
    return shown


def customers(numbers: Sequence[int]) -> Sent:
    """A list of customers as the API answers it."""
    listed = {"totalCount": len(numbers), "items": [customer(at) for at in numbers]}
    return Sent(json.dumps(listed).encode(), "customers.json")
