"""A first word to each installation, once, and none where many would read it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.teams.ports import ConnectorError
from bot.teams.welcome import QUIET
from bot.wiring import Installation
from tests.teams.activities import BOT, CHANNEL, IDS, TENANT, payload, spoken
from tests.teams.reading_cards import buttons, card_of, texts
from tests.teams.recorder import Recorder, member
from tests.teams.talking import Chat, seat, talking

TEAM = "19:team@thread.tacv2"


@pytest_asyncio.fixture
async def chat(installation: Installation) -> AsyncIterator[Chat]:
    await seat(installation)
    recorder = Recorder({TEAM: [member("ada"), member("ben")]})
    async with talking(installation, recorder) as there:
        yield there


async def test_whoever_installs_the_bot_is_greeted_once_with_examples(chat: Chat) -> None:
    for _ in range(2):
        await chat.said(payload("install_personal"))
    [shown] = chat.recorder.messages.values()
    assert shown.room == "a:29:ada"
    assert "Seatwise" in texts(card_of(shown.activity))[0]
    assert list(buttons(card_of(shown.activity))) == ["/usage", "/help", "/whoami"]


async def test_an_example_answers_at_once(chat: Chat) -> None:
    await chat.said(payload("install_personal"))
    message, card = chat.last("ada")
    answer = await chat.pressed("ada", buttons(card)["/whoami"], message)
    assert IDS["ada"] in texts(answer["value"])[0]


async def test_the_greeting_is_in_the_language_of_whoever_installs(chat: Chat) -> None:
    await chat.said({**payload("install_personal"), "locale": "fr-FR"})
    [shown] = chat.recorder.messages.values()
    assert texts(card_of(shown.activity))[0].startswith("Bonjour")


async def test_a_team_is_greeted_once_however_teams_tells_of_it(chat: Chat) -> None:
    for name in ("install_team", "bot_added_to_team", "install_team"):
        await chat.said(payload(name))
    [shown] = chat.recorder.messages.values()
    assert (shown.room, buttons(card_of(shown.activity))) == (TEAM, {})


@pytest.mark.parametrize("name", ["member_added", "team_renamed", "reaction", "message_edited"])
async def test_nothing_else_is_greeted_or_answered(chat: Chat, name: str) -> None:
    await chat.said(payload(name))
    assert chat.recorder.calls == []
    assert chat.recorder.typing == []


async def test_an_upgrade_is_no_installation(chat: Chat) -> None:
    await chat.said({**payload("install_personal"), "action": "add-upgrade"})
    assert chat.recorder.messages == {}


@pytest.mark.parametrize(("people", "greeted"), [(QUIET, 1), (QUIET + 1, 0)])
async def test_a_large_team_is_not_disturbed(chat: Chat, people: int, greeted: int) -> None:
    chat.recorder.rooms[TEAM] = [member("ada", aadObjectId=f"{at}") for at in range(people)]
    await chat.said(payload("install_team"))
    assert len(chat.recorder.messages) == greeted


async def test_a_team_that_cannot_be_counted_is_not_disturbed(chat: Chat) -> None:
    chat.recorder.fails = lambda name, _: ConnectorError(403) if name == "members" else None
    await chat.said(payload("install_team"))
    assert chat.recorder.messages == {}


async def test_an_installation_is_kept_until_it_is_removed_and_then_greeted_anew(
    chat: Chat,
) -> None:
    await chat.said(payload("install_personal"))
    kept = await chat.kept.of_person("teams", TENANT, IDS["ada"])
    assert kept is not None
    assert (kept.address, kept.account, kept.bot) == ("a:29:ada", "29:ada", BOT)
    await chat.said({**payload("install_personal"), "action": "remove"})
    assert await chat.kept.of_person("teams", TENANT, IDS["ada"]) is None
    await chat.said(payload("install_personal"))
    assert len(chat.recorder.messages) == 2


async def test_a_removed_team_is_forgotten_with_all_its_channels(chat: Chat) -> None:
    await chat.said(payload("install_team"))
    await chat.asked("ada", "<at>Seatwise</at> whoami", "channel")
    kept = await chat.kept.groups("teams", TENANT, 9)
    assert [found.address for found in kept] == [CHANNEL, TEAM]
    removed = [{"id": BOT}]
    await chat.said({**payload("bot_added_to_team"), "membersAdded": [], "membersRemoved": removed})
    assert await chat.kept.groups("teams", TENANT, 9) == []
    await chat.asked("ada", "<at>Seatwise</at> whoami", "channel")
    assert len(await chat.kept.groups("teams", TENANT, 9)) == 1


async def test_a_conversation_is_refreshed_by_every_activity(chat: Chat) -> None:
    await chat.said(payload("install_personal"))
    await chat.said(spoken("ada", "whoami", serviceUrl="https://smba.trafficmanager.net/uk/"))
    kept = await chat.kept.of_person("teams", TENANT, IDS["ada"])
    assert kept is not None
    assert kept.service_url == "https://smba.trafficmanager.net/uk/"


async def test_an_installation_that_does_not_say_whose_is_left_alone(chat: Chat) -> None:
    await chat.said({**payload("install_personal"), "from": {"id": "29:ada"}})
    await chat.said(
        {**payload("install_personal"), "conversation": {"id": "a:1"}, "channelData": 3}
    )
    assert chat.recorder.messages == {}
