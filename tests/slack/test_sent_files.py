"""Files sent to the bot in Slack: fetched from Slack alone, with its token, by a partner admin."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientTimeout, web

from analytics.values import OWN
from bot import file_download
from bot.demo_installation import sample_settings
from bot.environment import read_settings
from bot.slack.sent_files import is_file_url
from bot.wiring import open_installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from handlers.messages.speaker import speaker
from tests.conftest import NOW
from tests.program.file_drops import SEATS, STORE, one_child
from tests.program.file_host import SIGN_IN, FileHost
from tests.slack.speaking import happens, mention, message, room
from tests.slack.standin import BOT, StandIn, somebody
from tests.slack.talking import Chat, buttons, served, talking, texts

__all__ = ["one_child"]
pytestmark = pytest.mark.usefixtures("one_child")
SAY = speaker("en")


@dataclass
class SlackWithFiles(StandIn):
    """Slack, which holds a file."""

    host: FileHost = field(default_factory=lambda: FileHost(SEATS, kind="application/json"))

    def app(self) -> web.Application:
        made = super().app()
        made.router.add_get("/files-pri/{file}", self.host.get)
        return made

    def described(self, name: str = "seats.json", **changes: Any) -> dict[str, Any]:
        """The file as a message describes it."""
        url = self.at(f"/files-pri/{name}")
        told = {"id": "F1", "name": name, "mimetype": "application/json"}
        return {**told, "size": len(SEATS), "url_private_download": url, **changes}


@pytest_asyncio.fixture
async def standin() -> AsyncIterator[SlackWithFiles]:
    people = {"UADA": somebody("UADA", "Ada"), "UBEN": somebody("UBEN", "Ben")}
    people["UBOT"] = somebody("UBOT", "Seatwise", is_bot=True)
    async with served(SlackWithFiles(people=people)) as there:
        assert isinstance(there, SlackWithFiles)
        yield there


@pytest_asyncio.fixture
async def chat(standin: SlackWithFiles, tmp_path: Path, sample_facts: Path) -> AsyncIterator[Chat]:
    settings = sample_settings(
        read_settings({"SEATWISE_DATA_DIR": str(tmp_path), "SEATWISE_FILE_DROP": "on"})
    )
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    shutil.copy(sample_facts / STORE, settings.data_dir / STORE)
    async with open_installation(settings, {}, lambda: NOW) as wired:
        admin = Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
        await wired.roles.give(UserRef("slack", "T1", "UADA"), admin)
        async with talking(wired, standin) as there:
            yield there


async def sent(chat: Chat, *files: dict[str, Any], who: str = "UADA", words: str = "") -> str:
    """Somebody sends files in their direct message; gives the first sentence that comes."""
    before = len(chat.standin.posted)
    shared = message(who, words, str(before), subtype="file_share", files=list(files), upload=False)
    await happens(chat, shared)
    said = chat.standin.posted[before:]
    assert said, "silence"
    return texts(said[0])[0] if "blocks" in said[0] else str(said[0]["text"])


async def test_a_file_in_the_direct_message_is_planned_and_saved(
    chat: Chat, standin: SlackWithFiles
) -> None:
    assert await sent(chat, standin.described()) == "I read 1 file. Nothing is saved yet."
    assert standin.host.asked == [f"Bearer {BOT}"]
    save = buttons(standin.posted[-1])["Save"]
    place = await chat.press("UADA", save, channel="DUADA")
    await chat.drained()
    [answer] = standin.answers[place]
    assert texts(answer)[0].startswith("Saved as generation 1, rows: 2 new")


async def test_somebody_without_the_right_is_told_so_and_nothing_is_fetched(
    chat: Chat, standin: SlackWithFiles
) -> None:
    assert "don’t have access to /seatwise import" in await sent(
        chat, standin.described(), who="UBEN"
    )
    assert standin.host.asked == []


async def test_a_file_in_a_channel_is_never_read(chat: Chat, standin: SlackWithFiles) -> None:
    standin.channels["C1"] = room("UADA", is_private=True)
    await happens(chat, mention("UADA", "", "7", files=[standin.described()]))
    said = [*standin.posted, *standin.whispered]
    assert texts(said[0])[0].startswith(SAY("drop-how"))
    await happens(chat, mention("UADA", "help", "8", files=[standin.described()]))
    assert standin.host.asked == []


async def test_a_message_in_a_thread_and_its_conversation_is_answered(chat: Chat) -> None:
    for number, subtype in enumerate(("thread_broadcast", "me_message")):
        before = len(chat.standin.posted)
        await happens(chat, message("UADA", "whoami", f"b{number}", subtype=subtype))
        assert len(chat.standin.posted) > before
    silent = len(chat.standin.posted)
    for number, subtype in enumerate(("message_changed", "message_deleted", "bot_message")):
        await happens(chat, message("UADA", "whoami", f"c{number}", subtype=subtype))
    assert len(chat.standin.posted) == silent


FAILURES: tuple[tuple[list[int], dict[str, str], str], ...] = (
    ([302], {"Location": "https://slack.com/signin"}, "drop-no-scope"),
    ([401], {}, "drop-no-scope"),
    ([403], {}, "drop-no-scope"),
    ([404], {}, "drop-file-gone"),
    ([500], {}, "drop-not-fetched"),
    ([429], {"Retry-After": "60"}, "drop-rate"),
    ([429, 429], {"Retry-After": "0"}, "drop-rate"),
    ([0, 0], {}, "drop-not-fetched"),
)


async def test_what_slack_does_not_hand_over_is_told(chat: Chat, standin: SlackWithFiles) -> None:
    for statuses, headers, why in FAILURES:
        standin.host.statuses, standin.host.headers = list(statuses), headers
        assert await sent(chat, standin.described()) == SAY(why, file="seats.json"), statuses
    assert standin.host.statuses == []


async def test_a_file_is_asked_for_again_where_slack_was_busy_or_hung_up(
    chat: Chat, standin: SlackWithFiles
) -> None:
    standin.host.statuses, standin.host.headers = [429], {"Retry-After": "0"}
    assert "I read 1 file" in await sent(chat, standin.described())
    standin.host.statuses = [0]
    assert "I read 1 file" in await sent(chat, standin.described())
    assert len(standin.host.asked) == 4


async def test_slacks_sign_in_page_is_no_report(chat: Chat, standin: SlackWithFiles) -> None:
    standin.host.content, standin.host.kind = SIGN_IN, "text/html"
    expected = SAY("drop-no-scope", file="seats.json")
    assert await sent(chat, standin.described()) == expected
    named = standin.described(name="page.html", mimetype="text/html")
    assert await sent(chat, named) == SAY("import-html", file="page.html")


async def test_a_file_that_never_comes_or_never_ends_is_given_up(
    chat: Chat, standin: SlackWithFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_download, "PATIENCE", ClientTimeout(total=0.3))
    standin.host.hanging = True
    assert await sent(chat, standin.described()) == SAY("drop-not-fetched", file="seats.json")
    standin.host.hanging, standin.host.endless = False, True
    monkeypatch.setattr("bot.file_drop.fetch.LARGEST", 2 * 1024 * 1024)
    monkeypatch.setattr(file_download, "PATIENCE", ClientTimeout(total=20))
    assert await sent(chat, standin.described()) == SAY("drop-file-too-large", file="seats.json")


async def test_words_beside_a_picture_are_answered(chat: Chat, standin: SlackWithFiles) -> None:
    picture = standin.described(name="screen.png", mimetype="image/png")
    assert "You are" in await sent(chat, picture, words="whoami")
    assert await sent(chat, picture) == SAY("drop-picture")
    assert standin.host.asked == []


async def test_the_token_goes_to_slack_alone(chat: Chat, standin: SlackWithFiles) -> None:
    for url in ("https://drive.google.com/a.csv", "http://files.slack.com/a.csv", "", None, 7):
        told = await sent(chat, standin.described(url_private_download=url))
        assert told == SAY("drop-elsewhere", file="seats.json")


API = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("url", "api", "good"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.csv", API, True),
        ("https://files.slack-gov.com/files-pri/T1-F1/a.csv", API, True),
        ("https://slack.com/files-pri/T1-F1/a.csv", API, False),
        ("https://evil.slack.com/a.csv", API, False),
        ("http://files.slack.com/a.csv", API, False),
        ("https://files.slack.com:8443/a.csv", API, False),
        ("https://files.slack.com@evil.example/a.csv", API, False),
        ("https://files.slack.com.evil.example/a.csv", API, False),
        ("https://files.slack.com\\@evil.example/", API, False),
        ("http://127.0.0.1:80/files-pri/a.csv", API, False),
        ("http://127.0.0.1:81/files-pri/a.csv", "http://127.0.0.1:81/api/", True),
        ("http://127.0.0.1:82/files-pri/a.csv", "http://127.0.0.1:81/api/", False),
    ],
)
def test_the_address_of_a_file_is_slacks(url: str, api: str, *, good: bool) -> None:
    assert is_file_url(url, api) is good
