"""Files on Teams: offered in the asker's own chat, put into their OneDrive once they say yes."""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from analytics.values import OWN
from bot.outbox import KEPT
from bot.teams import onedrive as sending
from bot.teams.file_consent import takes_files
from bot.teams.ports import ConnectorError, Conversation
from bot.wiring import Installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from handlers.messages.speaker import speaker
from tests.conftest import NOW
from tests.program.handout import CONTENT, handing_out, kept
from tests.teams.activities import GROUP, IDS, TENANT, at, own_chat, payload, spoken
from tests.teams.onedrive import OneDrive, onedrive
from tests.teams.reading_cards import card_of, texts
from tests.teams.talking import Chat

SAY = speaker("en")
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"


@pytest.fixture(autouse=True)
def handout(installation: Installation) -> Iterator[None]:
    with handing_out(installation):
        yield


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "WAITS", (0.0, 0.0, 0.0))


@pytest_asyncio.fixture
async def drive() -> AsyncIterator[OneDrive]:
    async with onedrive() as there:
        yield there


def cards(chat: Chat, kind: str, who: str = "ada") -> list[Any]:
    """Cards about files in somebody's own chat."""
    shown = [a for m in chat.recorder.seen_by(who, own_chat(who)) for a in m.get("attachments", ())]
    return [card for card in shown if card["contentType"] == kind]


def last_line(chat: Chat, who: str = "ada") -> str:
    """The newest sentence in somebody's own chat."""
    return texts(card_of(chat.recorder.seen_by(who, own_chat(who))[-1]))[0]


async def offered(chat: Chat) -> Any:
    """Ada asks in her own chat; gives the card that she is shown."""
    await chat.said(spoken("ada", "handout"))
    return cards(chat, CONSENT)[-1]


async def answers(
    chat: Chat,
    card: Any,
    where: dict[str, Any] | None = None,
    who: str = "ada",
    *,
    checked: bool = True,
) -> None:
    """Says yes, with the place that Teams made for the file, or no."""
    action, context = ("accept", "acceptContext") if where else ("decline", "declineContext")
    value = {"type": "fileUpload", "action": action, "context": card["content"][context]}
    sender = {"id": f"29:{who}", "name": who, "aadObjectId": IDS[who]}
    told = {"name": "fileConsent/invoke", "from": sender, "value": {**value, "uploadInfo": where}}
    conversation = {**payload("press")["conversation"], "id": own_chat(who)}
    activity = {**payload("press"), **told, "conversation": conversation}
    take = chat.teams.receive if checked else chat.teams.report_unchecked
    assert await take(activity) == {}
    await chat.teams.drain()


async def test_a_file_is_offered_and_put_into_onedrive_when_the_asker_says_yes(
    chat: Chat, drive: OneDrive, installation: Installation
) -> None:
    card = await offered(chat)
    assert (card["name"], card["content"]["sizeInBytes"]) == ("seats.csv", len(CONTENT))
    assert card["content"]["description"] == "Seats of all customers as CSV."
    await answers(chat, card, drive.place())
    assert drive.pieces == [(f"bytes 0-{len(CONTENT) - 1}/{len(CONTENT)}", CONTENT)]
    assert drive.secrets == []
    [there] = cards(chat, INFO)
    assert there["contentUrl"] == drive.place()["contentUrl"]
    assert there["content"] == {"uniqueId": drive.place()["uniqueId"], "fileType": "csv"}
    assert not [name for name in kept(installation) if name.endswith(".file")]


async def test_a_file_asked_for_in_a_group_is_offered_in_the_askers_own_chat(chat: Chat) -> None:
    await chat.said(spoken("ada", "<at>Seatwise</at> handout", "group", entities=at("bot")))
    assert len(cards(chat, CONSENT)) == 1
    told = [texts(card_of(shown))[0] for shown in chat.recorder.seen_by("ada", GROUP)]
    assert told == [SAY("direct-done")]
    assert chat.recorder.seen_by("ben", GROUP) == []


async def test_where_the_own_chat_cannot_be_opened_the_asker_is_told_how(
    chat: Chat, installation: Installation
) -> None:
    chat.recorder.fails = lambda name, _: ConnectorError(403, "Nope") if name == "open" else None
    await chat.said(spoken("ada", "<at>Seatwise</at> handout", "group", entities=at("bot")))
    [told] = [texts(card_of(shown))[0] for shown in chat.recorder.seen_by("ada", GROUP)]
    assert told == SAY("file-no-way")
    assert kept(installation) == []


async def test_a_file_that_is_declined_is_deleted_and_that_is_said(
    chat: Chat, drive: OneDrive, installation: Installation
) -> None:
    card = await offered(chat)
    await answers(chat, card)
    assert last_line(chat) == SAY("file-declined")
    assert not [name for name in kept(installation) if name.endswith(".file")]
    await answers(chat, card, drive.place())
    assert last_line(chat) == SAY("file-twice")
    assert drive.pieces == []


async def test_a_second_yes_puts_no_second_file(chat: Chat, drive: OneDrive) -> None:
    card = await offered(chat)
    await answers(chat, card, drive.place())
    await answers(chat, card, drive.place())
    assert len(drive.pieces) == 1
    assert last_line(chat) == SAY("file-twice")


async def test_a_yes_that_may_have_come_before_is_told_to_have_had_no_effect(
    chat: Chat, drive: OneDrive
) -> None:
    await answers(chat, await offered(chat), drive.place(), checked=False)
    assert last_line(chat) == SAY("not-checked")
    assert drive.pieces == []


async def test_nobody_else_takes_the_file(chat: Chat, drive: OneDrive) -> None:
    card = await offered(chat)
    await answers(chat, card, drive.place(), who="ben")
    assert last_line(chat, "ben") == SAY("file-foreign")
    assert drive.pieces == []
    await answers(chat, card, drive.place())
    assert len(drive.pieces) == 1


async def test_a_token_that_was_made_up_takes_nothing(chat: Chat, drive: OneDrive) -> None:
    card = await offered(chat)
    for token in ("0" * 32, "../../etc/passwd", "", 7, None):
        card["content"]["acceptContext"] = {"file": token}
        await answers(chat, card, drive.place())
        assert last_line(chat) == SAY("file-gone")
    assert drive.pieces == []


async def test_a_right_that_ended_meanwhile_ends_the_file(
    chat: Chat, drive: OneDrive, installation: Installation
) -> None:
    card = await offered(chat)
    narrower = Grant(Role.VIEWER, OWN, frozenset(), None, "", "operator", NOW)
    await installation.roles.give(UserRef("teams", TENANT, IDS["ada"]), narrower)
    await answers(chat, card, drive.place())
    assert last_line(chat) == SAY("file-right-changed")
    assert drive.pieces == []


async def test_a_yes_after_a_restart_or_an_hour_is_told(
    chat: Chat, drive: OneDrive, installation: Installation
) -> None:
    card = await offered(chat)
    installation.outbox.close()
    await answers(chat, card, drive.place())
    assert last_line(chat) == SAY("file-gone")
    await chat.said(spoken("ada", "handout"))
    card = cards(chat, CONSENT)[-1]
    _age(installation.settings.data_dir)
    await answers(chat, card, drive.place())
    assert last_line(chat) == SAY("file-gone")
    assert drive.pieces == []


def _age(folder: Path) -> None:
    old = (NOW - KEPT - timedelta(seconds=1)).timestamp()
    for path in folder.glob(".seatwise-*/work/*"):
        os.utime(path, (old, old))


ELSEWHERE = (
    *("https://contoso-my.sharepoint.com.example/up", "http://contoso-my.sharepoint.com/up"),
    *("https://169.254.169.254/latest", "", None, 7),
)


async def test_a_place_that_is_not_onedrive_gets_nothing(
    chat: Chat, drive: OneDrive, installation: Installation
) -> None:
    for url in ELSEWHERE:
        await answers(chat, await offered(chat), drive.place(uploadUrl=url))
        assert last_line(chat) == SAY("file-bad-place")
        assert not [name for name in kept(installation) if name.endswith(".file")]


async def test_a_redirect_is_not_followed(chat: Chat, drive: OneDrive) -> None:
    drive.statuses, drive.headers = [307], {"Location": drive.place()["uploadUrl"]}
    await answers(chat, await offered(chat), drive.place())
    assert len(drive.pieces) == 1
    assert last_line(chat) == SAY("file-not-taken")


TROUBLE = (
    ([429, 503], 3, ""),
    ([0], 2, ""),
    ([404], 1, "file-not-taken"),
    ([429, 429, 503], 3, "file-not-taken"),
    ([0, 416], 2, "file-unsure-onedrive"),
    ([500, 500, 500], 3, "file-unsure-onedrive"),
)


async def test_trouble_on_the_way_ends_with_the_file_or_a_sentence(
    chat: Chat, drive: OneDrive
) -> None:
    for statuses, requests, told in TROUBLE:
        drive.pieces.clear()
        drive.statuses, before = list(statuses), len(cards(chat, INFO))
        await answers(chat, await offered(chat), drive.place())
        assert len(drive.pieces) == requests, statuses
        assert len(cards(chat, INFO)) - before == (not told)
        assert not told or last_line(chat) == SAY(told)


async def test_a_large_file_goes_piece_by_piece(
    chat: Chat, drive: OneDrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PIECE", 8)
    await answers(chat, await offered(chat), drive.place())
    assert b"".join(piece for _, piece in drive.pieces) == CONTENT
    assert [span for span, _ in drive.pieces][:2] == ["bytes 0-7/19", "bytes 8-15/19"]
    assert len(cards(chat, INFO)) == 1


async def test_a_file_whose_card_is_refused_is_deleted(
    chat: Chat, installation: Installation
) -> None:
    sends = []

    def second_fails(name: str, _: int) -> ConnectorError | None:
        sends.append(name)
        return ConnectorError(403, "Nope") if sends.count("send") == 2 else None

    chat.recorder.fails = second_fails
    await chat.said(spoken("ada", "handout"))
    assert last_line(chat) == SAY("file-not-taken")
    assert not [name for name in kept(installation) if name.endswith(".file")]


async def test_a_link_that_is_not_onedrives_is_not_shown(chat: Chat, drive: OneDrive) -> None:
    place = drive.place(contentUrl="https://evil.example/seats.csv")
    await answers(chat, await offered(chat), place)
    assert last_line(chat) == SAY("file-in-onedrive")
    assert cards(chat, INFO) == []


def test_bots_send_no_files_in_the_clouds_that_take_none() -> None:
    here = Conversation("https://smba.trafficmanager.net/emea/", "a:1", TENANT, "28:b")
    assert takes_files(here)
    for host in ("smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us"):
        assert not takes_files(replace(here, service_url=f"https://{host}/x/"))
