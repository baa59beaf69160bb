"""A failure is told once, to whom it concerns, and a recovery too."""

import asyncio

import pytest

from bot.scheduled_posts import PostOutcome, Receipt
from handlers.backend import Outcome
from handlers.chat.accounts import AccountKind
from handlers.chat.asking import RoomKind, Via
from handlers.chat.digests import Doubt
from tests.scheduler.staging import ADA, BEN, OPS, Stage, answered
from tests.store.behind import in_sqlite

pytestmark = in_sqlite  # what is decided here has no SQL of its own

NO_DATA = answered(outcome=Outcome.REFUSED, why="no-data")


async def test_its_owner_gets_the_card_in_private_and_the_ops_room_a_word(stage: Stage) -> None:
    await stage.ops()
    stage.box.fates = [Receipt(PostOutcome.REFUSED, "room-gone")]
    await stage.run()
    card, word = stage.box.letters
    assert (card.to.person, card.to.room.kind, card.to.room.address) == (ADA, RoomKind.PRIVATE, "")
    assert (word.to.person, word.to.room) == (BEN, OPS)
    assert stage.box.said == [
        "Digest 1, /usage Contoso, was not sent as planned: its channel was gone.\n"
        "The card of the digest.",
        "Digest 1 was not sent as planned: its channel was gone.",
    ]
    asked = stage.answers.asks[-1]
    assert (asked.asker, asked.text, asked.via) == (ADA, "/digest show 1", Via.SCHEDULED)
    assert len({card.mark, word.mark}) == 2


async def test_no_customer_is_named_in_the_ops_room(stage: Stage) -> None:
    await stage.ops()
    stage.answers.answer = NO_DATA
    await stage.run()
    assert "Contoso" not in stage.box.said[-1]


async def test_where_the_owner_is_gone_the_admins_get_the_card(stage: Stage) -> None:
    stage.roster.kinds[ADA] = AccountKind.GONE
    await stage.run()
    (card,) = stage.box.letters
    assert (card.to.person, [ask.asker for ask in stage.answers.asks]) == (BEN, [BEN])


async def test_an_admin_who_is_no_member_any_more_is_told_nothing(stage: Stage) -> None:
    stage.roster.kinds = {ADA: AccountKind.GONE, BEN: AccountKind.GUEST}
    assert (await stage.run()).reason == "owner-gone"
    assert stage.box.letters == []


async def test_the_same_failure_is_told_once_and_another_again(stage: Stage) -> None:
    stage.answers.answer = NO_DATA
    await stage.run()
    await stage.next()
    assert len(stage.box.letters) == 1
    stage.box.fates = [Receipt(PostOutcome.REFUSED, "blocked")]
    stage.answers.answer = answered()
    await stage.next()
    assert "I was blocked" in stage.box.said[1]


async def test_recovery_is_told_once_in_the_ops_room(stage: Stage) -> None:
    await stage.ops()
    stage.answers.answer = NO_DATA
    await stage.run()
    stage.answers.answer = answered()
    await stage.next()
    assert stage.box.said[3] == "Digest 1 is being sent again."
    await stage.next()
    assert len(stage.box.said) == 5


async def test_what_may_not_have_arrived_is_told_too(stage: Stage) -> None:
    await stage.set(1, doubt=Doubt.LEAVE.value)
    stage.box.sees = False
    stage.box.fates = [Receipt(PostOutcome.LOST)]
    await stage.run()
    await stage.run()
    assert "I could not see whether it arrived" in stage.box.said[0]


async def test_skipped_runs_are_told_to_nobody(stage: Stage) -> None:
    await stage.ops()
    await stage.set_runs(due=stage.now().replace(year=2025))
    assert (await stage.run()).state == "skipped"
    assert stage.box.letters == []


async def test_what_a_process_did_not_come_to_tell_another_tells_once(stage: Stage) -> None:
    async def cut_off() -> None:
        raise asyncio.CancelledError

    before, stage.box.before = stage.box.before, cut_off
    stage.answers.answer = NO_DATA
    with pytest.raises(asyncio.CancelledError):
        await stage.run()
    stage.box.before = before
    await stage.job.catch_up()
    assert (await stage.told(), stage.box.letters) == ([(1, "failed", "no-data")], [])
    await stage.set_runs(at=stage.now().replace(year=2025))
    await stage.job.catch_up()
    await stage.job.catch_up()
    assert len(stage.box.letters) == 1


async def test_what_reached_nobody_stays_to_be_told(stage: Stage) -> None:
    stage.answers.answer = NO_DATA
    stage.box.fates = [Receipt(PostOutcome.LATER, wait=60), Receipt(PostOutcome.FAILED)]
    await stage.run()
    await stage.set_runs(at=stage.now().replace(year=2025))
    for letters in (0, 1, 1):
        await stage.job.catch_up()
        assert len(stage.box.letters) == letters


async def test_a_card_that_broke_says_what_happened_all_the_same(stage: Stage) -> None:
    stage.answers.answer = NO_DATA
    stage.answers.card = answered(outcome=Outcome.BROKEN, why="broken")
    await stage.run()
    (text,) = stage.box.said
    assert text == "Digest 1, /usage Contoso, was not sent as planned: there were no figures."
