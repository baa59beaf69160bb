"""Digests that two change at once, that are pressed twice, and one too many."""

import asyncio
from dataclasses import replace

from analytics.values import OWN
from bot.page.people import person
from bot.wiring import Installation
from handlers.chat.digest_refusals import DigestChanged
from handlers.chat.digests import MOST, Digest, DigestChange, State
from tests.answering.asking import asked, replied, shown
from tests.answering.digesting import PLAN, first_button, made
from tests.conftest import NOW


async def test_of_two_changes_at_once_one_is_saved_and_the_other_said(
    installation: Installation,
) -> None:
    digest = await made(installation)
    digests, by = installation.backend.digests, person("ada").ref
    wanted = [
        DigestChange(digest, by, NOW, plan=replace(PLAN, cron=f"0 {hour} * * 1"))
        for hour in range(8)
    ]
    done = await asyncio.gather(*map(digests.change, wanted), return_exceptions=True)
    assert sum(isinstance(one, Digest) for one in done) == 1
    assert sum(isinstance(one, DigestChanged) for one in done) == 7
    card = await replied(asked("/digest delete 1"), installation.backend)
    button = first_button(card)
    await replied(asked("/digest pause 1"), installation.backend)
    pressed = replace(asked(button.text), confirms=button.confirms)
    said = await replied(pressed, installation.backend)
    assert shown(said).startswith("Digest 1 has changed since you looked, so nothing was saved.")
    (after,) = await digests.all(OWN)
    assert after.state is State.PAUSED


async def test_the_fifty_first_is_refused_when_asked_for_and_when_pressed(
    installation: Installation,
) -> None:
    card = await replied(asked("/digest usage daily"), installation.backend)
    button = first_button(card)
    plans = [replace(PLAN, cron=f"0 {hour} * * {day}") for hour in range(10) for day in range(5)]
    await installation.backend.digests.save(plans, person("cleo").ref, OWN, NOW)
    pressed = replace(asked(button.text), confirms=button.confirms)
    for ask in (pressed, asked("/digest usage daily")):
        said = shown(await replied(ask, installation.backend))
        assert said.startswith("You can have 50 digests at most. Nothing was saved;")
    assert len(await installation.backend.digests.all(OWN)) == MOST
    assert shown(await replied(asked("/digest"), installation.backend)).startswith("50 digests")


async def test_a_card_whose_button_is_pressed_twice_saves_once(
    installation: Installation,
) -> None:
    card = await replied(asked("/digest usage each all daily", "cleo"), installation.backend)
    save = first_button(card)
    pressed = replace(asked(save.text, "cleo"), confirms=save.confirms)
    presses = [replied(pressed, installation.backend) for _ in range(4)]
    assert "Saved as 2 digests: 1 and 2." in str([shown(s) for s in await asyncio.gather(*presses)])
    assert [d.number for d in await installation.backend.digests.all(OWN)] == [1, 2]
    later = shown(await replied(pressed, installation.backend))
    assert later.startswith("Something on this card has changed since, so nothing was saved")
    assert "You have these already: digests 1 and 2." in later
    assert [d.number for d in await installation.backend.digests.all(OWN)] == [1, 2]


async def test_run_now_pressed_twice_makes_one_run(installation: Installation) -> None:
    digest = await made(installation)
    ask = asked("/digest run now 1")
    said = await asyncio.gather(*(replied(ask, installation.backend) for _ in range(4)))
    assert not any("went wrong" in shown(reply) for reply in said)
    assert len(await installation.backend.digests.history(digest, 9)) == 1


async def test_of_several_at_once_all_are_saved_or_none(installation: Installation) -> None:
    plans = [replace(PLAN, cron=f"0 {hour} * * {day}") for hour in range(7) for day in range(7)]
    await installation.backend.digests.save(plans, person("ada").ref, OWN, NOW)
    text = "/digest usage each contoso, fabrikam bikes daily"
    assert "50 digests at most" in shown(await replied(asked(text), installation.backend))
    assert len(await installation.backend.digests.all(OWN)) == len(plans)
