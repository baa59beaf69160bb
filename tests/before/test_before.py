"""What the version before left: digests run, buttons press, marks read, the chain holds."""

import json
import re
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from analytics.values import OWN
from bot.cli.ask import answer_text
from bot.cli.terminal_text import reply_text
from bot.demo_installation import NAMES, sample_settings
from bot.environment import read_settings
from bot.page.people import Mailbox, mentioned_people, person
from bot.settings import database_url
from bot.store.audit import Audit
from bot.store.database import open_database
from bot.wiring import Installation, open_installation
from handlers.chat.asking import Ask, Room, RoomKind, Via
from handlers.chat.reply import spoken_lines
from handlers.messages.speaker import speaker
from tests.answering.asking import Clock
from tests.conftest import NOW
from tests.rooms.hours import hours
from tests.scheduler.letterbox import Letterbox

_RIGHT = re.compile(
    r"^(.+ \(\S+\)) is (?:an? )?(.+), "
    r"(?:until it is taken back; g|no end date\. G)iven by .+ on (.+)$",
    re.MULTILINE,
)

SAY = speaker("en")


@dataclass
class Before:
    """A folder that was left, opened; what was answered then; and a clock."""

    installation: Installation
    told: dict[str, Any]
    clock: Clock
    box: Letterbox = field(default_factory=Letterbox)

    def ask(self, name: str, text: str) -> Ask:
        """What Ada types on the page."""
        room = Room("ada", RoomKind.PRIVATE, OWN)
        ref, mentions = person("ada").ref, mentioned_people(text)
        return Ask(name, ref, room, text, "en", "UTC", Via.TYPED, mentions)

    async def answer(self, text: str) -> str:
        """The answer as lines."""
        return reply_text((await self.installation.delivery.ask(self.ask(text, text))).reply)

    async def pressed(self, button: str) -> str:
        """What a button answers that was saved then."""
        ask = self.ask("before-pressed", "")
        return reply_text((await self.installation.delivery.press(self.told[button], ask)).reply)


@pytest_asyncio.fixture(params=["demo", "synced"])
async def before(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Before]:
    """One of the folders, as it was left."""
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(tmp_path)}))
    (settings.data_dir / "secret.key").unlink()
    with zipfile.ZipFile(Path(__file__).with_name(f"{request.param}.zip")) as kept:
        kept.extractall(settings.data_dir)
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(tmp_path)}))
    told = json.loads((settings.data_dir / "expected.json").read_text("utf-8"))
    clock = Clock(NOW)
    async with open_installation(settings, NAMES, clock) as installation:
        installation.delivery.messengers["page"] = Mailbox()
        yield Before(installation, told, clock)


async def test_the_figures_of_an_answer_are_what_they_were(before: Before) -> None:
    ask = before.ask("before-1", before.told["question"])
    delivery = before.installation.delivery
    told = await answer_text(delivery, await delivery.ask(ask), ask, None, as_lines=False)
    then, now = (_figures(json.loads(text)["answer"]) for text in (before.told["json"], told))
    assert now[SAY("figure-used")] == then["Active"]
    assert {label: now[label] for label in ("Seats sold", "Assigned")} == {
        label: then[label] for label in ("Seats sold", "Assigned")
    }
    sold, assigned = (int(now[label].replace(",", "")) for label in ("Seats sold", "Assigned"))
    assert f"{sold - assigned:,}" == then["Unassigned"]
    assert len(now) == 3


async def test_rights_and_digests_are_as_they_were(before: Before) -> None:
    then, now = before.told["rights"], await before.answer("/who-has-analytics")
    assert _rights(now) == _rights(then)
    assert [holder for holder, _, _ in _rights(now)] == [
        *("Ada Lovelace (page:demo:ada)", "Cleo (page:demo:cleo)"),
    ]
    assert _tables_and_buttons(now) == _tables_and_buttons(then)
    digests = await before.answer("/digest list")
    assert _words(digests) == _words(before.told["digests"].replace("UTC+00:00", "UTC"))


def _words(said: str) -> list[str]:
    """The words of a table, however wide its columns are."""
    return said.split()


def _rights(said: str) -> list[tuple[str, str, str]]:
    """Holder, role with customers, and moment of each right without end, whatever the wording."""
    return _RIGHT.findall(said)


def _tables_and_buttons(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("[") or "  " in line]


async def test_a_button_of_an_answer_asks_what_it_asked(before: Before) -> None:
    now, then = await before.pressed("button"), before.told["pressed"]
    told = re.match(r"(.+) has ([\d,]+) seats sold", then)
    assert told
    assert now.startswith(f"{told[1]}: ")
    assert f"{SAY('figure-sold')}  {told[2]}" in now.splitlines()


async def test_the_button_of_a_card_saves_what_the_card_said(before: Before) -> None:
    assert (await before.pressed("grant")).startswith("Saved: Ben is a report viewer")


async def test_a_digest_is_sent_at_its_hour(before: Before) -> None:
    its = before.installation
    people = (its.delivery, its.people)
    async with hours(its, before.clock, *people, {"page": before.box}) as those:
        await those.are(NOW + timedelta(days=1))
    (sent,) = before.box.letters
    assert any("Contoso" in line for line in spoken_lines(sent.delivered.reply.parts))


async def test_marks_are_read(before: Before) -> None:
    generation = before.installation.doctor.warehouses(OWN).current()
    assert generation is not None
    assert before.told["marks"] == {
        name: {"as_of": str(mark.as_of), "reasons": [each.sentence for each in mark.reasons]}
        for name, mark in generation.marks.items()
    }


async def test_the_audits_chain_holds_and_goes_on(before: Before) -> None:
    await before.answer("/whoami")
    settings = before.installation.settings
    engine = await open_database(database_url(settings))
    assert await Audit(engine, settings.secret_key).broken_at(OWN) is None
    await engine.dispose()


def _figures(answer: dict[str, Any]) -> dict[str, str]:
    """The values of an answer's tiles, by label; their notes may be worded anew."""
    parts = [part for part in answer["parts"] if part["kind"] == "figures"]
    return {item["label"]: item["value"] for part in parts for item in part["items"]}
