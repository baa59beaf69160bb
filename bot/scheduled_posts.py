"""A platform's interface for scheduled messages: post one once, and look whether it is there."""

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
    """The address of a message: a room of the person's organisation, or, where the room is PRIVATE,
    the person's own conversation with the bot.
    """

    person: UserRef
    room: Room


@dataclass(frozen=True, slots=True)
class Post:
    """A message, and the mark by which it is found again: the same for each attempt at one run, and
    different from every other message's. Letters, digits and `-`, at most 64.
    """

    to: Address
    delivered: Delivered
    mark: str


class PostOutcome(Enum):
    """Outcome of an attempt to post."""

    SENT = "sent"
    REFUSED = "refused"
    """Refused for good: the same would be refused again until a person mends the cause. `reason` is
    the end of the catalogue id `digest-why-<reason>`: room-gone, room-archived, not-in-room,
    uninstalled, blocked or post-refused.
    """
    LATER = "later"
    """Turned away unread; `wait` holds the seconds to wait."""
    FAILED = "failed"
    """It did not arrive; another try may go better."""
    LOST = "lost"
    """It is unknown whether it arrived."""
    LEFT = "left"
    """The check `go` said no; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome of an attempt to post a message."""

    fate: PostOutcome
    reason: str = ""
    wait: float = 0.0
    message: str = ""
    """The platform's id of what was posted."""


class Presence(Enum):
    """The result of a look for an earlier attempt's message."""

    THERE = "there"
    ABSENT = "absent"
    BLIND = "blind"
    """The platform does not let the bot look."""
    LATER = "later"
    """The platform cannot be asked now, but after `wait` seconds."""


@dataclass(frozen=True, slots=True)
class FoundPost:
    """The finding of a look: whether the message is there, and its id."""

    seen: Presence
    message: str = ""
    wait: float = 0.0


MayStillSend = Callable[[], Awaitable[bool]]
"""Check, at the last moment before sending, that the message is still this process's to send; and
record that it is about to be sent.
"""


IN_ALL = 20.0
"""Seconds for the one call that people see, all its forms together."""


async def send_if_allowed(
    send: Callable[[], Awaitable[Receipt]], go: MayStillSend, platform: str, seconds: float = IN_ALL
) -> Receipt:
    """Call `go`, and if it says yes send, within `seconds`. Never raises: if `go` fails nothing is
    sent; if sending breaks off, the outcome is LOST, since it may have arrived.
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
    """A platform's poster: SlackPoster, TeamsPoster, PagePoster. No method raises."""

    async def post(self, letter: Post, go: MayStillSend) -> Receipt:
        """Post a message: draw, upload and wait for its turn first, all of which may be repeated
        without harm; then call `go`, and if it says yes make the one call that people see, once,
        within 20 seconds.
        """
        ...

    async def replace(self, to: Address, message: str, delivered: Delivered) -> bool:
        """Replace a message that was posted there; False where that failed, and it stays."""
        ...

    async def look(self, to: Address, mark: str, since: datetime) -> FoundPost:
        """Look for a message of this mark, posted there at `since` or within a minute after."""
        ...
