"""Asks by the made-up people, and what stands in the store behind the program's back."""

import json
from pathlib import Path

from analytics.values import OWN, PartnerId
from bot.cli.terminal_text import reply_text
from bot.page.people import person
from bot.settings import Settings
from handlers.answer import answer
from handlers.backend import Backend
from handlers.chat.asking import Ask, Room, RoomKind, UserRef
from handlers.chat.reply import Reply
from tests.answering.instruments import Clock, Log, opened, tamper

__all__ = [
    "Clock",
    "Log",
    "asked",
    "audited",
    "opened",
    "replied",
    "room",
    "shown",
    "store_file",
    "tamper",
]


def asked(text: str, who: str | UserRef = "ada", *, locale: str = "en", request: str = "q1") -> Ask:
    """A question by Ada, unless somebody else is named."""
    asker = person(who).ref if isinstance(who, str) else who
    return Ask(request, asker, room(), text, locale, "UTC")


async def replied(ask: Ask, backend: Backend) -> Reply:
    """What answer() gives to be read."""
    return (await answer(ask, backend)).reply


def room(partner: PartnerId = OWN) -> Room:
    """A conversation with the bot alone."""
    return Room("a room", RoomKind.PRIVATE, partner)


def shown(reply: Reply) -> str:
    """The whole reply, as a terminal prints it."""
    return reply_text(reply)


def store_file(settings: Settings) -> Path:
    """The database of an installation with default settings."""
    return settings.data_dir / "seatwise.db"


def audited(file: Path) -> list[dict[str, object]]:
    """What the audit holds of questions, oldest first."""
    with opened(file) as connection:
        rows = connection.execute("SELECT entry FROM audit ORDER BY partner, seq").fetchall()
    entries = [json.loads(text) for (text,) in rows]
    return [entry for entry in entries if entry["action"] == "question"]
