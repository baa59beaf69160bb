"""What a room's readers may not see of money and persons is left out for all of them, and said."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from analytics.demo.pages import CLEO_SEES
from analytics.values import Customer
from analytics.warehouse.facts import Facts
from bot.wiring import Installation
from handlers import answer as answering
from handlers import refusal_replies
from handlers.chat.access import Permission
from handlers.chat.asking import Reach
from handlers.chat.command import Command, Request, Shown
from handlers.chat.reply import Audience, Paragraph, Reply, Safe
from handlers.chat.services import Say, Services
from tests.rooms.gathering import Gathering, Talk, gathered, words

LEFT_OUT = "Left out here, since not everybody in this channel may see it: people’s names."


@dataclass(frozen=True)
class Args:
    customer: Customer


def _members(facts: Facts, customer: Customer) -> tuple[str, bool]:
    """Reads persons, of a dataset that never came; whether the reader would have seen them."""
    facts.rows("SELECT member_name FROM {role_members}")
    return customer.name, facts.sight.persons


async def _ask(request: Request[Args], services: Services) -> tuple[str, bool]:
    return await services.data.of(request.args.customer, _members)


def _tell(result: tuple[str, bool], _say: Say) -> Reply:
    name, named = result
    line = Paragraph(f"{name}: {'with' if named else 'without'} names.")
    return Reply((line,), Audience.ROOM, safe=Safe((line,), f"/members {name}"))


MEMBERS: Command[Any, Any] = Command(
    name="members",
    args=Args,
    needs=Permission.SEE_SEATS,
    ask=_ask,
    tell=_tell,
    shown=Shown(rank=99),
    example="/members",
)


@pytest.fixture
def talk(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Talk:
    commands = {**answering.BY_NAME, MEMBERS.name: MEMBERS}
    for module in (answering, refusal_replies):
        monkeypatch.setattr(module, "BY_NAME", commands)
    return gathered(installation, Gathering(members=("ada", "cleo")))


async def test_persons_are_left_out_where_one_reader_may_not_see_them(talk: Talk) -> None:
    said = await talk.asks("ada", "/members contoso", Reach.ALOUD)
    assert (said.reply.audience, said.why) == (Audience.ROOM, "")
    assert words(said) == f"Contoso: without names.\n\n{LEFT_OUT}"


async def test_alone_the_asker_sees_them(talk: Talk) -> None:
    said = await talk.asks("ada", "/members contoso", Reach.ASKER)
    assert words(said).startswith("Contoso: with names.")


async def test_shared_later_they_are_left_out_too(talk: Talk) -> None:
    said = await talk.asks("ada", "/members contoso", Reach.ROOM)
    assert said.reply.audience is Audience.ROOM
    assert "Contoso: without names." in words(said)
    assert LEFT_OUT in words(said)


async def test_a_safe_summary_is_made_without_them(talk: Talk) -> None:
    said = await talk.asks("ada", "/members wide world importers", Reach.SAFE)
    assert said.reply.audience is Audience.ROOM
    assert "without names" in words(said)


async def test_where_a_reader_may_not_see_the_customer_nothing_is_shown(talk: Talk) -> None:
    said = await talk.asks("ada", "/members wide world importers", Reach.ALOUD)
    assert (said.reply.audience, said.why) == (Audience.ASKER, "room-others")
    assert words(said).startswith("Wide World Importers: with names.")
    assert LEFT_OUT not in words(said)


async def test_whoever_may_see_all_of_it_misses_nothing(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "BY_NAME", {MEMBERS.name: MEMBERS})
    alone = gathered(installation, Gathering(members=("ada",)))
    said = await alone.asks("ada", "/members contoso", Reach.ALOUD)
    assert (said.reply.audience, words(said)) == (Audience.ROOM, "Contoso: with names.")


async def test_a_reader_without_the_right_asks_without_them(talk: Talk) -> None:
    said = await talk.asks("cleo", f"/members {CLEO_SEES[0]}", Reach.ASKER)
    assert words(said).startswith("Contoso: without names.")


async def test_a_customer_has_to_be_named_where_the_command_is_about_one(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(answering.BY_NAME, "usage", replace(MEMBERS, name="usage"))
    said = await talk.asks("ada", "/usage", Reach.ASKER)
    usage = "/usage [customer] [product or workload] [period]"
    assert words(said) == f"Which customer? Write it like this: {usage}"
