"""Buttons' questions: found while they last, by nobody's guess, at their own partner."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import PartnerId
from bot.delivery import Origin, Saved
from bot.store.buttons import BEHIND, LASTS, LONGEST, ButtonStore
from handlers.chat.asking import Reach, View
from handlers.chat.reply import Choice
from tests.store.behind import Behind
from tests.store.entries import ADA, NOW, question

PRESSED = question("")
NEWEST = Origin(None)
CONTOSO = Choice("Contoso", "/usage contoso")
FABRIKAM = Choice("Fabrikam", "/usage fabrikam")


def _saved(text: str, confirms: str = "") -> Saved:
    """What Ada's button asks, made in the room of the question."""
    return Saved(text, ADA, confirms, room=PRESSED.room.address)


@pytest.fixture
def asks(engine: AsyncEngine) -> ButtonStore:
    return ButtonStore(engine)


async def test_a_button_asks_what_was_saved_and_names_its_owner(asks: ButtonStore) -> None:
    first, second = await asks.save(question(), [CONTOSO, FABRIKAM], NEWEST, NOW)
    found = [await asks.find(button, PRESSED, NOW) for button in (first, second)]
    assert found == [_saved("/usage contoso"), _saved("/usage fabrikam")]


@pytest.mark.parametrize("button", ["' OR 1=1 --", "\0", "é", "\ud800", "a" * 70000, ""])
async def test_an_id_nobody_gave_out_finds_nothing(asks: ButtonStore, button: str) -> None:
    await asks.save(question(), [CONTOSO], NEWEST, NOW)
    assert await asks.find(button, PRESSED, NOW) is None


async def test_a_name_that_no_database_can_keep_does_not_stop_the_button(asks: ButtonStore) -> None:
    hostile = Choice("Evil", "/usage e\0v\ud800il")
    (button,) = await asks.save(question(), [hostile], NEWEST, NOW)
    assert await asks.find(button, PRESSED, NOW) == _saved("/usage e\ufffdv?il")


async def test_a_button_keeps_what_it_confirms(asks: ButtonStore) -> None:
    (button,) = await asks.save(question(), [Choice("Grant", "/grant x", "f00d")], NEWEST, NOW)
    assert await asks.find(button, PRESSED, NOW) == _saved("/grant x", "f00d")


async def test_a_button_keeps_how_far_it_reaches_where_it_was_made_and_who_may_press_it(
    asks: ButtonStore,
) -> None:
    share = Choice("Share", "/usage x", "", Reach.ANYWAY, by_reader=True)
    (button,) = await asks.save(question(), [share], NEWEST, NOW)
    wanted = Saved("/usage x", ADA, "", Reach.ANYWAY, PRESSED.room.address, by_reader=True)
    assert await asks.find(button, PRESSED, NOW) == wanted


async def test_ids_are_too_long_to_guess_and_never_alike(asks: ButtonStore) -> None:
    ids = await asks.save(question(), [CONTOSO] * 50, NEWEST, NOW)
    assert {len(button) for button in ids} == {43}
    assert len(set(ids)) == 50


async def test_another_partners_room_does_not_know_the_button(asks: ButtonStore) -> None:
    (button,) = await asks.save(question(), [CONTOSO], NEWEST, NOW)
    elsewhere = question("", partner=PartnerId("rival"))
    assert await asks.find(button, elsewhere, NOW) is None


async def test_a_button_lasts_a_day_to_the_instant(asks: ButtonStore) -> None:
    (button,) = await asks.save(question(), [CONTOSO], NEWEST, NOW)
    just_before = await asks.find(button, PRESSED, NOW + LASTS - timedelta(microseconds=1))
    assert just_before == _saved("/usage contoso")
    assert await asks.find(button, PRESSED, NOW + timedelta(hours=24)) is None


@pytest.mark.parametrize(
    ("wanted", "lasts"),
    [
        (timedelta(hours=1), LASTS),
        (timedelta(days=30), timedelta(days=30)),
        (timedelta(days=900), LONGEST),
    ],
)
async def test_a_button_that_agrees_to_what_is_looked_at_again_lasts_as_long_as_it_says(
    asks: ButtonStore, wanted: timedelta, lasts: timedelta
) -> None:
    (button,) = await asks.save(question(), [replace(CONTOSO, lasts=NOW + wanted)], NEWEST, NOW)
    just_before = NOW + lasts - timedelta(microseconds=1)
    assert await asks.find(button, PRESSED, just_before) == _saved("/usage contoso")
    assert await asks.find(button, PRESSED, NOW + lasts) is None


def _behind(view: View) -> Saved:
    """What a button for the other side of Ada's answer asks, of generation 7."""
    room = PRESSED.room.address
    return Saved("/usage contoso", ADA, room=room, by_reader=True, view=view, generation=7)


@pytest.mark.parametrize("view", [View.DETAILS, View.REPORT])
async def test_a_button_for_what_lies_behind_keeps_the_side_and_the_generation_of_its_answer(
    asks: ButtonStore, view: View
) -> None:
    choice = Choice("Details", "/usage contoso", by_reader=True, view=view)
    kept = [choice, replace(CONTOSO, by_reader=True)]
    behind, again = await asks.save(question(), kept, Origin(7), NOW)
    assert await asks.find(behind, PRESSED, NOW) == _behind(view)
    assert await asks.find(again, PRESSED, NOW) == replace(_saved("/usage contoso"), by_reader=True)


@pytest.mark.parametrize("view", [View.DETAILS, View.REPORT])
@pytest.mark.parametrize(
    ("until", "lasts"), [(None, BEHIND), (NOW + timedelta(days=14), timedelta(days=14))]
)
async def test_what_lies_behind_can_be_asked_for_longer_to_the_instant(
    asks: ButtonStore, view: View, until: datetime | None, lasts: timedelta
) -> None:
    choice = Choice("Details", "/usage contoso", by_reader=True, view=view)
    (button, day) = await asks.save(question(), [choice, CONTOSO], Origin(7, until), NOW)
    just_before = NOW + lasts - timedelta(microseconds=1)
    assert await asks.find(button, PRESSED, just_before) == _behind(view)
    assert await asks.find(button, PRESSED, NOW + lasts) is None
    assert await asks.find(day, PRESSED, NOW + LASTS) is None


async def test_what_has_run_out_is_swept_with_the_next_button(
    asks: ButtonStore, behind: Behind
) -> None:
    await asks.save(question(), [CONTOSO] * 3, NEWEST, NOW)
    await asks.save(question(), [FABRIKAM], NEWEST, NOW + LASTS)
    assert behind.rows("SELECT text FROM saved_ask") == [("/usage fabrikam",)]
