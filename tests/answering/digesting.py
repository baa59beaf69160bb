"""Digests to ask about, and cards to press."""

from dataclasses import replace

from analytics.demo.stories import made_up_tenant
from analytics.values import OWN
from bot.page.people import person
from bot.wiring import Installation
from handlers.chat.asking import Room, RoomKind
from handlers.chat.digests import Digest, Plan
from handlers.chat.reply import Choice, Choices, Reply
from tests.answering.asking import asked, replied
from tests.conftest import NOW

CONTOSO = made_up_tenant("Contoso")
PLAN = Plan(
    f"/usage {CONTOSO}",
    "/usage Contoso",
    "0 9 * * 1",
    "UTC",
    "en",
    Room("", RoomKind.PRIVATE, OWN),
)


async def made(installation: Installation, who: str = "ada", plan: Plan = PLAN) -> Digest:
    (digest,) = await installation.backend.digests.save([plan], person(who).ref, OWN, NOW)
    return digest


async def confirmed(installation: Installation, text: str, who: str = "ada") -> Reply:
    """What the first button of the card says, once it is pressed."""
    card = await replied(asked(text, who), installation.backend)
    button = first_button(card)
    ask = asked(button.text, who)
    pressed = replace(ask, confirms=button.confirms)
    return await replied(pressed, installation.backend)


def first_button(card: Reply) -> Choice:
    """The first thing a card offers to say yes to."""
    return next(part for part in card.parts if isinstance(part, Choices)).items[0]
