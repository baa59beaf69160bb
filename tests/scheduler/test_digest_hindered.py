"""What keeps a digest from being asked, answered or shown, and what becomes of it then."""

from datetime import timedelta

import pytest

from handlers.backend import Outcome
from handlers.chat.accounts import AccountKind, Recency
from tests.scheduler.staging import ADA, Stage, answered
from tests.store.behind import in_sqlite

pytestmark = in_sqlite  # what is decided here has no SQL of its own


async def ended(stage: Stage) -> tuple[str, str, str, str]:
    """State and reason of the run, and of the schedule."""
    row = await stage.run()
    schedule = await stage.row()
    return row.state, row.reason, schedule.state, schedule.reason


@pytest.mark.parametrize("kind", [kind for kind in AccountKind if kind is not AccountKind.MEMBER])
async def test_without_its_owner_it_is_paused_with_the_true_reason_and_not_asked(
    stage: Stage, kind: AccountKind
) -> None:
    stage.roster.kinds[ADA] = kind
    reason = f"owner-{kind.value}"
    assert await ended(stage) == ("failed", reason, "paused", reason)
    assert "/usage contoso" not in [ask.text for ask in stage.answers.asks]


@pytest.mark.parametrize("said", [Recency.LATELY, Recency.NEVER])
async def test_where_nobody_says_who_the_owner_is_now_it_waits(stage: Stage, said: Recency) -> None:
    stage.roster.said = said
    for _ in range(6):
        assert await ended(stage) == ("pending", "", "active", "")
    assert "/usage contoso" not in [ask.text for ask in stage.answers.asks]
    stage.roster.said = Recency.NOW
    assert (await ended(stage))[0] == "sent"


async def test_what_waited_for_that_until_its_hour_was_over_says_so(stage: Stage) -> None:
    stage.roster.said = Recency.NEVER
    await ended(stage)
    await stage.set_runs(due=stage.now() - timedelta(days=2))
    assert await ended(stage) == ("failed", "owner-unconfirmed", "active", "")


@pytest.mark.parametrize("what", ["asker", "digest"])
async def test_an_owner_of_whom_that_was_sure_a_moment_ago_is_waited_for(
    stage: Stage, what: str
) -> None:
    stage.answers.answer = answered(outcome=Outcome.REFUSED, why=f"{what}-unconfirmed")
    assert await ended(stage) == ("pending", "", "active", "")


async def test_an_owner_who_became_a_guest_that_moment_is_the_reason(stage: Stage) -> None:
    stage.answers.answer = answered(outcome=Outcome.REFUSED, why="asker-guest")
    assert await ended(stage) == ("failed", "owner-guest", "paused", "owner-guest")


async def test_a_room_whose_holders_nobody_confirms_fails_with_that_reason(stage: Stage) -> None:
    await stage.set(1, room="C1", room_kind="group", reach="room")
    stage.answers.answer = answered(why="room-unconfirmed")
    for _ in range(3):
        assert (await ended(stage))[0] == "pending"
    assert await ended(stage) == ("failed", "room-unconfirmed", "active", "")


@pytest.mark.parametrize(
    ("why", "run", "schedule", "reason"),
    [
        ("not-allowed", "right-lost", "paused", "right-lost"),
        ("no-data", "no-data", "active", ""),
        ("unknown-customer", "question-refused", "paused", "question-refused"),
    ],
)
async def test_a_refused_question_fails_and_what_will_not_mend_by_itself_is_paused(
    stage: Stage, why: str, run: str, schedule: str, reason: str
) -> None:
    stage.answers.answer = answered(outcome=Outcome.REFUSED, why=why)
    assert await ended(stage) == ("failed", run, schedule, reason)


@pytest.mark.parametrize(
    ("why", "reason"),
    [("ZeroDivisionError", "broken"), ("too-slow", "too-slow"), ("not-audited", "not-audited")],
)
async def test_a_broken_question_is_asked_three_times_more(
    stage: Stage, why: str, reason: str
) -> None:
    stage.answers.answer = answered(outcome=Outcome.BROKEN, why=why)
    for n in range(1, 4):
        row = await stage.run()
        assert (row.state, row.attempts) == ("pending", n)
    assert await ended(stage) == ("failed", reason, "active", "")


async def test_a_question_that_mends_is_sent(stage: Stage) -> None:
    stage.answers.answer = answered(outcome=Outcome.BROKEN, why="too-slow")
    await stage.run()
    stage.answers.answer = answered()
    assert (await ended(stage))[0] == "sent"


async def test_what_its_room_may_not_have_is_paused_and_shown_nowhere(stage: Stage) -> None:
    await stage.set(1, room="C1", room_kind="group", reach="room")
    stage.answers.answer = answered(why="room-outsiders")
    assert await ended(stage) == ("failed", "room-audience", "paused", "room-audience")
    assert "Seats" not in "".join(stage.box.said)


async def test_a_room_that_nobody_can_count_just_now_is_looked_at_again(stage: Stage) -> None:
    await stage.set(1, room="C1", room_kind="group", reach="room")
    stage.answers.answer = answered(why="room-unknown")
    for _ in range(3):
        assert (await ended(stage))[0] == "pending"
    assert await ended(stage) == ("failed", "room-audience", "paused", "room-audience")
