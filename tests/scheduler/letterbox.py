"""A platform in memory: keeps what is posted, fails when it is told to, and lets itself be looked
at, or not.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from bot.delivery import Delivered
from bot.scheduled_posts import (
    Address,
    FoundPost,
    MayStillSend,
    Post,
    PostOutcome,
    Presence,
    Receipt,
)
from handlers.chat.reply import spoken_lines

ARRIVED_ALL_THE_SAME = Receipt(PostOutcome.LOST, message="arrived")
"""A lost answer to a message that stands there."""


async def _nothing() -> None:
    pass


class Letterbox:
    """bot.scheduled_posts.Poster."""

    def __init__(self, *, sees: bool = True) -> None:
        self.sees = sees
        self.letters: list[Post] = []
        """That arrived."""
        self.fates: list[Receipt] = []
        """Of the next letters; those behind them are sent."""
        self.looks: list[FoundPost] = []
        """The next answers to a look; those behind them are true."""
        self.looked: list[datetime] = []
        self.before: Callable[[], Awaitable[None]] = _nothing
        """Takes its time before `go`."""
        self.after: Callable[[], Awaitable[None]] = _nothing
        """The same, when it is sent and nobody knows yet."""

    async def post(self, letter: Post, go: MayStillSend) -> Receipt:
        await self.before()
        if not await go():
            return Receipt(PostOutcome.LEFT)
        receipt = self.fates.pop(0) if self.fates else Receipt(PostOutcome.SENT, message="")
        if receipt.fate is PostOutcome.SENT or receipt == ARRIVED_ALL_THE_SAME:
            self.letters.append(letter)
            receipt = Receipt(receipt.fate, message=f"M{len(self.letters)}")
        await self.after()
        return receipt

    async def replace(self, to: Address, message: str, delivered: Delivered) -> bool:
        at = int(message.removeprefix("M")) - 1
        self.letters[at] = replace(self.letters[at], delivered=delivered)
        return self.letters[at].to == to

    async def look(self, to: Address, mark: str, since: datetime) -> FoundPost:
        self.looked.append(since)
        if self.looks:
            return self.looks.pop(0)
        if not self.sees:
            return FoundPost(Presence.BLIND)
        there = [n for n, one in enumerate(self.letters, 1) if (one.mark, one.to) == (mark, to)]
        return FoundPost(Presence.THERE, f"M{there[0]}") if there else FoundPost(Presence.ABSENT)

    @property
    def said(self) -> list[str]:
        """What arrived, as text."""
        return ["\n".join(spoken_lines(letter.delivered.reply.parts)) for letter in self.letters]

    @property
    def runs(self) -> list[Post]:
        """What arrived of runs, without what was told of them."""
        return [letter for letter in self.letters if "-told-" not in letter.mark]
