"""Payloads of Slack, read as questions (Ask). Pure. Slack's markup ends here: each mention becomes
one word without blanks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.partners import partner_of
from handlers.chat.asking import Ask, Room, RoomKind, UserRef, Via
from handlers.registry import COMMANDS

PICK = "pick"
"""Prefix of the action id of a person menu; the question around the person follows."""

WORDS = "words"
"""Block and action id of the field whose text goes with the button below it."""

HOME = {f"home-{command.name}": f"/{command.name}" for command in COMMANDS if command.shown.home}
"""Questions of the buttons on our own page, by action id: the buttons stand there for longer than a
saved question lasts.
"""

_MARKUP = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
"""Slack's own markup: where a person types `<` or `>`, it arrives as `&lt;` or `&gt;`."""

_PERSON = re.compile(r"@[UW][A-Z0-9]{1,31}")
_CHANNEL = re.compile(r"#[CG][A-Z0-9]{1,31}")
_NAME = re.compile(r"[^\W_][\w-]*")
_PARTS = 10
USER = re.compile(r"[UW][A-Z0-9]{1,31}")
TENANT = re.compile(r"[TE][A-Z0-9]{1,31}")
CHANNEL = re.compile(r"[CDG][A-Z0-9]{1,31}")
STAMP = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")

Payload = Mapping[str, object]


class UnreadablePayload(ValueError):
    """A payload that is no question to the bot; the short message repeats nothing of it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A person's language and time zone: `locale` has a catalogue, `zone` is an IANA name."""

    locale: str = "en"
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A text without Slack's markup, and the words in it that are people and rooms."""

    text: str
    people: dict[str, UserRef]
    rooms: dict[str, Room]


@dataclass(frozen=True, slots=True)
class Pressed:
    """The opaque id of a pressed button, and its ask. The id is empty where the ask itself has the
    text: after a person was picked, or for a button of our own page.
    """

    button: str
    ask: Ask


def asker(payload: Payload) -> UserRef:
    """The person who sent a command or pressed a button, by enterprise or team; else
    UnreadablePayload.

    In a channel shared with other organisations, a presser belongs to their own team, not to ours.
    """
    user, team = inner(payload, "user"), inner(payload, "team")
    who = payload.get("user_id") or user.get("id")
    enterprise = (
        payload.get("enterprise_id")
        or inner(payload, "enterprise").get("id")
        or team.get("enterprise_id")
    )
    tenant = enterprise or payload.get("team_id") or user.get("team_id") or team.get("id")
    return UserRef("slack", fitting_id(TENANT, tenant), fitting_id(USER, who))


def own_room(who: UserRef) -> Room:
    """A person's own conversation with the bot; its address is looked up when it is needed."""
    return _bound("", RoomKind.PRIVATE, who)


def answer_url(payload: Payload) -> str:
    """The address that Slack gives for the answer. Raises UnreadablePayload where it gives none."""
    url = payload.get("response_url")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        raise UnreadablePayload("nowhere to answer")
    return url


def is_kept(payload: Payload) -> bool:
    """Check whether the message with the pressed button stays; its answer then stays too."""
    return inner(payload, "container").get("is_ephemeral") is False


def typed_question(payload: Payload, reader: Reader, ask_id: str, prefix: str = "") -> Ask:
    """The question of a slash command: `/csp-usage x` with the prefix `csp-` is `/usage x`."""
    who = asker(payload)
    name = text_of(payload, "command").removeprefix("/").removeprefix(prefix)
    said = read_mentions(text_of(payload, "text"), who)
    room = _room(payload.get("channel_id"), payload.get("channel_name"), who)
    return Ask(
        id=ask_id,
        asker=who,
        room=room,
        text=f"/{name} {said.text}".strip(),
        locale=reader.locale,
        zone=reader.zone,
        mentions=said.people,
        rooms=said.rooms,
    )


def button_press(payload: Payload, reader: Reader, ask_id: str) -> Pressed:
    """The button that was pressed, or the question about the person that was picked."""
    who, action = asker(payload), _action(payload)
    room = _room_of_press(payload, who)
    ask = Ask(ask_id, who, room, "", reader.locale, reader.zone, Via.PRESSED)
    asked = HOME.get(str(action.get("action_id")))
    if asked:
        return Pressed("", replace(ask, text=asked, via=Via.TYPED))
    if action.get("type") != "users_select":
        return Pressed(text_of(action, "value"), replace(ask, said=_words(payload)))
    kind, before, after = (*text_of(action, "action_id").split("|", 2), "", "")[:3]
    if kind != PICK:
        raise UnreadablePayload("no selection of ours")
    person = UserRef("slack", who.tenant, fitting_id(USER, action.get("selected_user")))
    word = f"<@{person.id}>"
    text = f"{before} {word} {after}".strip()
    mentions = {word: person}
    return Pressed(
        "", Ask(ask_id, who, room, text, reader.locale, reader.zone, Via.TYPED, mentions)
    )


def read_mentions(text: str, who: UserRef) -> Mentioned:
    """The text without Slack's markup, and the words in it that are people and rooms.

    A person's label is left out, because people can call themselves anything. A channel becomes its
    label, or its id where it has no label or another channel of the text has the same one; links
    and groups become their label and mention no person.

    >>> marked = "<@U1|ben b> in <#C1|general> of <http://contoso.com|contoso.com>"
    >>> read_mentions(marked, UserRef("slack", "T1", "U2")).text
    ' <@U1>  in  #general  of contoso.com'
    """
    people: dict[str, UserRef] = {}
    rooms: dict[str, Room] = {}

    def word(mark: re.Match[str]) -> str:
        target, label = mark[1], mark[2] or ""
        if _PERSON.fullmatch(target):
            people[f"<{target}>"] = UserRef("slack", who.tenant, target[1:])
            return f" <{target}> "
        if _CHANNEL.fullmatch(target):
            return f" {_note_room(rooms, _bound(target[1:], RoomKind.GROUP, who), label)} "
        if target.startswith("!"):
            return "@" + "-".join((label or target[1:]).removeprefix("@").split())
        return label or target

    return Mentioned(_MARKUP.sub(word, text), people, rooms)


def _note_room(rooms: dict[str, Room], room: Room, label: str) -> str:
    """Add a channel to `rooms` and return the word that stands for it in the text."""
    name = "#" + "-".join(_NAME.findall(label)[:_PARTS])
    word = name if name != "#" and rooms.get(name, room) == room else f"#{room.address}"
    rooms[word] = room
    return word


def _room_of_press(payload: Payload, who: UserRef) -> Room:
    """The room and thread of the message that the button is in; for a button of our own pages, the
    presser's private conversation.
    """
    channel, container = inner(payload, "channel"), inner(payload, "container")
    if not channel and container.get("type") == "view":
        return own_room(who)
    thread = container.get("thread_ts") or inner(payload, "message").get("thread_ts")
    fits = isinstance(thread, str) and STAMP.fullmatch(thread)
    room = _room(channel.get("id"), channel.get("name"), who)
    return replace(room, thread=str(thread)) if fits else room


def _room(channel: object, name: object, who: UserRef) -> Room:
    address = channel if isinstance(channel, str) else ""
    alone = name == "directmessage" or address.startswith("D")
    return _bound(address, RoomKind.PRIVATE if alone else RoomKind.GROUP, who)


def _bound(address: str, kind: RoomKind, who: UserRef) -> Room:
    """A room, bound to the partner of the asker's workspace."""
    return Room(address, kind, partner_of(who.platform, who.tenant))


def _action(payload: Payload) -> Payload:
    actions = payload.get("actions")
    if not isinstance(actions, list) or not actions or not isinstance(actions[0], dict):
        raise UnreadablePayload("no action")
    return actions[0]


def _words(payload: Payload) -> str:
    """The text in the message's field; empty where it has none."""
    field = inner(inner(inner(payload, "state"), "values"), WORDS)
    return text_of(inner(field, WORDS), "value") if inner(field, WORDS).get("value") else ""


def inner(payload: Payload, name: str) -> Payload:
    """An object inside the payload; empty where it is missing."""
    inner = payload.get(name)
    return inner if isinstance(inner, dict) else {}


def text_of(payload: Payload, name: str) -> str:
    """A text in the payload; empty where it is missing, because Slack leaves out what is empty.
    Raises UnreadablePayload where it is no text.
    """
    text = payload.get(name, "")
    if not isinstance(text, str):
        raise UnreadablePayload(f"{name} is no text")
    return text


def fitting_id(shape: re.Pattern[str], text: object) -> str:
    """Return an id that has the shape of Slack's ids; else raise UnreadablePayload."""
    if not isinstance(text, str) or not shape.fullmatch(text):
        raise UnreadablePayload("no id of Slack's")
    return text
