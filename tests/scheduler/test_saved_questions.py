"""Each saved question is read once by a new version, before its hour."""

from dataclasses import replace

from bot.scheduler.digests.saved_questions import REFUSED
from bot.store.schedule.schedule_rows import plan_row
from handlers.backend import Outcome
from handlers.chat.asking import Reach, RoomKind, Via
from handlers.chat.digests import READING, Plan, State
from handlers.chat.reply import Choice, Choices
from tests.scheduler.staging import ADA, MINUTE, ROOM, Stage, answered, private
from tests.store.behind import in_sqlite

pytestmark = in_sqlite  # what is decided here has no SQL of its own

CHOICE = answered(
    Choices("Which one do you mean?", (Choice("Contoso", "/usage t1 6 months"),)),
    outcome=Outcome.REFUSED,
    why="several-customers",
)
IN_A_ROOM = private(room=ROOM, reach=Reach.ROOM)


async def left(stage: Stage, plan: Plan = IN_A_ROOM) -> None:
    """The stage's digest as the version before left it, due a minute ago."""
    await stage.set(1, **plan_row(plan) | {"reading": "", "next_due": stage.now() - MINUTE})


async def test_a_digest_that_is_read_as_before_is_due_again(stage: Stage) -> None:
    await left(stage)
    assert await stage.runs.tick() == 0
    await stage.job.catch_up()
    assert await stage.runs.tick() == 1
    assert ((await stage.row()).reading, len(stage.answers.asks)) == (READING, 1)
    assert stage.box.letters == []


async def test_it_is_read_as_its_owner_and_into_no_room(stage: Stage) -> None:
    await left(stage)
    await stage.job.catch_up()
    (asked,) = stage.answers.asks
    assert (asked.asker, asked.text, asked.via) == (ADA, IN_A_ROOM.text, Via.SCHEDULED)
    assert (asked.room.kind, asked.room.address, asked.reach) == (
        RoomKind.PRIVATE,
        "",
        Reach.ASKER,
    )


async def test_it_is_read_once(stage: Stage) -> None:
    await left(stage)
    await stage.job.catch_up()
    await stage.job.catch_up()
    assert len(stage.answers.asks) == 1


async def test_one_that_has_become_a_choice_is_paused_before_its_hour(stage: Stage) -> None:
    await left(stage)
    stage.answers.answer = CHOICE
    await stage.job.catch_up()
    row = await stage.row()
    assert (row.state, row.reason, await stage.runs.tick()) == (State.PAUSED.value, REFUSED, 0)


async def test_its_owner_alone_gets_the_choice_as_buttons_that_change_the_digest(
    stage: Stage,
) -> None:
    await left(stage)
    stage.answers.answer = CHOICE
    await stage.job.catch_up()
    (letter,) = stage.box.letters
    assert (letter.to.person, letter.to.room.kind, letter.to.room.address) == (
        ADA,
        RoomKind.PRIVATE,
        "",
    )
    (choices,) = [p for p in letter.delivered.reply.parts if isinstance(p, Choices)]
    assert choices.items == (Choice("Contoso", "/digest change 1 usage t1 6 months"),)


async def test_one_whose_command_is_gone_is_paused_too(stage: Stage) -> None:
    await left(stage, replace(IN_A_ROOM, text="/jam contoso"))
    await stage.job.catch_up()
    assert (await stage.row()).state == State.PAUSED.value
    assert len(stage.box.letters) == 1


async def test_what_cannot_be_asked_now_is_asked_again_and_left_to_its_hour_in_the_end(
    stage: Stage,
) -> None:
    await left(stage)
    stage.answers.answer = answered(outcome=Outcome.REFUSED, why="no-data")
    for _ in range(9):
        await stage.job.catch_up()
    assert (await stage.row()).reading == ""
    await stage.job.catch_up()
    assert ((await stage.row()).reading, (await stage.row()).state) == (READING, "active")


async def test_what_a_person_saves_is_read_already(stage: Stage) -> None:
    await stage.job.catch_up()
    assert ((await stage.row()).reading, stage.answers.asks) == (READING, [])
