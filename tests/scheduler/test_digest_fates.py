"""What becomes of a run by what becomes of its message, and where nobody can say."""

from datetime import timedelta

import pytest

from bot.scheduled_posts import FoundPost, PostOutcome, Presence, Receipt
from handlers.chat.digests import Doubt, State
from tests.scheduler.letterbox import ARRIVED_ALL_THE_SAME
from tests.scheduler.staging import Stage
from tests.store.behind import in_sqlite

pytestmark = in_sqlite  # what is decided here has no SQL of its own

FAILED = Receipt(PostOutcome.FAILED)
LOST = Receipt(PostOutcome.LOST)


async def waits(stage: Stage) -> list[int]:
    """Seconds from now until each run that waits is tried again."""
    rows = await stage.rows()
    return [round((row.not_before - stage.now()).total_seconds()) for row in rows]


async def test_refused_for_good_breaks_the_digest_and_nothing_is_tried_again(stage: Stage) -> None:
    stage.box.fates = [Receipt(PostOutcome.REFUSED, "room-archived")]
    row = await stage.run()
    assert (row.state, row.reason) == ("failed", "room-archived")
    schedule = await stage.row()
    assert (schedule.state, schedule.reason, schedule.next_due) == ("broken", "room-archived", None)


async def test_turned_away_it_waits_as_long_as_it_is_told_and_burns_nothing(stage: Stage) -> None:
    stage.box.fates = [Receipt(PostOutcome.LATER, wait=77)] * 9
    for _ in range(9):
        row = await stage.run()
        assert (row.state, row.attempts) == ("pending", 0)
        assert await waits(stage) in ([76], [77])
    assert (await stage.run()).state == "sent"
    assert stage.box.looked == []


async def test_what_did_not_arrive_is_tried_four_times_more_ever_later(stage: Stage) -> None:
    stage.box.fates = [FAILED] * 9
    found = []
    for _ in range(4):
        assert (await stage.run()).state == "pending"
        found += await waits(stage)
    assert [wait + 1 >= wanted for wait, wanted in zip(found, (5, 30, 120, 480), strict=True)]
    assert found == sorted(found)
    row = await stage.run()
    assert (row.state, row.reason, (await stage.row()).state) == ("failed", "gave-up", "active")
    assert stage.box.looked == []


async def test_a_lost_answer_is_looked_for_and_not_sent_again(stage: Stage) -> None:
    stage.box.fates = [ARRIVED_ALL_THE_SAME]
    assert (await stage.run()).state == "pending"
    row = await stage.run()
    assert (row.state, row.message, row.repeated, len(stage.box.runs)) == (
        "sent",
        "M1",
        False,
        1,
    )
    assert abs(stage.box.looked[0] - stage.now()) < timedelta(minutes=1)


async def test_what_is_looked_for_and_absent_is_sent_without_a_word(stage: Stage) -> None:
    stage.box.fates = [LOST]
    await stage.run()
    row = await stage.run()
    assert (row.state, row.repeated) == ("sent", False)
    assert "repeat" not in stage.box.said[0]


async def test_while_nobody_may_look_it_waits_and_stays_doubted(stage: Stage) -> None:
    stage.box.fates = [ARRIVED_ALL_THE_SAME]
    stage.box.looks = [FoundPost(Presence.LATER, wait=60)]
    await stage.run()
    row = await stage.run()
    assert (row.state, row.attempts, await waits(stage) in ([59], [60])) == ("pending", 1, True)
    assert ((await stage.run()).state, len(stage.box.runs)) == ("sent", 1)


async def test_where_nobody_can_look_it_is_sent_again_and_says_so(stage: Stage) -> None:
    stage.box.sees = False
    stage.box.fates = [ARRIVED_ALL_THE_SAME]
    await stage.run()
    row = await stage.run()
    assert (row.state, row.repeated) == ("sent", True)
    first, second = stage.box.said
    assert "repeat" not in first
    assert "This may be a repeat: I cannot see whether run 1 had already arrived." in second
    assert stage.box.letters[0].mark == stage.box.letters[1].mark


async def test_or_it_is_left_where_its_plan_says_so(stage: Stage) -> None:
    await stage.set(1, doubt=Doubt.LEAVE.value)
    stage.box.sees = False
    stage.box.fates = [ARRIVED_ALL_THE_SAME]
    await stage.run()
    row = await stage.run()
    assert (row.state, row.reason, len(stage.box.runs)) == ("unknown", "unseen", 1)


@pytest.mark.parametrize(
    ("sees", "ended"), [(True, ("failed", "gave-up")), (False, ("unknown", "unseen"))]
)
async def test_lost_again_and_again_is_given_up_but_looked_for_before(
    stage: Stage, *, sees: bool, ended: tuple[str, str]
) -> None:
    stage.box.sees = sees
    stage.box.fates = [LOST] * 9
    for _ in range(5):
        assert (await stage.run()).state == "pending"
    row = await stage.run()
    asked = [ask for ask in stage.answers.asks if ask.text == "/usage contoso"]
    assert (row.state, row.reason, len(asked)) == (*ended, 5)


async def test_a_repeat_that_was_turned_away_is_still_a_repeat(stage: Stage) -> None:
    stage.box.sees = False
    stage.box.fates = [ARRIVED_ALL_THE_SAME, Receipt(PostOutcome.LATER, wait=9), FAILED]
    for _ in range(3):
        await stage.run()
    assert (await stage.run()).repeated
    assert "This may be a repeat" in stage.box.said[1]


async def test_a_repeat_that_fails_for_good_may_have_arrived_before(stage: Stage) -> None:
    stage.box.sees = False
    stage.box.fates = [ARRIVED_ALL_THE_SAME, Receipt(PostOutcome.REFUSED, "blocked")]
    await stage.run()
    row = await stage.run()
    assert (row.state, row.reason, (await stage.row()).state) == ("unknown", "blocked", "broken")


async def test_paused_between_asking_and_sending_nothing_is_sent(stage: Stage) -> None:
    async def paused() -> None:
        await stage.set(1, state=State.PAUSED.value)

    stage.box.before = paused
    assert (await stage.run()).state == "pending"
    await stage.set_waiting()
    assert await stage.runs.claim(1, ()) == []
    assert (await stage.told(), stage.box.runs) == ([(1, "skipped", "paused")], [])


@pytest.mark.parametrize(
    ("fate", "sees", "ended"),
    [
        (ARRIVED_ALL_THE_SAME, True, ("sent", "")),
        (LOST, True, ("skipped", "paused")),
        (LOST, False, ("unknown", "unseen")),
    ],
)
async def test_paused_after_a_lost_answer_it_is_only_found_out(
    stage: Stage, *, fate: Receipt, sees: bool, ended: tuple[str, str]
) -> None:
    stage.box.sees, stage.box.fates = sees, [fate]
    await stage.run()
    await stage.set(1, state=State.PAUSED.value)
    count = len(stage.box.runs)
    row = await stage.run()
    assert (row.state, row.reason, len(stage.box.runs)) == (*ended, count)


async def test_without_its_platform_it_waits_until_its_grace_is_over(stage: Stage) -> None:
    del stage.posters["slack"]
    row = await stage.run()
    assert (row.state, row.attempts, stage.answers.asks) == ("pending", 0, [])
    await stage.set_runs(due=stage.now() - timedelta(hours=13))
    row = await stage.run()
    assert (row.state, row.reason) == ("failed", "gave-up")
