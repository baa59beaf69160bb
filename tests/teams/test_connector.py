"""The way out: what is tried again and what never, how fast, and who is in a conversation."""

import asyncio
import time

import pytest
from aiohttp import ClientSession
from botbuilder.schema import Activity, ErrorResponseException

from bot.teams.connector import BotConnector
from bot.teams.ports import ConnectorError
from tests.answering.asking import Log
from tests.teams.signing import TENANT
from tests.teams.speaking import NOBODY, Bot, speaking
from tests.teams.standin import BOT, Cloud, member

MESSAGE = {"type": "message", "text": "Seats used", "odd": {"kept": [None, "é"]}}
ROOM = "19:room@thread.v2"


@pytest.fixture
def out(bot: Bot) -> BotConnector:
    return bot.adapter.connector


async def test_a_message_arrives_as_it_is_and_its_id_comes_back(
    out: BotConnector, cloud: Cloud
) -> None:
    assert await out.send(cloud.conversation(), MESSAGE) == "message-0"
    (posted,) = cloud.posted
    assert (posted.conversation, posted.activity, posted.targeted) == (ROOM, MESSAGE, False)


async def test_a_targeted_message_is_said_to_be(out: BotConnector, cloud: Cloud) -> None:
    await out.send(cloud.conversation(), {**MESSAGE, "recipient": {"id": "29:ada"}}, targeted=True)
    assert [one.targeted for one in cloud.posted] == [True]


async def test_a_thread_is_written_to_by_its_whole_name(out: BotConnector, cloud: Cloud) -> None:
    thread = f"{ROOM};messageid=1/2?&#"
    await out.send(cloud.conversation(thread), MESSAGE)
    await out.update(cloud.conversation(thread), "1/2?", MESSAGE)
    assert [one.conversation for one in (*cloud.posted, *cloud.updated)] == [thread, thread]
    assert cloud.updated[0].id == "1/2?"


async def test_a_conversation_is_opened_in_its_tenant(out: BotConnector, cloud: Cloud) -> None:
    opened = await out.open_with(cloud.conversation(), "29:ada")
    assert (opened.id, opened.tenant, opened.bot) == ("a:29:ada", TENANT, BOT)
    (wanted,) = cloud.opened
    assert (wanted["tenantId"], wanted["members"], wanted["isGroup"]) == (
        TENANT,
        [{"id": "29:ada"}],
        False,
    )


async def test_people_are_found_by_either_id_and_strangers_are_not(
    out: BotConnector, cloud: Cloud
) -> None:
    ada = member("ada")
    cloud.people[ROOM] = [ada]
    where = cloud.conversation(f"{ROOM};messageid=7")
    assert await out.member(where, "29:ada") == ada
    assert await out.member(where, ada["aadObjectId"]) == ada
    assert await out.member(where, "29:ben") is None
    with pytest.raises(ConnectorError, match="404 ConversationNotFound"):
        await out.member(cloud.conversation("19:elsewhere"), "29:ada")


async def test_everybody_is_read_page_by_page_and_too_many_are_nobody(
    out: BotConnector, cloud: Cloud
) -> None:
    everybody = [member(f"p{n}") for n in range(5)]
    cloud.people[ROOM] = everybody
    where = cloud.conversation(f"{ROOM};messageid=7")
    assert await out.members(where, 5) == everybody
    assert await out.members(where, 4) is None
    cloud.people[ROOM] = []
    assert await out.members(where, 0) == []


async def test_pages_without_end_have_an_end(out: BotConnector, cloud: Cloud) -> None:
    cloud.people[ROOM], cloud.endless = [], True
    with pytest.raises(ConnectorError, match="EndlessPages"):
        await out.members(cloud.conversation(), 3)
    assert cloud.calls["members"] == 5


TURNED_AWAY, GAVE_UP = [429, 412], [502, 504]


@pytest.mark.parametrize("status", TURNED_AWAY)
async def test_a_message_that_was_turned_away_is_sent_again(
    out: BotConnector, cloud: Cloud, status: int
) -> None:
    cloud.broken["send"], cloud.failing["send"] = (status, "Later"), 2
    assert await out.send(cloud.conversation(), MESSAGE) == "message-0"
    assert (cloud.calls["send"], len(cloud.posted)) == (3, 1)


@pytest.mark.parametrize("status", GAVE_UP)
async def test_a_message_that_a_gateway_gave_up_on_is_not_sent_twice(
    out: BotConnector, cloud: Cloud, status: int
) -> None:
    cloud.broken["send"] = cloud.broken["open"] = (status, "")
    for call in (out.send(cloud.conversation(), MESSAGE), out.open_with(cloud.conversation(), "x")):
        with pytest.raises(ConnectorError) as unsure:
            await call
        assert unsure.value.is_unsure
    assert (cloud.calls["send"], cloud.calls["open"]) == (1, 1)


@pytest.mark.parametrize("status", TURNED_AWAY + GAVE_UP)
async def test_three_tries_are_enough(out: BotConnector, cloud: Cloud, status: int) -> None:
    cloud.broken["update"] = (status, "Later")
    with pytest.raises(ConnectorError) as refused:
        await out.update(cloud.conversation(), "1", MESSAGE)
    assert (refused.value.status, refused.value.code, cloud.calls["update"]) == (status, "Later", 3)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 500, 501, 503])
async def test_any_other_refusal_is_said_at_once(
    out: BotConnector, cloud: Cloud, status: int, logged: Log
) -> None:
    cloud.broken["send"] = (status, "BotNotInConversationRoster")
    with pytest.raises(ConnectorError) as refused:
        await out.send(cloud.conversation(), MESSAGE)
    assert (refused.value.status, refused.value.code) == (status, "BotNotInConversationRoster")
    assert (cloud.calls["send"], logged()) == (1, [])


async def test_teams_says_how_long_to_wait(out: BotConnector, cloud: Cloud) -> None:
    cloud.rested["send"], cloud.retry_after = 1, "1"
    await out.send(cloud.conversation(), MESSAGE)
    first, second = cloud.times["send"]
    assert 1 <= second - first < 1.6


@pytest.mark.parametrize(
    "said", [None, "", "soon", "-1", "nan", "1e9", "Wed, 25 Nov 2026 10:00:00 GMT"]
)
async def test_where_teams_says_nothing_of_use_the_wait_is_short(
    out: BotConnector, cloud: Cloud, said: str | None
) -> None:
    cloud.rested["send"], cloud.retry_after = 1, said
    await out.send(cloud.conversation(), MESSAGE)
    first, second = cloud.times["send"]
    assert 0.45 <= second - first < 1.2


async def test_a_message_whose_answer_was_lost_is_not_sent_twice(
    out: BotConnector, cloud: Cloud
) -> None:
    cloud.lost["send"] = cloud.lost["open"] = 1
    for call in (out.send(cloud.conversation(), MESSAGE), out.open_with(cloud.conversation(), "x")):
        with pytest.raises(ConnectorError, match="NoAnswer"):
            await call
    assert (len(cloud.posted), len(cloud.opened)) == (1, 1)


async def test_a_message_that_takes_too_long_is_not_sent_twice_and_a_look_is_repeated(
    cloud: Cloud,
) -> None:
    cloud.tokens.append("")
    cloud.people[ROOM] = [member("ada")]
    cloud.stuck |= {"send", "member"}
    impatient = BotConnector(None, 0.1, local=True)
    async with ClientSession() as session, impatient.use_session(session):
        for call in (
            impatient.send(cloud.conversation(), MESSAGE),
            impatient.member(cloud.conversation(), "29:ada"),
        ):
            with pytest.raises(ConnectorError, match="NoAnswer"):
                await call
    assert (cloud.calls["send"], cloud.calls["member"]) == (1, 3)


async def test_an_update_or_a_look_whose_answer_was_lost_is_repeated(
    out: BotConnector, cloud: Cloud
) -> None:
    cloud.people[ROOM] = [member("ada")]
    cloud.lost["update"] = cloud.lost["member"] = 1
    await out.update(cloud.conversation(), "1", MESSAGE)
    assert await out.member(cloud.conversation(), "29:ada") == member("ada")
    assert (cloud.calls["update"], cloud.calls["member"]) == (2, 2)


async def test_a_redirecting_connector_is_not_followed(out: BotConnector, cloud: Cloud) -> None:
    cloud.redirects = cloud.at("/elsewhere")
    with pytest.raises(ConnectorError, match="307"):
        await out.send(cloud.conversation(), MESSAGE)


@pytest.mark.alone
async def test_seven_messages_a_second_go_to_one_conversation(
    out: BotConnector, cloud: Cloud
) -> None:
    here, there = cloud.conversation(), cloud.conversation("a:ben")
    begun = time.monotonic()
    await asyncio.gather(*(out.send(here, MESSAGE) for _ in range(15)), out.send(there, MESSAGE))
    at = [one.at - begun for one in await cloud.said(ROOM, 15)]
    assert (len([t for t in at if t < 0.9]), len([t for t in at if t < 1.9])) == (7, 14)
    assert (await cloud.said("a:ben"))[0].at - begun < 0.5


@pytest.mark.alone
async def test_thirty_requests_a_second_go_to_one_tenant(out: BotConnector, cloud: Cloud) -> None:
    cloud.people[ROOM] = [member("ada")]
    begun = time.monotonic()
    await asyncio.gather(*(out.member(cloud.conversation(), "29:ada") for _ in range(40)))
    assert len([t for t in cloud.times["member"] if t - begun < 0.9]) == 30


@pytest.mark.alone
async def test_a_connector_that_hangs_stops_nobody(out: BotConnector, cloud: Cloud) -> None:
    cloud.stuck.add("send")
    cloud.people[ROOM] = [member("ada")]
    waiting = [
        asyncio.create_task(out.send(cloud.conversation(f"a:{n}"), MESSAGE)) for n in range(20)
    ]
    await asyncio.sleep(0.1)
    begun = time.monotonic()
    await out.member(cloud.conversation(), "29:ada")
    assert time.monotonic() - begun < 0.2
    cloud.open.set()
    await asyncio.gather(*waiting)


async def test_the_demonstration_sends_without_a_token(cloud: Cloud) -> None:
    cloud.tokens.append("")
    async with speaking(cloud, registration=NOBODY, unsigned=True) as bot:
        await bot.adapter.connector.send(cloud.conversation(), MESSAGE)
    assert (len(cloud.posted), cloud.forms) == (1, [])


@pytest.mark.alone
async def test_a_wait_that_is_too_long_is_not_begun(out: BotConnector, cloud: Cloud) -> None:
    cloud.rested["send"], cloud.retry_after = 1, "60"
    begun = time.monotonic()
    with pytest.raises(ConnectorError, match="429 TooManyRequests"):
        await out.send(cloud.conversation(), MESSAGE)
    assert (time.monotonic() - begun < 1, cloud.calls["send"]) == (True, 1)


async def test_botbuilders_own_operations_go_the_same_way(out: BotConnector, cloud: Cloud) -> None:
    operations = out.client(cloud.service_url).conversations
    sent = await operations.send_to_conversation(ROOM, Activity(type="message", text="x"))
    assert (sent.id, cloud.posted[0].activity) == ("message-0", {"type": "message", "text": "x"})
    cloud.broken["send"] = (403, "BotNotInConversationRoster")
    with pytest.raises(ErrorResponseException) as refused:
        await operations.send_to_conversation(ROOM, Activity(type="message", text="x"))
    assert refused.value.error.error.code == "BotNotInConversationRoster"
    with pytest.raises(ConnectorError, match="BadServiceUrl"):
        await out.client("https://example.org/").conversations.get_conversations()
