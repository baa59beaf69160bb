"""Digests for a room with people in it."""

from dataclasses import replace

from analytics.values import OWN
from bot.delivery import Delivered
from bot.wiring import Installation
from handlers.chat.asking import Ask, Reach, Via
from handlers.chat.digests import Digest, Plan
from tests.rooms.gathering import Talk, ref


async def asks(talk: Talk, who: str, text: str) -> Delivered:
    return await talk.asks(who, text, Reach.ASKER)


async def kept(installation: Installation) -> list[Plan]:
    return [digest.plan for digest in await installation.backend.digests.all(OWN)]


async def only(installation: Installation) -> Digest:
    (digest,) = await installation.backend.digests.all(OWN)
    return digest


async def asked_at_its_hour(installation: Installation, who: str, plan: Plan) -> Delivered:
    """As the scheduler asks it."""
    ask = Ask("d1", ref(who), plan.room, plan.text, plan.locale, plan.zone, Via.SCHEDULED)
    ask = replace(ask, reach=plan.reach, confirms=plan.confirms)
    return await installation.delivery.answer_digest(ask)
