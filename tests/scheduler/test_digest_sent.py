"""A digest at its hour: asked as its owner, sent once, recorded."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.questions.seats_on_day import ProductSeats
from handlers.chat.asking import Reach, Via
from handlers.chat.digests import Misfire, Quiet
from tests.scheduler.staging import ADA, ROOM, Stage, answered, figures, private
from tests.store.behind import in_sqlite

pytestmark = in_sqlite  # what is decided here has no SQL of its own

HOUR = timedelta(hours=1)


async def test_it_is_asked_as_its_owner_and_recorded_with_what_was_sent(stage: Stage) -> None:
    row = await stage.run()
    (ask,) = stage.answers.asks
    assert (ask.asker, ask.via, ask.text) == (ADA, Via.SCHEDULED, "/usage contoso")
    (text,) = stage.box.said
    assert (row.state, row.message, row.repeated) == ("sent", "M1", False)
    assert row.content == hashlib.sha256(text.encode()).hexdigest()


async def test_it_says_which_run_it_is_of_what_and_how_to_stop_it(stage: Stage) -> None:
    due = (await stage.run()).due
    (text,) = stage.box.said
    head, *_, foot = text.split("\n")
    assert head.startswith("Digest 1, run 1: /usage Contoso. Due on ")
    assert head.endswith(f" at {due:%H:%M} (UTC).")
    assert foot == "Digest 1, run 1. To stop it: /digest pause 1"
    assert "Seats: 100" in text


async def test_it_says_so_in_the_language_and_by_the_clock_of_its_plan(stage: Stage) -> None:
    await stage.set(1, locale="fr", zone="Asia/Kathmandu")
    due = (await stage.run()).due + timedelta(hours=5, minutes=45)
    (text,) = stage.box.said
    assert text.startswith("Récapitulatif 1, envoi 1\N{NO-BREAK SPACE}: /usage Contoso. Prévu le ")
    assert f"{due:%H:%M} (Asia/Kathmandu)" in text


async def test_for_a_room_it_goes_as_far_as_its_plan_says(stage: Stage) -> None:
    stage.answers.answer = answered(room=True)
    await stage.set(1, room="C1", room_kind="group", reach="anyway", confirms="a roll")
    await stage.run()
    (ask,) = stage.answers.asks
    assert (ask.room, ask.reach, ask.confirms) == (ROOM, Reach.ANYWAY, "a roll")
    assert stage.box.letters[0].to.room == ROOM


async def test_what_lies_behind_it_can_be_asked_for_until_its_next_run_and_a_week_more(
    stage: Stage,
) -> None:
    await stage.run()
    due = (await stage.row()).next_due
    assert stage.answers.untils == [due + timedelta(days=7)]
    assert due > stage.now()


async def test_without_a_next_run_it_can_be_asked_for_as_long_as_any_answers(stage: Stage) -> None:
    claim = await stage.claim()
    assert claim.digest is not None
    last = replace(claim, digest=replace(claim.digest, next_due=None))
    await stage.job.run(last)
    assert stage.answers.untils == [None]


async def test_its_mark_is_the_same_for_each_try_and_no_other_runs(stage: Stage) -> None:
    await stage.run()
    await stage.next()
    marks = [letter.mark for letter in stage.box.letters]
    assert len({*marks}) == 2
    assert all(set(mark) <= {*"0123456789abcdefT-"} and len(mark) <= 64 for mark in marks)


async def was_due(stage: Stage, ago: timedelta, **its: object) -> None:
    """The run was due so long ago, and its digest is due at that hour each day: whatever the hour
    of the test is, half a day is its grace.
    """
    due = stage.now() - ago
    await stage.set(1, cron=f"{due:%M %H} * * *")
    await stage.set_runs(due=due, **its)


async def test_a_late_one_says_for_when_it_was_and_why(stage: Stage) -> None:
    await was_due(stage, 2 * HOUR)
    await stage.run()
    assert "I was down." in stage.box.said[0]


async def test_what_was_tried_before_is_not_late_because_nobody_was_there(stage: Stage) -> None:
    await was_due(stage, 2 * HOUR, fence=3)
    await stage.run()
    assert "it could not be sent earlier." in stage.box.said[0]


@pytest.mark.parametrize(
    ("misfire", "hours", "fence", "ended"),
    [
        (Misfire.LATEST, 13, 0, ("skipped", "late")),
        (Misfire.LATEST, 13, 4, ("failed", "gave-up")),
        (Misfire.SKIP, 13, 0, ("skipped", "late")),
        (Misfire.ALL, 13, 0, ("sent", "")),
        (Misfire.LATEST, 11, 4, ("sent", "")),
    ],
)
async def test_what_waited_until_its_grace_was_over_is_not_sent(
    stage: Stage, misfire: Misfire, hours: int, fence: int, ended: tuple[str, str]
) -> None:
    due = stage.now() - hours * HOUR
    await stage.set(1, misfire=misfire.value, cron=f"{due:%M %H} * * *")
    await stage.set_runs(due=due, fence=fence)
    row = await stage.run()
    assert (row.state, row.reason) == ended


async def test_by_hand_it_says_so(stage: Stage) -> None:
    await stage.set_runs(by_hand=True)
    await stage.run()
    assert stage.box.said[0].startswith("Digest 1, run 1, started by hand: /usage Contoso.")


async def test_unchanged_figures_are_one_line_where_that_is_wished(stage: Stage) -> None:
    await stage.set(1, quiet=Quiet.CHANGES.value)
    await stage.run()
    assert (await stage.next()).state == "sent"
    assert stage.box.said[1].split("\n")[1] == "Nothing has changed since the last time."
    assert "Seats" not in stage.box.said[1]
    stage.answers.answer = answered(*figures("101"))
    await stage.next()
    assert "Seats: 101" in stage.box.said[2]


async def test_unchanged_figures_are_nothing_where_silence_is_wished(stage: Stage) -> None:
    await stage.set(1, quiet=Quiet.SILENT.value)
    await stage.run()
    row = await stage.next()
    assert (row.state, row.reason, len(stage.box.letters)) == ("skipped", "unchanged", 1)


async def test_a_silent_digest_says_once_a_month_that_it_is_alive(stage: Stage) -> None:
    await stage.set(1, quiet=Quiet.SILENT.value)
    await stage.run()
    await stage.set(1, last_sent=stage.now() - timedelta(days=30))
    assert (await stage.next()).state == "sent"
    assert "Nothing has changed" in stage.box.said[1]
    assert (await stage.next()).state == "skipped"


async def test_whoever_asks_by_hand_gets_all_of_it(stage: Stage) -> None:
    await stage.set(1, quiet=Quiet.SILENT.value)
    await stage.run()
    digest = await stage.digests.find(1, private().room.partner)
    assert digest
    await stage.digests.run_now(digest, ADA, stage.now())
    assert (await stage.run()).state == "sent"
    assert "Seats: 100" in stage.box.said[1]


async def test_a_result_is_compared_by_its_figures_and_not_by_its_words(stage: Stage) -> None:
    await stage.set(1, quiet=Quiet.SILENT.value)
    stage.answers.answer = replace(answered(), result=ProductSeats("e3", 5, 4, 3))
    await stage.run()
    stage.answers.answer = replace(answered(*figures("101")), result=ProductSeats("e3", 5, 4, 3))
    assert (await stage.next()).state == "skipped"
    stage.answers.answer = replace(answered(), result=ProductSeats("e3", 5, 4, 2))
    assert (await stage.next()).state == "sent"
    assert "not compared" not in stage.box.said[-1]


async def test_after_an_update_all_is_sent_once_as_not_compared(stage: Stage) -> None:
    await stage.set(1, quiet=Quiet.SILENT.value, figures="f" * 64)
    stage.answers.answer = replace(answered(), result=ProductSeats("e3", 5, 4, 3))
    assert (await stage.run()).state == "sent"
    first = "First message after an update of Seatwise: not compared with the last one."
    assert stage.box.said[0].split("\n")[1] == first
    assert "Seats: 100" in stage.box.said[0]
    assert (await stage.next()).state == "skipped"


async def test_words_alone_are_compared_where_there_are_no_figures(stage: Stage) -> None:
    await stage.set(1, quiet=Quiet.SILENT.value)
    stage.answers.answer = answered(figures()[0])
    await stage.run()
    assert (await stage.next()).state == "skipped"
