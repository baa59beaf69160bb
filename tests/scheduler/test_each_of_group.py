"""A digest for each customer of a group: who is in it is asked at its hour, each of them gets one
message, and its run ends when these have.
"""

from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, TenantId
from bot.runs import PART
from bot.scheduled_posts import PostOutcome, Receipt
from bot.store.erasure import Erasure
from bot.store.tables import schedule
from handlers.backend import Outcome
from handlers.chat.digests import Digest, DigestChange, Quiet, RunState, State
from handlers.digest_parts import DigestPart, DigestParts
from tests.scheduler.letterbox import ARRIVED_ALL_THE_SAME
from tests.scheduler.staging import ADA, MINUTE, Stage, private
from tests.store.behind import in_sqlite
from tests.store.entries import SECRET

EACH = private(text="/usage each group:#1", title="/usage each group:north")
REFUSED = Receipt(PostOutcome.REFUSED, "room-gone")


def group(*names: str) -> DigestParts:
    """These customers, as the digest's owner may ask about them."""
    return DigestParts(
        tuple(
            DigestPart(TenantId(each), f"/usage {each}", f"/usage {each.title()}") for each in names
        )
    )


def refused(why: str) -> DigestParts:
    return DigestParts(outcome=Outcome.REFUSED, why=why)


@pytest_asyncio.fixture
async def stage(engine: AsyncEngine) -> Stage:
    """With a digest for each of a group of two, a minute late."""
    stage = Stage(engine)
    stage.group = group("adatum", "contoso")
    await stage.due(EACH)
    return stage


async def all_done(stage: Stage) -> None:
    """Does whatever waits, until nothing does."""
    for _ in range(20):
        await stage.set_waiting()
        claims = await stage.runs.claim(9, ())
        if not claims:
            return
        for claim in claims:
            await stage.job.run(claim)
    raise AssertionError("it never ends")


async def next_time(stage: Stage) -> None:
    """The next run of the digest, done."""
    digest = await found(stage)
    async with stage.engine.begin() as connection:
        its = schedule.update().where(schedule.c.kind == "digest")
        due = stage.now() - MINUTE / 2 + timedelta(seconds=digest.version)
        await connection.execute(its.values(next_due=due))
    await stage.runs.tick()
    await all_done(stage)


async def found(stage: Stage) -> Digest:
    digest = await stage.digests.find(1, OWN)
    assert digest is not None
    return digest


async def ends(stage: Stage) -> list[tuple[RunState, str]]:
    """State and reason of the digest's runs, the oldest first."""
    runs = await stage.digests.history(await found(stage), 9)
    return [(run.state, run.reason) for run in reversed(runs)]


def asked(stage: Stage) -> list[str]:
    """The questions that were asked at their hours."""
    return [ask.text for ask in stage.answers.asks if not ask.text.startswith("/digest")]


async def test_each_customer_gets_one_message_under_the_digests_number(stage: Stage) -> None:
    await all_done(stage)
    heads = sorted(text.split(". Due")[0] for text in stage.box.said)
    assert heads == ["Digest 1, run 1: /usage Adatum", "Digest 1, run 1: /usage Contoso"]
    assert len({letter.mark for letter in stage.box.letters}) == 2
    assert await ends(stage) == [(RunState.SENT, "")]
    (ask,) = stage.group_asks
    assert (ask.asker, ask.text) == (ADA, EACH.text)
    assert [digest.number for digest in await stage.digests.all(OWN)] == [1]


async def test_who_joins_gets_a_message_from_the_next_run_on_and_who_leaves_none(
    stage: Stage,
) -> None:
    await all_done(stage)
    stage.group = group("contoso", "fabrikam")
    await next_time(stage)
    stage.group = group("adatum", "contoso", "fabrikam")
    await next_time(stage)
    runs = asked(stage)
    assert sorted(runs[2:4]) == ["/usage contoso", "/usage fabrikam"]
    assert sorted(runs[4:]) == ["/usage adatum", "/usage contoso", "/usage fabrikam"]


async def test_a_run_that_was_left_half_done_goes_on_with_whom_the_group_held_at_its_hour(
    stage: Stage,
) -> None:
    await stage.job.run(await stage.claim())  # makes the messages due, then the process is gone
    stage.group = group("fabrikam")
    await all_done(stage)
    assert sorted(asked(stage)) == ["/usage adatum", "/usage contoso"]
    assert len(stage.group_asks) == 1


@in_sqlite
async def test_a_message_in_doubt_is_looked_for_and_no_other_comes_twice(stage: Stage) -> None:
    stage.box.fates = [ARRIVED_ALL_THE_SAME]
    await all_done(stage)
    assert len(stage.box.letters) == 2
    assert await ends(stage) == [(RunState.SENT, "")]


@in_sqlite
async def test_an_emptied_group_is_told_once_and_goes_on_once_it_holds_somebody(
    stage: Stage,
) -> None:
    stage.group = refused("group-empty")
    await all_done(stage)
    await next_time(stage)
    assert await ends(stage) == [(RunState.FAILED, "group-empty")] * 2
    (told,) = stage.box.said
    assert "its group held no customer its owner may see" in told
    assert (await found(stage)).state is State.ACTIVE
    stage.group = group("contoso")
    await next_time(stage)
    assert asked(stage) == ["/usage contoso"]


@in_sqlite
@pytest.mark.parametrize(
    ("why", "reason", "state"),
    [
        ("group-gone", "group-gone", State.PAUSED),
        ("digest-each-many", "group-many", State.ACTIVE),
        ("not-allowed", "right-lost", State.PAUSED),
        ("no-data", "no-data", State.ACTIVE),
    ],
)
async def test_without_a_message_the_run_says_why_and_nothing_is_sent(
    stage: Stage, why: str, reason: str, state: State
) -> None:
    stage.group = refused(why)
    await all_done(stage)
    assert await ends(stage) == [(RunState.FAILED, reason)]
    assert (await found(stage)).state is state
    assert (stage.box.runs, len(stage.box.said)) == ([], 1)


async def test_what_is_not_sent_when_somebody_pauses_the_digest_is_not_sent(stage: Stage) -> None:
    await stage.job.run(await stage.claim())
    paused = DigestChange(await found(stage), ADA, stage.now(), state=State.PAUSED)
    await stage.digests.change(paused)
    await all_done(stage)
    assert stage.box.letters == []
    assert await ends(stage) == [(RunState.SKIPPED, "paused")]


@in_sqlite
async def test_a_digest_that_changed_while_the_group_was_looked_up_is_looked_up_anew(
    stage: Stage,
) -> None:
    claim = await stage.claim()
    await stage.digests.change(DigestChange(await found(stage), ADA, stage.now(), plan=EACH))
    await stage.job.run(claim)
    assert await stage.runs.part_runs(claim) == ()


@in_sqlite
async def test_one_message_that_fails_is_told_once_and_stops_nothing(stage: Stage) -> None:
    stage.box.fates = [REFUSED]
    await all_done(stage)
    assert await ends(stage) == [(RunState.FAILED, "each-some")]
    assert (await found(stage)).state is State.ACTIVE
    told = [text for text in stage.box.said if "not every customer of its group" in text]
    assert (len(told), len(stage.box.runs)) == (1, 1)


@in_sqlite
async def test_a_room_that_is_gone_for_every_message_stops_the_digest(stage: Stage) -> None:
    stage.box.fates = [REFUSED, REFUSED]
    await all_done(stage)
    assert await ends(stage) == [(RunState.FAILED, "room-gone")]
    assert ((await found(stage)).state, (await found(stage)).reason) == (State.BROKEN, "room-gone")


@in_sqlite
async def test_quiet_is_each_customers_own(engine: AsyncEngine) -> None:
    stage = Stage(engine)
    stage.group = group("contoso")
    await stage.due(private(text=EACH.text, title=EACH.title, quiet=Quiet.SILENT))
    await all_done(stage)
    stage.group = group("adatum", "contoso")
    await next_time(stage)
    await next_time(stage)
    assert len(stage.box.runs) == 2
    sent, skipped = (RunState.SENT, ""), (RunState.SKIPPED, "unchanged")
    assert await ends(stage) == [sent, sent, skipped]


@in_sqlite
async def test_an_erased_customer_leaves_the_store_and_the_others_get_their_messages(
    stage: Stage,
) -> None:
    await stage.job.run(await stage.claim())
    await Erasure(stage.engine, SECRET, OWN).customer(TenantId("contoso"), (), 0, stage.now())
    await all_done(stage)
    async with stage.engine.connect() as connection:
        kept = await connection.execute(select(schedule.c.member).where(schedule.c.kind == PART))
        assert [*kept.scalars()] == ["adatum"]
    assert (asked(stage), await ends(stage)) == (["/usage adatum"], [(RunState.SENT, "")])
