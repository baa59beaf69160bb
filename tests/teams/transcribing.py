"""Teams as a conversation needs it: what people type and press, and what is then to be read."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.cli.terminal_text import reply_text
from bot.teams.cards import LABEL
from bot.teams.inbound import WORDS
from bot.wiring import open_installation
from handlers.chat.asking import UserRef
from handlers.chat.reply import Part, Reply
from tests.teams.activities import IDS, TENANT, at, own_chat
from tests.teams.reading_cards import buttons, folded, parts
from tests.teams.recorder import Recorder, member
from tests.teams.talking import Chat, ever_later, talking
from tests.transcripts.reading import Turn, without_files
from tests.transcripts.worlds import WORLDS

REFS = {who: UserRef("teams", TENANT, IDS[who]) for who in ("ada", "ben", "cleo")}
_CHOICE = re.compile(r"^\[(.*?)\]  (.*)$", re.MULTILINE)
_ID = re.compile(r"page:demo:(\w+)")
_MENTION = re.compile(r"@(ada|ben|cleo)\b", re.IGNORECASE)


class TeamsAlone:
    """The bot's own chat with each of them, by the activities Teams sends and the cards it gets."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._buttons: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
        self._folded: dict[tuple[str, str], list[Part]] = {}

    async def answer(self, turn: Turn) -> str:
        """Types the question, or presses the button, and reads the card that comes."""
        if turn.pressed and (turn.who, turn.what) in self._folded:
            return reply_text(Reply(tuple(self._folded[turn.who, turn.what])))
        if turn.pressed:
            message, action = self._buttons[turn.who, _label(turn.what)]
            data = {**action["data"], **({WORDS: turn.said} if turn.said else {})}
            pressed = {**action, "data": data}
            answered = await self._chat.pressed(turn.who, pressed, message, **_reader(turn))
            card = answered["value"]
            if not answered["type"].endswith("adaptive"):  # it was sent, and the card stays
                message, card = self._chat.last(turn.who)
        else:
            named = [name.lower() for name in _MENTION.findall(turn.what)]
            spoken = _line(turn.what)
            card, *_ = await self._chat.asked(  # offers of files come behind it
                turn.who, spoken, entities=at("bot", *named), **_reader(turn)
            )
            message, _ = self._chat.last(turn.who)
        found = buttons(card)
        self._buttons |= {(turn.who, label): (message, action) for label, action in found.items()}
        self._folded |= {(turn.who, label): inner for label, inner in folded(card).items()}
        return reply_text(Reply(tuple(parts(card))))

    def expects(self, text: str) -> str:
        """As Teams shows it."""
        return as_teams_shows(without_files(text))


def as_teams_shows(text: str) -> str:
    """Buttons with their label alone, as far as there is room; people with Teams' ids."""
    text = _ID.sub(lambda found: str(REFS[found[1]]), text)
    return _CHOICE.sub(lambda found: f"[{_label(found[1])}]", text)


def _reader(turn: Turn) -> dict[str, str]:
    """What Teams says of whoever speaks: every transcript takes place in UTC."""
    return {"locale": turn.lang, "localTimezone": "UTC"}


def _label(text: str) -> str:
    return text if len(text) <= LABEL else f"{text[: LABEL - 1]}…"


def _line(text: str) -> str:
    """As Teams escapes it, mentions as marks."""
    escaped = html.escape(text, quote=False)
    escaped = escaped.replace("@seatwise", "<at>Seatwise</at>")
    return _MENTION.sub(lambda found: f"<at>{found[1].lower()}</at>", escaped)


@asynccontextmanager
async def teams_world(given: str, facts: Path, home: Path) -> AsyncIterator[TeamsAlone]:
    """The world of that name, its people being on Teams."""
    made = WORLDS[given]
    settings = await made.furnish(facts, home, REFS)
    everybody = [member(who) for who in REFS]
    recorder = Recorder({own_chat(who): everybody for who in REFS})
    async with open_installation(settings, {}, lambda: made.now) as installation:
        await made.seat(installation.roles, REFS)
        async with talking(installation, recorder, clock=ever_later()) as chat:
            for who in REFS:
                await chat.asked(who, "/whoami")
            await chat.people.learn(REFS.values())
            yield TeamsAlone(chat)
