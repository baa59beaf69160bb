"""Accounts of people as their platforms describe them, and how lately they did."""

from dataclasses import dataclass
from enum import Enum

from handlers.chat.asking import UserRef


class AccountKind(Enum):
    """The relation of an account to the organisation that reads here."""

    MEMBER = "member"
    GUEST = "guest"
    BOT = "bot"
    GONE = "gone"
    STRANGER = "stranger"
    UNKNOWN = "unknown"
    """The platform knows no account of that id."""


class Recency(Enum):
    """The age of a platform's last word on an account."""

    NOW = "now"
    """At most five minutes ago."""
    LATELY = "lately"
    """At most sixty minutes ago, and just now the platform cannot be asked."""
    NEVER = "never"
    """Not within the hour, or a change was reported since without saying which."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account as their platform described it."""

    ref: UserRef
    name: str
    kind: AccountKind | None
    """None exactly where `said` is NEVER."""
    said: Recency = Recency.NOW

    @property
    def sure(self) -> bool:
        """True where it is as of now: giving rights and showing figures to others needs that."""
        return self.said is Recency.NOW

    @property
    def is_member(self) -> bool:
        """True where the last word was that it is a member's."""
        return self.kind is AccountKind.MEMBER
