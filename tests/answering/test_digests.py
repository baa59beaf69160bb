"""Digests in the audit and in the store: who may, and what is kept."""

import json
from dataclasses import replace

import pytest

from analytics.values import OWN
from bot.wiring import Installation
from handlers.backend import JournalEntry
from handlers.chat.digests import State
from tests.answering.asking import asked, audited, opened, replied, shown, store_file
from tests.answering.digesting import CONTOSO, confirmed, first_button, made


class Unwritable:
    """An audit that takes no question."""

    async def record(self, entry: JournalEntry) -> None:
        raise OSError(entry.command)


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
    save = first_button(card)
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
    button = first_button(card)
    for ask in (asked(text, who), asked(button.text, who)):
        await replied(replace(ask, confirms=button.confirms), installation.backend)
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


async def test_what_was_saved_is_never_called_undone(installation: Installation) -> None:
    await made(installation)
    backend = replace(installation.backend, journal=Unwritable())
    said = shown(await replied(asked("/digest pause 1"), backend))
    assert said.startswith("The change was saved and is in the audit,")
    (digest,) = await installation.backend.digests.all(OWN)
    assert digest.state is State.PAUSED
    assert "nothing was changed" in shown(await replied(asked("/digest show 1"), backend))
