"""Worlds in which licence deployment or usage never came, was refused, is partly lost, or is empty;
and what `/usage` answers in them, in each form it is given.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.values import OWN
from bot.cli.ask import answer_text
from bot.wiring import Installation
from handlers.chat.asking import Ask, Reach, Room, RoomKind, Via
from handlers.chat.reply import Figures, Picture, Reply, Stamped
from handlers.messages.speaker import speaker
from tests.answering.unfolded import unfolded_text
from tests.conftest import NOW
from tests.partner_center.company import Company, Item
from tests.rooms.gathering import Gathering, gathered, labels, ref, words
from tests.sources.building import page
from tests.syncing.whole import NOT_SIGNED_IN
from tests.transcripts.worlds import World, enter_world

COMPANY = Company(6, seed=3, today=NOW.date())
CONTOSO = "contoso 0"
SAY = speaker("en")
DOTS = "…"


@dataclass(frozen=True)
class State:
    """How a dataset is: what a tile's note says where its figures are unknown, else nothing; and
    the beginning of the stamp's line about it.
    """

    note: str = ""
    line: str = ""


def _before_dots(sentence: str, **values: object) -> str:
    """The beginning of a sentence, up to the value that is left open."""
    return SAY(sentence, **values).split(DOTS)[0]


WHOLE = State()
EMPTY = State()
NEVER = State(
    SAY("unknown-never-came", dataset="{d}"),
    _before_dots("stamp-never-complete", datasets="{d}", why=DOTS),
)
PARTLY = State(
    SAY("unknown-not-whole", dataset="{d}"),
    _before_dots("stamp-gap", dataset="{d}", service="Microsoft Office 365", day=DOTS, n=4),
)


@dataclass(frozen=True)
class Case:
    """A world, and how both datasets are in it."""

    world: World
    deployment: State
    usage: State


@dataclass(frozen=True)
class Answers:
    """What is read in each form, and the parts of the answer about one customer."""

    texts: Mapping[str, str]
    reply: Reply
    figures: list[dict[str, Any]]
    """Tiles as `--json` prints them."""

    @property
    def line(self) -> str:
        """The line of the stamp that is read before the details."""
        (stamped,) = [part for part in self.reply.parts if isinstance(part, Stamped)]
        return stamped.sentences[0]

    @property
    def tiles(self) -> dict[str, tuple[str, str]]:
        """Value and note, by label."""
        found = [part for part in self.reply.parts if isinstance(part, Figures)]
        return {each.label: (each.value, each.note) for part in found for each in part.items}

    @property
    def picture(self) -> Picture | None:
        return next((part for part in self.reply.parts if isinstance(part, Picture)), None)


def _synced(fault: str, where: str = "") -> World:
    return World(facts=False, synced=((fault, where),))


def _imported(*files: bytes) -> World:
    return World(facts=False, files=files)


def _short(items: list[Item]) -> bytes:
    """A file without the last page of what it announces."""
    return page(*items[:-4], TotalCount=len(items))


_SEATS, _USE = page(*COMPANY.deployment), page(*COMPANY.usage)
_SHORT_SEATS, _SHORT_USE = _short(COMPANY.deployment), _short(COMPANY.usage)

CASES = {
    "deployment never came": Case(_imported(_USE), NEVER, WHOLE),
    "usage never came": Case(_imported(_SEATS), WHOLE, NEVER),
    "neither ever came": Case(_synced(NOT_SIGNED_IN), NEVER, NEVER),
    "deployment refused": Case(_synced("403", "commercial/deployment"), NEVER, WHOLE),
    "usage refused": Case(_synced("403", "commercial/usage"), WHOLE, NEVER),
    "both refused": Case(_synced("403", "commercial/"), NEVER, NEVER),
    "deployment partly lost": Case(_imported(_SHORT_SEATS, _USE), PARTLY, WHOLE),
    "usage partly lost": Case(_imported(_SEATS, _SHORT_USE), WHOLE, PARTLY),
    "both partly lost": Case(_imported(_SHORT_SEATS, _SHORT_USE), PARTLY, PARTLY),
    "deployment never came, usage partly lost": Case(_imported(_SHORT_USE), NEVER, PARTLY),
    "deployment partly lost, usage never came": Case(_imported(_SHORT_SEATS), PARTLY, NEVER),
    "deployment empty": Case(_synced("no-rows", "commercial/deployment"), EMPTY, WHOLE),
    "usage empty": Case(_synced("no-rows", "commercial/usage"), WHOLE, EMPTY),
    "both empty": Case(_synced("no-rows", "commercial/"), EMPTY, EMPTY),
}

_KEPT: dict[str, Answers] = {}


async def answers(name: str, home: Path) -> Answers:
    """What is answered in that world; asked once and kept."""
    if name not in _KEPT:
        async with enter_world(CASES[name].world, home, home) as installation:
            _KEPT[name] = await _answers(installation)
    return _KEPT[name]


async def _answers(installation: Installation) -> Answers:
    delivery, room = installation.delivery, Room("alone", RoomKind.PRIVATE, OWN)
    one = Ask("one", ref("ada"), room, f"/usage {CONTOSO}", "en", "UTC", Via.OPERATOR)
    everybody = Ask("all", ref("ada"), room, "/usage", "en", "UTC", Via.OPERATOR)
    hourly = Ask("d1", ref("ada"), room, one.text, "en", "UTC", Via.SCHEDULED, reach=Reach.DIRECT)
    answer = await delivery.ask(one)
    texts = {
        "of one": unfolded_text(answer.reply),
        "of all": unfolded_text((await delivery.ask(everybody)).reply),
        "as a digest": unfolded_text((await delivery.answer_digest(hourly)).reply),
        "shared": await _shared(installation),
    }
    told = json.loads(await answer_text(delivery, answer, one, None, as_lines=False))
    tiles = [part["items"] for part in told["answer"]["parts"] if part["kind"] == "figures"]
    return Answers(texts, answer.reply, [each for items in tiles for each in items])


async def _shared(installation: Installation) -> str:
    """The safe summary that the room reads; empty where there is none."""
    talk = gathered(installation, Gathering(members=("ada", "ben")))
    kept = await talk.asks("ada", f"/usage {CONTOSO}")
    share = SAY("button-safe")
    return words(await talk.presses("ada", kept, share)) if share in labels(kept) else ""
