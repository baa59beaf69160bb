"""Slash commands over HTTP, signed, answered at their address."""

import json
from urllib.parse import urlencode

from tests.slack.standin import StandIn
from tests.slack.talking import Chat, kinds, signed, texts


async def test_a_signed_command_is_acknowledged_empty_and_answered_for_the_asker_alone(
    chat: Chat, standin: StandIn
) -> None:
    place, payload = chat.command_payload("UADA", "/usage contoso")
    assert await chat.sent(urlencode(payload)) == ""
    words, picture = await standin.said(place, 2)
    assert words["response_type"] == picture["response_type"] == "ephemeral"
    assert words["replace_original"] is False
    assert "Contoso" in texts(words)[0]
    assert words["text"].startswith(texts(words)[0].replace("&", "&amp;")[:40])


async def test_the_acknowledgement_waits_for_nothing(chat: Chat, standin: StandIn) -> None:
    standin.open.clear()
    place = await chat.command("UADA", "/whoami")
    assert standin.answers == {}
    standin.open.set()
    [said] = await standin.said(place)
    assert "UADA" in texts(said)[0]


async def test_an_answer_has_sentence_figures_table_small_print_and_picture(chat: Chat) -> None:
    words, picture = await chat.asked("UADA", "/usage contoso", 2)
    assert kinds(words)[0] == "rich_text"
    assert "table" in kinds(words)
    assert kinds(words)[-4:] == ["context", "actions", "section", "actions"]
    assert any("fields" in block for block in words["blocks"])
    [image] = picture["blocks"]
    file = chat.standin.files[image["slack_file"]["id"]]
    assert file.body.startswith(b"\x89PNG")
    assert image["alt_text"]


async def test_a_table_keeps_numbers_to_the_right(chat: Chat) -> None:
    [words, *_] = await chat.asked("UADA", "/usage contoso")
    [table] = [block for block in words["blocks"] if block["type"] == "table"]
    sides = [column["align"] for column in table["column_settings"]]
    assert sides[0] == "left"
    assert "right" in sides
    assert {len(row) for row in table["rows"]} == {len(sides)}


async def test_the_very_same_request_again_is_acknowledged_and_has_no_effect(
    chat: Chat, standin: StandIn
) -> None:
    place, payload = chat.command_payload("UADA", "/whoami")
    for _ in range(3):
        assert await chat.sent(urlencode(payload)) == ""
    await standin.said(place)
    await chat.asked("UADA", "/whoami")
    assert len(standin.answers[place]) == 1


async def test_every_command_is_reached_through_seatwise(chat: Chat) -> None:
    [said] = await chat.asked("UADA", "/seatwise whoami")
    assert "slack:T1:UADA" in texts(said)[0]


async def test_whoever_belongs_to_an_enterprise_is_known_by_it(chat: Chat) -> None:
    [said] = await chat.asked("UADA", "/whoami", enterprise_id="E7")
    assert "slack:E7:UADA" in texts(said)[0]


async def test_an_answer_is_in_the_language_of_the_account(chat: Chat) -> None:
    [said] = await chat.asked("UCLEO", "/whoami")
    assert "Vous" in texts(said)[0]


async def test_typed_entities_are_read_and_echoed_harmless(chat: Chat) -> None:
    [said] = await chat.asked("UADA", "/usage &lt;!channel&gt; &amp; sons")
    assert "<!channel> & sons" in texts(said)[0]
    assert said["blocks"][0]["text"]["type"] == "plain_text"
    assert "<!channel>" not in said["text"]
    assert "&lt;!channel&gt; &amp; sons" in said["text"]


async def test_what_slack_did_not_sign_reaches_nobody(chat: Chat, standin: StandIn) -> None:
    _, payload = chat.command_payload("UADA", "/whoami")
    headers = signed(b"something else")
    async with chat.client.post("/slack/events", data=payload, headers=headers) as response:
        assert (response.status, await response.text()) == (401, "")
    await chat.asked("UADA", "/whoami")
    assert sum(standin.uses.values()) == 1


async def test_whatever_else_slack_sends_is_acknowledged(chat: Chat) -> None:
    sent = [
        ("{", "application/json"),
        ("[" * 50_000, "application/json"),
        ("payload={", "application/x-www-form-urlencoded"),
        ("", "application/x-www-form-urlencoded"),
        (urlencode({"payload": json.dumps({"type": "view_submission"})}), None),
        (urlencode({"payload": json.dumps({"type": "block_actions", "actions": []})}), None),
        (json.dumps({"type": "event_callback", "event": {"type": "message"}}), "application/json"),
        (urlencode({"command": "/usage", "user_id": "nobody's id", "text": "x"}), None),
    ]
    for body, kind in sent:
        assert await chat.sent(body, kind or "application/x-www-form-urlencoded") == ""
    [said] = await chat.asked("UADA", "/whoami")
    assert "UADA" in texts(said)[0]


async def test_slack_is_told_its_own_challenge(chat: Chat) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc123"})
    assert json.loads(await chat.sent(body, "application/json")) == {"challenge": "abc123"}
