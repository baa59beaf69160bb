"""People who send files to the bot, on each platform that has files; what is then to be read."""

import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.cli.terminal_text import reply_text
from bot.wiring import open_installation
from handlers.chat.asking import UserRef
from handlers.chat.reply import Reply
from tests.slack.reading_blocks import parts as slack_parts
from tests.slack.speaking import happens, message
from tests.slack.standin import somebody
from tests.slack.talking import Chat as SlackChat
from tests.slack.talking import buttons as slack_buttons
from tests.slack.talking import served
from tests.slack.talking import talking as talking_in_slack
from tests.slack.test_sent_files import SlackWithFiles
from tests.slack.transcribing import IDS, SlackOverHttp
from tests.sources.building import deployed, page, sheet, used
from tests.sources.hostile_archives import packed
from tests.sources.test_page_lists import customer
from tests.teams.activities import own_chat
from tests.teams.reading_cards import buttons as teams_buttons
from tests.teams.reading_cards import parts as teams_parts
from tests.teams.recorder import Recorder, member
from tests.teams.talking import Chat as TeamsChat
from tests.teams.talking import ever_later
from tests.teams.talking import talking as talking_in_teams
from tests.teams.test_sent_files import Drive, driving
from tests.teams.transcribing import REFS, TeamsAlone
from tests.transcripts.platforms import Platform
from tests.transcripts.reading import Turn
from tests.transcripts.worlds import WORLDS

SENDS = "sends "


def _customers(*numbers: int) -> bytes:
    items = [customer(at) for at in numbers]
    return json.dumps({"totalCount": len(items), "items": items}).encode()


FILES = {
    "deployment.json": page(deployed(), deployed(serviceCode="crm"), deployed()),
    "usage.json": page(used()),
    "american.csv": sheet(deployed(processedDateTime="03/04/2026")).encode(),
    "customers.json": _customers(*range(30)),
    "filtered.json": _customers(1, 2, 40),
    "reports.zip": packed(("deployment.json", page(deployed(licensesSold=60))), ("x.exe", b"MZ")),
    "seats.xlsx": packed(("xl/workbook.xml", b"<workbook/>")),
    "page.html": b"<!DOCTYPE html><html><title>Sign in</title></html>",
}
"""What people send, by its name."""


class SlackSending(SlackOverHttp):
    """Slack, where people send files too."""

    def __init__(self, chat: SlackChat, standin: SlackWithFiles) -> None:
        super().__init__(chat)
        self._talk = chat
        self._standin = standin
        self._number = 0

    async def answer(self, turn: Turn) -> str:
        """Sends the files in the direct message, or does what the turn says else."""
        if not turn.what.startswith(SENDS):
            return await super().answer(turn)
        self._number += 1
        who, posted = IDS[turn.who], len(self._standin.posted)
        self._standin.people[who]["locale"] = turn.lang
        files = [self._standin.described(name) for name in _names(turn)]
        await happens(
            self._talk, message(who, "", f"s{self._number}", subtype="file_share", files=files)
        )
        sent = self._standin.posted[posted:]
        for one in sent:
            found = slack_buttons(one)
            self._buttons |= {(turn.who, label): button for label, button in found.items()}
        return reply_text(Reply(tuple(part for one in sent for part in slack_parts(one))))


class TeamsSending(TeamsAlone):
    """Teams, where people send files too."""

    def __init__(self, chat: TeamsChat, drive: Drive) -> None:
        super().__init__(chat)
        self._talk = chat
        self._drive = drive

    async def answer(self, turn: Turn) -> str:
        """Sends the files in the own chat, or does what the turn says else."""
        if not turn.what.startswith(SENDS):
            return await super().answer(turn)
        files: list[Any] = [self._drive.attached(name) for name in _names(turn)]
        reader = {"locale": turn.lang, "localTimezone": "UTC"}
        card, *_ = await self._talk.asked(turn.who, "", attachments=files, **reader)
        shown, _ = self._talk.last(turn.who)
        found = teams_buttons(card)
        self._buttons |= {(turn.who, label): (shown, action) for label, action in found.items()}
        return reply_text(Reply(tuple(teams_parts(card))))


def _names(turn: Turn) -> list[str]:
    return [name.strip() for name in turn.what.removeprefix(SENDS).split(",")]


@asynccontextmanager
async def slack_sending(given: str, facts: Path, home: Path) -> AsyncIterator[Platform]:
    """The world of that name, its people being on Slack."""
    made = WORLDS[given]
    refs = {key: UserRef("slack", "T1", user) for key, user in IDS.items()}
    settings = await made.furnish(facts, home, refs)
    names = {"ada": "Ada Lovelace", "ben": "Ben", "cleo": "Cleo"}
    people = {IDS[key]: somebody(IDS[key], name) for key, name in names.items()}
    async with (
        open_installation(settings, {}, lambda: made.now) as installation,
        served(SlackWithFiles(people=people, met=tuple(people), looks=1)) as standin,
    ):
        assert isinstance(standin, SlackWithFiles)
        standin.host.files = FILES
        await made.seat(installation.roles, refs)
        forgetful = itertools.count(0, 1000).__next__
        async with talking_in_slack(installation, standin, clock=forgetful) as chat:
            yield SlackSending(chat, standin)


@asynccontextmanager
async def teams_sending(given: str, facts: Path, home: Path) -> AsyncIterator[Platform]:
    """The world of that name, its people being on Teams."""
    made = WORLDS[given]
    settings = await made.furnish(facts, home, REFS)
    recorder = Recorder({own_chat(who): [member(each) for each in REFS] for who in REFS})
    async with (
        open_installation(settings, {}, lambda: made.now) as installation,
        driving() as drive,
    ):
        drive.host.files = FILES
        await made.seat(installation.roles, REFS)
        async with talking_in_teams(installation, recorder, clock=ever_later()) as chat:
            for who in REFS:
                await chat.asked(who, "/whoami")
            await chat.people.learn(REFS.values())
            yield TeamsSending(chat, drive)
