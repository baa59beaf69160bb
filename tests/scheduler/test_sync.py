"""The daily sync: once a day, in a process of its own; and who is told what its sign-in needs."""

from datetime import datetime, time, timedelta

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.sources.partner_center.page_model import SignIn
from analytics.values import OWN
from bot.scheduled_posts import PostOutcome, Receipt
from bot.scheduler.admin_notices import AdminNotices, NoticeDeps
from bot.scheduler.sync_job import BUSY, DONE, FAILED, INCOMPLETE, SyncDeps, SyncFailed, SyncJob
from bot.store.schedule.daily_job import SYNC, keep_daily
from handlers.chat.reply import Paragraph
from handlers.messages.speaker import speaker
from tests.scheduler.staging import BEN, OPS, Stage

AT = time(5, 30)


class Needing:
    """Sign-ins of which one needs a person, until it is said."""

    def __init__(self, why: str = "") -> None:
        self.why = why
        self.told: list[str] = []

    async def untold_troubles(self, now: datetime) -> list[tuple[SignIn, str]]:
        return [(SignIn.PARTNER, self.why)] if self.why and not self.told else []

    async def mark_told(self, which: SignIn, why: str) -> None:
        self.told.append(why)


class Syncing(Stage):
    """A stage with the sync's job on it."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self.code = DONE
        self.times = 0
        self.needing = Needing()
        telling = (self.digests, self.roster, self.roster, self.posters, speaker, self.now, OWN)
        notices = AdminNotices(NoticeDeps(*telling))
        lent = (self.runs, self.once, self.needing, notices, self.now, self.metrics)
        self.observed = 0
        self.sync = SyncJob(SyncDeps(*lent, self.observe, self.beat))

    async def observe(self) -> None:
        self.observed += 1

    async def once(self) -> int:
        self.times += 1
        return self.code

    async def due_now(self) -> None:
        await keep_daily(self.engine, SYNC, OWN, AT, self.now())
        await self.set(1, next_due=self.now() - timedelta(minutes=1))
        await self.runs.tick()


@pytest_asyncio.fixture
async def stage(engine: AsyncEngine) -> Syncing:
    return Syncing(engine)


async def test_it_is_due_each_day_at_its_hour_and_kept_once(stage: Syncing) -> None:
    for _ in range(2):
        await keep_daily(stage.engine, SYNC, OWN, AT, stage.now())
    row = await stage.row(1)
    assert (row.kind, row.cron, row.zone) == ("sync", "30 5 * * *", "UTC")
    assert (row.next_due.hour, row.next_due.minute) == (5, 30)
    assert stage.now() < row.next_due <= stage.now() + timedelta(days=1)


async def test_another_hour_moves_it_and_none_pauses_it(stage: Syncing) -> None:
    await keep_daily(stage.engine, SYNC, OWN, AT, stage.now())
    await keep_daily(stage.engine, SYNC, OWN, time(23, 5), stage.now())
    assert ((await stage.row(1)).next_due.hour, (await stage.row(1)).cron) == (23, "5 23 * * *")
    await keep_daily(stage.engine, SYNC, OWN, None, stage.now())
    assert ((await stage.row(1)).state, (await stage.row(1)).next_due) == ("paused", None)
    await keep_daily(stage.engine, SYNC, OWN, AT, stage.now())
    assert (await stage.row(1)).state == "active"


async def test_without_a_connection_there_is_none(stage: Syncing) -> None:
    await keep_daily(stage.engine, SYNC, OWN, None, stage.now())
    assert await stage.digests.all(OWN) == ()


async def test_it_is_nobodys_digest(stage: Syncing) -> None:
    await stage.due_now()
    assert await stage.digests.all(OWN) == ()
    claim = await stage.claim()
    assert (claim.kind, claim.digest) == ("sync", None)


@pytest.mark.parametrize("code", [DONE, INCOMPLETE])
async def test_a_sync_that_published_ends_its_run(stage: Syncing, code: int) -> None:
    await stage.due_now()
    stage.code = code
    await stage.sync.run(await stage.claim())
    assert (stage.times, [row.state for row in await stage.rows()]) == (1, ["sent"])
    assert stage.observed == 1


async def test_one_that_failed_is_tried_again(stage: Syncing) -> None:
    await stage.due_now()
    stage.code = FAILED
    with pytest.raises(SyncFailed):
        await stage.sync.run(await stage.claim())


async def test_while_another_process_syncs_it_waits_without_burning_a_try(stage: Syncing) -> None:
    await stage.due_now()
    stage.code = BUSY
    await stage.sync.run(await stage.claim())
    (row,) = await stage.rows()
    assert (row.state, row.attempts) == ("pending", 0)
    assert row.not_before > stage.now() + timedelta(seconds=50)


async def test_what_a_sign_in_needs_is_told_to_admins_and_the_ops_room_once(
    stage: Syncing,
) -> None:
    await stage.ops()
    stage.needing.why = "mfa-missing"
    for _ in range(2):
        await stage.sync.catch_up()
    told = stage.box.letters
    assert [(each.to.person, each.to.room) for each in told][1] == (BEN, OPS)
    assert told[0].to.person == BEN
    assert told[0].to.room.address == ""
    english, french = told[0].delivered.reply.parts
    assert isinstance(english, Paragraph)
    assert isinstance(french, Paragraph)
    assert english.text.endswith("seatwise connect")
    assert "900421" in english.text
    assert "multifacteur" in french.text
    assert len({letter.mark for letter in told}) == len(told) == 2


async def test_what_reached_nobody_stays_to_be_told(stage: Syncing) -> None:
    stage.needing.why = "sign-in-refused"
    stage.box.fates = [Receipt(PostOutcome.LATER, wait=60)]
    await stage.sync.catch_up()
    assert stage.needing.told == []
    await stage.sync.catch_up()
    assert stage.needing.told == ["sign-in-refused"]
