"""Buttons' questions: found while they last, by nobody's guess, at their own partner."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import PartnerId
from bot.delivery import Saved
from bot.store.buttons import LASTS, ButtonStore
from handlers.chat.asking import Reach
from handlers.chat.reply import Choice
from tests.store.behind import Behind
from tests.store.entries import ADA, NOW, question

PRESSED = question("")
CONTOSO = Choice("Contoso", "/usage contoso")
FABRIKAM = Choice("Fabrikam", "/usage fabrikam")


def _saved(text: str, confirms: str = "") -> Saved:
    """What Ada's button asks, made in the room of the question."""
    return Saved(text, ADA, confirms, room=PRESSED.room.address)


@pytest.fixture
def asks(engine: AsyncEngine) -> ButtonStore:
    return ButtonStore(engine)


async def test_a_button_asks_what_was_saved_and_names_its_owner(asks: ButtonStore) -> None:
    first, second = await asks.save(question(), [CONTOSO, FABRIKAM], NOW)
    found = [await asks.find(button, PRESSED, NOW) for button in (first, second)]
    assert found == [_saved("/usage contoso"), _saved("/usage fabrikam")]


@pytest.mark.parametrize("button", ["' OR 1=1 --", "\0", "é", "\ud800", "a" * 70000, ""])
async def test_an_id_nobody_gave_out_finds_nothing(asks: ButtonStore, button: str) -> None:
    await asks.save(question(), [CONTOSO], NOW)
    assert await asks.find(button, PRESSED, NOW) is None


async def test_a_name_that_no_database_can_keep_does_not_stop_the_button(asks: ButtonStore) -> None:
    hostile = Choice("Evil", "/usage e\0v\ud800il")
    (button,) = await asks.save(question(), [hostile], NOW)
    assert await asks.find(button, PRESSED, NOW) == _saved("/usage e\ufffdv?il")


async def test_a_button_keeps_what_it_confirms(asks: ButtonStore) -> None:
    (button,) = await asks.save(question(), [Choice("Grant", "/grant x", "f00d")], NOW)
    assert await asks.find(button, PRESSED, NOW) == _saved("/grant x", "f00d")


async def test_a_button_keeps_how_far_it_reaches_where_it_was_made_and_who_may_press_it(
    asks: ButtonStore,
) -> None:
    share = Choice("Share", "/usage x", "", Reach.ANYWAY, by_reader=True)
    (button,) = await asks.save(question(), [share], NOW)
    wanted = Saved("/usage x", ADA, "", Reach.ANYWAY, PRESSED.room.address, by_reader=True)
    assert await asks.find(button, PRESSED, NOW) == wanted


async def test_ids_are_too_long_to_guess_and_never_alike(asks: ButtonStore) -> None:
    ids = await asks.save(question(), [CONTOSO] * 50, NOW)
    assert {len(button) for button in ids} == {43}
    assert len(set(ids)) == 50


async def test_another_partners_room_does_not_know_the_button(asks: ButtonStore) -> None:
    (button,) = await asks.save(question(), [CONTOSO], NOW)
    elsewhere = question("", partner=PartnerId("rival"))
    assert await asks.find(button, elsewhere, NOW) is None


async def test_a_button_lasts_a_day_to_the_instant(asks: ButtonStore) -> None:
    (button,) = await asks.save(question(), [CONTOSO], NOW)
    just_before = await asks.find(button, PRESSED, NOW + LASTS - timedelta(microseconds=1))
    assert just_before == _saved("/usage contoso")
    assert await asks.find(button, PRESSED, NOW + timedelta(hours=24)) is None


async def test_what_has_run_out_is_swept_with_the_next_button(
    asks: ButtonStore, behind: Behind
) -> None:
    await asks.save(question(), [CONTOSO] * 3, NOW)
    await asks.save(question(), [FABRIKAM], NOW + LASTS)
    assert behind.rows("SELECT text FROM saved_ask") == [("/usage fabrikam",)]
