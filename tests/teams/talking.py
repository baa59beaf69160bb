"""What people do in Teams, and what they are shown."""

import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from analytics.demo.pages import CLEO_SEES
from analytics.values import OWN
from bot.delivery import Delivery
from bot.settings import database_url
from bot.store.conversations import ConversationStore
from bot.store.database import open_database
from bot.teams.app import Teams
from bot.teams.people import TeamsPeople
from bot.wiring import Installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from tests.conftest import NOW
from tests.program.delivering import delivering
from tests.teams.activities import CHANNEL, GROUP, IDS, TENANT, Activity, own_chat, pressing, spoken
from tests.teams.reading_cards import card_of, texts
from tests.teams.recorder import Recorder

ROOMS = {"group": GROUP, "channel": CHANNEL}


@dataclass
class Chat:
    """Teams around the program."""

    teams: Teams
    people: TeamsPeople
    recorder: Recorder
    kept: ConversationStore
    delivery: Delivery

    async def said(self, activity: Activity) -> None:
        """Sends an activity and waits until all it began has ended."""
        assert await self.teams.receive(activity) is None
        await self.teams.drain()

    async def asked(
        self, who: str, text: str, room: str = "personal", **more: Any
    ) -> list[dict[str, Any]]:
        """Says something; gives the cards that this person is shown for it in that room."""
        address = ROOMS.get(room) or own_chat(who)
        before = len(self.recorder.seen_by(who, address))
        await self.said(spoken(who, text, room, **more))
        return [card_of(shown) for shown in self.recorder.seen_by(who, address)[before:]]

    async def pressed(
        self, who: str, action: Activity, message: str = "", room: str = "personal", **more: Any
    ) -> Any:
        """Presses a button; gives what the press is answered with."""
        answer = await self.teams.receive({**pressing(who, action, message, room), **more})
        await self.teams.drain()
        return answer

    def last(self, who: str, room: str = "personal") -> tuple[str, dict[str, Any]]:
        """The newest message that somebody sees, its id and its card; offers of files aside."""
        address = ROOMS.get(room) or own_chat(who)
        seen = [one for one in self.recorder.seen_by(who, address) if not _offers_file(one)]
        ids = [name for name, m in self.recorder.messages.items() if m.activity is seen[-1]]
        return ids[-1], card_of(seen[-1])


def _offers_file(activity: dict[str, Any]) -> bool:
    kinds = [each["contentType"] for each in activity.get("attachments", ())]
    return any(".card.file." in kind for kind in kinds)


def first(card: dict[str, Any]) -> str:
    """A card's first sentence."""
    return texts(card)[0]


def seen(chat: Chat, who: str, room: str = GROUP) -> list[str]:
    """What somebody reads in a room, each message by its first sentence."""
    return [first(card_of(shown)) for shown in chat.recorder.seen_by(who, room)]


async def seat(installation: Installation) -> None:
    """Ada is partner admin, Cleo reads two customers, Ben has no right."""
    everything = Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
    reading = replace(everything, role=Role.VIEWER, customers=frozenset(CLEO_SEES))
    await installation.roles.give(UserRef("teams", TENANT, IDS["ada"]), everything)
    await installation.roles.give(UserRef("teams", TENANT, IDS["cleo"]), reading)


@asynccontextmanager
async def talking(
    installation: Installation,
    recorder: Recorder,
    *,
    clock: Callable[[], float] = time.monotonic,
    deliver: Callable[[Delivery], Delivery] = lambda delivery: delivery,
) -> AsyncIterator[Chat]:
    """The installation with Teams as its platform. By `clock` it forgets who is in a room."""
    engine = await open_database(database_url(installation.settings))
    kept = ConversationStore(engine)
    people = TeamsPeople(recorder, kept, clock)
    backend = replace(installation.backend, people=people)
    try:
        async with delivering(installation, backend) as delivery:
            delivery.messengers["teams"] = people
            teams = Teams(recorder, people, deliver(delivery), kept, local=True)
            yield Chat(teams, people, recorder, kept, delivery)
            await teams.drain()
    finally:
        await engine.dispose()


def ever_later() -> Callable[[], float]:
    """A clock by which nothing is ever fresh."""
    return itertools.count(0.0, 1000.0).__next__
