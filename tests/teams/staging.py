"""A group chat on Teams as a stage: what people say and press there, and who is shown what."""

import itertools
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.cli.terminal_text import reply_text
from bot.demo_installation import sample_settings
from bot.environment import read_settings
from bot.teams.ports import ConnectorError
from bot.teams.posting import TeamsPoster
from bot.wiring import open_installation
from handlers.chat.asking import RoomKind
from handlers.chat.reply import Audience, Paragraph, Part, Reply
from handlers.messages.speaker import speaker
from tests.answering.asking import Clock
from tests.rooms.conversations import Act, How, Stage, brief
from tests.rooms.hours import Hours, hours
from tests.rooms.stages import NAMES, ROOMS, heading
from tests.teams.activities import BOT, GROUP, at, own_chat, payload, spoken
from tests.teams.reading_cards import buttons, card_of, parts
from tests.teams.recorder import Message, Recorder, member
from tests.teams.talking import Chat, ever_later, talking
from tests.teams.transcribing import REFS, as_teams_shows
from tests.transcripts.worlds import WORLDS

KINDS = (RoomKind.GROUP, RoomKind.SHARED)
"""Of rooms that Teams tells apart: whether a team is open to everybody no roster says."""

Came = list[tuple[Audience, list[Part]]]


class TeamsGroup:
    """The group chat, by the activities Teams sends and the messages it gets."""

    def __init__(self, chat: Chat, hours: Hours) -> None:
        self._chat = chat
        self._hours = hours
        self._recorder = chat.recorder
        self._buttons: dict[str, tuple[str, dict[str, Any]]] = {}

    async def shown(self, act: Act) -> str:
        """Everything that came after the act, by who reads it."""
        before = len(self._recorder.messages)
        if act.how is How.IS:
            await self._hours.are(act.moment)
            return self._came([*self._recorder.messages.items()][before:])
        told = await self._done(act)
        came: Came = []
        for name, message in [*self._recorder.messages.items()][before:]:
            came.append((_reader(message), parts(card_of(message.activity))))
            found = buttons(card_of(message.activity))
            self._buttons |= {label: (name, action) for label, action in found.items()}
        return brief("\n\n".join(_by_reader(came + told, act.who)))

    def _came(self, posted: list[tuple[str, Message]]) -> str:
        """Messages that nobody asked for just now."""
        whose = {own_chat(who): who for who in REFS}
        shown = []
        for name, message in posted:
            card = card_of(message.activity)
            self._buttons |= {label: (name, action) for label, action in buttons(card).items()}
            who = whose.get(message.room, "ada")
            shown += [heading(_reader(message), who), reply_text(Reply(tuple(parts(card))))]
        return brief("\n\n".join(shown))

    async def _done(self, act: Act) -> Came:
        """Does it; gives what a press was answered with."""
        match act.how:
            case How.ALOUD:
                said = f"<at>Seatwise</at> {act.what}"
                await self._chat.said(
                    spoken(act.who, said, "group", entities=at("bot"), locale=act.lang)
                )
            case How.ASKS:
                alone = {"id": BOT, "name": "Seatwise", "isTargeted": True}
                await self._chat.said(
                    spoken(act.who, act.what, "group", recipient=alone, locale=act.lang)
                )
            case How.PRESSES:
                return await self._pressed(act)
            case How.JOINS:
                self._recorder.rooms[GROUP].append(member(act.who))
                await self._chat.said(payload("member_added"))
        return []

    async def _pressed(self, act: Act) -> Came:
        message, action = self._buttons[act.what]
        answer = await self._chat.pressed(act.who, action, message, "group", locale=act.lang)
        if isinstance(answer["value"], str):
            pointless = answer["value"] == speaker(act.lang)("sent-alone")
            return [] if pointless else [(Audience.ASKER, [Paragraph(answer["value"])])]
        found = buttons(answer["value"])
        self._buttons |= {label: (message, pressed) for label, pressed in found.items()}
        return [(Audience.ASKER, parts(answer["value"]))]

    def expects(self, text: str) -> str:
        """As Teams shows it; the group has a name of its own."""
        return as_teams_shows(text).replace("#licences", "Licence desk")


def _reader(message: Message) -> Audience:
    if message.room != GROUP:
        return Audience.DIRECT
    return Audience.ASKER if message.to else Audience.ROOM


def _by_reader(came: Came, who: str) -> list[str]:
    shown = []
    for audience, messages in itertools.groupby(came, key=lambda one: one[0]):
        said = tuple(part for _, message in messages for part in message)
        shown += [heading(audience, who), reply_text(Reply(said))]
    return shown


@asynccontextmanager
async def teams_group(given: str, facts: Path, home: Path) -> AsyncIterator[Stage]:
    """The group chat with those people in it."""
    here = ROOMS[given]
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(home)}))
    shutil.copytree(facts, settings.data_dir, dirs_exist_ok=True)
    strangers = [member("sam")] if here.kind is RoomKind.SHARED else []
    there = [member(who, name=NAMES[who]) for who in here.members]
    recorder = Recorder({GROUP: there + strangers})
    if not here.known:
        recorder.fails = lambda name, _: ConnectorError(403) if name == "members" else None
    clock = Clock(WORLDS[""].now)
    async with open_installation(settings, {}, clock) as installation:
        await WORLDS[""].seat(installation.roles, REFS)
        async with talking(installation, recorder, clock=ever_later()) as chat:
            for who in REFS:
                recorder.rooms[own_chat(who)] = [member(who, name=NAMES[who])]
                await chat.said(spoken(who, "whoami"))
            await chat.people.learn(REFS.values())
            poster = TeamsPoster(recorder, chat.people, chat.kept, chat.delivery)
            lent = (chat.delivery, chat.people, {"teams": poster})
            async with hours(installation, clock, *lent) as those:
                yield TeamsGroup(chat, those)
