"""Letters, and a poster that takes them to the stand-in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from analytics.charts.model import ChartModel
from analytics.values import OWN
from bot.delivery import Delivered
from bot.painting import Painter
from bot.scheduled_posts import IN_ALL, Address, Post, Receipt
from bot.slack.api import SlackApi
from bot.slack.post_spacing import PostSpeed, Queue, Spacing
from bot.slack.posting import SlackPoster
from handlers.chat.asking import Room, RoomKind, UserRef
from handlers.chat.reply import Audience, Paragraph, Reply
from tests.platforms.answering import usage
from tests.slack.speaking import room
from tests.slack.standin import BOT, StandIn

ADA = UserRef("slack", "T1", "UADA")
THERE = Address(ADA, Room("C1", RoomKind.GROUP, OWN))
ALONE = Address(ADA, Room("", RoomKind.PRIVATE, OWN))
USAGE = Delivered(usage())
"""An answer with a table and a picture."""


def line(text: str) -> Delivered:
    return Delivered(Reply((Paragraph(text),), Audience.ROOM))


def letter(mark: str = "s1-1", to: Address = THERE, said: Delivered | None = None) -> Post:
    return Post(to, said or line("The figures are as they were."), mark)


@dataclass
class Going:
    """What the store says at the last moment, and how often it was asked."""

    says: bool = True
    trouble: Exception | None = None
    asked: int = 0

    async def __call__(self) -> bool:
        self.asked += 1
        await asyncio.sleep(0)
        if self.trouble:
            raise self.trouble
        return self.says


class CountingPainter(Painter):
    """Notes what is asked of it; without `draws`, no drawing succeeds."""

    def __init__(self, *, draws: bool = True) -> None:
        super().__init__()
        self.drawn: list[ChartModel] = []
        self._draws = draws

    async def paint(self, chart: ChartModel, theme: str, *, compact: bool = False) -> bytes | None:
        self.drawn.append(chart)
        return await super().paint(chart, theme, compact=compact) if self._draws else None


@dataclass
class Office:
    """A poster of the bot's, and what it drew."""

    standin: StandIn
    poster: SlackPoster
    drawn: list[ChartModel]

    async def posts(self, *letters: Post, go: Going | None = None) -> list[Receipt]:
        """Posts them all at once."""
        going = go or Going()
        return await asyncio.gather(*(self.poster.post(one, going) for one in letters))


@asynccontextmanager
async def office(
    standin: StandIn, *, drawing: bool = True, in_all: float = IN_ALL
) -> AsyncIterator[Office]:
    """A poster in no hurry to be slow: its queue waits for nobody. Channel `C1` is Ada's."""
    standin.channels.setdefault("C1", room("UADA"))
    painter = CountingPainter(draws=drawing)

    async def at_once(_seconds: float) -> None:
        return None

    api = SlackApi(BOT, standin.at("/api/"))
    async with api.open_session():
        poster = SlackPoster(api, painter, "", PostSpeed(Queue(wait=at_once), Spacing(0), in_all))
        yield Office(standin, poster, painter.drawn)
    painter.close()
