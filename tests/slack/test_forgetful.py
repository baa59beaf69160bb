"""A replay set that does not answer: no effect, and words instead of silence."""

from datetime import datetime

from analytics.values import OWN
from bot.replay_set import ReplaySetUnavailable
from bot.wiring import Installation
from handlers.chat.asking import UserRef
from tests.slack.speaking import event, happens, mention, room
from tests.slack.standin import StandIn
from tests.slack.talking import buttons, talking


class Forgetful:
    """Answers the first request, and no other."""

    def __init__(self) -> None:
        self.asked = 0

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        self.asked += 1
        if self.asked > 1:
            raise ReplaySetUnavailable
        return True


async def test_a_grant_that_may_have_come_before_has_no_effect_and_is_told_so(
    seated: Installation, standin: StandIn
) -> None:
    async with talking(seated, standin, seen=Forgetful()) as chat:
        [card] = await chat.asked("UADA", "/grant-analytics <@UBEN|ben> as viewer")
        [said] = await chat.pressed("UADA", buttons(card)["Grant"])
        assert said["text"].startswith("I could not check whether I have had this already")
        assert "blocks" not in said
    assert await seated.roles.grants(UserRef("slack", "T1", "UBEN"), OWN) == ()


class Closed:
    """Answers nobody."""

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        raise ReplaySetUnavailable


async def test_an_event_that_may_have_come_before_is_told_to_its_asker_alone(
    seated: Installation, standin: StandIn
) -> None:
    standin.channels["C1"] = room("UADA")
    async with talking(seated, standin, seen=Closed()) as chat:
        await happens(chat, mention("UADA", "usage contoso"))
        [told] = standin.whispered
        assert told["text"].startswith("I could not check whether I have had this already")
        assert standin.posted == []


async def test_a_page_opened_meanwhile_is_neither_written_nor_welcomed(
    seated: Installation, standin: StandIn
) -> None:
    async with talking(seated, standin, seen=Closed()) as chat:
        await happens(chat, event("app_home_opened", "UADA", "1", tab="home"))
        assert standin.homes == {}
        assert standin.posted == standin.whispered == []
