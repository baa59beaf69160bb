"""Worlds in which one dataset never came, was refused, came in part, came empty, or is older than
the others; and what every command that rests on it answers there.
"""

import asyncio
import json
import shutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.demo.pages import CLEO_SEES
from analytics.demo.stories import made_up_tenant
from analytics.questions.results import result_json
from analytics.tables import CUSTOMERS, LICENCES, Batch, Dataset, Row
from analytics.values import OWN
from analytics.warehouse.marks import Mark, Reason
from bot.cli.terminal_text import as_json
from bot.delivery import Delivery
from bot.demo_installation import NAMES, sample_settings
from bot.environment import read_settings
from bot.partners import facts_folder
from bot.wiring import open_installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Ask, Room, RoomKind, Via
from handlers.chat.command import AnyCommand
from handlers.chat.reply import Picture
from handlers.registry import COMMANDS
from tests.answering.unfolded import unfolded_parts, unfolded_text
from tests.conftest import NOW
from tests.rooms.gathering import ref
from tests.run_cache import built_once
from tests.sources.demo_reading import loads
from tests.warehouse.staged import Parts, sync

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
TENANTS = {*CLEO_SEES, *map(made_up_tenant, ("Relecloud", "Blue Yonder Airlines"))}
DAYS = timedelta(days=45)

DENIED = Reason("sync-why-denied", {"code": "2032"})
SLOW = Reason("sync-why-timeout")


class State(Enum):
    """How a dataset is, all others being whole and as of today."""

    WHOLE = "whole"
    TWICE = "whole, twice"
    """Whole, and synced the day before too: changes between two syncs are known."""
    MISSING = "missing"
    REFUSED = "refused"
    INCOMPLETE = "incomplete"
    EMPTY = "empty"
    OLDER = "older"


_WHOLE = (State.WHOLE, State.TWICE)


@dataclass(frozen=True)
class Seen:
    """One answer: its words, its result and its charts as JSON."""

    words: str
    result: object
    charts: list[object]


def questions(command: AnyCommand) -> list[str]:
    """What a command is asked: its example, itself alone, and about a customer."""
    about = [f"/{command.name} contoso"] if command.names_customer else []
    return list(dict.fromkeys([command.example_about("contoso"), f"/{command.name}", *about]))


def rested_on() -> list[tuple[AnyCommand, Dataset]]:
    """Every command with each dataset that its figures rest on."""
    return [(command, dataset) for command in COMMANDS for dataset in command.rests_on]


def seen(dataset: Dataset, state: State) -> Mapping[str, Seen]:
    """What is answered, by question, where the dataset is so."""
    (at,) = (at for at, group in enumerate(_groups()) if dataset in group)
    return _seen_in(0 if state in _WHOLE else at, state)


@cache
def _groups() -> tuple[frozenset[Dataset], ...]:
    """Datasets of which no command rests on two: they are the same in one world."""
    groups: list[set[Dataset]] = []
    beside = defaultdict[Dataset, set[Dataset]](set)
    for command, dataset in rested_on():
        beside[dataset] |= set(command.rests_on)
    for dataset, others in beside.items():
        free = (group for group in groups if group.isdisjoint(others))
        group = next(free, None)
        if group is None:
            groups.append(group := set())
        group.add(dataset)
    return tuple(map(frozenset, groups))


@cache
def _seen_in(at: int, state: State) -> Mapping[str, Seen]:
    """What is answered where a group of datasets is so; asked once a run."""
    group, name = _groups()[at], f"state-{at}-{state.value}"
    folder = built_once(name, lambda folder: asyncio.run(_ask_all(group, state, folder)))
    found = json.loads((folder / "seen.json").read_text("utf-8"))
    return {text: Seen(**its) for text, its in found.items()}


async def _ask_all(group: frozenset[Dataset], state: State, folder: Path) -> None:
    with TemporaryDirectory() as home:
        settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": home}))
        _furnish(facts_folder(settings.data_dir, OWN).parent, group, state)
        async with open_installation(settings, NAMES, lambda: NOW) as installation:
            everything = Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
            await installation.roles.give(ref("ada"), everything)
            asked = [each for each in COMMANDS if state in _WHOLE or group & {*each.rests_on}]
            texts = [q for command in asked if command.rests_on for q in questions(command)]
            found = {text: asdict(await _seen(installation.delivery, text)) for text in texts}
    (folder / "seen.json").write_text(json.dumps(found), "utf-8")


async def _seen(delivery: Delivery, text: str) -> Seen:
    room = Room("alone", RoomKind.PRIVATE, OWN)
    answer = await delivery.ask(Ask("q1", ref("ada"), room, text, "en", "UTC", Via.OPERATOR))
    parts = unfolded_parts(answer.reply.parts)
    charts = [as_json(part.chart) for part in parts if isinstance(part, Picture)]
    return Seen(unfolded_text(answer.reply), result_json(answer.result), charts)


def _furnish(folder: Path, group: frozenset[Dataset], state: State) -> None:
    """Sync into the folder; where the group is older, once more without it."""
    whole = {each: _parts(batch) for each, batch in _batches().items()}
    if state in (State.OLDER, State.TWICE):
        shutil.copytree(built_once("state-yesterday", _yesterday), folder, dirs_exist_ok=True)
    given = {each: parts for each, parts in whole.items() if each not in group}
    marks = [Mark(each.name, TODAY) for each in given]
    for dataset in group:
        given |= _given(dataset, whole[dataset], state)
        marks += _mark(dataset, whole[dataset], state)
    sync(folder, TODAY, given, *marks)


def _yesterday(folder: Path) -> None:
    whole = {each: _parts(batch) for each, batch in _batches().items()}
    sync(folder, YESTERDAY, whole, *(Mark(each.name, YESTERDAY) for each in whole))


def _given(dataset: Dataset, parts: Parts, state: State) -> dict[Dataset, Parts]:
    """What comes of the dataset today; in part: every second part, the others being unfinished. Of
    licences, which come in one call, nothing.
    """
    if state in _WHOLE:
        return {dataset: parts}
    if state is State.EMPTY:
        return {dataset: {each: [] for each in parts}}
    if state is State.INCOMPLETE:
        some = dataset not in LICENCES
        return {
            dataset: {
                each: parts[each] if some and at % 2 else None for at, each in enumerate(parts)
            }
        }
    return {}


def _mark(dataset: Dataset, parts: Parts, state: State) -> list[Mark]:
    """What a sync leaves."""
    counted = {"missing": str((len(parts) + 1) // 2), "of": str(len(parts)), "why": SLOW.sentence}
    at_once = len(parts) == 1 or dataset in LICENCES
    some = SLOW if at_once else Reason("sync-why-parts", counted)
    left = {
        State.WHOLE: Mark(dataset.name, TODAY),
        State.TWICE: Mark(dataset.name, TODAY),
        State.REFUSED: Mark(dataset.name, None, (DENIED,)),
        State.INCOMPLETE: Mark(dataset.name, None, (some,)),
        State.EMPTY: Mark(dataset.name, TODAY),
        State.OLDER: Mark(dataset.name, YESTERDAY, (DENIED,)),
    }
    return [left[state]] if state in left else []


@cache
def _batches() -> dict[Dataset, Batch]:
    """Of what commands rest on, and of what names customers."""
    wanted = {*LICENCES, CUSTOMERS, *(dataset for _, dataset in rested_on())}
    return {batch.dataset: batch for batch in loads()[-1].batches if batch.dataset in wanted}


def _parts(batch: Batch) -> Parts:
    """Rows of a few customers, and of a few weeks, by the part they are fetched in: licences of
    each day by a call of their own.
    """
    dataset, parts = batch.dataset, defaultdict[str, list[Row]](list)
    columns = [column.name for column in dataset.columns]
    for row in batch.rows:
        cells = dict(zip(columns, row, strict=True))
        if _wanted(dataset, cells):
            names = ("day", "service") if dataset in LICENCES else dataset.part
            parts[" ".join(_part(cells, name) for name in names)].append(row)
    return dict(parts)


def _part(cells: Mapping[str, object], name: str) -> str:
    return str(cells[name]) if name in cells else str(cells["moment"])[:10]


def _wanted(dataset: Dataset, cells: Mapping[str, object]) -> bool:
    day = cells["day"] if dataset in LICENCES else None
    old = isinstance(day, date) and day < TODAY - DAYS
    return cells.get("tenant") in {*TENANTS, None} and not old
