"""Activities into questions: whose, where, and what is a mention."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.inbound import UnreadableActivity, message_question, press_question
from handlers.chat.asking import Reach, RoomKind, UserRef, Via
from tests.teams.activities import (
    BOT,
    CHANNEL,
    ELSEWHERE,
    GROUP,
    IDS,
    TENANT,
    at,
    payload,
    pressing,
    said,
    spoken,
)

ADA = UserRef("teams", TENANT, IDS["ada"])


def test_a_message_in_ones_own_chat_is_a_private_question() -> None:
    found = said(payload("message_personal"))
    assert (found.ask.asker, found.ask.room.kind) == (ADA, RoomKind.PRIVATE)
    assert (found.ask.locale, found.ask.zone) == ("en", "Europe/London")
    assert (found.ask.reach, found.ask.via) == (Reach.ASKER, Via.TYPED)
    assert (found.where.id, found.where.bot, found.account) == ("a:29:ada", BOT, "29:ada")


def test_a_mention_in_a_group_is_a_question_aloud_and_without_the_mention() -> None:
    found = said(payload("message_group"))
    assert found.ask.text.split() == ["usage", "contoso"]
    assert (found.ask.room.address, found.ask.room.kind) == (GROUP, RoomKind.GROUP)
    assert found.ask.reach is Reach.ALOUD
    assert found.named == {}


def test_a_channel_is_a_room_by_itself_and_its_thread_a_place_to_answer() -> None:
    found = said(payload("message_channel"))
    assert (found.ask.room.address, found.ask.room.thread) == (CHANNEL, "1699999999999")
    assert found.where.id == f"{CHANNEL};messageid=1699999999999"


def test_the_first_message_of_a_thread_is_the_thread() -> None:
    activity = payload("message_channel")
    activity["conversation"]["id"] = CHANNEL
    assert said(activity).where.id == f"{CHANNEL};messageid={activity['id']}"


def test_what_only_the_bot_sees_is_answered_to_the_asker_alone() -> None:
    found = said(payload("message_targeted"))
    assert (found.ask.reach, found.ask.room.kind) == (Reach.ASKER, RoomKind.GROUP)


@pytest.mark.parametrize("text", ["usage contoso", "/usage contoso", "<at>Somebody</at> usage"])
def test_talk_in_a_group_that_does_not_mention_the_bot_is_none_of_its_business(text: str) -> None:
    assert message_question(spoken("ada", text, "group", entities=at("ben")), "a1") is None


def test_another_bots_words_are_no_question() -> None:
    assert message_question(payload("message_of_bot"), "a1") is None
    sender = {"id": "29:x", "role": "bot", "aadObjectId": IDS["ada"]}
    assert message_question({**payload("message_group"), "from": sender}, "a1") is None


@pytest.mark.parametrize(
    ("more", "zone", "locale"),
    [
        ({"localTimezone": "Europe/Paris", "locale": "fr-FR"}, "Europe/Paris", "fr"),
        ({"localTimezone": "../etc/passwd", "locale": "xx"}, "Europe/London", "en"),
        ({"localTimezone": ["x"], "entities": "x", "locale": 3}, "UTC", "en"),
        (
            {"localTimezone": None, "entities": [{"type": "clientInfo"}, 3], "locale": ""},
            "UTC",
            "en",
        ),
    ],
)
def test_language_and_zone_are_the_clients_where_they_are_any(
    more: dict[str, Any], zone: str, locale: str
) -> None:
    found = said({**payload("message_personal"), **more})
    assert (found.ask.zone, found.ask.locale) == (zone, locale)


def test_ids_are_compared_in_lower_case() -> None:
    activity = payload("message_personal")
    activity["from"]["aadObjectId"] = IDS["ada"].upper()
    activity["conversation"]["tenantId"] = TENANT.upper()
    assert said(activity).ask.asker == ADA


@pytest.mark.parametrize(
    "changes",
    [
        {"from": {"id": "29:ada", "name": "Ada"}},
        {"from": {"id": "29:ada", "aadObjectId": "ada"}},
        {"from": {"id": "29:ada", "aadObjectId": IDS["ada"] + "\n"}},
        {"from": {"aadObjectId": IDS["ada"]}},
        {"from": "29:ada"},
        {"conversation": {"id": "a:1", "conversationType": "personal"}, "channelData": {}},
        {"channelData": {"tenant": {"id": ELSEWHERE}}},
        {"conversation": {"conversationType": "personal", "tenantId": TENANT}},
        {"conversation": {"id": "a b", "tenantId": TENANT}},
        {"conversation": {"id": "a" * 500, "tenantId": TENANT}},
        {"recipient": {"name": "Seatwise"}},
        {"serviceUrl": None},
        {"text": ["usage"]},
    ],
)
def test_an_activity_without_a_person_a_tenant_or_a_place_is_no_question(
    changes: dict[str, Any],
) -> None:
    with pytest.raises(UnreadableActivity):
        message_question({**payload("message_personal"), **changes}, "a1")


def test_a_button_is_its_opaque_id() -> None:
    found = press_question(payload("press"), "a1")
    assert found is not None
    assert (found.button, found.card, found.ask.via) == ("b1", "1700000000002", Via.PRESSED)
    assert (found.ask.text, found.ask.confirms, found.ask.reach) == ("", "", Reach.ASKER)


def test_a_person_picked_is_a_question_about_an_account() -> None:
    data = {"before": "/grant-analytics", "after": "as viewer", "person": IDS["ben"]}
    found = press_question(pressing("ada", {"verb": "pick", "data": data}, "m1"), "a1")
    assert found is not None
    assert found.ask.text == f"/grant-analytics <@{IDS['ben']}> as viewer"
    assert found.named == {f"<@{IDS['ben']}>": IDS["ben"]}
    assert (found.button, found.ask.via) == ("", Via.TYPED)


def test_an_example_is_asked_as_if_it_were_typed() -> None:
    found = press_question(pressing("ada", {"verb": "ask", "data": {"text": "/usage"}}, "m1"), "a1")
    assert found is not None
    assert (found.ask.text, found.ask.via, found.button) == ("/usage", Via.TYPED, "")


@pytest.mark.parametrize(
    "value",
    [
        None,
        "press",
        {},
        {"action": {"verb": "other", "data": {"button": "b1"}}},
        {"action": {"verb": "press", "data": {"button": "b1"}}, "trigger": "automatic"},
    ],
)
def test_what_nobody_pressed_asks_nothing(value: object) -> None:
    assert press_question({**payload("press"), "value": value}, "a1") is None


@pytest.mark.parametrize(
    "action",
    [
        {"verb": "press", "data": {"button": ["b1"]}},
        {"verb": "pick", "data": {"before": "/grant", "after": ""}},
        {"verb": "pick", "data": {"person": "a b> <@29:ada"}},
        {"verb": "pick", "data": {"person": {"id": "x"}}},
        {"verb": "ask", "data": {"text": 3}},
    ],
)
def test_a_press_that_says_too_little_is_no_question(action: dict[str, Any]) -> None:
    with pytest.raises(UnreadableActivity):
        press_question(pressing("ada", action, "m1"), "a1")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(payload("press"))), json_values)
def test_whatever_stands_in_a_field_it_is_a_question_or_none(name: str, value: object) -> None:
    for activity in (payload("press"), payload("message_group")):
        for reader in (message_question, press_question):
            try:
                found = reader({**activity, name: value}, "a1")
            except UnreadableActivity:
                continue
            assert found is None or found.ask.asker.tenant == TENANT
