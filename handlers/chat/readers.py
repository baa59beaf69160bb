"""Who would read an answer in a room, and what keeps it from them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.chat.access import Permission
from handlers.chat.asking import Ask, RoomKind, UserRef
from handlers.chat.audience import Content, Crowd, outsiders
from handlers.chat.services import Kind, People, Rights, Say

NAMED = 20
"""Outsiders who are named; more are counted."""


@dataclass(frozen=True, slots=True)
class Around:
    """What it takes to tell."""

    people: People
    rights: Rights
    say: Say
    now: datetime


@dataclass(frozen=True, slots=True)
class Readers:
    """A room as it stands: what keeps the answer from it, and for whom."""

    why: str
    """The catalogue's sentence; empty where everybody there may see the answer."""
    crowd: Crowd
    outside: tuple[UserRef, ...] = ()
    names: list[str] = field(default_factory=list)
    """Of those outside, for a sentence."""
    people: int = 0
    """How many read along, without the bots that were met among them."""

    @property
    def final(self) -> bool:
        """Whether nothing at all may be shown there."""
        return self.crowd.kind is RoomKind.SHARED or self.crowd.members is None


async def readers(ask: Ask, content: Content, around: Around, *, fresh: bool) -> Readers:
    """Who reads along in the ask's room. Raises what the platform's calls raise."""
    crowd = await around.people.crowd(ask, fresh=fresh)
    if crowd.kind is RoomKind.SHARED:
        return Readers("room-shared", crowd)
    if crowd.members is None:
        return Readers(crowd.why, crowd)
    partner = ask.room.partner
    holders = await around.rights.holders(partner, around.now)
    outside = outsiders(crowd.members, content, holders, partner, around.now)
    return await _judged(crowd, outside, content, around)


async def _judged(
    crowd: Crowd, outside: Sequence[UserRef], content: Content, around: Around
) -> Readers:
    found = await asyncio.gather(*map(around.people.look_up, outside[:NAMED]))
    bots = {someone.ref for someone in found if someone and someone.kind is Kind.BOT}
    people = tuple(who for who in outside if who not in bots)
    count = len(crowd.members or ()) - len(bots)
    names = [around.people.called(who) for who in people[:NAMED]]
    if people[NAMED:]:
        names.append(around.say("room-more", n=len(people[NAMED:])))
    if crowd.kind is RoomKind.PUBLIC and content.needs is not Permission.ASK:
        return Readers("room-public", crowd, people, names, count)
    return Readers("room-others" if people else "", crowd, people, names, count)
