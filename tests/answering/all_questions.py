"""Every question that the registry's commands can be asked, and all that is got as an answer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from analytics.demo.pages import CLEO_SEES
from analytics.questions.results import result_json
from analytics.values import OWN
from bot.cli.terminal_text import as_json
from bot.delivery import Delivered, Delivery
from handlers.chat.asking import Ask, Reach, Room, RoomKind, UserRef, Via, View
from handlers.chat.command import AnyCommand
from handlers.chat.reply import Attachment, Audience, Choices, Picture, Reply, attachments
from handlers.registry import COMMANDS
from tests.answering.made_up_commands import EVERYTHING, known
from tests.answering.unfolded import unfolded_parts, unfolded_text
from tests.charts.hostile import pixels

FURTHER = {
    "usage": (
        "contoso exchange",
        "contoso last 90 days",
        "contso",
        "fabrikam bikes 2026-01..2026-10",
        "wide world importers",
        "relecloud",
        *("added 2", "copilot last quarter", "e3", "all teams", "visio plan 2"),
        "help",
    ),
    "customers": ("con", "bikes", "o", "help", "wide world importers", CLEO_SEES[0]),
    "activity": (
        *("failed", "contoso subscription", "roles", "gdap", "order 6 months"),
        *("by jonas", "contoso jonas@made-up-partner.example"),
        "contoso subscription dcf4fc86-4ede-56d9-878a-86c6091e40c3",
    ),
    "subscriptions": ("suspended", "contoso usage-based", "new last quarter", "trial"),
    "adoption": ("teams", "e3", "last quarter", "worst", "over 100%", "by workload"),
    "azure": ("over budget", "unusual days last month", "woodgrove bank"),
    "growth": ("24 months", "last month", "by insights"),
    "licenses": ("reductions", "contoso e3 6 months", "contoso last quarter", "teams"),
    "renewals": ("next month", "contoso 90 days", "proseware", "until march"),
    "help": ("data",),
    "digest": ("list", "show 1", "history 1", "usage wide world importers every Monday 9:00"),
    "grant-analytics": ("@ben as viewer for contoso",),
}
"""What each command is asked beside its example, by its name."""

PRESSED = 3
"""Buttons of a list that are pressed: they are of one kind."""

SAVED = ("/usage", "/usage contoso")
"""Questions of each reader's digests."""

BEHIND = {command.example_about("contoso") for command in COMMANDS if command.rests_on}
"""Questions of which *Details*, *This looks wrong* and *Export* are pressed; what folds is read of
all.
"""


def ref(reader: str) -> UserRef:
    return UserRef("page", "demo", reader)


def every_question() -> list[str]:
    """Of every command, and what is no command."""
    asked = [text for command in COMMANDS for text in _questions(command)]
    return list(dict.fromkeys([*asked, "contoso", "hello", "usage"]))


def _questions(command: AnyCommand) -> Iterator[str]:
    """What a command is asked: its example, itself alone, with a customer, and its help."""
    yield from (command.example_about("contoso"), f"/{command.name}", f"/help {command.name}")
    if command.names_customer:
        yield from (f"/{command.name} {name}" for name in ("contoso", "fabrikam bikes"))
    yield from (f"/{command.name} {words}" for words in FURTHER.get(command.name, ()))


@dataclass(frozen=True)
class Told:
    """All that one answer gives: words in order, buttons and their questions, what programs read,
    and a word for the pixels of each picture.
    """

    outcome: str
    words: str
    programs: str
    pictures: tuple[str, ...] = ()


class Conversation:
    """One reader's questions in one language."""

    def __init__(self, delivery: Delivery, reader: str, locale: str) -> None:
        self._delivery = delivery
        room = Room("alone", RoomKind.PRIVATE, OWN)
        self._ask = Ask("q1", ref(reader), room, "", locale, "UTC")

    async def save_digests(self) -> None:
        """Make the reader's digests, each by the first button of its card."""
        for text in SAVED:
            order = f"/digest {text.removeprefix('/')} cron 0 9 * * 1"
            card = await self._asked(order)
            button = next(iter(card.buttons.values()))
            await self._delivery.press(button, self._ask)

    async def everything_told(self, *, pressing: bool) -> dict[str, Told]:
        """Ask every question, perhaps also what buttons of the answers ask; have digests sent."""
        told: dict[str, Told] = {}
        behind: dict[str, None] = {}
        for text in every_question():
            answer = await self._asked(text)
            told[text] = await self._told(answer)
            if text in BEHIND:
                told |= await self._behind(text)
            behind |= dict.fromkeys(_pressable(answer.reply) if pressing else ())
        for text in [text for text in behind if text not in told]:
            told[text] = await self._told(await self._asked(text))
        for text in SAVED:
            told[f"sent: {text}"] = await self._told(await self._sent(text))
        with known(EVERYTHING):
            told[EVERYTHING.example] = await self._told(await self._asked(EVERYTHING.example))
        return told

    async def told_aloud(self) -> dict[str, Told]:
        """Ask every question aloud in a room, and have a summary shared: what the room reads."""
        told = {}
        for text in every_question():
            for reach in (Reach.ALOUD, Reach.SAFE):
                answer = await self._asked(text, reach)
                if answer.reply.audience is Audience.ROOM:
                    told[f"{reach.value}: {text}"] = await self._told(answer)
        with known(EVERYTHING):
            answer = await self._asked(EVERYTHING.example, Reach.ALOUD)
            told[EVERYTHING.example] = await self._told(answer)
        return told

    async def _behind(self, text: str) -> dict[str, Told]:
        """Answers to the buttons *Details* and *This looks wrong*, and the files of *Export*."""
        found = {}
        form = View.XLSX if self._ask.locale == "en" else View.CSV
        for view in (View.DETAILS, View.REPORT, form):
            shown = await self._delivery.ask(replace(self._ask, text=text, view=view))
            found[f"{view.value}: {text}"] = await self._told(shown)
        return found

    async def _asked(self, text: str, reach: Reach = Reach.ASKER) -> Delivered:
        kind = RoomKind.PRIVATE if reach is Reach.ASKER else RoomKind.GROUP
        room = replace(self._ask.room, kind=kind)
        return await self._delivery.ask(replace(self._ask, text=text, reach=reach, room=room))

    async def _sent(self, text: str) -> Delivered:
        hourly = replace(self._ask, text=text, via=Via.SCHEDULED, reach=Reach.DIRECT)
        return await self._delivery.answer_digest(hourly)

    async def _told(self, answer: Delivered) -> Told:
        programs = {
            "result": result_json(answer.result),
            "answer": as_json(answer.reply),
            "files": [text for each in attachments(answer.reply.parts) for text in _texts(each)],
        }
        charts = [
            part.chart for part in unfolded_parts(answer.reply.parts) if isinstance(part, Picture)
        ]
        drawn = [
            await self._delivery.paint(chart, "light", compact=compact)
            for chart in charts
            for compact in (False, True)
        ]
        pictures = tuple(_pixels_word(png) for png in drawn)
        return Told(
            answer.outcome.value, unfolded_text(answer.reply), json.dumps(programs), pictures
        )


def _pressable(reply: Reply) -> Iterator[str]:
    """Questions of the first buttons that only ask."""
    for part in unfolded_parts(reply.parts):
        for choice in part.items[:PRESSED] if isinstance(part, Choices) else ():
            asks = choice.view is View.ANSWER and choice.reach is Reach.ASKER
            if asks and not choice.confirms:
                yield choice.text


def _texts(file: Attachment) -> Iterator[str]:
    """All that is in a file, as text: the members of an Excel file one by one."""
    content = file.path.read_bytes()
    if not is_zipfile(BytesIO(content)):
        yield content.decode()
        return
    with ZipFile(BytesIO(content)) as packed:
        yield from (f"{name}: {packed.read(name).decode()}" for name in packed.namelist())


def _pixels_word(png: bytes | None) -> str:
    """A word for a picture's pixels: the same ones are rarely packed into other bytes."""
    return sha256(pixels(png).tobytes()).hexdigest() if png else ""
