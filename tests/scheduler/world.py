"""Slack and Microsoft's cloud for the harness of kills: both stand-ins, failing now and then, and
what people see there of each run.
"""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery import ConversationReference
from bot.store.conversations import ConversationStore
from handlers.chat.asking import UserRef
from tests.slack.faults import Chances
from tests.slack.standin import BOT as TOKEN
from tests.slack.standin import StandIn, somebody
from tests.slack.talking import served
from tests.teams.signing import APP, PASSWORD, TENANT
from tests.teams.standin import BOT, Cloud, in_cloud, member

NAMES = ("ada", "bea", "cleo", "dora")
"""Owners, on both platforms: each has a conversation of their own, which has its own pace."""

SLACK = [UserRef("slack", "T1", f"U{name.upper()}") for name in NAMES]
TEAMS = [UserRef("teams", TENANT, member(name)["aadObjectId"]) for name in NAMES]

_HEAD = re.compile(r"Digest (\d+), run (\d+): ")
_REPEAT = "This may be a repeat"
Key = tuple[int, int]
"""The numbers of a digest and its run, as people read them."""


@dataclass
class Noted(Chances):
    """Chances that remember how they were taken."""

    taken: Counter[str] = field(default_factory=Counter)

    def drawn(self) -> str:
        failing = super().drawn()
        self.taken[failing] += 1
        return failing


@dataclass
class World:
    """Both platforms."""

    slack: StandIn
    cloud: Cloud
    failed: Noted
    """How Teams did."""

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a program that has them for real."""
        values = {
            "slack_mode": "http",
            "slack_bot_token": TOKEN,
            "slack_signing_secret": "a secret of this test's own",
            "slack_api_url": self.slack.at("/api/"),
            "teams_app_id": APP,
            "teams_app_password": PASSWORD,
            "teams_tenant_id": TENANT,
            "teams_openid_url": self.cloud.at("/openid"),
            "teams_login_url": self.cloud.at("/"),
        }
        return {f"SEATWISE_{name.upper()}": value for name, value in values.items()}

    def seen(self) -> tuple[Counter[Key], Counter[Key]]:
        """How often each run was posted, and how often without the words."""
        posts, bare = Counter[Key](), Counter[Key]()
        for text in self._texts():
            if found := _HEAD.search(text):
                key = (int(found[1]), int(found[2]))
                posts[key] += 1
                bare[key] += _REPEAT not in text
        return posts, bare

    def _texts(self) -> Iterator[str]:
        yield from (str(message) for message in self.slack.posted)
        yield from (str(one.activity) for one in self.cloud.posted)

    async def move_in(self, engine: AsyncEngine) -> None:
        """Each of Teams' people has spoken with the bot before."""
        kept = ConversationStore(engine)
        for name, who in zip(NAMES, TEAMS, strict=True):
            own = f"a:{name}"
            self.cloud.people[own] = [member(name)]
            way = ("teams", TENANT, own, own, self.cloud.service_url, BOT)
            await kept.keep(ConversationReference(*way, who.id, f"29:{name}"))


@asynccontextmanager
async def world(seed: int) -> AsyncIterator[World]:
    """Running. One post in ten is answered 500, one in twenty turned away, one in twenty there
    without an answer.
    """
    people: dict[str, Any] = {who.id: somebody(who.id, who.id) for who in SLACK}
    failing = {"broken": 0.1, "busy": 0.05, "lost": 0.05}
    slack = StandIn(people, looks=0, chances=Noted(**failing, seed=seed))
    cloud = Cloud(chances=(noted := Noted(**failing, seed=seed + 1)))
    async with served(slack), in_cloud(cloud):
        yield World(slack, cloud, noted)
