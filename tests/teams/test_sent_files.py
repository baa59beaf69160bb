"""Files sent to the bot in Teams: fetched from OneDrive alone, without a token, by an admin."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientTimeout, web
from aiohttp.test_utils import TestServer

from bot.demo_installation import sample_settings
from bot.environment import read_settings
from bot.teams import sent_files as fetching
from bot.teams.sent_files import FILE
from bot.wiring import open_installation
from handlers.messages.speaker import speaker
from tests.conftest import NOW
from tests.program.file_drops import SEATS, STORE, one_child
from tests.program.file_host import FileHost
from tests.teams.activities import GROUP, at
from tests.teams.reading_cards import buttons, card_of, texts
from tests.teams.recorder import Recorder
from tests.teams.talking import Chat, seat, talking

__all__ = ["one_child"]
pytestmark = pytest.mark.usefixtures("one_child")
SAY = speaker("en")


@dataclass
class Drive:
    """OneDrive, which holds a file."""

    host: FileHost = field(default_factory=lambda: FileHost(SEATS))
    server: TestServer | None = None

    def attached(self, name: str = "seats.json", **content: Any) -> dict[str, Any]:
        """The file as a message has it."""
        assert self.server is not None
        url = str(self.server.make_url(f"/download/{name}?tempauth=a%20secret"))
        inside = {"downloadUrl": url, "uniqueId": "1150D938", "fileType": "json", **content}
        link = "https://contoso-my.sharepoint.com/personal/ada/Documents/seats.json"
        return {"contentType": FILE, "contentUrl": link, "name": name, "content": inside}


@asynccontextmanager
async def driving() -> AsyncIterator[Drive]:
    """OneDrive on a free loopback port."""
    there, app = Drive(), web.Application()
    app.router.add_get("/download/{file}", there.host.get)
    async with TestServer(app, host="127.0.0.1") as server:
        there.server = server
        yield there


@pytest_asyncio.fixture
async def drive() -> AsyncIterator[Drive]:
    async with driving() as there:
        yield there


@pytest_asyncio.fixture
async def chat(tmp_path: Path, sample_facts: Path) -> AsyncIterator[Chat]:
    settings = sample_settings(
        read_settings({"SEATWISE_DATA_DIR": str(tmp_path), "SEATWISE_FILE_DROP": "on"})
    )
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    shutil.copy(sample_facts / STORE, settings.data_dir / STORE)
    async with open_installation(settings, {}, lambda: NOW) as wired:
        await seat(wired)
        async with talking(wired, Recorder()) as there:
            yield there


async def sent(chat: Chat, *files: Any, who: str = "ada", words: str = "") -> str:
    """Somebody sends files in their own chat; gives the first sentence that comes."""
    card, *_ = await chat.asked(who, words, attachments=list(files))
    return texts(card)[0]


async def test_a_file_in_the_own_chat_is_planned_and_saved(chat: Chat, drive: Drive) -> None:
    assert await sent(chat, drive.attached()) == "I read 1 file. Nothing is saved yet."
    assert drive.host.asked == [""]
    message, card = chat.last("ada")
    answered = await chat.pressed("ada", buttons(card)["Save"], message)
    value = answered["value"]
    said = texts(value)[0] if isinstance(value, dict) else value
    assert said.startswith("Saved as generation 1, rows: 2 new")


async def test_somebody_without_the_right_is_told_so_and_nothing_is_fetched(
    chat: Chat, drive: Drive
) -> None:
    assert "don’t have access to /import" in await sent(chat, drive.attached(), who="cleo")
    assert drive.host.asked == []


async def test_a_file_in_a_group_is_never_read(chat: Chat, drive: Drive) -> None:
    attached = [drive.attached()]
    mention = {"entities": at("bot"), "attachments": attached}
    await chat.asked("ada", "<at>Seatwise</at>", "group", **mention)
    told = [texts(card_of(shown))[0] for shown in chat.recorder.seen_by("ada", GROUP)]
    assert told == [SAY("drop-how")]
    assert drive.host.asked == []


async def test_a_picture_is_no_report_and_no_silence(chat: Chat) -> None:
    pasted = {"contentType": "image/png", "contentUrl": "https://smba.trafficmanager.net/x"}
    assert await sent(chat, pasted) == SAY("drop-picture")
    assert "You are" in await sent(chat, pasted, words="whoami")


async def test_what_only_repeats_the_words_is_no_file(chat: Chat) -> None:
    html = {"contentType": "text/html", "content": "<p>whoami</p>"}
    for odd in (html, {"contentType": 7}, "file", None, {}):
        assert "You are" in await sent(chat, odd, words="whoami")


FAILURES: tuple[tuple[list[int], dict[str, str], str], ...] = (
    ([302], {"Location": "https://login.microsoftonline.com/"}, "drop-file-gone"),
    ([401], {}, "drop-file-gone"),
    ([403], {}, "drop-file-gone"),
    ([404], {}, "drop-file-gone"),
    ([503], {}, "drop-not-fetched"),
    ([429], {"Retry-After": "60"}, "drop-rate"),
    ([0, 0], {}, "drop-not-fetched"),
)


async def test_what_onedrive_does_not_hand_over_is_told(chat: Chat, drive: Drive) -> None:
    for statuses, headers, why in FAILURES:
        drive.host.statuses, drive.host.headers = list(statuses), headers
        assert await sent(chat, drive.attached()) == SAY(why, file="seats.json"), statuses
    assert drive.host.statuses == []


async def test_a_file_that_never_comes_is_given_up(
    chat: Chat, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.file_download.PATIENCE", ClientTimeout(total=0.3))
    monkeypatch.setattr(fetching, "PATIENCE", ClientTimeout(total=0.3))
    drive.host.hanging = True
    assert await sent(chat, drive.attached()) == SAY("drop-not-fetched", file="seats.json")


async def test_a_file_is_fetched_from_onedrive_alone(chat: Chat, drive: Drive) -> None:
    for url in ("https://evil.example/a", "http://contoso.sharepoint.com/a", "", None, 7):
        told = await sent(chat, drive.attached(downloadUrl=url))
        assert told == SAY("drop-elsewhere", file="seats.json")
    assert await sent(chat, {**drive.attached(), "content": "x"}) == SAY(
        "drop-elsewhere", file="seats.json"
    )
