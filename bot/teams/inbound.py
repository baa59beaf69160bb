"""Conversion of an activity to an Ask. Pure. The markup of Teams ends here: every mention becomes
one word without blanks, and the person meant by it is an account's id, never a name.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import available_timezones

from bot.partners import partner_of
from bot.teams.ports import Conversation, Json
from handlers.chat.asking import Ask, Reach, Room, RoomKind, UserRef, Via
from handlers.chat.dropped_files import DroppedFile
from handlers.messages.speaker import locale_of

PRESS, ASK, PICK = "press", "ask", "pick"
"""Verbs of a button: ask a saved question, ask the text in the button as if it were typed, or ask
it about the person that was picked.
"""

BUTTON, QUESTION, BEFORE, AFTER = "button", "text", "before", "after"
"""The fields of a button's data."""

STAYS = "stays"
"""The field of a button whose card stays when it is pressed: the answer is a message below it."""

PERSON, WORDS = "person", "words"
"""The ids of the inputs that a person is picked with, and that a few lines are written into."""

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12,14}")
"""The pattern of ids as Entra makes them, or one or two digits longer, as the Playground does."""

_ID = re.compile(r"[!-~]{1,400}")
_ACCOUNT = re.compile(r"[A-Za-z0-9:._@+/=-]{1,300}")
_ZONES = frozenset(available_timezones())
_AT = re.compile("<at[^<>]*>[^<>]*</at>")
_THREAD = ";messageid="


class UnreadableActivity(ValueError):
    """An activity that lacks what a question needs; the short message repeats nothing of it."""


@dataclass(frozen=True, slots=True)
class IncomingQuestion:
    """A question, and the way back to its asker."""

    ask: Ask
    """The question without its mentions: the conversation's roster tells who they are."""
    where: Conversation
    """The conversation, with the thread in a channel."""
    account: str
    """The asker's id in Teams: `29:…`."""
    named: Mapping[str, str] = field(default_factory=dict)
    """Words of the text that are mentions, and the account id that each mentions."""
    button: str = ""
    """The opaque id of the button pressed; empty where the ask itself has the text."""
    card: str = ""
    """The id of the message that the button stands in; empty where it is not known."""
    stays: bool = False
    """Whether the card with the pressed button stays."""
    files: tuple[DroppedFile, ...] = ()
    """The files sent with a message."""


def message_question(activity: Json, ask_id: str) -> IncomingQuestion | None:
    """The question of a message; None for a message that was not said to the bot: another bot's, or
    talk in a group that neither mentions the bot nor is shown to it alone. Raises
    UnreadableActivity where the asker cannot be told.
    """
    if _account(activity).startswith("28:") or _inner(activity, "from").get("role") == "bot":
        return None
    room, alone = _room(activity), bool(_inner(activity, "recipient").get("isTargeted"))
    text, named, addressed = _without_markup(activity)
    if room.kind is not RoomKind.PRIVATE and not (alone or addressed):
        return None
    aloud = room.kind is not RoomKind.PRIVATE and not alone
    ask = _ask(activity, ask_id, room, text, Reach.ALOUD if aloud else Reach.ASKER)
    return IncomingQuestion(ask, place(activity), _account(activity), named)


def press_question(activity: Json, ask_id: str) -> IncomingQuestion | None:
    """The question of the button that was pressed, or about the person that was picked; None where
    no button was pressed. Data that a client sends is trusted no more than typed text.
    """
    value = _inner(activity, "value")
    action = _inner(value, "action")
    verb, data = action.get("verb"), _inner(action, "data")
    if verb not in (PRESS, ASK, PICK) or value.get("trigger") == "automatic":
        return None
    button, text, said = "", "", ""
    named: dict[str, str] = {}
    if verb == PRESS:
        button, said = _text(data, BUTTON), _text(data, WORDS)
    elif verb == ASK:
        text = _text(data, QUESTION)
    else:
        text, named = _pick_question(data)
    via = Via.PRESSED if button else Via.TYPED
    ask = _ask(activity, ask_id, _room(activity), text, Reach.ASKER, via)
    ask = replace(ask, said=said)
    card = activity.get("replyToId")
    shown_in = card if isinstance(card, str) and _ID.fullmatch(card) else ""
    who, stays = _account(activity), data.get(STAYS) is True
    return IncomingQuestion(ask, place(activity), who, named, button, shown_in, stays)


def place(activity: Json) -> Conversation:
    """The conversation of an activity, with its thread in a channel; UnreadableActivity without."""
    address, thread = _address(activity)
    bot = _fitting_id(_ACCOUNT, _inner(activity, "recipient").get("id"))
    url = activity.get("serviceUrl")
    if not isinstance(url, str) or len(url) > 400:
        raise UnreadableActivity("no service address")
    return Conversation(url, address + (_THREAD + thread if thread else ""), tenant(activity), bot)


def tenant(activity: Json) -> str:
    """The organisation that the conversation belongs to, in lower case. Raises UnreadableActivity
    where the activity names none, or two.
    """
    inner = _inner(_inner(activity, "channelData"), "tenant").get("id")
    named = {t for t in (_inner(activity, "conversation").get("tenantId"), inner) if t}
    found = {_fitting_id(_GUID, name).lower() for name in named}
    if len(found) != 1:
        raise UnreadableActivity("no tenant, or several")
    return found.pop()


def asker(activity: Json) -> UserRef:
    """The activity's sender: tenant and Entra object id; UnreadableActivity without them."""
    who = _fitting_id(_GUID, _inner(activity, "from").get("aadObjectId"))
    return UserRef("teams", tenant(activity), who.lower())


def locale(activity: Json) -> str:
    """The language of the activity's sender; English where there is no catalogue for it."""
    said = activity.get("locale") or _client(activity).get("locale")
    return locale_of(said if isinstance(said, str) else None)


def bare(address: str) -> str:
    """A conversation's id without its thread.

    >>> bare("19:abc@thread.tacv2;messageid=17")
    '19:abc@thread.tacv2'
    """
    return address.partition(_THREAD)[0]


def _ask(  # noqa: PLR0913, PLR0917 an Ask has as many parts
    activity: Json, ask_id: str, room: Room, text: str, reach: Reach, via: Via = Via.TYPED
) -> Ask:
    who, zone = asker(activity), _zone(activity)
    return Ask(ask_id, who, room, text, locale(activity), zone, via, reach=reach)


def _without_markup(activity: Json) -> tuple[str, dict[str, str], bool]:
    """The text with each mention as a word; those words and the account id of each; and whether the
    bot itself is mentioned. Text that only looks like a mention stays as it is, and mentions no
    account.
    """
    bot, text = _inner(activity, "recipient").get("id"), _text(activity, "text")
    named: dict[str, str] = {}
    addressed = False
    for marks, account in _mentions(activity):
        mark = next((each for each in marks if each in text), "")
        addressed = addressed or (account == bot and (bool(mark) or not marks))
        if not mark:
            continue
        word = "" if account == bot else f"<@{account}>"
        named |= {word: account} if word else {}
        before, _, after = text.partition(mark)
        text = " ".join(part for part in (before.rstrip(), word, after.lstrip()) if part)
    return text, named, addressed


def _mentions(activity: Json) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each mention: the texts that may stand for it, and the id of the account. The entity of some
    clients lacks its text, which then is made of the name; and the bot's name stands without tags.
    """
    bot = _inner(activity, "recipient").get("id")
    for entity in _entities(activity):
        mentioned, shown = _inner(entity, "mentioned"), entity.get("text")
        account, name = mentioned.get("id"), mentioned.get("name")
        known = isinstance(account, str) and _ACCOUNT.fullmatch(account)
        if entity.get("type") != "mention" or not known:
            continue
        if shown is None:
            yield _marks_of(name, bare=account == bot), str(account)
        elif isinstance(shown, str) and _AT.fullmatch(shown):
            yield (shown, _escape_name(shown)), str(account)


def _marks_of(name: object, *, bare: bool) -> tuple[str, ...]:
    """The texts that may stand for the mention of a name; none without a name."""
    if not isinstance(name, str) or not name.strip():
        return ()
    marks = f"<at>{name}</at>", f"<at>{html.escape(name, quote=False)}</at>"
    return (*marks, name) if bare else marks


def _escape_name(shown: str) -> str:
    """A mention as the text may have it, with its name HTML-escaped there alone."""
    return re.sub(">([^<>]*)<", lambda name: f">{html.escape(name[1], quote=False)}<", shown)


def _pick_question(data: Json) -> tuple[str, dict[str, str]]:
    person = _fitting_id(_ACCOUNT, data.get(PERSON))
    word = f"<@{person}>"
    return f"{_text(data, BEFORE)} {word} {_text(data, AFTER)}".strip(), {word: person}


def _room(activity: Json) -> Room:
    address, thread = _address(activity)
    alone = _inner(activity, "conversation").get("conversationType") == "personal"
    kind = RoomKind.PRIVATE if alone else RoomKind.GROUP
    return Room(address, kind, partner_of("teams", tenant(activity)), thread)


def _address(activity: Json) -> tuple[str, str]:
    """A conversation's id, and in a channel the id of the message that its thread begins with."""
    conversation = _inner(activity, "conversation")
    address, _, thread = _fitting_id(_ID, conversation.get("id")).partition(_THREAD)
    if conversation.get("conversationType") == "channel" and not thread:
        first = activity.get("id" if activity.get("type") == "message" else "replyToId")
        thread = first if isinstance(first, str) and _ID.fullmatch(first) else ""
    return address, thread


def _zone(activity: Json) -> str:
    said = (activity.get("localTimezone"), _client(activity).get("timezone"))
    return next((zone for zone in said if isinstance(zone, str) and zone in _ZONES), "UTC")


def _client(activity: Json) -> Json:
    found = (entity for entity in _entities(activity) if entity.get("type") == "clientInfo")
    return next(found, {})


def _entities(activity: Json) -> list[Json]:
    found = activity.get("entities")
    listed = found if isinstance(found, list) else []
    return [entity for entity in listed if isinstance(entity, dict)]


def _account(activity: Json) -> str:
    return _fitting_id(_ACCOUNT, _inner(activity, "from").get("id"))


def _inner(thing: Json, name: str) -> Json:
    inner = thing.get(name)
    return inner if isinstance(inner, dict) else {}


def _text(thing: Json, name: str) -> str:
    """The text of a field, empty where it is missing; UnreadableActivity for another type."""
    text = thing.get(name) or ""
    if not isinstance(text, str):
        raise UnreadableActivity(f"{name} is no text")
    return text


def _fitting_id(shape: re.Pattern[str], text: object) -> str:
    if not isinstance(text, str) or not shape.fullmatch(text):
        raise UnreadableActivity("no id of the platform's")
    return text
