"""Holders of rights who are no members any more, on Teams: they see and give nothing, and their
rights can be taken back, whether Teams answers or not.
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from analytics.values import OWN
from bot.directory import FRESH, RECENT
from bot.teams.ports import ConnectorError
from bot.wiring import Installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from handlers.messages.speaker import speaker
from tests.conftest import NOW
from tests.teams.activities import BOT, ELSEWHERE, GROUP, IDS, TENANT, at, payload, spoken
from tests.teams.reading_cards import buttons, texts
from tests.teams.recorder import Recorder, member
from tests.teams.talking import Chat, first, seat, seen, talking
from tests.teams.test_people import Clock

SAY = speaker("en")
BEN = UserRef("teams", TENANT, IDS["ben"])
UNCONFIRMED = "I could not confirm just now"
STATES: dict[str, dict[str, Any]] = {
    "guest": {"userRole": "guest"},
    "stranger": {"tenantId": ELSEWHERE},
    "bot": {"userRole": "bot"},
}
WORDS = {
    "guest": "guests see no figures",
    "stranger": "belongs to another organisation",
    "bot": "Bots see no figures",
    "gone": "no longer knows your account",
}
OUTAGES = {
    "429": ConnectorError(429, wait=60),
    "500": ConnectorError(500),
    "dead token": ConnectorError(401),
    "blocked": ConnectorError(403, "BotNotInConversationRoster"),
    "lost": ConnectorError(0),
}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def recorder() -> Recorder:
    return Recorder({GROUP: [member("ada"), member("ben")]})


@pytest_asyncio.fixture
async def chat(installation: Installation, recorder: Recorder, clock: Clock) -> AsyncIterator[Chat]:
    """Ben is partner admin too; everybody has written to the bot once."""
    await seat(installation)
    everything = Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
    await installation.roles.give(BEN, everything)
    async with talking(installation, recorder, clock=clock) as there:
        for who in ("ada", "ben", "cleo"):
            await there.asked(who, "whoami")
        yield there


def in_every_roster(recorder: Recorder, state: str) -> None:
    """Ben's account changes."""
    for members in recorder.rooms.values():
        for place, one in enumerate(members):
            if one["aadObjectId"] == IDS["ben"]:
                members[place] = {**one, **STATES.get(state, {})}
        if state == "gone":
            members[:] = [one for one in members if one["aadObjectId"] != IDS["ben"]]


async def becomes(recorder: Recorder, clock: Clock, state: str) -> None:
    """It changes, and Teams does not tell."""
    in_every_roster(recorder, state)
    clock.now += FRESH + 1


def breaks(recorder: Recorder, clock: Clock, outage: str) -> None:
    """Rosters tell nothing any more."""
    recorder.fails = lambda name, _: OUTAGES[outage] if name.startswith("member") else None
    clock.now += FRESH + 1


@pytest.mark.parametrize("state", WORDS)
async def test_a_question_a_button_a_grant_and_a_digest_are_refused_with_the_true_reason(
    chat: Chat, recorder: Recorder, clock: Clock, state: str
) -> None:
    [card] = await chat.asked(
        "ben", "grant-analytics <at>cleo</at> as executive", entities=at("cleo")
    )
    message, _ = chat.last("ben")
    await becomes(recorder, clock, state)
    for line in (
        *("usage contoso", "usage", "customers", "doctor", "who-has-analytics"),
        *("revoke-analytics", "digest usage contoso every Monday 9:00", "digest ops here"),
    ):
        [said] = await chat.asked("ben", line)
        assert WORDS[state] in first(said), line
        assert SAY("figure-sold").lower() not in " ".join(texts(said)).lower(), line
    answer = await chat.pressed("ben", buttons(card)["Grant"], message)
    assert WORDS[state] in str(answer["value"])
    [who] = await chat.asked("ada", "who-has-analytics")
    assert not any("Cleo" in text and "executive" in text for text in texts(who))


@pytest.mark.parametrize("state", WORDS)
async def test_a_room_with_them_sees_no_figures(
    chat: Chat, recorder: Recorder, clock: Clock, state: str
) -> None:
    question = spoken("ada", "<at>Seatwise</at> usage contoso", "group", entities=at("bot"))
    await chat.said(question)
    assert seen(chat, "ben")[-1].startswith("Contoso: ")
    await becomes(recorder, clock, state)
    shown = len(seen(chat, "ben"))
    await chat.said(question)
    # Who is in no roster any more reads nothing there; the room is then Ada's alone.
    assert (len(seen(chat, "ben")) == shown) is (state != "gone")


@pytest.mark.parametrize("state", WORDS)
async def test_they_share_nothing(chat: Chat, recorder: Recorder, clock: Clock, state: str) -> None:
    alone = {"id": BOT, "name": "Seatwise", "isTargeted": True}
    await chat.said(spoken("ben", "usage contoso", "group", recipient=alone))
    message, card = chat.last("ben", "group")
    await becomes(recorder, clock, state)
    shown = len(seen(chat, "ada"))
    answer = await chat.pressed("ben", buttons(card)["Share here"], message, "group")
    assert WORDS[state] in str(answer["value"])
    assert len(seen(chat, "ada")) == shown


@pytest.mark.parametrize("state", WORDS)
@pytest.mark.parametrize("how", ["id", "list"])
async def test_their_right_is_taken_back_whoever_they_are_now(
    chat: Chat, recorder: Recorder, clock: Clock, state: str, how: str
) -> None:
    await becomes(recorder, clock, state)
    if how == "list":
        await chat.asked("ada", "who-has-analytics")
        message, listed = chat.last("ada")
        pressed = await chat.pressed("ada", buttons(listed)["Revoke Ben…"], message)
        card, message = pressed["value"], message
    else:
        [card] = await chat.asked("ada", f"revoke-analytics {BEN}")
        message, _ = chat.last("ada")
    answer = await chat.pressed("ada", buttons(card)["Revoke"], message)
    assert "no longer has any right." in str(answer["value"])


@pytest.mark.parametrize("outage", OUTAGES)
async def test_without_a_word_of_teams_the_asker_is_answered_for_an_hour_and_nobody_else_is(
    chat: Chat, recorder: Recorder, clock: Clock, outage: str
) -> None:
    breaks(recorder, clock, outage)
    [answer] = await chat.asked("ada", "usage contoso")
    assert first(answer).startswith("Contoso: ")
    for line in ("grant-analytics as viewer", "digest usage contoso every Monday 9:00"):
        [said] = await chat.asked("ada", line)
        assert first(said).startswith(UNCONFIRMED), line
    shown = len(seen(chat, "ben"))
    await chat.said(spoken("ada", "<at>Seatwise</at> usage contoso", "group", entities=at("bot")))
    assert len(seen(chat, "ben")) == shown
    clock.now += RECENT
    [late] = await chat.asked("ada", "usage contoso")
    assert first(late).startswith(UNCONFIRMED)


@pytest.mark.parametrize("outage", OUTAGES)
async def test_without_a_word_of_teams_a_right_is_taken_back_all_the_same(
    chat: Chat, recorder: Recorder, clock: Clock, installation: Installation, outage: str
) -> None:
    breaks(recorder, clock, outage)
    clock.now += RECENT
    [card] = await chat.asked("ada", f"revoke-analytics {BEN}")
    message, _ = chat.last("ada")
    await chat.pressed("ada", buttons(card)["Revoke"], message)
    assert BEN not in dict(await installation.roles.holders(OWN, NOW))


async def test_nobody_is_looked_up_more_than_once_in_five_minutes(
    chat: Chat, recorder: Recorder, clock: Clock
) -> None:
    before = recorder.calls.count("member")
    for _ in range(30):
        await chat.asked("ada", "usage contoso")
    assert recorder.calls.count("member") == before
    clock.now += FRESH + 1
    for _ in range(30):
        await chat.asked("ada", "usage contoso")
    assert recorder.calls.count("member") == before + 1


async def test_who_comes_or_goes_is_asked_for_at_once(chat: Chat, recorder: Recorder) -> None:
    in_every_roster(recorder, "guest")
    [said] = await chat.asked("ben", "usage contoso")
    assert first(said).startswith("Contoso: ")
    await chat.said(payload("member_added"))
    [said] = await chat.asked("ben", "usage contoso")
    assert WORDS["guest"] in first(said)
