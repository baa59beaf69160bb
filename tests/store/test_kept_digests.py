"""Digests in either database: all or none, once for a button pressed twice, and who was first."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, PartnerId
from bot.store.audit import Audit
from bot.store.digests import DigestStore
from handlers.chat.asking import Room, RoomKind
from handlers.chat.digest_refusals import DigestChanged, TooManyDigests
from handlers.chat.digests import Digest, DigestChange, OpsRoom, Plan, State
from tests.store.entries import ADA, BEN, LATER, NOW

RIVAL = PartnerId("rival")
PLAN = Plan("/usage 1", "/usage One", "0 9 * * 1", "UTC", "en", Room("", RoomKind.PRIVATE, OWN))
OTHER = replace(PLAN, cron="0 9 * * 2")


@pytest.fixture
def kept(engine: AsyncEngine, audit: Audit) -> DigestStore:
    return DigestStore(engine, audit, most=5)


async def test_what_is_saved_is_found_as_it_was(kept: DigestStore) -> None:
    room = Room("C1", RoomKind.GROUP, OWN)
    plan = replace(PLAN, room=room, room_name="#licences", confirms="c0ffee")
    (digest,) = await kept.save([plan], ADA, OWN, NOW)
    assert (digest.plan, digest.owner, digest.number, digest.version) == (plan, ADA, 1, 1)
    assert digest.next_due == NOW.replace(day=23, hour=9, minute=0)
    assert await kept.find(1, OWN) == digest
    assert await kept.find(1, RIVAL) is None


async def test_too_many_are_none_at_all(kept: DigestStore) -> None:
    await kept.save([replace(PLAN, cron=f"0 {hour} * * 1") for hour in range(4)], ADA, OWN, NOW)
    with pytest.raises(TooManyDigests):
        await kept.save([PLAN, OTHER], BEN, OWN, NOW)
    assert len(await kept.all(OWN)) == 4
    await kept.save([PLAN], BEN, RIVAL, NOW)


async def test_saved_twice_at_once_it_is_there_once(kept: DigestStore) -> None:
    both = [PLAN, OTHER]
    saved = await asyncio.gather(*(kept.save(both, ADA, OWN, NOW) for _ in range(4)))
    assert [[digest.number for digest in each] for each in saved] == [[1, 2]] * 4
    assert len(await kept.all(OWN)) == 2


async def test_another_persons_and_a_later_one_are_new(kept: DigestStore) -> None:
    await kept.save([PLAN], ADA, OWN, NOW)
    await kept.save([PLAN], BEN, OWN, NOW)
    await kept.save([PLAN], ADA, OWN, NOW + timedelta(seconds=11))
    assert [digest.owner for digest in await kept.all(OWN)] == [ADA, BEN, ADA]


async def test_of_two_who_change_it_the_first_is_kept(kept: DigestStore) -> None:
    (digest,) = await kept.save([PLAN], ADA, OWN, NOW)
    changes = [DigestChange(digest, who, NOW, owner=who) for who in (ADA, BEN) * 3]
    done = await asyncio.gather(*map(kept.change, changes), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Digest", *["DigestChanged"] * 5]


async def test_a_paused_one_is_not_due_and_goes_on_from_now(kept: DigestStore) -> None:
    (digest,) = await kept.save([PLAN], ADA, OWN, NOW)
    paused = await kept.change(DigestChange(digest, ADA, NOW, state=State.PAUSED))
    assert (paused.state, paused.next_due, paused.since) == (State.PAUSED, None, NOW)
    changed = await kept.change(DigestChange(paused, ADA, LATER, plan=OTHER))
    assert (changed.state, changed.next_due, changed.plan) == (State.PAUSED, None, OTHER)
    week = NOW + timedelta(days=7)
    resumed = await kept.change(DigestChange(changed, ADA, week, state=State.ACTIVE))
    assert resumed.next_due is not None
    assert resumed.next_due > week


async def test_a_number_is_never_used_twice(kept: DigestStore) -> None:
    (digest,) = await kept.save([PLAN], ADA, OWN, NOW)
    await kept.change(DigestChange(digest, ADA, NOW, state=State.ENDED))
    assert (await kept.all(OWN), await kept.find(1, OWN)) == ((), None)
    (again,) = await kept.save([PLAN], ADA, OWN, NOW)
    assert again.number == 2


async def test_one_run_by_hand_is_under_way_at_a_time(kept: DigestStore) -> None:
    (digest,) = await kept.save([PLAN], ADA, OWN, NOW)
    instants = (NOW, NOW, LATER)
    await asyncio.gather(*(kept.run_now(digest, ADA, at) for at in instants))
    (run,) = await kept.history(digest, 9)
    assert (run.number, run.by_hand) == (1, True)
    paused: Digest = await kept.change(DigestChange(digest, ADA, NOW, state=State.PAUSED))
    with pytest.raises(DigestChanged):
        await kept.run_now(paused, ADA, LATER)


async def test_the_room_that_hears_of_failures_is_one(kept: DigestStore) -> None:
    for address in ("C1", "C2"):
        ops = OpsRoom(Room(address, RoomKind.GROUP, OWN), "#ops", ADA)
        await kept.set_ops_room(OWN, ops, ADA, NOW)
    assert await kept.ops_room(OWN) == ops
    assert await kept.ops_room(RIVAL) is None
    await kept.set_ops_room(OWN, None, ADA, NOW)
    assert await kept.ops_room(OWN) is None
