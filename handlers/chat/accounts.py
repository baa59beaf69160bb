"""What a person's account is to the organisation that reads here, and how lately that was said."""

from dataclasses import dataclass
from enum import Enum

from handlers.chat.asking import UserRef


class Kind(Enum):
    """What an account is to the organisation that reads here."""

    MEMBER = "member"
    GUEST = "guest"
    BOT = "bot"
    GONE = "gone"
    STRANGER = "stranger"
    UNKNOWN = "unknown"
    """The platform knows no account of that id."""


class Recency(Enum):
    """How lately a platform said what an account is."""

    NOW = "now"
    """At most five minutes ago."""
    LATELY = "lately"
    """At most sixty minutes ago, and just now the platform cannot be asked."""
    NEVER = "never"
    """Not within the hour, or a change was reported since and nobody said which."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account as their platform described it."""

    ref: UserRef
    name: str
    kind: Kind | None
    """None exactly where `said` is NEVER."""
    said: Recency = Recency.NOW

    @property
    def sure(self) -> bool:
        """Whether it is as of now: what gives a right or shows figures to others needs that."""
        return self.said is Recency.NOW

    @property
    def is_member(self) -> bool:
        """Whether the last word on it was that it is a member's."""
        return self.kind is Kind.MEMBER
