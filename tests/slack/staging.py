"""A channel of Slack's as a stage: what people say and press there, and who is shown what."""

import html
import itertools
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.cli.terminal_text import reply_text
from bot.demo_installation import sample_settings
from bot.environment import read_settings
from bot.slack.posting import SlackPoster
from bot.wiring import open_installation
from handlers.chat.asking import RoomKind, UserRef
from handlers.chat.reply import Audience, Paragraph, Part, Reply
from tests.answering.asking import Clock
from tests.rooms.conversations import Act, How, Stage, brief
from tests.rooms.hours import Hours, hours
from tests.rooms.stages import NAMES, ROOMS, RoomWorld, heading
from tests.slack.reading_blocks import parts
from tests.slack.speaking import event, happens, mention, room
from tests.slack.standin import StandIn, somebody
from tests.slack.talking import Chat, buttons, served, talking
from tests.slack.transcribing import IDS, as_slack_shows
from tests.transcripts.worlds import WORLDS

_FLAGS: dict[RoomKind, dict[str, bool]] = {
    RoomKind.GROUP: {"is_private": True},
    RoomKind.PUBLIC: {},
    RoomKind.SHARED: {"is_private": True, "is_ext_shared": True},
}

Message = dict[str, Any]


class SlackChannel:
    """The channel `C1`, over signed requests and what is posted, whispered or answered."""

    def __init__(self, chat: Chat, hours: Hours) -> None:
        self._chat = chat
        self._hours = hours
        self._standin = chat.standin
        self._numbers = itertools.count(1)
        self._buttons: dict[str, tuple[dict[str, Any], bool]] = {}

    async def shown(self, act: Act) -> str:
        """Everything that came after the act, by who reads it."""
        posted, whispered = len(self._standin.posted), len(self._standin.whispered)
        if act.how is How.IS:
            self._chat.now = act.moment  # what is signed is of now
            await self._hours.are(act.moment)
            return self._came(self._standin.posted[posted:])
        self._standin.people[IDS[act.who]]["locale"] = act.lang
        place = await self._done(act)
        await self._chat.drained()
        came = [(self._reader(message), message) for message in self._standin.posted[posted:]]
        alone = [*self._standin.whispered[whispered:], *self._standin.answers.get(place, ())]
        came += [(Audience.ASKER, message) for message in alone]
        for audience, message in came:
            kept = audience is not Audience.ASKER
            self._buttons |= {label: (one, kept) for label, one in buttons(message).items()}
        return brief("\n\n".join(self._by_reader(came, act.who)))

    def _came(self, posted: list[Message]) -> str:
        """Messages that nobody asked for just now."""
        whose = {f"D{user}": who for who, user in IDS.items()}
        shown = []
        for message in posted:
            self._buttons |= {label: (one, True) for label, one in buttons(message).items()}
            who = whose.get(message["channel"], "ada")
            shown += [
                heading(self._reader(message), who),
                reply_text(Reply(tuple(_parts(message)))),
            ]
        return brief("\n\n".join(shown))

    async def _done(self, act: Act) -> str:
        """Does it; gives where an answer to it alone would be."""
        number, who = str(next(self._numbers)), IDS[act.who]
        match act.how:
            case How.ALOUD:
                await happens(self._chat, mention(who, act.what, number))
            case How.ASKS:
                return await self._chat.command(who, act.what, trigger_id=number)
            case How.PRESSES:
                button, kept = self._buttons[act.what]
                container = {"type": "message", "is_ephemeral": not kept}
                return await self._chat.press(who, button, container=container, trigger_id=number)
            case How.JOINS:
                self._standin.channels["C1"]["members"].append(who)
                joined = event("member_joined_channel", who, number, channel="C1")
                await happens(self._chat, joined)
        return ""

    def _reader(self, message: Message) -> Audience:
        return Audience.ROOM if message["channel"] == "C1" else Audience.DIRECT

    def _by_reader(self, came: list[tuple[Audience, Message]], who: str) -> list[str]:
        shown = []
        for audience, messages in itertools.groupby(came, key=lambda one: one[0]):
            said = tuple(part for _, message in messages for part in _parts(message))
            shown += [heading(audience, who), reply_text(Reply(said))]
        return shown

    def expects(self, text: str) -> str:
        """Buttons show their label alone; people have Slack's ids."""
        return as_slack_shows(text)


def _parts(message: Message) -> list[Part]:
    return parts(message) if "blocks" in message else [Paragraph(html.unescape(message["text"]))]


@asynccontextmanager
async def slack_channel(given: str, facts: Path, home: Path) -> AsyncIterator[Stage]:
    """The channel with those people in it."""
    here: RoomWorld = ROOMS[given]
    refs = {key: UserRef("slack", "T1", user) for key, user in IDS.items()}
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(home)}))
    shutil.copytree(facts, settings.data_dir, dirs_exist_ok=True)
    people = {IDS[key]: somebody(IDS[key], name) for key, name in NAMES.items()}
    people["UBOT"] = somebody("UBOT", "Seatwise", is_bot=True)
    members = room(*(IDS[key] for key in here.members), name="licences", **_FLAGS[here.kind])
    unseen = {} if here.known else {"conversations.info": "missing_scope"}
    clock = Clock(WORLDS[""].now)
    async with (
        open_installation(settings, {}, clock) as installation,
        served(
            StandIn(people, tuple(people), looks=0, channels={"C1": members}, broken=unseen)
        ) as standin,
    ):
        await WORLDS[""].seat(installation.roles, refs)
        forgetful = itertools.count(0, 1000).__next__
        async with talking(installation, standin, clock=forgetful) as chat:
            poster = SlackPoster(chat.api, chat.delivery)
            lent = (chat.delivery, chat.people, {"slack": poster})
            async with hours(installation, clock, *lent) as those:
                yield SlackChannel(chat, those)
