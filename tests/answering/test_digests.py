"""Digests in the store and in the audit: who may, what is kept, and what stands when two change the
same.
"""

import asyncio
import json
from dataclasses import replace

import pytest

from analytics.sources.demo_stories import made_up_tenant
from analytics.values import OWN
from bot.page.people import person
from bot.wiring import Installation
from handlers.backend import Entry
from handlers.chat.asking import Room, RoomKind
from handlers.chat.digests import MOST, Digest, DigestChange, Plan, State
from handlers.chat.refusals import DigestChanged
from handlers.chat.reply import Choices, Reply
from tests.answering.asking import asked, audited, opened, replied, shown, store_file, tamper
from tests.conftest import NOW

CONTOSO = made_up_tenant("Contoso")
PLAN = Plan(
    f"/usage {CONTOSO}",
    "/usage Contoso",
    "0 9 * * 1",
    "UTC",
    "en",
    Room("", RoomKind.PRIVATE, OWN),
)
REASONS = (
    *("room-gone", "room-archived", "not-in-room", "uninstalled", "blocked", "post-refused"),
    *("right-lost", "owner-gone", "room-audience", "question-refused", "no-runs-left"),
)


class Unwritable:
    """An audit that takes no question."""

    async def record(self, entry: Entry) -> None:
        raise OSError(entry.command)


async def made(installation: Installation, who: str = "ada", plan: Plan = PLAN) -> Digest:
    (digest,) = await installation.backend.digests.save([plan], person(who).ref, OWN, NOW)
    return digest


async def confirmed(installation: Installation, text: str, who: str = "ada") -> Reply:
    """What the first button of the card says, once it is pressed."""
    card = await replied(asked(text, who), installation.backend)
    choices = next(part for part in card.parts if isinstance(part, Choices))
    ask = asked(choices.items[0].text, who)
    pressed = replace(ask, confirms=choices.items[0].confirms)
    return await replied(pressed, installation.backend)


def changes(installation: Installation) -> list[dict[str, object]]:
    """The audit's rows of changes to digests, oldest first."""
    with opened(store_file(installation.settings)) as connection:
        rows = connection.execute("SELECT entry FROM audit ORDER BY seq").fetchall()
    return [entry for (text,) in rows if (entry := json.loads(text))["action"] != "question"]


async def test_each_change_leaves_a_row_that_names_nobodys_customer(
    installation: Installation,
) -> None:
    begun = len(changes(installation))
    await confirmed(installation, "/digest usage contoso every Monday 9:00")
    await confirmed(installation, "/digest change 1 daily Europe/Paris")
    for verb in ("run now", "pause", "resume"):
        await replied(asked(f"/digest {verb} 1"), installation.backend)
    await confirmed(installation, "/digest delete 1")
    await replied(asked("/digest ops off"), installation.backend)
    rows = changes(installation)[begun:]
    assert [(row["action"], row.get("state")) for row in rows] == [
        ("digest-save", None),
        ("digest-change", None),
        ("digest-run", None),
        ("digest-change", "paused"),
        ("digest-change", "active"),
        ("digest-change", "ended"),
        ("digest-ops", None),
    ]
    assert {row["who"] for row in rows} == {"page:demo:ada"}
    assert (rows[1]["cron"], rows[1]["zone"]) == ("0 9 * * *", "Europe/Paris")
    assert "contoso" not in str(rows).casefold()


async def test_the_question_about_a_digest_is_audited_with_whose_figures_were_looked_at(
    installation: Installation,
) -> None:
    await replied(asked("/digest usage contoso daily"), installation.backend)
    (row,) = audited(store_file(installation.settings))
    assert (row["command"], row["outcome"], row["customers"]) == ("digest", "answered", [CONTOSO])


async def test_what_is_saved_asks_for_the_customer_by_id_in_the_askers_zone_and_language(
    installation: Installation,
) -> None:
    ask = replace(asked("/digest usage contso exchange 6 months daily"), zone="Asia/Tokyo")
    card = await replied(ask, installation.backend)
    choices = next(part for part in card.parts if isinstance(part, Choices))
    save = choices.items[0]
    elsewhere = replace(asked(save.text, locale="fr"), zone="America/New_York")
    await replied(replace(elsewhere, confirms=save.confirms), installation.backend)
    (digest,) = await installation.backend.digests.all(OWN)
    plan = digest.plan
    assert plan.text == f"/usage {CONTOSO} exchange 6 months"
    assert plan.title == "/usage Contoso exchange 6 months"
    assert (plan.cron, plan.zone, plan.locale) == ("0 9 * * *", "Asia/Tokyo", "fr")
    assert shown(await replied(asked(plan.text), installation.backend)).startswith("Contoso (Exch")


@pytest.mark.parametrize("who", ["ben", "cleo"])
async def test_whoever_may_not_ask_saves_nothing_even_with_the_card_of_somebody_who_may(
    installation: Installation, who: str
) -> None:
    text = "/digest usage wide world importers daily"
    card = await replied(asked(text), installation.backend)
    choices = next(part for part in card.parts if isinstance(part, Choices))
    for ask in (asked(text, who), asked(choices.items[0].text, who)):
        await replied(replace(ask, confirms=choices.items[0].confirms), installation.backend)
    assert await installation.backend.digests.all(OWN) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("show 1", "pause 1", "resume 1", "delete 1", "run now 1", "history 1", "take over 1"),
        *("change 1 daily", "change 1", "1", "ops here"),
    ],
)
async def test_somebody_elses_digest_is_not_there(installation: Installation, text: str) -> None:
    before = await made(installation)
    said = await replied(asked(f"/digest {text}", "cleo"), installation.backend)
    other = await replied(asked(f"/digest {text.replace('1', '77')}", "cleo"), installation.backend)
    assert shown(said) == shown(other)
    assert await installation.backend.digests.all(OWN) == (before,)
    assert "Contoso" not in shown(await replied(asked("/digest", "cleo"), installation.backend))


async def test_of_two_changes_at_once_one_is_saved_and_the_other_said(
    installation: Installation,
) -> None:
    digest = await made(installation)
    digests, by = installation.backend.digests, person("ada").ref
    wanted = [
        DigestChange(digest, by, NOW, plan=replace(PLAN, cron=f"0 {hour} * * 1"))
        for hour in range(8)
    ]
    done = await asyncio.gather(*map(digests.change, wanted), return_exceptions=True)
    assert sum(isinstance(one, Digest) for one in done) == 1
    assert sum(isinstance(one, DigestChanged) for one in done) == 7
    card = await replied(asked("/digest delete 1"), installation.backend)
    choices = next(part for part in card.parts if isinstance(part, Choices))
    await replied(asked("/digest pause 1"), installation.backend)
    pressed = replace(asked(choices.items[0].text), confirms=choices.items[0].confirms)
    said = await replied(pressed, installation.backend)
    assert shown(said).startswith("Digest 1 has changed since you looked, so nothing was saved.")
    (after,) = await digests.all(OWN)
    assert after.state is State.PAUSED


async def test_the_fifty_first_is_refused_when_asked_for_and_when_pressed(
    installation: Installation,
) -> None:
    card = await replied(asked("/digest usage daily"), installation.backend)
    choices = next(part for part in card.parts if isinstance(part, Choices))
    plans = [replace(PLAN, cron=f"0 {hour} * * {day}") for hour in range(10) for day in range(5)]
    await installation.backend.digests.save(plans, person("cleo").ref, OWN, NOW)
    pressed = replace(asked(choices.items[0].text), confirms=choices.items[0].confirms)
    for ask in (pressed, asked("/digest usage daily")):
        said = shown(await replied(ask, installation.backend))
        assert said.startswith("There may be 50 digests at most. Nothing was saved;")
    assert len(await installation.backend.digests.all(OWN)) == MOST
    assert shown(await replied(asked("/digest"), installation.backend)).startswith("50 digests")


async def test_of_several_at_once_all_are_saved_or_none(installation: Installation) -> None:
    plans = [replace(PLAN, cron=f"0 {hour} * * {day}") for hour in range(7) for day in range(7)]
    await installation.backend.digests.save(plans, person("ada").ref, OWN, NOW)
    text = "/digest usage each contoso, fabrikam bikes daily"
    assert "50 digests at most" in shown(await replied(asked(text), installation.backend))
    assert len(await installation.backend.digests.all(OWN)) == len(plans)


async def test_what_was_saved_is_never_called_undone(installation: Installation) -> None:
    await made(installation)
    backend = replace(installation.backend, journal=Unwritable())
    said = shown(await replied(asked("/digest pause 1"), backend))
    assert said.startswith("The change was saved, with its own row in the audit;")
    (digest,) = await installation.backend.digests.all(OWN)
    assert digest.state is State.PAUSED
    assert "nothing was changed" in shown(await replied(asked("/digest show 1"), backend))


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
    say = installation.backend.speaker(locale)
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
    assert shown(said).startswith("You may not use /usage yet.")
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
        "6 Mon 16 Nov 2026 09:00 UTC+00:00 perhaps sent, I could not see whether it arrived –",
        "5 Mon 16 Nov 2026 09:00 UTC+00:00 not sent, I tried again and again, and gave up –",
        "4 Mon 16 Nov 2026 09:00 UTC+00:00 left out, its grace was over –",
        "3 Mon 16 Nov 2026 09:00 UTC+00:00 sent, 5 hours late, by hand facadefa",
        "2 Mon 16 Nov 2026 09:00 UTC+00:00 sent, 41 minutes late, may be repeated, "
        "2 earlier ones went by decadede",
        "1 Mon 16 Nov 2026 09:00 UTC+00:00 sent c0ffeec0",
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
