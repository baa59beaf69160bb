"""Conversation references in either database: refreshed, welcomed once, dropped whole."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery import ConversationReference
from bot.store.conversations import ConversationStore

ALONE = ConversationReference(
    "teams", "t1", "a:1", "a:1", "https://one.example/", "28:bot", "ada", "29:ada", "fr"
)
CHANNEL = ConversationReference(
    "teams", "t1", "19:c@thread.tacv2", "19:team@thread.tacv2", "https://one.example/", "28:bot"
)


@pytest.fixture
def kept(engine: AsyncEngine) -> ConversationStore:
    return ConversationStore(engine)


async def test_somebodys_conversation_is_found_by_tenant_and_id(kept: ConversationStore) -> None:
    await kept.keep(ALONE)
    await kept.keep(CHANNEL)
    assert await kept.of_person("teams", "t1", "ada") == ALONE
    assert await kept.of_person("teams", "t2", "ada") is None
    assert await kept.of_person("slack", "t1", "ada") is None
    assert await kept.groups("teams", "t1", 5) == [CHANNEL]


async def test_what_changed_is_written_over(kept: ConversationStore) -> None:
    await kept.keep(ALONE)
    moved = replace(ALONE, service_url="https://two.example/", locale="en")
    await kept.keep(moved)
    assert await kept.of_person("teams", "t1", "ada") == moved


async def test_a_room_is_found_by_its_address_in_its_own_organisation(
    kept: ConversationStore,
) -> None:
    await kept.keep(CHANNEL)
    assert await kept.at("teams", "t1", CHANNEL.address) == CHANNEL
    assert await kept.at("teams", "t2", CHANNEL.address) is None
    assert await kept.at("teams", "t1", CHANNEL.installation) is None


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ((None,), None),
        ((None, False), False),
        ((False, None), False),
        ((False, True), True),
        ((True, False), True),
        ((True, None), True),
    ],
)
async def test_what_was_shared_once_stays_so_and_what_was_never_said_is_not_known(
    kept: ConversationStore, *, said: tuple[bool | None, ...], stays: bool | None
) -> None:
    for shared in said:
        await kept.keep(replace(CHANNEL, shared=shared))
    found = await kept.at("teams", "t1", CHANNEL.address)
    assert found == replace(CHANNEL, shared=stays)


async def test_a_name_stays_until_there_is_another(kept: ConversationStore) -> None:
    for name in ("Licences", "", "Licence desk", ""):
        await kept.keep(replace(CHANNEL, name=name))
    found = await kept.at("teams", "t1", CHANNEL.address)
    assert found == replace(CHANNEL, name="Licence desk")


async def test_of_many_at_once_one_welcomes(kept: ConversationStore, another: AsyncEngine) -> None:
    others = ConversationStore(another)
    firsts = await asyncio.gather(*(k.welcome(ALONE) for k in (kept, others) * 5))
    assert sorted(firsts) == [False] * 9 + [True]


async def test_a_refreshed_conversation_was_welcomed_all_the_same(kept: ConversationStore) -> None:
    assert await kept.welcome(ALONE)
    await kept.keep(replace(ALONE, locale="en"))
    assert not await kept.welcome(ALONE)


async def test_a_removed_team_takes_its_channels_along_and_is_welcomed_anew(
    kept: ConversationStore,
) -> None:
    for found in (ALONE, CHANNEL, replace(CHANNEL, address="19:d@thread.tacv2")):
        await kept.keep(found)
    assert await kept.welcome(CHANNEL)
    await kept.drop("teams", "t2", CHANNEL.installation)
    assert len(await kept.groups("teams", "t1", 5)) == 2
    await kept.drop("teams", "t1", CHANNEL.installation)
    assert await kept.groups("teams", "t1", 5) == []
    assert await kept.of_person("teams", "t1", "ada") == ALONE
    assert await kept.welcome(CHANNEL)
