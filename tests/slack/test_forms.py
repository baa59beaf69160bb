"""The form for a right: it opens, says what is wrong in it, and saves nothing by itself."""

import json
from typing import Any

import pytest

from analytics.demo.stories import made_up_tenant
from analytics.values import OWN
from bot.slack.forms import faults, grant_form, submitted_command
from bot.slack.inbound import Reader, UnreadablePayload
from bot.slack.outbound import plain
from bot.wiring import Installation
from handlers.chat.asking import UserRef
from handlers.chat.scope_plan import ScopeWish
from handlers.input.command_line import LONGEST
from handlers.input.grant_order import read_wish
from handlers.messages.speaker import speaker
from tests.conftest import NOW
from tests.slack.speaking import interacts
from tests.slack.standin import StandIn
from tests.slack.talking import Chat, buttons, texts

WHO = {"user": {"id": "UADA", "team_id": "T1"}, "team": {"id": "T1"}}
SHORTCUT = {"type": "shortcut", "callback_id": "grant-form", "trigger_id": "t1", **WHO}


def filled(person: object = "UBEN", role: str = "report-viewer", **more: Any) -> dict[str, Any]:
    """The form as Slack sends it, filled in by `who`, `customers` chosen by name."""
    chosen = [
        {"text": {"type": "plain_text", "text": name}, "value": made_up_tenant(name)}
        for name in more.get("customers", ())
    ]
    chosen += [{"value": word} for word in more.get("groups", ())]
    values = {
        "person": {"type": "users_select", "selected_user": person},
        "role": {"type": "static_select", "selected_option": {"value": role}},
        "customers": {"type": "multi_external_select", "selected_options": chosen},
        "until": {"type": "datepicker", "selected_date": more.get("until")},
        "reason": {"type": "plain_text_input", "value": more.get("reason")},
    }
    view = {
        "type": "modal",
        "callback_id": more.get("callback", "grant-form"),
        "private_metadata": more.get("locale", "en"),
        "state": {"values": {name: {"value": value} for name, value in values.items()}},
    }
    who = more.get("who", "UADA")
    return {
        "type": "view_submission",
        "trigger_id": "t2",
        "user": {"id": who, "team_id": "T1"},
        "team": {"id": "T1"},
        "view": view,
    }


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_form_is_within_slacks_limits(locale: str) -> None:
    form = grant_form(speaker(locale), locale)
    for name in ("title", "submit", "close"):
        assert 0 < len(form[name]["text"]) <= 24
        assert "…" not in form[name]["text"]
    [roles] = [b["element"]["options"] for b in form["blocks"] if b["block_id"] == "role"]
    assert [option["value"] for option in roles] == [
        *("partner-admin", "executive-report-viewer", "report-viewer"),
    ]
    assert not any("…" in option["text"]["text"] for option in roles)
    assert len(form["private_metadata"]) <= 3000
    [customers] = [b for b in form["blocks"] if b["block_id"] == "customers"]
    assert customers["optional"] is True
    assert customers["element"] == {
        "type": "multi_external_select",
        "action_id": "value",
        "placeholder": plain(speaker(locale)("form-customers-choose"), 150),
        "min_query_length": 1,
        "max_selected_items": 20,
    }


async def test_a_shortcut_opens_the_form_in_its_readers_language(
    chat: Chat, standin: StandIn
) -> None:
    user = {"user": {"id": "UCLEO", "team_id": "T1"}}
    await interacts(chat, {**SHORTCUT, **user})
    [form] = standin.forms
    assert form["title"]["text"] == "Accorder un droit"


async def test_a_form_that_does_not_open_is_said_once(chat: Chat, standin: StandIn) -> None:
    standin.broken["views.open"] = "expired_trigger_id"
    await interacts(chat, SHORTCUT)
    [said] = standin.posted
    assert said["text"].startswith("The form did not open.")


async def test_a_command_that_names_nobody_opens_the_form_beside_the_card(
    chat: Chat, standin: StandIn
) -> None:
    [card] = await chat.asked("UADA", "/grant-analytics", trigger_id="t1")
    await chat.drained()
    assert any("accessory" in block for block in card["blocks"])
    assert len(standin.forms) == 1


async def test_where_the_form_does_not_open_the_card_is_there(chat: Chat, standin: StandIn) -> None:
    standin.broken["views.open"] = "expired_trigger_id"
    place = await chat.command("UADA", "/grant-analytics", trigger_id="t1")
    await chat.drained()
    [card] = standin.answers[place]
    assert any("accessory" in block for block in card["blocks"])
    assert standin.posted == []


@pytest.mark.parametrize("line", ["/revoke-analytics", "/grant-analytics as viewer", "/whoami"])
async def test_other_commands_open_no_form(chat: Chat, standin: StandIn, line: str) -> None:
    await chat.asked("UADA", line, trigger_id="t1")
    await chat.drained()
    assert standin.forms == []


async def test_nobody_but_an_admin_is_shown_the_form_by_the_command(
    chat: Chat, standin: StandIn
) -> None:
    await chat.asked("UBEN", "/grant-analytics", trigger_id="t1")
    await chat.drained()
    assert standin.forms == []


async def test_a_form_is_answered_by_a_card_and_its_button_saves(
    chat: Chat, standin: StandIn
) -> None:
    customers = ("Contoso", "Fabrikam Bikes")
    more = {"customers": customers, "until": "2026-12-31", "reason": "audit\nseason"}
    assert await interacts(chat, filled(**more)) == ""
    [card] = standin.posted
    assert card["channel"] == "DUADA"
    assert texts(card)[0].startswith("Ben (slack:T1:UBEN) has no right.")
    [who] = await chat.asked("UBEN", "/whoami")
    assert "viewer" not in texts(who)[0]
    container = {"type": "message", "is_ephemeral": False}
    await chat.press("UADA", buttons(card)["Grant"], channel="DUADA", container=container)
    await chat.drained()
    [who] = await chat.asked("UBEN", "/whoami", trigger_id="later")
    assert "Contoso and Fabrikam Bikes, until 31 Dec 2026" in texts(who)[0]
    assert "Reason: audit season" in texts(who)[0]


async def test_a_form_names_groups_beside_customers(
    chat: Chat, standin: StandIn, seated: Installation
) -> None:
    north = ScopeWish(None, "north", frozenset({made_up_tenant("Adatum Corporation")}))
    plan = await seated.roles.plan_scopes([north], OWN, NOW)
    await seated.roles.change_scopes(plan, None, NOW)
    await interacts(chat, filled(customers=["Contoso"], groups=["group:#1"]))
    [card] = standin.posted
    assert "a report viewer for Contoso and group:north" in " ".join(texts(card))


@pytest.mark.parametrize("word", ["group:north", "group:#", "group:#1, contoso", "groupe:#1"])
def test_a_form_with_a_group_by_other_words_than_its_number_is_not_read(word: str) -> None:
    with pytest.raises(UnreadablePayload):
        submitted_command(filled(groups=[word]), Reader(), "")


async def test_a_form_filled_in_by_somebody_without_the_right_is_refused(
    chat: Chat, standin: StandIn
) -> None:
    await interacts(chat, filled(person="UCLEO", customers=["Contoso"], who="UBEN"))
    [said] = standin.posted
    assert said["channel"] == "DUBEN"
    assert "You don’t have access to /grant-analytics." in texts(said)[0]
    assert buttons(said) == {}


async def test_what_is_wrong_is_said_in_the_form_and_nothing_is_asked(
    chat: Chat, standin: StandIn
) -> None:
    wrong = filled(role="partner-admin", customers=["Contoso"], until="2026-11-01", locale="fr")
    said = json.loads(await interacts(chat, wrong))
    assert said["response_action"] == "errors"
    assert set(said["errors"]) == {"customers", "until"}
    assert "1 nov. 2026" in said["errors"]["until"]
    assert standin.posted == []


async def test_the_same_form_sent_twice_is_answered_once(chat: Chat, standin: StandIn) -> None:
    for second in (1, 2):
        chat.now = NOW.replace(second=second)  # signed anew
        await interacts(chat, filled())
    assert len(standin.posted) == 1


def test_a_form_asks_what_one_would_type() -> None:
    chosen = ["Contoso", "Fabrikam Bikes"]
    payload = filled(customers=chosen, until="2026-12-31", reason="x" * 300)
    ask = submitted_command(payload, Reader(), "a1")
    assert ask.text == (
        f"/grant-analytics <@UBEN> as report-viewer for {', '.join(map(made_up_tenant, chosen))} "
        f"until 2026-12-31 because {'x' * 200}"
    )
    assert ask.mentions == {"<@UBEN>": UserRef("slack", "T1", "UBEN")}


def test_the_most_customers_and_the_longest_reason_are_read_to_the_end() -> None:
    full = filled(customers=map(str, range(20)), until="2026-12-31", reason="x" * 200)
    text = submitted_command(full, Reader(), "a1").text
    wish = read_wish(tuple(text.split()[1:]), {}, NOW.date())
    assert (len(wish.customers), str(wish.until), wish.reason) == (20, "2026-12-31", "x" * 200)
    assert len(text) < LONGEST


def customers_field(**field: Any) -> dict[str, Any]:
    """A form whose field for customers holds this."""
    payload = filled()
    payload["view"]["state"]["values"]["customers"] = {"value": field}
    return payload


def test_nobody_chosen_is_everybody_whether_slack_says_so_or_not() -> None:
    for none in ({}, {"selected_options": None}, {"selected_options": []}):
        payload = customers_field(type="multi_external_select", **none)
        assert " for " not in submitted_command(payload, Reader(), "a1").text


def test_a_mention_written_into_a_field_is_nobody() -> None:
    ask = submitted_command(filled(reason="for <@UCLEO> slack:T1:UCLEO"), Reader(), "a1")
    assert set(ask.mentions) == {"<@UBEN>"}


def test_the_last_day_may_be_today_wherever_somebody_is() -> None:
    assert faults(filled(until="2026-11-21"), NOW) == {}
    assert set(faults(filled(until="2026-11-20"), NOW)) == {"until"}


@pytest.mark.parametrize(
    "payload",
    [
        filled(person=None),
        filled(person="<!here>"),
        filled(role="emperor"),
        filled(until="soon"),
        filled(callback="another"),
        customers_field(type="plain_text_input", value="contoso"),
        customers_field(type="multi_external_select", selected_options="contoso"),
        customers_field(type="multi_external_select", selected_options=["contoso"]),
        customers_field(
            type="multi_external_select", selected_options=[{"value": "x until tomorrow"}]
        ),
        filled(customers=map(str, range(21))),
        {**filled(), "view": {}},
        {**filled(), "view": {"callback_id": "grant-form", "state": {"values": []}}},
    ],
)
async def test_a_form_of_nobodys_is_acknowledged_and_asks_nothing(
    chat: Chat, standin: StandIn, payload: dict[str, Any]
) -> None:
    assert await interacts(chat, payload) == ""
    assert standin.posted == []
    with pytest.raises(UnreadablePayload):
        submitted_command(payload, Reader(), "a1")
