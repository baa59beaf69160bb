"""A pressed button is a question by whoever presses it: theirs, fresh, and authorized anew."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from analytics.demo.stories import made_up_tenant
from analytics.values import OWN, PartnerId
from bot.demo_installation import NAMES, seat_people
from bot.page.people import person
from bot.settings import Settings
from bot.wiring import Installation, open_installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Via
from handlers.messages.speaker import speaker
from tests.answering.asking import Clock, asked, audited, room, shown, store_file
from tests.conftest import NOW

SAY = speaker("en")
CONTOSO = frozenset({made_up_tenant("Contoso"), made_up_tenant("Proseware")})


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest_asyncio.fixture
async def running(sample_home: Settings, clock: Clock) -> AsyncIterator[Installation]:
    """The program with a clock that moves; Ben may see two customers for an hour."""
    async with open_installation(sample_home, NAMES, clock) as wired:
        await seat_people(wired)
        hour = Grant(Role.VIEWER, OWN, CONTOSO, NOW + timedelta(hours=1), "", "operator", NOW)
        await wired.roles.give(person("ben").ref, hour)
        yield wired


async def _button(running: Installation, who: str, label: str = "Contoso") -> str:
    """The button of a customer in somebody's overview."""
    delivered = await running.delivery.ask(asked("/usage", who))
    return {choice.label: button for choice, button in delivered.buttons.items()}[label]


def _last(running: Installation) -> tuple[object, ...]:
    row = audited(store_file(running.settings))[-1]
    return tuple(row[name] for name in ("who", "via", "command", "outcome", "why"))


async def test_its_owner_gets_the_answer_and_the_audit_says_it_was_pressed(
    running: Installation,
) -> None:
    button = await _button(running, "ben")
    delivered = await running.delivery.press(button, asked("", "ben"))
    assert shown(delivered.reply).startswith("Contoso: ")
    assert _last(running) == ("page:demo:ben", "pressed", "usage", "answered", "")


async def test_it_can_be_pressed_again(running: Installation) -> None:
    button = await _button(running, "ben")
    replies = [(await running.delivery.press(button, asked("", "ben"))).reply for _ in range(2)]
    assert replies[0] == replies[1]


async def test_the_pressers_language_and_words_are_their_own(running: Installation) -> None:
    button = await _button(running, "ben")
    delivered = await running.delivery.press(button, asked("/help", "ben", locale="fr"))
    typed = await running.delivery.ask(asked("/usage contoso", "ben", locale="fr"))
    assert delivered.reply == typed.reply


@pytest.mark.parametrize("who", ["ada", "cleo"])
async def test_somebody_elses_button_shows_nothing(running: Installation, who: str) -> None:
    button = await _button(running, "ben")
    delivered = await running.delivery.press(button, asked("", who))
    assert shown(delivered.reply) == SAY("button-foreign")
    assert _last(running) == (f"page:demo:{who}", "pressed", "", "refused", "button-foreign")


async def test_a_button_of_yesterday_is_too_old(running: Installation, clock: Clock) -> None:
    button = await _button(running, "cleo")
    clock.now += timedelta(hours=24)
    delivered = await running.delivery.press(button, asked("", "cleo"))
    assert shown(delivered.reply) == SAY("button-stale")
    assert _last(running)[2:] == ("", "refused", "button-stale")


@pytest.mark.parametrize("button", ["", "x" * 43, "'; --", "\ud800", "z" * 10_000])
async def test_a_button_nobody_made_is_as_good_as_an_old_one(
    running: Installation, button: str
) -> None:
    delivered = await running.delivery.press(button, asked("", "ada"))
    assert shown(delivered.reply) == SAY("button-stale")


async def test_in_another_partners_room_the_button_is_unknown(running: Installation) -> None:
    button = await _button(running, "ben")
    elsewhere = replace(asked("", "ben"), room=room(PartnerId("rival")))
    delivered = await running.delivery.press(button, elsewhere)
    assert shown(delivered.reply) == SAY("button-stale")


async def test_what_lies_behind_a_digest_can_be_asked_for_until_it_is_said_and_not_after(
    running: Installation, clock: Clock
) -> None:
    until = NOW + timedelta(days=14)
    letter = await running.delivery.answer_digest(
        replace(asked("/usage contoso"), via=Via.SCHEDULED), until
    )
    ids = {choice.label: button for choice, button in letter.buttons.items()}
    for label, shows in (("details", "table-products"), ("follow-wrong", "report-prompt")):
        clock.now = until - timedelta(seconds=1)
        behind = await running.delivery.press(ids[SAY(label)], asked(""))
        assert SAY(shows) in shown(behind.reply)
        clock.now = until
        late = await running.delivery.press(ids[SAY(label)], asked(""))
        assert shown(late.reply) == SAY("button-stale")


async def test_who_lost_the_right_in_between_is_refused(
    running: Installation, clock: Clock
) -> None:
    button = await _button(running, "ben")
    clock.now += timedelta(hours=1)
    delivered = await running.delivery.press(button, asked("", "ben"))
    assert shown(delivered.reply).startswith(SAY("not-allowed", command="/usage"))
    assert _last(running) == ("page:demo:ben", "pressed", "usage", "refused", "not-allowed")
