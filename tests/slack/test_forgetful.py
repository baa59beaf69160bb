"""A replay set that does not answer: no effect, and words instead of silence."""

from datetime import datetime

from analytics.values import OWN
from bot.gate import SeenUnavailable
from bot.wiring import Installation
from handlers.chat.asking import UserRef
from tests.slack.standin import StandIn
from tests.slack.talking import buttons, talking


class Forgetful:
    """Answers the first request, and no other."""

    def __init__(self) -> None:
        self.asked = 0

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        self.asked += 1
        if self.asked > 1:
            raise SeenUnavailable
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
