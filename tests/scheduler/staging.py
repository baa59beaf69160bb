"""The digest job in the middle of what it needs, each of which a test can turn."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, PartnerId
from bot.delivery import Delivered
from bot.metrics import Metrics
from bot.runs import LEASE, Claim
from bot.scheduled_posts import Poster
from bot.scheduler.digests.job import DigestJob
from bot.scheduler.digests.ports import DigestDeps
from bot.store.shown_cards import CardStore
from handlers.backend import Outcome
from handlers.chat.accounts import Account, AccountKind, Recency
from handlers.chat.asking import Ask, Room, RoomKind, UserRef
from handlers.chat.digests import Digest, OpsRoom, Plan
from handlers.chat.reply import Audience, Figure, Figures, Paragraph, Part, Reply
from handlers.digest_parts import DigestParts
from handlers.messages.speaker import speaker
from tests.scheduler.letterbox import Letterbox
from tests.store.entries import ADA, BEN
from tests.store.scheduling import DAILY, Desk

ROOM = Room("C1", RoomKind.GROUP, OWN)
OPS = Room("C9", RoomKind.GROUP, OWN)
MINUTE = timedelta(minutes=1)


def figures(seats: str = "100") -> tuple[Part, ...]:
    return Paragraph("Contoso uses its seats."), Figures((Figure("Seats", seats),))


def answered(
    *parts: Part, outcome: Outcome = Outcome.ANSWERED, why: str = "", room: bool = False
) -> Delivered:
    audience = Audience.ROOM if room else Audience.ASKER
    return Delivered(Reply(parts or figures(), audience), outcome=outcome, why=why)


class Answers:
    """Delivery.answer_digest, with answers that a test decides."""

    def __init__(self) -> None:
        self.asks: list[Ask] = []
        self.untils: list[datetime | None] = []
        """How long what lies behind each answer can be asked for."""
        self.answer = answered()
        self.card = answered(Paragraph("The card of the digest."))

    async def __call__(self, ask: Ask, until: datetime | None) -> Delivered:
        self.asks.append(ask)
        self.untils.append(until)
        if ask.text.startswith("/digest show"):
            return self.card
        return self.answer


class Roster:
    """People and admins: everybody is a member unless a test says otherwise."""

    def __init__(self) -> None:
        self.kinds: dict[UserRef, AccountKind] = {}
        self.said = Recency.NOW

    async def account(
        self, person: UserRef, *, sure: bool = False, room: Room | None = None
    ) -> Account:
        kind = self.kinds.get(person, AccountKind.MEMBER)
        return Account(person, "somebody", None if self.said is Recency.NEVER else kind, self.said)

    async def admins(self, partner: PartnerId, now: datetime) -> tuple[UserRef, ...]:
        return (BEN,)


class Stage(Desk):
    """One store, one job."""

    def __init__(self, engine: AsyncEngine, seconds: float = LEASE) -> None:
        super().__init__(engine, seconds)
        self.box = Letterbox()
        self.posters: dict[str, Poster] = {"slack": self.box}
        self.answers = Answers()
        self.roster = Roster()
        self.metrics = Metrics()
        self.group = DigestParts()
        self.group_asks: list[Ask] = []
        self.beats = 0
        self.lent = DigestDeps(
            *(self.runs, self.digests, self.roster, self.roster, self.answers, self.posters),
            *(speaker, self.now, self.metrics, self.parts, CardStore(engine, self.now), self.beat),
        )
        self.job = DigestJob(self.lent)

    async def beat(self) -> None:
        """Counts the heartbeats."""
        self.beats += 1

    async def parts(self, ask: Ask) -> DigestParts:
        """What a test says the group holds."""
        self.group_asks.append(ask)
        return self.group

    async def due(self, plan: Plan = DAILY, *, late: timedelta = MINUTE) -> Digest:
        """A new digest with a run that waits."""
        saved = await self.digest(plan, due=late)
        await self.runs.tick()
        return saved

    async def claim(self) -> Claim:
        """The next run, at once, whenever it was to be tried again."""
        await self.set_waiting()
        (claim,) = await self.runs.claim(1, ())
        return claim

    async def set_waiting(self) -> None:
        """Whatever waits or was left may be claimed now."""
        past = self.now() - MINUTE
        async with self.engine.begin() as connection:
            for column, states in (
                ("not_before", "'pending'"),
                ("lease_until", "'claimed', 'sending'"),
            ):
                await connection.exec_driver_sql(
                    f"UPDATE occurrence SET {column} = '{past:%Y-%m-%d %H:%M:%S}' "  # noqa: S608 words of ours
                    f"WHERE state IN ({states})"
                )

    async def run(self) -> Any:
        """Claims one and has it done; the row of it."""
        claim = await self.claim()
        await self.job.run(claim)
        (row,) = [
            r for r in await self.rows() if r.schedule == claim.schedule and r.due == claim.run.due
        ]
        return row

    async def next(self) -> Any:
        """The next run of the digest, done."""
        await self.set(1, next_due=self.now() - MINUTE / 2)
        await self.runs.tick()
        return await self.run()

    async def ops(self) -> None:
        """Chooses a room for failures."""
        await self.digests.set_ops_room(OWN, OpsRoom(OPS, "ops", BEN), BEN, self.now())


def private(**changes: Any) -> Plan:
    return replace(DAILY, **changes)


__all__ = [
    "ADA",
    "BEN",
    "DAILY",
    "MINUTE",
    "OPS",
    "ROOM",
    "Stage",
    "answered",
    "figures",
    "private",
]
