"""Customers offered while somebody types into the form: what they may see, and never an error."""

import json
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from analytics.demo.stories import made_up_tenant
from analytics.values import OWN, TenantId
from bot.slack.customer_menu import PATIENCE, menu_options
from bot.wiring import Installation
from handlers.chat.reply import Choice, Choices, Paragraph, Reply
from handlers.chat.scope_plan import ScopeWish
from tests.answering.asking import audited, store_file, tamper
from tests.conftest import NOW
from tests.program.delivering import Held
from tests.slack.blocks import Check, string, text, thing
from tests.slack.speaking import at_once, interacts
from tests.slack.standin import StandIn
from tests.slack.talking import Chat, talking

OPTION: Check = thing({"text": text(75), "value": string(75)}, {"description": text(75)})
HOSTILE = (
    "<!channel> <@UADA>",
    "\u202e\ud800\x00",
    '"\u201c\u00ab',
    "' OR 1=1; DROP TABLE audit --",
    "/grant-analytics <@UBEN> as admin",
    "{customers} %s {0}",
    "x" * 5000,
)


def typing(who: str, said: object, **more: Any) -> dict[str, Any]:
    """What Slack sends when somebody types into the form's customers."""
    return {
        "type": "block_suggestion",
        "block_id": "customers",
        "action_id": "value",
        "value": said,
        "user": {"id": who, "team_id": "T1"},
        "team": {"id": "T1"},
        "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1", "type": "modal", "callback_id": "grant-form"},
        **more,
    }


def offers(said: dict[str, Any]) -> list[str]:
    """The labels that Slack shows of an answer it takes."""
    assert set(said) == {"options"}
    assert len(said["options"]) <= 100
    assert all(map(OPTION, said["options"]))
    return [option["text"]["text"] for option in said["options"]]


async def seen(chat: Chat, payload: dict[str, Any]) -> list[str]:
    """What is offered for what was typed, over HTTP."""
    return offers(json.loads(await interacts(chat, payload)))


async def test_an_admin_chooses_among_all_by_a_beginning_a_part_initials_or_an_id(
    chat: Chat,
) -> None:
    said = json.loads(await interacts(chat, typing("UADA", "con")))
    assert offers(said) == ["Contoso", "Consolidated Messenger", "Contoso Pharmaceuticals"]
    assert said["options"][0]["value"] == made_up_tenant("Contoso")
    assert await seen(chat, typing("UADA", "importers")) == ["Wide World Importers"]
    assert await seen(chat, typing("UADA", "wwi")) == ["Wide World Importers"]
    assert await seen(chat, typing("UADA", made_up_tenant("Contoso").upper())) == ["Contoso"]
    assert await seen(chat, typing("UADA", "nobody at all")) == []


async def test_an_admin_is_offered_the_groups_with_these_letters_first_and_nobody_else_is(
    chat: Chat, seated: Installation
) -> None:
    wishes = [ScopeWish(None, name, frozenset()) for name in ("north", "con-north", "south")]
    plan = await seated.roles.plan_scopes(wishes, OWN, NOW)
    await seated.roles.change_scopes(plan, None, NOW)
    said = json.loads(await interacts(chat, typing("UADA", "con")))
    assert offers(said)[:2] == ["group:con-north", "Contoso"]
    assert said["options"][0]["value"] == "group:#2"
    found = await seen(chat, typing("UADA", "NORTH"))
    assert found[:2] == ["group:north", "group:con-north"]
    assert await seen(chat, typing("UCLEO", "con")) == ["Contoso"]


async def test_of_many_groups_no_more_are_offered_than_slack_takes(
    chat: Chat, seated: Installation
) -> None:
    wishes = [ScopeWish(None, f"zz-{n}", frozenset()) for n in range(120)]
    plan = await seated.roles.plan_scopes(wishes, OWN, NOW)
    await seated.roles.change_scopes(plan, None, NOW)
    assert len(await seen(chat, typing("UADA", "zz-"))) == 30


async def test_no_more_are_offered_than_one_reads(chat: Chat) -> None:
    assert len(await seen(chat, typing("UADA", ""))) == 20


async def test_somebody_with_two_customers_is_offered_these_two_at_most(chat: Chat) -> None:
    assert await seen(chat, typing("UCLEO", "con")) == ["Contoso"]
    assert await seen(chat, typing("UCLEO", "")) == ["Contoso", "Fabrikam Bikes"]
    assert await seen(chat, typing("UCLEO", made_up_tenant("Wide World Importers"))) == []


@pytest.mark.parametrize("who", ["UBEN", "UGUEST", "UNOBODY"])
async def test_whoever_holds_no_right_is_offered_nobody(chat: Chat, who: str) -> None:
    assert await seen(chat, typing(who, "con")) == []


async def test_a_stranger_with_an_admins_id_is_offered_nobody(chat: Chat) -> None:
    stranger = {"user": {"id": "UADA", "team_id": "T2"}, "team": {"id": "T2"}}
    assert await seen(chat, typing("UADA", "con", **stranger)) == []


async def test_what_is_typed_is_asked_and_audited_as_the_persons_own_question(
    chat: Chat, seated: Installation
) -> None:
    for who in ("UCLEO", "UBEN"):
        await seen(chat, typing(who, "con"))
    rows = audited(store_file(seated.settings))
    assert [(row["who"], row["command"], row["outcome"]) for row in rows] == [
        ("slack:T1:UCLEO", "customers", "answered"),
        ("slack:T1:UCLEO", "scope", "refused"),
        ("slack:T1:UBEN", "customers", "refused"),
        ("slack:T1:UBEN", "scope", "refused"),
    ]
    assert rows[0]["customers"] == [made_up_tenant("Contoso")]


@pytest.mark.parametrize("said", HOSTILE)
async def test_whatever_is_typed_is_a_name_that_nobody_bears(
    chat: Chat,
    seated: Installation,
    standin: StandIn,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert set(await seen(chat, typing("UCLEO", said))) <= {"Contoso", "Fabrikam Bikes"}
    assert {row["command"] for row in audited(store_file(seated.settings))} == {
        "customers",
        "scope",
    }
    assert (standin.posted, standin.answers) == ([], {})
    logged = capsys.readouterr()
    assert "Contoso" not in logged.out + logged.err


@pytest.mark.parametrize(
    "payload",
    [
        typing("UADA", None),
        typing("UADA", ["con"]),
        typing("UADA", "con", user=None, team=None),
        typing("<@U1>", "con"),
        typing("UADA", "con", block_id="person"),
        typing("UADA", "con", view=None),
        typing("UADA", "con", view={"callback_id": "another"}),
    ],
)
async def test_a_menu_that_is_none_of_ours_offers_nobody_and_asks_nothing(
    chat: Chat, seated: Installation, payload: dict[str, Any]
) -> None:
    assert await seen(chat, payload) == []
    assert audited(store_file(seated.settings)) == []


async def test_what_takes_too_long_offers_nobody_while_slack_still_waits(
    slow: Chat, held: Held, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = time.monotonic()
    assert offers(json.loads(await at_once(slow, typing("UADA", "con")))) == []
    assert PATIENCE <= time.monotonic() - begun < 3
    held.gate.set()
    await slow.drained()
    logged = capsys.readouterr()
    assert "slack options too late" in logged.out
    assert "Contoso" not in logged.out + logged.err


async def test_what_cannot_be_audited_offers_nobody(chat: Chat, seated: Installation) -> None:
    tamper(store_file(seated.settings), "ALTER TABLE audit RENAME TO lost")
    assert await seen(chat, typing("UADA", "con")) == []


class Unavailable:
    """A replay set that cannot be asked."""

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        raise OSError("Contoso")


async def test_what_cannot_be_checked_offers_nobody(
    seated: Installation, standin: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    async with talking(seated, standin, seen=Unavailable()) as chat:
        assert await seen(chat, typing("UADA", "con")) == []
    logged = capsys.readouterr()
    assert "Contoso" not in logged.out + logged.err


async def test_a_request_sent_again_by_whoever_caught_it_learns_nothing(chat: Chat) -> None:
    assert await seen(chat, typing("UADA", "contoso"))
    assert await seen(chat, typing("UADA", "contoso")) == []
    chat.now += timedelta(seconds=1)  # Slack signs anew what somebody types once more
    assert await seen(chat, typing("UADA", "contoso"))


def test_namesakes_are_told_apart_by_their_ids_and_other_buttons_are_no_customers() -> None:
    first, second = TenantId("1" * 36), TenantId("2" * 36)
    one = Choice("Contoso", "/usage contoso", customer=first)
    items = (one, replace(one, customer=second), replace(one, label="x" * 80))
    others = Choices("Only you can see this.", (Choice("Share here", "/customers"),))
    reply = Reply((Paragraph("3 customers fit"), Choices("These:", items), others))
    same, again, long = menu_options(reply, Reply(()))
    assert (same["description"]["text"], again["description"]["text"]) == (first, second)
    assert (len(long["text"]["text"]), "description" in long) == (75, False)
    assert all(map(OPTION, (same, again, long)))
