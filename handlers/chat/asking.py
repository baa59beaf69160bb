"""Who asks what, and where: the question before anybody looked at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from analytics.values import PartnerId


@dataclass(frozen=True, slots=True)
class UserRef:
    """A person as a platform's verified envelope names them. Names are never identity."""

    platform: str
    tenant: str
    id: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.tenant}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "UserRef":
        """Reads `slack:T024BE7LD:U012AB3CD`; ValueError when a part is missing or holds a blank.

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
    """Who can read along."""

    PRIVATE = "private"
    GROUP = "group"
    SHARED = "shared-with-strangers"


@dataclass(frozen=True, slots=True)
class Room:
    """Where the answer goes. A room is bound to one partner."""

    address: str
    kind: RoomKind
    partner: PartnerId


class Via(Enum):
    """How the question came."""

    TYPED = "typed"
    PRESSED = "pressed"
    OPERATOR = "operator"
    """Typed by whoever runs the bot, on its machine, acting as the asker."""


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
    confirms: str = ""
    """What a pressed button confirms; nothing that was typed confirms anything."""
