"""How a digest stands: why it stopped, when it goes on, and what became of its runs."""

import pytest

from analytics.values import OWN
from bot.wiring import Installation
from handlers.chat.digests import State
from tests.answering.asking import asked, opened, replied, shown, store_file, tamper
from tests.answering.digesting import confirmed, made

REASONS = (
    *("room-gone", "room-archived", "not-in-room", "uninstalled", "blocked", "post-refused"),
    *("right-lost", "owner-gone", "room-audience", "question-refused", "no-runs-left"),
)


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("locale", ["en", "fr"])
async def test_one_that_stopped_says_why_and_what_to_do(
    installation: Installation, reason: str, locale: str
) -> None:
    await made(installation)
    tamper(
        store_file(installation.settings),
        f"UPDATE schedule SET state = 'broken', reason = '{reason}'",  # noqa: S608 one of ours
    )
    said = await replied(asked("/digest show 1", locale=locale), installation.backend)
    say = installation.backend.speaker(locale, "")
    assert say(f"digest-why-{reason}") in shown(said)
    assert "/digest resume 1" in shown(said)


async def test_a_changed_digest_that_had_stopped_goes_on_and_a_paused_one_stays_so(
    installation: Installation,
) -> None:
    await made(installation)
    await replied(asked("/digest pause 1"), installation.backend)
    await confirmed(installation, "/digest change 1 daily")
    (digest,) = await installation.backend.digests.all(OWN)
    assert (digest.state, digest.plan.cron) == (State.PAUSED, "0 9 * * *")
    tamper(
        store_file(installation.settings),
        "UPDATE schedule SET state = 'broken', reason = 'post-refused'",
    )
    await confirmed(installation, "/digest change 1 weekly")
    (digest,) = await installation.backend.digests.all(OWN)
    assert (digest.state, digest.reason) == (State.ACTIVE, "")


async def test_whoever_lost_the_right_does_not_go_on_with_it(installation: Installation) -> None:
    await made(installation, "ben")
    await replied(asked("/digest pause 1", "ben"), installation.backend)
    said = await replied(asked("/digest resume 1", "ben"), installation.backend)
    assert shown(said).startswith("You don’t have access to /usage.")
    (digest,) = await installation.backend.digests.all(OWN)
    assert digest.state is State.PAUSED


async def test_history_says_of_each_run_what_became_of_it(installation: Installation) -> None:
    await made(installation)
    rows = (
        ("sent", "", "2026-11-16 09:00:02", 0, 0, 0, "c0ffee" * 10),
        ("sent", "", "2026-11-16 09:41:30", 0, 1, 2, "decade" * 10),
        ("sent", "", "2026-11-16 14:10:00", 1, 0, 0, "facade" * 10),
        ("skipped", "late", "2026-11-17 09:00:00", 0, 0, 0, ""),
        ("failed", "gave-up", "2026-11-17 09:00:00", 0, 0, 0, ""),
        ("unknown", "unseen", "2026-11-17 09:00:00", 0, 0, 0, ""),
    )
    for number, row in enumerate(rows, start=1):
        _insert(installation, number, row)
    said = shown(await replied(asked("/digest history 1"), installation.backend))
    assert [" ".join(line.split()) for line in said.splitlines()[4:10]] == [
        "6 Mon 16 Nov 2026 09:00 UTC perhaps sent, I could not see whether it arrived",
        "5 Mon 16 Nov 2026 09:00 UTC not sent, I tried several times, then gave up",
        "4 Mon 16 Nov 2026 09:00 UTC skipped, too late to send",
        "3 Mon 16 Nov 2026 09:00 UTC sent, 5 hours late, by hand",
        "2 Mon 16 Nov 2026 09:00 UTC sent, 41 minutes late, may be repeated, 2 earlier runs missed",
        "1 Mon 16 Nov 2026 09:00 UTC sent",
    ]


def _insert(installation: Installation, number: int, row: tuple[object, ...]) -> None:
    state, reason, at, by_hand, repeated, missed, content = row
    due = f"2026-11-16 09:00:00.{number:06}"
    with opened(store_file(installation.settings)) as connection:
        connection.execute(
            "INSERT INTO occurrence SELECT id, ?, ?, ?, ?, ?, NULL, 1, 0, NULL, '', ?, ?, ?, ?, ?"
            " FROM schedule",
            (due, number, state, reason, due, content, f"{at}.000000", by_hand, repeated, missed),
        )
