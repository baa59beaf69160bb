"""Files that a partner admin sends to the bot: a plan first, then saved by a button, or not."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import pytest_asyncio

from analytics.sources.files.downloads import merge
from analytics.values import OWN
from analytics.warehouse.building.build import build
from analytics.warehouse.generations import Generations
from bot.dropped_files import import_question
from bot.page.people import person
from bot.partners import facts_folder
from handlers.chat.access import Grant, Role
from handlers.chat.asking import RoomKind
from handlers.messages.speaker import speaker
from tests.answering.asking import asked
from tests.conftest import NOW
from tests.program.file_drops import (
    SEATS,
    Dropping,
    Sent,
    customers,
    dropping,
    labels,
    one_child,
    planned,
    text,
)
from tests.sources.building import deployed, page, read, sheet, used
from tests.warehouse.rows import META

__all__ = ["one_child"]
pytestmark = pytest.mark.usefixtures("one_child")
SAY = speaker("en")


@pytest_asyncio.fixture
async def drop(tmp_path: Path, sample_facts: Path) -> AsyncIterator[Dropping]:
    async with dropping(tmp_path, sample_facts) as there:
        yield there


async def test_a_file_is_shown_as_a_plan_and_saved_by_the_button(drop: Dropping) -> None:
    shown = await drop.sends(Sent(SEATS))
    assert "I read 1 file. Nothing is saved yet." in text(shown)
    assert "licence deployment" in text(shown)
    assert "2 new, 0 changed, 0 known already" in text(shown)
    assert "1 customer of whom I know nothing yet: Contoso." in text(shown)
    assert labels(shown) == ["Save", "Discard"]
    assert drop.generation == 0
    [kept] = drop.kept
    assert kept.stat().st_mode & 0o777 == 0o600
    saved = await drop.presses("Save", shown)
    assert text(saved).startswith("Saved as generation 1, rows: 2 new")
    assert (drop.generation, drop.kept) == (1, [])


async def test_the_audit_knows_who_sent_what_before_it_is_fetched_and_saved(
    drop: Dropping,
) -> None:
    before: list[list[str]] = []
    sent = Sent(SEATS, seen=lambda: before.append([act["action"] for act in drop.acts]))
    shown = await drop.sends(sent)
    assert before == [["file-drop"]]
    await drop.presses("Save", shown)
    first, second = drop.acts
    assert first["who"] == second["who"] == str(person("ada").ref)
    assert (first["files"], first["bytes"]) == (1, len(SEATS))
    assert second["files"] == [{"sha256": sha256(SEATS).hexdigest(), "bytes": len(SEATS)}]
    assert (second["rows"], second["generation"]) == ({"deployment": 2}, 0)


async def test_nothing_is_fetched_where_the_audit_cannot_be_written(
    drop: Dropping, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("bot.store.audit.Audit.note", broken)
    sent = Sent(SEATS)
    await drop.sends(sent)
    assert sent.fetched == []


async def test_nobody_but_a_partner_admin_has_files_read(drop: Dropping) -> None:
    sent = Sent(SEATS)
    for who in ("ben", "cleo"):
        assert "don’t have access to /import" in text(await drop.sends(sent, who=who))
    assert (sent.fetched, drop.acts) == ([], [])


async def test_while_it_is_off_the_admin_is_told_how_and_others_what_they_always_are(
    tmp_path: Path, sample_facts: Path
) -> None:
    sent = Sent(SEATS)
    async with dropping(tmp_path, sample_facts, file_drop=False) as drop:
        assert text(await drop.sends(sent)) == SAY("drop-off")
        assert "don’t have access to /import" in text(await drop.sends(sent, who="cleo"))
        assert drop.acts == []
    assert sent.fetched == []


async def test_a_room_has_no_file_read(drop: Dropping) -> None:
    sent = Sent(SEATS)
    shown = await drop.sends(sent)
    token = next(iter(shown.buttons)).text.split()[1]
    there = asked(f"/import {token}")
    group = replace(there, room=replace(there.room, kind=RoomKind.GROUP))
    assert text(await drop.wired.delivery.ask(group)) == SAY("drop-direct-alone")
    assert drop.generation == 0


async def test_somebody_elses_files_are_as_files_that_are_gone(drop: Dropping) -> None:
    await drop.wired.roles.give(person("ben").ref, _admin())
    shown = await planned(drop, Sent(SEATS))
    asks = asked(next(iter(shown.buttons)).text, "ben")
    assert text(await drop.wired.delivery.ask(asks)) == SAY("drop-gone")
    assert len(drop.kept) == 1


def _admin() -> Grant:
    return Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)


async def test_a_right_that_was_taken_back_saves_nothing(drop: Dropping) -> None:
    shown = await planned(drop, Sent(SEATS))
    await drop.wired.roles.give(person("ben").ref, _admin())
    await drop.wired.roles.give(person("ada").ref, replace(_admin(), role=Role.VIEWER))
    assert "don’t have access to /import" in text(await drop.presses("Save", shown))
    assert drop.generation == 0


async def test_a_plan_over_figures_that_changed_is_shown_anew(drop: Dropping) -> None:
    shown = await planned(drop, Sent(SEATS))
    build(facts_folder(drop.wired.settings.data_dir, OWN), merge([read(SEATS)]), META)
    anew = await drop.presses("Save", shown)
    assert text(anew).startswith(SAY("drop-stale"))
    assert "Nothing new: all 2 rows were known." in text(anew)
    assert (labels(anew), drop.generation, drop.kept) == ([], 1, [])


async def test_a_plan_that_was_shown_anew_can_be_saved(drop: Dropping) -> None:
    shown = await planned(drop, Sent(SEATS))
    other = merge([read(page(used()))])
    build(facts_folder(drop.wired.settings.data_dir, OWN), other, META)
    anew = await drop.presses("Save", shown)
    assert labels(anew) == ["Save", "Discard"]
    assert "generation 2" in text(await drop.presses("Save", anew))


async def test_while_something_else_is_saved_the_button_is_offered_again(drop: Dropping) -> None:
    shown = await planned(drop, Sent(SEATS))
    with Generations(facts_folder(drop.wired.settings.data_dir, OWN)).build_path():
        waiting = await drop.presses("Save", shown)
    assert text(waiting).startswith(SAY("drop-busy"))
    assert "generation 1" in text(await drop.presses("Save", waiting))


async def test_a_plan_is_saved_once_however_often_it_is_pressed(drop: Dropping) -> None:
    shown = await planned(drop, Sent(SEATS))
    both = await asyncio.gather(*(drop.presses("Save", shown) for _ in range(2)))
    said = sorted(text(each).startswith("Saved as generation 1") for each in both)
    assert (said, drop.generation) == ([False, True], 1)
    assert text(await drop.presses("Save", shown)) == SAY("drop-gone")


async def test_discarded_files_are_deleted(drop: Dropping) -> None:
    shown = await planned(drop, Sent(SEATS))
    assert text(await drop.presses("Discard", shown)) == SAY("drop-discarded")
    assert drop.kept == []
    assert text(await drop.presses("Save", shown)) == SAY("drop-gone")


async def test_files_are_kept_for_half_an_hour(drop: Dropping) -> None:
    shown = await planned(drop, Sent(SEATS))
    drop.now.append(NOW + timedelta(minutes=31))
    assert text(await drop.presses("Save", shown)) == SAY("drop-gone")
    await drop.wired.delivery.drop.catch_up()  # type: ignore[attr-defined]  # a chore
    assert drop.kept == []


async def test_two_files_are_one_set_and_the_same_one_twice_is_no_fault(drop: Dropping) -> None:
    shown = await planned(drop, Sent(SEATS), Sent(page(used()), "use.json"), Sent(SEATS))
    assert "I read 3 files." in text(shown)
    assert "2-seats.json" in text(shown)
    assert "3 new, 0 changed, 0 known already" in text(shown)
    saved = await drop.presses("Save", shown)
    assert "generation 1, rows: 3 new" in text(saved)


async def test_one_bad_file_refuses_the_set(drop: Dropping) -> None:
    bad = Sent(page(deployed(licensesSold=-1)), "bad.json")
    shown = await drop.sends(Sent(SEATS), bad)
    assert text(shown).startswith("bad.json, row 1:")
    assert (labels(shown), drop.kept) == ([], [])


async def test_what_is_known_already_needs_no_saving(drop: Dropping) -> None:
    await drop.presses("Save", await planned(drop, Sent(SEATS)))
    again = await drop.sends(Sent(SEATS))
    assert "Nothing new: all 2 rows were known." in text(again)
    assert (labels(again), drop.kept, drop.generation) == ([], [], 1)


async def test_a_list_that_lost_most_customers_is_saved_by_a_button_that_says_so(
    drop: Dropping,
) -> None:
    await drop.presses("Save", await planned(drop, customers(range(30))))
    shown = await planned(drop, customers([1, 2]))
    assert "only 2 of the 30 rows known are in the list" in text(shown)
    assert "28 customers would count as gone: Customer 0, Customer 10," in text(shown)
    assert labels(shown) == ["Save the shorter list", "Discard"]
    saved = await drop.presses("Save the shorter list", shown)
    assert "0 new, 28 changed" in text(saved)


async def test_a_customer_less_is_named(drop: Dropping) -> None:
    await drop.presses("Save", await planned(drop, customers(range(5))))
    shown = await planned(drop, customers(range(1, 5)))
    assert "end 1 of 5 rows known (customers)" in text(shown)
    assert "1 customer would count as gone: Customer 0." in text(shown)
    assert labels(shown) == ["Save", "Discard"]


async def test_a_file_that_can_be_read_in_two_ways_is_read_as_its_sender_says(
    drop: Dropping,
) -> None:
    shown = await drop.sends(Sent(sheet(deployed(processedDateTime="03/04/2026")).encode()))
    assert labels(shown) == ["Month first", "Day first", "Discard"]
    chosen = await drop.presses("Day first", shown)
    assert "3 Apr 2026" in text(chosen) or "Apr 3, 2026" in text(chosen)
    assert "generation 1" in text(await drop.presses("Save", chosen))


async def test_words_beside_a_file_are_said_to_be_unread(drop: Dropping) -> None:
    shown = await drop.sends(Sent(SEATS), said="usage contoso")
    assert text(shown).startswith(SAY("drop-words-unread"))
    assert labels(shown) == ["Save", "Discard"]


async def test_the_plan_is_told_in_french_too(drop: Dropping) -> None:
    ask = asked("", locale="fr")
    files = [Sent(SEATS).described]
    shown = await drop.wired.delivery.ask(import_question(ask, files, drop.wired.delivery.drop))
    assert "J’ai lu 1 fichier. Rien n’est encore enregistré." in text(shown)
    assert labels(shown) == ["Enregistrer", "Supprimer"]
