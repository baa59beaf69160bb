"""Socket Mode: the same commands over a connection that the bot opens."""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp

from bot.slack.ports import Keys
from bot.slack.socket import connect_socket
from bot.wiring import Installation
from tests.slack.speaking import message
from tests.slack.standin import APP, BOT, StandIn
from tests.slack.talking import Chat, talking, texts
from tests.slack.test_choosing import offers, typing
from tests.slack.test_forms import filled


async def test_a_command_over_the_socket_is_acknowledged_empty_and_answered(
    seated: Installation, standin: StandIn
) -> None:
    async with talking(seated, standin, socket=True) as chat:
        socket = await standin.connections(1)
        place, payload = chat.command_payload("UADA", "/usage contoso")
        await socket.send_json({"type": "slash_commands", "envelope_id": "e1", "payload": payload})
        async with asyncio.timeout(5):
            assert await standin.heard.get() == {"envelope_id": "e1"}
        words, picture = await standin.said(place, 2)
        assert "Contoso" in texts(words)[0]
        assert picture["blocks"][0]["type"] == "image"


async def test_everything_over_the_socket_is_acknowledged(
    seated: Installation, standin: StandIn
) -> None:
    sent: list[tuple[str, dict[str, object]]] = [
        ("events_api", {"type": "event_callback", "event": {"type": "app_home_opened"}}),
        ("interactive", {"type": "view_submission", "view": {"callback_id": "x"}}),
        ("interactive", {"type": "shortcut", "callback_id": "x"}),
        ("interactive", {"type": "block_actions", "actions": [{"action_id": "old"}]}),
    ]
    async with talking(seated, standin, socket=True):
        socket = await standin.connections(1)
        for kind, payload in sent:
            await socket.send_json({"type": kind, "envelope_id": kind, "payload": payload})
            async with asyncio.timeout(5):
                assert (await standin.heard.get())["envelope_id"] == kind


@pytest.mark.parametrize("kind", ["event", "command", "press"])
async def test_what_comes_twice_over_the_socket_is_answered_once(
    seated: Installation, standin: StandIn, kind: str
) -> None:
    async with talking(seated, standin, socket=True) as chat:
        socket = await standin.connections(1)
        _, command = chat.command_payload("UADA", "/whoami", trigger_id="t1")
        _, press = chat.press_body(
            "UADA", {"type": "button", "action_id": "press-0", "value": "old"}, trigger_id="t1"
        )
        sent = {
            "event": ("events_api", message("UADA", "whoami")),
            "command": ("slash_commands", command),
            "press": ("interactive", json.loads(parse_qs(press)["payload"][0])),
        }
        for envelope in ("e1", "e2"):
            await given(socket, sent[kind], envelope, standin)
        await chat.drained()
        answers = [said for place in standin.answers.values() for said in place]
        assert len(answers) + len(standin.posted) == 1


async def test_what_is_wrong_in_a_form_is_said_over_the_socket(
    seated: Installation, standin: StandIn
) -> None:
    async with talking(seated, standin, socket=True) as chat:
        socket = await standin.connections(1)
        wrong = await given(socket, ("interactive", filled(until="2026-11-01")), "e1", standin)
        right = await given(socket, ("interactive", filled()), "e2", standin)
        await chat.drained()
        assert set(wrong["payload"]["errors"]) == {"until"}
        assert "payload" not in right
        assert len(standin.posted) == 1


async def test_customers_are_offered_over_the_socket(
    seated: Installation, standin: StandIn
) -> None:
    async with talking(seated, standin, socket=True):
        socket = await standin.connections(1)
        fit = await given(socket, ("interactive", typing("UCLEO", "con")), "e1", standin)
        none = await given(socket, ("interactive", typing("UBEN", "con")), "e2", standin)
        assert offers(fit["payload"]) == ["Contoso"]
        assert none == {"envelope_id": "e2", "payload": {"options": []}}


async def test_a_socket_that_slack_closes_is_opened_again(
    seated: Installation, standin: StandIn
) -> None:
    async with talking(seated, standin, socket=True) as chat:
        await (await standin.connections(1)).send_json({"type": "disconnect", "reason": "warning"})
        socket = await standin.connections(2)
        assert await answered_over(socket, chat, standin)
        assert standin.calls["apps.connections.open"] == 2


async def test_the_program_starts_and_ends_while_slack_refuses_its_token(
    seated: Installation, standin: StandIn
) -> None:
    standin.broken["apps.connections.open"] = "invalid_auth"
    async with talking(seated, standin, socket=True):
        await standin.called("apps.connections.open")
    assert standin.sockets == []


async def test_with_the_socket_there_is_no_public_address(
    seated: Installation, standin: StandIn
) -> None:
    async with (
        talking(seated, standin, socket=True) as chat,
        chat.client.post("/slack/events", data=b"{}") as response,
    ):
        assert response.status == 404


async def test_a_socket_that_breaks_is_opened_again(standin: StandIn) -> None:
    async with connect_socket(AsyncApp(token=BOT), keys(standin), ping=0.1):
        await (await standin.connections(1)).close()
        assert not (await standin.connections(2)).closed


async def test_an_address_that_does_not_open_is_given_up_for_another(standin: StandIn) -> None:
    standin.dead_sockets.append("ws://127.0.0.1:9/used-up")
    async with connect_socket(AsyncApp(token=BOT), keys(standin), ping=0.1):
        assert not (await standin.connections(1)).closed


async def test_a_broken_socket_is_not_waited_for_at_a_used_up_address(standin: StandIn) -> None:
    async with connect_socket(AsyncApp(token=BOT), keys(standin), ping=0.1):
        first = await standin.connections(1)
        standin.dead_sockets.append("ws://127.0.0.1:9/used-up")
        await first.close()
        assert not (await standin.connections(2)).closed


async def given(
    socket: web.WebSocketResponse,
    sent: tuple[str, dict[str, Any]],
    envelope: str,
    standin: StandIn,
) -> dict[str, Any]:
    """What the bot says to an envelope at once."""
    kind, payload = sent
    await socket.send_json({"type": kind, "envelope_id": envelope, "payload": payload})
    async with asyncio.timeout(5):
        return await standin.heard.get()


def keys(standin: StandIn) -> Keys:
    return Keys("", standin.at("/api/"), APP)


async def answered_over(socket: web.WebSocketResponse, chat: Chat, standin: StandIn) -> bool:
    """Whether a command over this socket finds its answer."""
    place, payload = chat.command_payload("UADA", "/whoami")
    envelope = {"type": "slash_commands", "envelope_id": "e2", "payload": payload}
    await socket.send_json(envelope)
    [said] = await standin.said(place)
    return "UADA" in texts(said)[0]
