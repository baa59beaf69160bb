"""Payloads of the page, read as questions (Ask). Pure: bytes in, a question or a refusal out."""

import json
import unicodedata
from collections.abc import Container
from dataclasses import replace
from functools import cache
from zoneinfo import available_timezones

from bot.page.people import mentioned_people, person
from bot.partners import partner_of
from handlers.chat.asking import Ask, Room, RoomKind, Via

LONGEST = 2000
"""Maximum characters of a question."""


class UnreadableRequest(ValueError):
    """A payload that is no question to the bot; the short message repeats nothing of it."""


def typed_question(payload: bytes, languages: Container[str], ask_id: str) -> Ask:
    """The question in `{"text", "as", "lang"}`, perhaps with `"zone"`; else UnreadableRequest."""
    fields = _fields(payload)
    return _ask(fields, languages, ask_id, _text(fields, "text"))


def button_press(payload: bytes, languages: Container[str], ask_id: str) -> tuple[str, Ask]:
    """The button's id and the presser's ask (without text), from `{"button", "as", "lang"}`,
    perhaps with `"said"`, typed into the field above the button.
    """
    fields = _fields(payload)
    written = fields.get("said")
    blank = not written or (isinstance(written, str) and not written.strip())
    said = "" if blank else _text(fields, "said")
    return _text(fields, "button"), replace(_ask(fields, languages, ask_id), said=said)


def _ask(fields: dict[str, object], languages: Container[str], ask_id: str, text: str = "") -> Ask:
    try:
        speaker = person(_text(fields, "as"))
    except KeyError:
        raise UnreadableRequest("unknown person") from None
    language = _text(fields, "lang")
    if language not in languages:
        raise UnreadableRequest("unknown language")
    partner = partner_of(speaker.ref.platform, speaker.ref.tenant)
    room = Room(speaker.key, RoomKind.PRIVATE, partner)
    via = Via.TYPED if text else Via.PRESSED
    return Ask(
        ask_id, speaker.ref, room, text, language, _zone(fields), via, mentioned_people(text)
    )


def _fields(payload: bytes) -> dict[str, object]:
    try:
        fields = json.loads(payload.decode())
    except (ValueError, RecursionError):
        raise UnreadableRequest("not JSON") from None
    if not isinstance(fields, dict):
        raise UnreadableRequest("not an object")
    return fields


def _text(fields: dict[str, object], name: str) -> str:
    text = fields.get(name)
    if not isinstance(text, str) or not text.strip():
        raise UnreadableRequest(f"{name} is missing")
    if len(text) > LONGEST:
        raise UnreadableRequest(f"{name} is too long")
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text if letter not in "\t\n"):
        raise UnreadableRequest(f"{name} holds characters nobody can type")
    return text


def _zone(fields: dict[str, object]) -> str:
    """The zone in the payload, else UTC. Checked by membership, never by loading it: a zone's name
    is a path to the library that reads it.
    """
    zone = fields.get("zone")
    return zone if isinstance(zone, str) and zone in _zones() else "UTC"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
