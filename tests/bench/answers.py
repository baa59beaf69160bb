"""From a question to its words and its picture through the real program, beside a naive bot."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, redirect_stderr
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from analytics.charts.model import ChartModel, LineChart
from analytics.demo.customers import ordinary_customers
from analytics.values import OWN
from bot.delivery import request_id
from bot.demo_installation import NAMES, make_sample, sample_settings, seat_people
from bot.environment import read_settings
from bot.log import start_log
from bot.page.people import person
from bot.wiring import Installation, open_installation
from handlers.chat.asking import Ask, Room, RoomKind
from handlers.chat.reply import Picture
from tests.bench.drawing import pixels
from tests.bench.measuring import MANY_TIMES, Row, compared
from tests.bench.naive_bot import NaiveBot, export
from tests.sources.demo_reading import licence_files

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAYS = (90, 180)
QUICK = 12
SIZE = (1600, 800)
ROOM = Room("bench", RoomKind.PRIVATE, OWN)


@dataclass(slots=True)
class Spent:
    """Milliseconds from each question to its words, and to its picture; the latter's CPU time."""

    words: list[float] = field(default_factory=list)
    picture: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    _asked: tuple[float, float] = (0.0, 0.0)

    def asked(self) -> None:
        self._asked = perf_counter(), process_time()

    def said(self) -> None:
        self.words.append((perf_counter() - self._asked[0]) * 1000)

    def shown(self) -> None:
        self.picture.append((perf_counter() - self._asked[0]) * 1000)
        self.cpu.append((process_time() - self._asked[1]) * 1000)


@dataclass(slots=True)
class Ours:
    """The program, asked as Ada."""

    installation: Installation
    spent: Spent = field(default_factory=Spent)
    drawn: set[ChartModel] = field(default_factory=set)

    async def ask(self, customer: str, days: int) -> None:
        """Rights, arguments, figures, sentences, the audit's row, then the picture."""
        delivery = self.installation.delivery
        text = f"/usage {customer} last {days} days"
        ask = Ask(request_id(), person("ada").ref, ROOM, text, "en", "UTC")
        self.spent.asked()
        delivered = await delivery.ask(ask)
        self.spent.said()
        (chart,) = (part.chart for part in delivered.reply.parts if isinstance(part, Picture))
        png = await delivery.paint(chart, "light")
        self.spent.shown()
        assert isinstance(chart, LineChart)
        assert pixels(png or b"") == SIZE
        self.drawn.add(chart)


@dataclass(slots=True)
class Theirs:
    """The naive bot, off the loop too, so that neither is spared a thread's cost."""

    bot: NaiveBot
    spent: Spent = field(default_factory=Spent)

    async def ask(self, customer: str, days: int) -> None:
        """Figures and a sentence, then the picture."""
        self.spent.asked()
        words, daily = await asyncio.to_thread(self.bot.words, customer, days)
        self.spent.said()
        png = await asyncio.to_thread(self.bot.picture, words, daily)
        self.spent.shown()
        assert len(daily) > 1
        assert pixels(png) == SIZE


def rows(*, quick: bool) -> list[Row]:
    """To the picture beside both naive bots; to the words, for comparison."""
    names = [story.name for story in ordinary_customers()]
    questions = [(name, days) for days, name in product(DAYS, names)]
    with TemporaryDirectory() as folder:
        ours, reading, kept = asyncio.run(
            _asked(Path(folder), questions[: QUICK if quick else None])
        )
    return [
        *_beside("a bot that reads its files", ours, reading, MANY_TIMES),
        *_beside("a bot with its files in memory", ours, kept, None),
    ]


def _beside(rival: str, ours: Spent, theirs: Spent, times: float | None) -> list[Row]:
    """The goal is set beside the first bot; keeping files is what its second version does."""
    return [
        compared(f"question to picture, beside {rival}", ours.picture, theirs.picture, times),
        compared("the same, CPU time of all threads", ours.cpu, theirs.cpu),
        compared(f"question to words, beside {rival}", ours.words, theirs.words),
    ]


async def _asked(folder: Path, questions: list[tuple[str, int]]) -> tuple[Spent, Spent, Spent]:
    """Every question to each by turns. The first is asked once before, so that all are warm."""
    export(folder, licence_files(NOW.date()))
    bot = NaiveBot(folder, NOW.date())
    async with _program(folder) as installation:
        sides = (Ours(installation), Theirs(bot), Theirs(bot.reading_once()))
        for side in sides:
            await side.ask("Blue Yonder Airlines", 360)
            side.spent = Spent()
        for customer, days in questions:
            for side in sides:
                await side.ask(customer, days)
    ours, *theirs = sides
    assert len(ours.drawn) == len(questions) + 1, "no picture is another's, so none was kept"
    assert _audited(folder) == len(questions) + 1, "each question left its row"
    return ours.spent, theirs[0].spent, theirs[1].spent


@asynccontextmanager
async def _program(folder: Path) -> AsyncIterator[Installation]:
    """The made-up partner's installation; its log goes to a file, as an operator's would."""
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(folder)}))
    make_sample(settings.data_dir, NOW)
    with (folder / "log").open("w") as log, redirect_stderr(log):
        start_log("INFO")
        async with open_installation(settings, NAMES, lambda: NOW) as installation:
            await seat_people(installation)
            yield installation


def _audited(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "demo" / "seatwise.db")) as store:
        (count,) = store.execute(
            'SELECT count(*) FROM audit WHERE entry LIKE \'%"outcome": "answered"%\''
        ).fetchone()
    return int(count)
