"""The gallery of docs/questions.md: what the made-up partner's admin is answered, with pictures."""

import asyncio
import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.charts.model import ChartModel
from bot.cli.terminal_text import reply_text
from bot.demo_installation import NAMES, make_sample, sample_settings, seat_people
from bot.environment import read_settings
from bot.manifest import replace_block
from bot.page.people import person
from bot.partners import SERVED
from bot.wiring import Installation, open_installation
from handlers.chat.access import Permission
from handlers.chat.asking import Ask, Room, RoomKind, Via
from handlers.chat.command import AnyCommand
from handlers.chat.reply import Choices, Details, Picture, Reply
from handlers.messages.speaker import DEFAULT, Speaker, speaker
from handlers.registry import RANKED

PAGE = Path("docs", "questions.md")
PICTURES = Path("docs", "pictures")
DAY = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
"""The instant of every question: the figures of the made-up partner are those of this day."""

CUSTOMER = "Contoso"
_NAME = "gallery"


@dataclass(frozen=True, slots=True)
class Shot:
    """One question with the words of its answer, and its chart if it has one."""

    command: AnyCommand
    question: str
    words: str
    picture: Picture | None

    @property
    def file(self) -> str:
        """Name of its picture's file."""
        about = f"-{CUSTOMER.lower()}" if CUSTOMER in self.question else ""
        return f"{self.command.name}{about}.png"


def is_question(command: AnyCommand) -> bool:
    """Check whether a command asks for figures of customers; others are told in a table."""
    return command.needs is Permission.SEE_SEATS and bool(command.rests_on)


async def gallery_shots(installation: Installation) -> list[Shot]:
    """Return every question of the registry with its answer: about all customers, and about one
    where one can be named.
    """
    return [
        await _shot(installation, command, question)
        for command in filter(is_question, RANKED)
        for question in dict.fromkeys((command.example, command.example_about(CUSTOMER)))
    ]


async def _shot(installation: Installation, command: AnyCommand, question: str) -> Shot:
    room = Room("gallery", RoomKind.PRIVATE, SERVED)
    asker = person("ada").ref
    ask = Ask("gallery", asker, room, question, DEFAULT, "UTC", Via.OPERATOR)
    reply = (await installation.delivery.ask(ask)).reply
    pictures = [part for part in reply.parts if isinstance(part, Picture)]
    return Shot(command, question, _words(reply), pictures[0] if pictures else None)


def _words(reply: Reply) -> str:
    """The answer as a terminal prints it, without its buttons and its picture."""
    parts = tuple(part for part in reply.parts if not isinstance(part, Choices | Details | Picture))
    return reply_text(replace(reply, parts=parts, follow_ups=(), details=()))


def gallery_page(page: str, shots: list[Shot]) -> str:
    """Return the page docs/questions.md with the gallery of these questions in its place."""
    say = speaker(DEFAULT)
    chapters = [_chapter(command, shots) for command in filter(is_question, RANKED)]
    rows = [_row(each, say) for each in RANKED if not is_question(each)]
    table = "\n".join(["| besides | what it does |", "| --- | --- |", *rows])
    return replace_block(page, _NAME, "\n".join([*chapters, "### Other commands\n", table]))


def _row(command: AnyCommand, say: Speaker) -> str:
    usage = say(f"{command.words}-usage").replace("|", r"\|")
    return f"| `/{usage}` | {say(f'{command.words}-summary')} |"


def _chapter(command: AnyCommand, shots: list[Shot]) -> str:
    say = speaker(DEFAULT)
    its = [shot for shot in shots if shot.command is command]
    head = f"### /{command.name}\n\n`/{say(f'{command.words}-usage')}`\n"
    details = say(f"{command.words}-details").replace("\n", "\n\n")
    return "\n".join([head, f"{details}\n", *map(_answer_lines, its)])


def _answer_lines(shot: Shot) -> str:
    lines = [f"`{shot.question}`\n", f"```text\n{shot.words}\n```\n"]
    if shot.picture:
        mark = f"<!-- chart {chart_mark(shot.picture.chart)} -->"
        lines.append(f"![{shot.picture.alt}]({PICTURES.name}/{shot.file}) {mark}\n")
    return "\n".join(lines)


def chart_mark(chart: ChartModel) -> str:
    """Return a word that changes with anything in a chart: its picture is then to be drawn anew."""
    return hashlib.sha256(repr(chart).encode()).hexdigest()[:12]


async def drawn_pictures(installation: Installation, shots: list[Shot]) -> dict[str, bytes]:
    """Return the pictures of these questions by file: light, and as narrow ones are drawn, since
    those are a third of the size.
    """
    found = {}
    for shot in shots:
        if shot.picture:
            png = await installation.delivery.paint(shot.picture.chart, "light", compact=True)
            found[shot.file] = png or b""
    return found


def gallery_files(root: Path) -> dict[Path, bytes]:
    """Return the page and its pictures by path. The made-up partner is built for it, which takes
    some seconds.
    """
    page = (root / PAGE).read_text(encoding="utf-8")
    with TemporaryDirectory() as home:
        shots, pictures = asyncio.run(_shots_and_pictures(Path(home)))
    drawn = {root / PICTURES / name: png for name, png in pictures.items()}
    return {root / PAGE: gallery_page(page, shots).encode(), **drawn}


async def _shots_and_pictures(home: Path) -> tuple[list[Shot], dict[str, bytes]]:
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(home)}))
    await asyncio.to_thread(make_sample, settings.data_dir, DAY)
    async with open_installation(settings, NAMES, lambda: DAY) as installation:
        await seat_people(installation)
        shots = await gallery_shots(installation)
        return shots, await drawn_pictures(installation, shots)
