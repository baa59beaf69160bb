"""Runs are one process's at a time: leases, fences, and what is never taken."""

import asyncio
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN
from bot.runs import Claim
from bot.store.digests import DigestStore
from handlers.chat.digests import DigestChange, State
from tests.store.behind import Behind, count, in_sqlite
from tests.store.entries import ADA
from tests.store.scheduling import DAILY, Desk

MINUTE = timedelta(minutes=1)


@pytest_asyncio.fixture
async def desk(engine: AsyncEngine) -> Desk:
    """With one run due."""
    desk = Desk(engine)
    await desk.digest(due=MINUTE)
    await desk.runs.tick()
    return desk


@pytest_asyncio.fixture
async def other(another: AsyncEngine) -> Desk:
    """Another process at the same store."""
    return Desk(another)


async def claimed(desk: Desk) -> Claim:
    (claim,) = await desk.runs.claim(1, ())
    return claim


async def left(desk: Desk) -> None:
    """As if whoever claimed had gone long ago."""
    await desk.set_runs(lease_until=desk.now() - MINUTE)


async def due_at_once(desk: Desk, count: int) -> None:
    """That many more digests, all due a minute ago, whatever the time of day is."""
    many = DigestStore(desk.engine, desk.audit, most=count + 1)
    for digest in await many.save([DAILY] * count, ADA, OWN, desk.now()):
        await desk.set(digest.number, next_due=desk.now() - MINUTE)


async def test_a_claim_knows_its_digest_and_nobody_else_gets_it(desk: Desk, other: Desk) -> None:
    claim = await claimed(desk)
    assert claim.digest == await desk.digests.find(1, OWN)
    assert (claim.kind, claim.run.number, claim.fence, claim.attempts) == ("digest", 1, 1, 0)
    assert (claim.doubted, claim.figures, claim.last_sent, claim.told) == (None, "", None, "")
    assert await other.runs.claim(9, ()) == []


async def test_two_at_once_never_share(desk: Desk, other: Desk) -> None:
    await due_at_once(desk, 60)
    await desk.runs.tick()
    taken = await asyncio.gather(*(each.runs.claim(8, ()) for each in (desk, other) * 6))
    keys = [(claim.schedule, claim.run.due) for claims in taken for claim in claims]
    assert len(keys) == len({*keys}) == 61


async def test_two_ticks_at_once_make_each_run_once(desk: Desk, other: Desk) -> None:
    await due_at_once(desk, 60)
    made = await asyncio.gather(*(each.runs.tick() for each in (desk, other) * 3))
    assert (sum(made), len(await desk.rows())) == (60, 61)


async def test_the_longest_due_comes_first_and_no_more_than_asked_for(desk: Desk) -> None:
    await desk.digest(due=MINUTE * 3)
    await desk.runs.tick()
    (claim,) = await desk.runs.claim(1, ())
    assert claim.digest
    assert claim.digest.number == 2
    assert await desk.runs.claim(0, ()) == []


async def test_whose_lease_ran_out_may_do_nothing_more(desk: Desk, other: Desk) -> None:
    old = await claimed(desk)
    await left(desk)
    new = await claimed(other)
    assert new.fence == old.fence + 1
    assert not await desk.runs.begin_sending(old)
    assert not await desk.runs.renew(old)
    assert not await desk.runs.again(old, 0, burnt=True, doubted=False)
    assert await other.runs.begin_sending(new)


async def test_a_renewed_lease_holds(desk: Desk, other: Desk) -> None:
    claim = await claimed(desk)
    await left(desk)
    assert await desk.runs.renew(claim)
    assert await other.runs.claim(9, ()) == []


async def test_what_was_about_to_be_sent_is_doubted_by_the_next(desk: Desk, other: Desk) -> None:
    before = desk.now()
    claim = await claimed(desk)
    assert await desk.runs.begin_sending(claim)
    await left(desk)
    again = await claimed(other)
    assert again.doubted
    assert abs(again.doubted - before) < MINUTE


async def test_what_was_only_asked_is_not_doubted(desk: Desk) -> None:
    await claimed(desk)
    await left(desk)
    assert (await claimed(desk)).doubted is None


@pytest.mark.parametrize("doubted", [True, False])
async def test_given_back_it_waits_counts_what_was_burnt_and_keeps_the_doubt(
    desk: Desk, *, doubted: bool
) -> None:
    claim = await claimed(desk)
    assert await desk.runs.begin_sending(claim)
    assert await desk.runs.again(claim, 100, burnt=True, doubted=doubted)
    assert await desk.runs.claim(1, ()) == []
    await desk.set_runs(not_before=desk.now() - MINUTE)
    again = await claimed(desk)
    assert (again.attempts, again.fence, bool(again.doubted)) == (1, 2, doubted)


async def test_what_is_not_burnt_is_not_counted(desk: Desk) -> None:
    assert await desk.runs.again(await claimed(desk), 0, burnt=False, doubted=False)
    assert (await claimed(desk)).attempts == 0


async def test_of_a_paused_digest_nothing_is_sent_and_its_runs_are_skipped(desk: Desk) -> None:
    claim = await claimed(desk)
    digest = await desk.digests.find(1, OWN)
    assert digest
    await desk.digests.change(DigestChange(digest, ADA, desk.now(), state=State.PAUSED))
    assert not await desk.runs.begin_sending(claim)
    assert await desk.runs.again(claim, 0, burnt=False, doubted=False)
    assert await desk.runs.claim(1, ()) == []
    assert await desk.told() == [(1, "skipped", "paused")]


async def test_of_a_paused_digest_what_may_have_been_sent_is_looked_after(desk: Desk) -> None:
    claim = await claimed(desk)
    assert await desk.runs.begin_sending(claim)
    await desk.set(1, state=State.PAUSED.value)
    await left(desk)
    again = await claimed(desk)
    assert again.doubted
    assert not await desk.runs.begin_sending(again)


@in_sqlite
async def test_a_clock_that_goes_ahead_takes_nothing_from_ourselves(desk: Desk) -> None:
    claim = await claimed(desk)
    desk.ahead = timedelta(hours=1)
    assert await desk.runs.claim(9, {(claim.schedule, claim.run.due)}) == []
    (theirs,) = await desk.runs.claim(9, ())
    assert (theirs.fence, await desk.runs.begin_sending(claim)) == (2, False)


@in_sqlite
async def test_with_nothing_to_do_nobody_is_made_to_wait(desk: Desk, behind: Behind) -> None:
    await claimed(desk)
    async with desk.engine.begin():  # holds the one lock to write there is
        async with asyncio.timeout(2):
            assert await desk.runs.tick() == 0
            assert await desk.runs.claim(8, ()) == []
    assert count(behind, "occurrence") == 1
