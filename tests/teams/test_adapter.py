"""The way in: what Microsoft signed reaches the program once, whole, and is answered once."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.metrics import Metrics
from bot.replay_set import ReplaySetUnavailable
from bot.teams.activities import DEEPEST
from bot.teams.adapter import TeamsAdapter
from bot.teams.auth.tokens import LEEWAY
from bot.teams.connector import PLAYGROUND_REST
from bot.teams.ports import BotRegistration, ConnectorError
from tests.answering.asking import Clock, Log
from tests.gate.signing import NOW
from tests.slack.talking import Remembered
from tests.teams.signing import APP, PASSWORD, TENANT, claims, token
from tests.teams.speaking import NOBODY, Bot, activity, speaking
from tests.teams.standin import Cloud

FOREIGN = "7c0e9b7e-0000-4000-8000-00000000b002"


async def test_a_signed_activity_reaches_the_program_as_it_was_sent(bot: Bot) -> None:
    sent = activity(bot.cloud.service_url)
    assert await bot.sent(sent) == (200, b"")
    assert (bot.taken, bot.refused()) == ([sent], {})


async def test_a_second_delivery_has_no_effect(bot: Bot) -> None:
    sent = activity(bot.cloud.service_url)
    for _ in range(3):
        assert await bot.sent(sent) == (200, b"")
    again = {**sent, "timestamp": "2026-11-22T09:30:01Z"}  # by another token, a second later
    assert await bot.sent(again) == (200, b"")
    assert (bot.taken, bot.refused()) == ([sent], {"replayed": 3})


async def test_a_second_press_of_the_same_id_has_no_effect(bot: Bot) -> None:
    bot.answer = {"statusCode": 200}
    sent = activity(bot.cloud.service_url, type="invoke", name="adaptiveCard/action")
    said = await asyncio.gather(*(bot.sent(sent) for _ in range(10)))
    assert sorted(said) == sorted([(200, b'{"statusCode": 200}'), *[(200, b"")] * 9])
    assert bot.taken == [sent]


async def test_the_same_id_elsewhere_is_another_activity(bot: Bot) -> None:
    here = activity(bot.cloud.service_url)
    there = {**here, "conversation": {"id": "a:ben", "tenantId": TENANT}}
    edited = {**here, "type": "messageUpdate"}
    for sent in (here, there, edited):
        assert await bot.sent(sent) == (200, b"")
    assert bot.taken == [here, there, edited]


async def test_the_body_of_an_invoke_is_written_once(bot: Bot) -> None:
    bot.answer = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": {}}
    sent = activity(bot.cloud.service_url, type="invoke", name="adaptiveCard/action", value={})
    status, body = await bot.sent(sent)
    assert (status, json.loads(body)) == (200, bot.answer)


async def test_an_invoke_without_a_body_is_answered_too(bot: Bot) -> None:
    assert await bot.sent(activity(bot.cloud.service_url, type="invoke")) == (200, b"")


async def test_trouble_in_the_program_is_no_trouble_of_teams(bot: Bot, logged: Log) -> None:
    bot.trouble = ValueError("a customer's name")
    for kind in ("message", "invoke"):
        assert await bot.sent(activity(bot.cloud.service_url, type=kind)) == (200, b"")
    assert [line["error"] for line in logged()] == ["ValueError"] * 2


@dataclass
class Broken:
    """A replay set that cannot tell."""

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        raise ReplaySetUnavailable


@dataclass
class Noting(Remembered):
    """A replay set that notes how long it is to remember."""

    until: list[datetime] = field(default_factory=list)

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        self.until.append(until)
        return await super().first(platform, mark, now, until)


async def test_an_activity_is_remembered_as_long_as_its_token_could_be_used(cloud: Cloud) -> None:
    seen = Noting()
    async with speaking(cloud, seen) as bot:
        ends = int(bot.clock.now.timestamp()) + 7200
        sent = activity(cloud.service_url)
        bearer = "Bearer " + token(claims(cloud.service_url, exp=ends))
        await bot.sent(sent, bearer)
        last = datetime.fromtimestamp(ends, UTC) + LEEWAY
        assert seen.until == [last]
        for then, status in ((last, 200), (last + timedelta(seconds=1), 401)):
            bot.clock.now = then
            assert await bot.sent(sent, bearer) == (status, b"")
        assert bot.taken == [sent]


async def test_what_the_store_cannot_tell_is_handed_on_as_such(cloud: Cloud) -> None:
    async with speaking(cloud, Broken()) as bot:
        sent = activity(cloud.service_url)
        assert await bot.sent(sent) == (200, b"")
        assert (bot.taken, bot.unchecked, bot.refused()) == ([], [sent], {"store": 1})


TENANTS: dict[str, dict[str, Any]] = {
    "foreign": {
        "conversation": {"id": "a:x", "tenantId": FOREIGN},
        "channelData": {"tenant": {"id": FOREIGN}},
    },
    "two": {
        "conversation": {"id": "a:x", "tenantId": TENANT},
        "channelData": {"tenant": {"id": FOREIGN}},
    },
    "two, the other way": {"conversation": {"id": "a:x", "tenantId": FOREIGN}},
    "none": {"conversation": {"id": "a:x"}, "channelData": None},
    "none in the conversation": {"conversation": {"id": "a:x"}},
    "a list": {"conversation": {"id": "a:x", "tenantId": [TENANT]}, "channelData": None},
    "nothing inside": {"channelData": {"tenant": {"id": None}}},
}


@pytest.mark.parametrize("changes", TENANTS.values(), ids=TENANTS)
async def test_a_tenant_that_is_not_allowed_is_answered_and_has_no_effect(
    bot: Bot, changes: dict[str, Any]
) -> None:
    assert await bot.sent(activity(bot.cloud.service_url, **changes)) == (200, b"")
    assert (bot.taken, bot.refused()) == ([], {"tenant": 1})


async def test_allowed_tenants_are_allowed_in_any_writing(cloud: Cloud) -> None:
    known = cloud.registration(allowed_tenants=frozenset({FOREIGN}), tenant="")
    async with speaking(cloud, registration=known) as bot:
        sent = activity(cloud.service_url, **TENANTS["foreign"])
        loud = activity(
            cloud.service_url,
            conversation={"id": "a:x", "tenantId": FOREIGN.upper()},
            channelData={"team": {"id": "19:x"}},
        )
        ours = activity(cloud.service_url)
        for one in (sent, loud, ours):
            assert await bot.sent(one) == (200, b"")
        assert (bot.taken, bot.refused()) == ([sent, loud], {"tenant": 1})


@pytest.mark.parametrize(
    ("known", "lacking"),
    [
        (NOBODY, "no tenant is allowed"),
        (BotRegistration("", PASSWORD, TENANT), "no app id"),
        (BotRegistration(APP, PASSWORD), "no tenant is allowed"),
    ],
)
def test_who_lacks_something_gets_nobody_in_rather_than_everybody(
    known: BotRegistration, lacking: str
) -> None:
    with pytest.raises(ValueError, match=lacking):
        TeamsAdapter(known, Broken(), Metrics(), Clock(NOW))


MALFORMED: dict[str, Any] = {
    "no JSON": b"{",
    "empty": b"",
    "a list": b"[]",
    "null": b"null",
    "no UTF-8": b"\xff\xfe",
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "too deep": b'{"a":' * DEEPEST + b"{}" + b"}" * DEEPEST,
    "far too deep": b"[" * 100_000,
    "no number": {"value": float("nan")},
    "infinity": {"value": float("inf")},
    "an endless number": b'{"a": ' + b"9" * 5000 + b"}",
    "no type": {"type": None},
    "a type in a list": {"type": ["message"]},
    "no service address": {"serviceUrl": None},
    "no conversation": {"conversation": None},
    "a conversation that is a text": {"conversation": "a:ada"},
    "a conversation without id": {"conversation": {"tenantId": TENANT}},
    "another channel": {"channelId": "emulator"},
    "no channel": {"channelId": None},
}


@pytest.mark.parametrize("change", MALFORMED.values(), ids=MALFORMED)
async def test_what_is_no_activity_of_teams_is_refused_though_signed(
    bot: Bot, change: Any, logged: Log
) -> None:
    url = bot.cloud.service_url
    body = change if isinstance(change, bytes) else activity(url, **change)
    assert await bot.sent(body, "Bearer " + token(claims(url))) == (401, b"")
    assert (bot.taken, sum(bot.refused().values()), logged()) == ([], 1, [])


async def test_an_activity_may_lie_so_deep_and_brackets_in_texts_are_no_depth(bot: Bot) -> None:
    deep: Any = []
    for _ in range(DEEPEST - 2):
        deep = [deep]
    sent = activity(bot.cloud.service_url, value=deep, text="[{" * 200 + '"\\" [[[ \\')
    assert await bot.sent(sent) == (200, b"")
    assert await bot.sent({**sent, "id": "another", "value": [deep]}) == (401, b"")
    assert (bot.taken, bot.refused()) == ([sent], {"nested": 1})


PITS = {
    "never closed": b"[" * 1_000_000,
    "texts never ended": b'"\\' * 500_000,
    "empty lists": b"[" + b"[]," * 330_000 + b"[",
}


@pytest.mark.parametrize("body", PITS.values(), ids=PITS)
async def test_no_depth_costs_time(bot: Bot, body: bytes) -> None:
    begun = asyncio.get_running_loop().time()
    assert (await bot.sent(body, "Bearer " + token(claims(bot.cloud.service_url))))[0] == 401
    assert asyncio.get_running_loop().time() - begun < 1


async def test_types_that_botbuilder_cannot_read_are_no_trouble(bot: Bot, logged: Log) -> None:
    for changes in ({"from": "ada"}, {"attachments": {"a": 1}}, {"timestamp": []}, {"text": {}}):
        assert await bot.sent(activity(bot.cloud.service_url, **changes)) == (200, b"")
    assert {line["event"] for line in logged()} <= {"activity of teams failed"}


async def test_other_methods_types_and_sizes_are_refused_as_everywhere(bot: Bot) -> None:
    url = bot.cloud.service_url
    right = "Bearer " + token(claims(url))
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/json5"):
        assert await bot.sent(activity(url), right, **{"Content-Type": kind}) == (415, b"")
    assert await bot.sent(activity(url), right, **{"Content-Encoding": "gzip"}) == (415, b"")
    assert await bot.sent(b"[" * 1_048_577, right) == (413, b"")
    headers = {"Authorization": right, "Content-Type": "application/json"}
    answer = await bot.client.get("/teams/messages", headers=headers)
    assert (answer.status, bot.taken) == (401, [])


async def test_the_demonstration_takes_what_nobody_signed_from_this_machine_alone(
    cloud: Cloud,
) -> None:
    async with speaking(cloud, registration=NOBODY, unsigned=True) as bot:
        sent = activity(cloud.service_url)
        assert await bot.sent(sent, "") == (200, b"")
        for url in ("https://smba.trafficmanager.net/emea/", "http://example.org/", "http://[::"):
            assert await bot.sent(activity(url), "") == (401, b"")
        page = {"Origin": "http://127.0.0.1:8000"}
        assert await bot.sent(activity(cloud.service_url, id="2"), "", **page) == (401, b"")
        assert bot.taken == [sent]


async def test_the_playground_is_given_time_to_draw_before_it_is_answered(cloud: Cloud) -> None:
    async with speaking(cloud, registration=NOBODY, unsigned=True) as bot:
        began = time.monotonic()
        with pytest.raises(
            ConnectorError
        ):  # this cloud wants what the Playground does not: a token
            await bot.adapter.connector.send(cloud.conversation(), {"type": "message"})
        assert time.monotonic() - began >= PLAYGROUND_REST


async def test_app_and_tenant_are_what_the_login_hears(bot: Bot) -> None:
    await bot.adapter.connector.send(bot.cloud.conversation(), {"type": "message"})
    (form,) = bot.cloud.forms
    assert (form["tenant"], form["client_id"]) == (TENANT, APP)
    assert form["scope"] == "https://api.botframework.com/.default"
