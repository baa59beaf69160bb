"""Holders of rights who are no members any more: they see and give nothing, and their rights can be
taken back, whether Slack answers or not.
"""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from analytics.values import OWN
from bot.directory import AGAIN, FRESH, RECENT
from bot.wiring import Installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from tests.conftest import NOW
from tests.slack.speaking import happens, mention, room, user_change
from tests.slack.standin import StandIn
from tests.slack.talking import Chat, buttons, talking, texts

BEN = UserRef("slack", "T1", "UBEN")

STATES: dict[str, dict[str, Any]] = {
    "guest": {"is_restricted": True},
    "single-channel guest": {"is_restricted": True, "is_ultra_restricted": True},
    "stranger": {"team_id": "T2"},
    "bot": {"is_bot": True},
    "gone": {"deleted": True},
}
WORDS = {
    "guest": "guests see no figures",
    "single-channel guest": "guests see no figures",
    "stranger": "belongs to another organisation",
    "bot": "Bots see no figures",
    "gone": "is closed",
}


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def granted(seated: Installation) -> Installation:
    """Ben is partner admin too."""
    await seated.roles.give(BEN, Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW))
    return seated


@pytest_asyncio.fixture
async def chat(granted: Installation, standin: StandIn, clock: Clock) -> AsyncIterator[Chat]:
    async with talking(granted, standin, clock=clock) as there:
        yield there


async def becomes(standin: StandIn, clock: Clock, state: str) -> None:
    """Ben's account changes, and Slack does not tell."""
    standin.people["UBEN"] = {**standin.people["UBEN"], **STATES[state]}
    clock.now += FRESH + 1


def without_figures(*messages: dict[str, Any]) -> bool:
    said = " ".join(text for message in messages for text in texts(message))
    return "seats sold" not in said.lower() and "1,250" not in said


@pytest.mark.parametrize("state", STATES)
async def test_a_question_a_button_a_grant_and_a_digest_are_refused_with_the_true_reason(
    chat: Chat, standin: StandIn, clock: Clock, state: str
) -> None:
    await chat.asked("UBEN", "/usage contoso", 2)
    [card] = await chat.asked("UBEN", "/grant-analytics <@UCLEO> as executive")
    answer, _ = await chat.asked("UBEN", "/usage contoso", 2)
    await becomes(standin, clock, state)
    for line in (
        *("/usage contoso", "/usage", "/customers", "/doctor", "/who-has-analytics"),
        *("/grant-analytics <@UCLEO> as viewer", "/revoke-analytics <@UCLEO>"),
        *("/digest usage contoso every Monday 9:00", "/digest ops #licences"),
    ):
        [said] = await chat.asked("UBEN", line)
        assert WORDS[state] in texts(said)[0], line
        assert without_figures(said), line
        assert buttons(said) == {}, line
    for button in (buttons(card)["Grant"], buttons(answer)["Send as a direct message"]):
        [said] = await chat.pressed("UBEN", button)
        assert WORDS[state] in texts(said)[0]
    [who] = await chat.asked("UADA", "/who-has-analytics")
    assert not any("Cleo" in text and "executive" in text for text in texts(who))


@pytest.mark.parametrize("state", STATES)
async def test_a_room_with_them_sees_nothing_and_they_share_nothing(
    chat: Chat, standin: StandIn, clock: Clock, state: str
) -> None:
    standin.channels["C1"] = room("UADA", "UBEN", is_private=True)
    await happens(chat, mention("UADA", "usage contoso"))
    assert len(standin.posted) == 2
    answer, _ = await chat.asked("UBEN", "/usage contoso", 2)
    await becomes(standin, clock, state)
    await happens(chat, mention("UADA", "usage contoso", "2"))
    [said] = await chat.pressed("UBEN", buttons(answer)["Share here"])
    assert WORDS[state] in texts(said)[0]
    assert len(standin.posted) == 2
    words = standin.whispered[0]
    assert words["user"] == "UADA"
    assert any("have no access to the figures: Ben." in text for text in texts(words))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("how", ["mention", "id", "list"])
async def test_their_right_is_taken_back_whoever_they_are_now(
    chat: Chat, standin: StandIn, clock: Clock, state: str, how: str
) -> None:
    await chat.asked("UBEN", "/whoami")
    await becomes(standin, clock, state)
    if how == "list":
        await chat.asked("UBEN", "/whoami")
        [listed] = await chat.asked("UADA", "/who-has-analytics")
        [card] = await chat.pressed("UADA", buttons(listed)["Revoke Ben…"])
    else:
        named = "<@UBEN>" if how == "mention" else "slack:T1:UBEN"
        [card] = await chat.asked("UADA", f"/revoke-analytics {named}")
    [said] = await chat.pressed("UADA", buttons(card)["Revoke"])
    assert texts(said)[0].startswith("Saved: Ben no longer has any right.")
    standin.people["UBEN"] |= {"is_restricted": False, "is_ultra_restricted": False}
    standin.people["UBEN"] |= {"deleted": False, "is_bot": False, "team_id": "T1"}
    clock.now += FRESH + 1
    [refused] = await chat.asked("UBEN", "/usage contoso")
    assert texts(refused)[0].startswith("You don’t have access to /usage.")


@pytest.mark.parametrize("state", STATES)
async def test_the_list_says_of_whom_the_right_has_no_effect(
    chat: Chat, standin: StandIn, clock: Clock, state: str
) -> None:
    await becomes(standin, clock, state)
    await chat.asked("UBEN", "/whoami")
    [listed] = await chat.asked("UADA", "/who-has-analytics")
    [line] = [text for text in texts(listed) if text.startswith("Ben (slack:T1:UBEN)")]
    assert line.endswith("so the right has no effect.")
    [own] = await chat.asked("UBEN", "/whoami")
    assert any("partner admin" in text and WORDS[state] in text for text in texts(own))


@pytest.mark.parametrize("state", STATES)
async def test_what_slack_tells_counts_at_once(chat: Chat, standin: StandIn, state: str) -> None:
    standin.people["UBEN"]["updated"] = 100
    await chat.asked("UBEN", "/usage contoso", 2)
    now = {**standin.people["UBEN"], **STATES[state], "updated": 200}
    standin.broken["users.info"] = "internal_error"
    await happens(chat, user_change(now))
    [said] = await chat.asked("UBEN", "/usage contoso")
    assert WORDS[state] in texts(said)[0]
    await happens(chat, user_change({**standin.people["UBEN"], "updated": 150}, "2"))
    [said] = await chat.asked("UBEN", "/usage contoso")
    assert WORDS[state] in texts(said)[0]


def refusing(error: str) -> Callable[[StandIn], None]:
    def begin(standin: StandIn) -> None:
        standin.broken["users.info"] = error

    return begin


def failing(how: str) -> Callable[[StandIn], None]:
    def begin(standin: StandIn) -> None:
        standin.failing["users.info"] = how
        standin.retry_after = 30

    return begin


OUTAGES = {
    "429": failing("429"),
    "500": failing("500"),
    "lost": failing("lost"),
    "dead token": refusing("token_revoked"),
    "no account": refusing("account_inactive"),
}
UNCONFIRMED = "I could not confirm just now"


@pytest.mark.parametrize("outage", OUTAGES)
async def test_without_a_word_of_slack_the_asker_is_answered_for_an_hour_and_nobody_else_is(
    chat: Chat, standin: StandIn, clock: Clock, outage: str
) -> None:
    standin.channels["C1"] = room("UADA", "UBEN", is_private=True)
    await chat.asked("UADA", "/whoami")
    clock.now += FRESH + 1
    OUTAGES[outage](standin)
    answer, _ = await chat.asked("UADA", "/usage contoso", 2)
    assert "Contoso" in texts(answer)[0]
    [grant] = await chat.asked("UADA", "/grant-analytics <@UCLEO> as viewer")
    [digest] = await chat.asked("UADA", "/digest usage contoso every Monday 9:00")
    [shared] = await chat.pressed("UADA", buttons(answer)["Share here"])
    await happens(chat, mention("UADA", "usage contoso"))
    assert standin.posted == []
    for said in (grant, digest, shared):
        assert any(UNCONFIRMED in text for text in texts(said))
    assert any(UNCONFIRMED in text for text in texts(standin.whispered[0]))
    clock.now += RECENT
    [late] = await chat.asked("UADA", "/usage contoso")
    assert texts(late)[0].startswith(UNCONFIRMED)
    assert without_figures(late)


@pytest.mark.parametrize("outage", OUTAGES)
async def test_without_a_word_of_slack_a_right_is_taken_back_all_the_same(
    chat: Chat, standin: StandIn, granted: Installation, outage: str
) -> None:
    OUTAGES[outage](standin)
    [card] = await chat.asked("UADA", "/revoke-analytics <@UBEN>")
    [said] = await chat.pressed("UADA", buttons(card)["Revoke"])
    assert texts(said)[0].startswith("Saved: slack:T1:UBEN no longer has any right.")
    assert BEN not in dict(await granted.roles.holders(OWN, NOW))


async def test_a_platform_that_hangs_holds_up_neither_the_acknowledgement_nor_the_answer(
    chat: Chat, standin: StandIn, clock: Clock
) -> None:
    await chat.asked("UADA", "/whoami")
    clock.now += FRESH + 1
    standin.hanging.add("users.info")
    answer, _ = await chat.asked("UADA", "/usage contoso", 2)
    assert "Contoso" in texts(answer)[0]
    standin.hanging.clear()


async def test_a_look_up_that_failed_is_tried_again_after_a_minute(
    chat: Chat, standin: StandIn, clock: Clock
) -> None:
    standin.broken["users.info"] = "internal_error"
    for _ in range(3):
        [said] = await chat.asked("UADA", "/usage contoso")
        assert texts(said)[0].startswith(UNCONFIRMED)
    assert standin.calls["users.info"] == 1
    del standin.broken["users.info"]
    clock.now += AGAIN
    answer, _ = await chat.asked("UADA", "/usage contoso", 2)
    assert "Contoso" in texts(answer)[0]


async def test_a_thousand_questions_in_five_minutes_are_one_look_up_a_person(
    chat: Chat, standin: StandIn, clock: Clock
) -> None:
    people = ("UADA", "UBEN", "UCLEO", "UGUEST")
    for _ in range(50):
        places = [await chat.command(who, "/whoami") for who in people for _ in range(5)]
        for place in places:
            await standin.said(place)
        clock.now += FRESH / 50
    assert len(standin.answers) == 1_000
    assert standin.calls["users.info"] == len(people)
    clock.now += 1
    await chat.asked("UADA", "/whoami")
    assert standin.calls["users.info"] == len(people) + 1
