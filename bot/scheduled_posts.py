"""What a platform does for a message nobody asked for just now: posts it once, and looks whether it
is there.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.delivery import Delivered
from bot.log import log_error
from handlers.chat.asking import Room, UserRef


@dataclass(frozen=True, slots=True)
class Address:
    """Where it goes: a room of the person's organisation, or, where the room is PRIVATE, the
    person's own conversation with the bot.
    """

    person: UserRef
    room: Room


@dataclass(frozen=True, slots=True)
class Post:
    """A message, and the mark by which it is found again: the same for each attempt at one run, and
    no other message's. Letters, digits and `-`, at most 64.
    """

    to: Address
    delivered: Delivered
    mark: str


class PostOutcome(Enum):
    """What became of an attempt to post."""

    SENT = "sent"
    REFUSED = "refused"
    """For good: the same would be refused again until somebody mends it. `reason` is the
    catalogue's `digest-why-<reason>`: room-gone, room-archived, not-in-room, uninstalled, blocked
    or post-refused.
    """
    LATER = "later"
    """Turned away unread, with the seconds to wait."""
    FAILED = "failed"
    """It did not arrive; another try may go better."""
    LOST = "lost"
    """Nobody can say whether it arrived."""
    LEFT = "left"
    """`go` said no: nothing was sent."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a letter."""

    fate: PostOutcome
    reason: str = ""
    wait: float = 0.0
    message: str = ""
    """The platform's id of what was posted."""


class Presence(Enum):
    """What a look for an earlier attempt gave."""

    THERE = "there"
    ABSENT = "absent"
    BLIND = "blind"
    """The platform does not let us look."""
    LATER = "later"
    """Not now, in so many seconds."""


@dataclass(frozen=True, slots=True)
class FoundPost:
    """What was seen."""

    seen: Presence
    message: str = ""
    wait: float = 0.0


MayStillSend = Callable[[], Awaitable[bool]]
"""Says, at the last moment before it is sent, whether the message is still ours to send; and
records that it is about to be.
"""


IN_ALL = 20.0
"""Seconds that the call may take that people see, in all its forms."""


async def send_if_allowed(
    send: Callable[[], Awaitable[Receipt]], go: MayStillSend, platform: str, seconds: float = IN_ALL
) -> Receipt:
    """Asks `go`, and where it says yes sends, in so many seconds at most. Never raises: without
    its word nothing is sent, and of what broke off in the midst nobody knows how far it came.
    """
    try:
        if not await go():
            return Receipt(PostOutcome.LEFT)
    except Exception as error:  # noqa: BLE001 whatever it is, nothing was sent
        log_error("letter not begun", error, platform=platform)
        return Receipt(PostOutcome.FAILED)
    try:
        async with asyncio.timeout(seconds):
            return await send()
    except Exception as error:  # noqa: BLE001 as said above
        log_error("letter lost", error, platform=platform)
        return Receipt(PostOutcome.LOST)


class Poster(Protocol):
    """Posts on one platform: SlackPoster, TeamsPoster, PagePoster. Neither method raises."""

    async def post(self, letter: Post, go: MayStillSend) -> Receipt:
        """Draws, uploads and waits for its turn first, all of which may be done twice without harm;
        calls `go`, and where that says yes makes the one call that people see, once, in at most 20
        seconds.
        """
        ...

    async def look(self, to: Address, mark: str, since: datetime) -> FoundPost:
        """Whether a message of this mark was posted there at `since` or within a minute after."""
        ...
