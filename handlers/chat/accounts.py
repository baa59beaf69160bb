"""Accounts of people as their platforms describe them, and the age of that description."""

from dataclasses import dataclass
from enum import Enum

from handlers.chat.asking import UserRef


class AccountKind(Enum):
    """The relation of an account to the organisation whose figures are read here."""

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
    """At most five minutes old."""
    LATELY = "lately"
    """At most sixty minutes old, while the platform cannot be asked just now."""
    NEVER = "never"
    """Older than an hour, missing, or the platform reported a change since without saying which."""


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
        """True if the account is as of now; giving rights and showing figures to others need it."""
        return self.said is Recency.NOW

    @property
    def is_member(self) -> bool:
        """True if the platform's last word was that the account is a member's."""
        return self.kind is AccountKind.MEMBER
