"""Slack as a conversation needs it: what people type and press, and what is then to be read."""

import html
import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.cli.terminal_text import reply_text
from bot.slack.command_names import as_typed
from bot.slack.rich_text import BUTTON
from bot.wiring import open_installation
from handlers.chat.asking import UserRef
from handlers.chat.reply import Reply
from tests.slack.inputs import written
from tests.slack.reading_blocks import parts
from tests.slack.standin import StandIn, somebody
from tests.slack.talking import Chat, buttons, served, talking
from tests.transcripts.reading import Turn, without_files
from tests.transcripts.worlds import WORLDS

IDS = {"ada": "UADA", "ben": "UBEN", "cleo": "UCLEO"}
_REGISTERED = re.compile(
    r"/(?:usage|digest|grant-analytics|revoke-analytics|who-has-analytics)(?: |$)"
)
_CHOICE = re.compile(r"^\[(.*?)\]  (.*)$", re.MULTILINE)
_ID = re.compile(r"page:demo:(\w+)")
_MENTION = re.compile(r"@(ada|ben|cleo)\b", re.IGNORECASE)


class SlackOverHttp:
    """Slack, by the signed requests it sends and the messages it is sent."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._buttons: dict[tuple[str, str], dict[str, Any]] = {}

    async def answer(self, turn: Turn) -> str:
        """Types the command, or presses the button, and reads every message that comes."""
        who = IDS[turn.who]
        self._chat.standin.people[who]["locale"] = turn.lang
        posted = len(self._chat.standin.posted)
        if turn.pressed:
            button = self._buttons[turn.who, _label(as_typed(turn.what, ""))]
            typed = {"state": written(turn.said)} if turn.said else {}
            place = await self._chat.press(who, button, channel="D1", **typed)
        else:
            alone = {"channel_id": "D1", "channel_name": "directmessage"}
            place = await self._chat.command(who, _line(turn.what), **alone)
        await self._chat.drained()
        answers = self._chat.standin.answers.get(place, [])
        sent = self._chat.standin.posted[posted:]
        messages = [*answers, *(one for one in sent if one["channel"] in ("D1", f"D{who}"))]
        for message in messages:
            found = buttons(message)
            self._buttons |= {(turn.who, label): button for label, button in found.items()}
        return reply_text(Reply(tuple(part for message in messages for part in parts(message))))

    def expects(self, text: str) -> str:
        """Buttons show their label alone, as far as Slack lets them; people have Slack's ids, and
        charts come last.
        """
        pieces = as_slack_shows(without_files(text)).split("\n\n")
        return "\n\n".join(sorted(pieces, key=lambda piece: piece.startswith("[chart] ")))


def as_slack_shows(text: str) -> str:
    """A transcript's text with Slack's ids, and with buttons by their label."""
    text = _ID.sub(lambda found: f"slack:T1:{IDS[found[1]]}", as_typed(text, ""))
    return _CHOICE.sub(lambda found: f"[{_label(as_typed(found[1], ''))}]", text)


def _label(text: str) -> str:
    return text if len(text) <= BUTTON else f"{text[: BUTTON - 1]}…"


def _line(text: str) -> str:
    """A command that Slack knows, or `/seatwise` and whatever it is; as Slack escapes it."""
    text = text.removeprefix("@seatwise").strip()
    line = text if _REGISTERED.match(text) else f"/seatwise {text}"
    escaped = html.escape(line, quote=False)
    return _MENTION.sub(lambda found: f"<@{IDS[found[1].lower()]}|a label>", escaped)


@asynccontextmanager
async def slack_world(given: str, facts: Path, home: Path) -> AsyncIterator[SlackOverHttp]:
    """The world of that name, its people being on Slack."""
    made = WORLDS[given]
    refs = {key: UserRef("slack", "T1", user) for key, user in IDS.items()}
    settings = await made.furnish(facts, home, refs)
    names = {"ada": "Ada Lovelace", "ben": "Ben", "cleo": "Cleo"}
    people = {IDS[key]: somebody(IDS[key], name) for key, name in names.items()}
    async with (
        open_installation(settings, {}, lambda: made.now) as installation,
        served(StandIn(people, tuple(people), looks=1)) as standin,
    ):
        await made.seat(installation.roles, refs)
        forgetful = itertools.count(0, 1000).__next__
        async with talking(installation, standin, clock=forgetful) as chat:
            yield SlackOverHttp(chat)
