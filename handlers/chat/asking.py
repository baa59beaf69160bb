"""A question as it was asked: the asker, the room, the words, and how far the answer is to go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from analytics.values import PartnerId


@dataclass(frozen=True, slots=True)
class UserRef:
    """A person as a platform's verified envelope names them. Display names are never identity."""

    platform: str
    tenant: str
    id: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.tenant}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "UserRef":
        """Read `slack:T024BE7LD:U012AB3CD`; ValueError when a part is missing or holds a blank.

        >>> UserRef.parse("slack:T024BE7LD:U012AB3CD").id
        'U012AB3CD'
        """
        parts = text.strip().split(":")
        if (
            len(parts) != 3
            or not all(part and part.isprintable() for part in parts)
            or " " in text.strip()
        ):
            raise ValueError(text)
        return cls(*parts)


class RoomKind(Enum):
    """Kind of a room, by the people who can read along in it."""

    PRIVATE = "private"
    """Only the asker and the bot are in it."""
    GROUP = "group"
    """Members who can be counted; only they read along."""
    PUBLIC = "public"
    """Any member of the organisation may come in, and read what was said before."""
    SHARED = "shared-with-strangers"
    """People of other organisations are in it, or can be."""


@dataclass(frozen=True, slots=True)
class Room:
    """The room where a question was asked. A room is bound to one partner.

    An incoming payload tells only PRIVATE from GROUP; the platform is asked which groups are public
    or shared when it matters: see `audience.Crowd`.
    """

    address: str
    kind: RoomKind
    partner: PartnerId
    thread: str = ""
    """The message that the answer stands under, where the platform has threads; it never decides
    who may read.
    """


class Reach(Enum):
    """The reach wished for an answer. Whatever is wished, the audience guard decides."""

    ASKER = "asker"
    """To the asker alone; the default."""
    ALOUD = "aloud"
    """Asked in front of others: to all of them if they may all see it, else to the asker alone."""
    ROOM = "room"
    """Shared with the room, if all people in it may see it."""
    SAFE = "safe"
    """A summary without customers' names and without money, shared with the room."""
    ANYWAY = "anyway"
    """Shared with people who may not ask for it; a partner admin's decision."""
    DIRECT = "direct"
    """Sent to the asker's own conversation with the bot, where it stays."""


class View(Enum):
    """The side of a question that is shown."""

    ANSWER = "answer"
    DETAILS = "details"
    """The tables, rule and explanations of its answer."""
    FORM = "form"
    """The answer, from the words written into the field above the button too."""
    REPORT = "report"
    """The form to say that its answer looks wrong."""
    PAGE = "page"
    """The answer, from the figures that the page before it was made from."""
    XLSX = "xlsx"
    """Every row of its answer, as an Excel file."""
    CSV = "csv"
    """Every row of its answer, as a text file."""
    ICS = "ics"
    """The deadlines of its answer, as a calendar."""

    @property
    def is_file(self) -> bool:
        """True if a file is made, and not an answer to read."""
        return self in (View.XLSX, View.CSV, View.ICS)


class Via(Enum):
    """The way a question came."""

    TYPED = "typed"
    PRESSED = "pressed"
    PAGE = "page"
    """Asked by a page of the asker's own, when they open it or when it is renewed for them."""
    OPERATOR = "operator"
    """Typed by the operator on the bot's machine, acting as the asker."""
    SCHEDULED = "scheduled"
    """Asked by a digest as its owner, at its hour."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """The moment of a reminder, and the terms that those before it named."""

    at: datetime
    """When it is posted, or was, where its message is made anew."""
    told: Mapping[str, date]
    """The day on which a decision was last named, by the key of its term."""
    looked: date | None
    """The last day on which there was a reminder, or nothing to say; None before the first."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question by one person at one instant.

    `locale` is a language tag such as `en` or `fr`; `zone` an IANA name: the asker's own day
    decides what *last month* means.
    """

    id: str
    asker: UserRef
    room: Room
    text: str
    locale: str
    zone: str
    via: Via = Via.TYPED
    mentions: Mapping[str, UserRef] = field(default_factory=dict)
    """Words of the text that the platform itself says are people."""
    rooms: Mapping[str, Room] = field(default_factory=dict)
    """Words of the text that the platform itself says are rooms."""
    confirms: str = ""
    """The content that a pressed button confirms; a typed question confirms nothing."""
    reach: Reach = Reach.ASKER
    view: View = View.ANSWER
    generation: int | None = None
    """The generation of facts that the answer with the pressed button was made from; None for the
    newest.
    """
    said: str = ""
    """Text typed into the field above the pressed button."""
    reminded: Reminded | None = None
    """For a scheduled reminder alone."""

    def day_at(self, now: datetime) -> date:
        """Return the day at an instant where the asker is."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def is_for_asker_alone(self) -> bool:
        """True if no other person is to read the answer."""
        return self.room.kind is RoomKind.PRIVATE or self.reach in (Reach.ASKER, Reach.DIRECT)


ROOM = "room:"
"""Prefix of a room's address in a text that the bot wrote; people do not type it."""


def button_word(word: str, ask: Ask) -> str:
    """Write a word of a question as it stands in a button that asks the question again."""
    if word in ask.rooms:
        return f'"{ROOM}{ask.rooms[word].address}"'
    return str(ask.mentions.get(word, word))
