"""The people who would read an answer in a room, and the reason that keeps it from them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from analytics.values import Secrecy
from handlers.chat.access import Grant, Permission
from handlers.chat.accounts import Account, AccountKind, Recency
from handlers.chat.asking import Ask, RoomKind, UserRef
from handlers.chat.audience import Content, Crowd, outsiders
from handlers.chat.services import People, Rights, Say

NAMED = 20
"""Outsiders who are named; any further ones are only counted."""

UNCONFIRMED = "room-unconfirmed"
"""The reason why a room sees nothing while its platform does not confirm the holders of rights in
it.
"""


@dataclass(frozen=True, slots=True)
class RoomLookup:
    """The services and the instant that are needed to find a room's readers."""

    people: People
    rights: Rights
    say: Say
    now: datetime


@dataclass(frozen=True, slots=True)
class Readers:
    """A room's people as of now: the reason that keeps the answer from the room, and from whom."""

    why: str
    """The catalogue id of the reason; empty where all people in the room may see the answer."""
    crowd: Crowd
    outside: tuple[UserRef, ...] = ()
    names: list[str] = field(default_factory=list)
    """Names of the outsiders, for a sentence."""
    people: int = 0
    """Number of people who read along, without the bots found among the outsiders."""
    lacking: frozenset[Secrecy] = frozenset()
    """Kinds of secret columns in the answer that a reader may not see, where all of them may see
    it without these.
    """

    @property
    def final(self) -> bool:
        """True if nothing at all may be shown in the room."""
        uncounted = self.crowd.kind is RoomKind.SHARED or self.crowd.members is None
        return uncounted or self.why == UNCONFIRMED


async def readers(ask: Ask, content: Content, around: RoomLookup, *, fresh: bool) -> Readers:
    """Find the people who read along in the ask's room. Raises what the platform's calls raise."""
    crowd = await around.people.crowd(ask, fresh=fresh)
    if crowd.kind is RoomKind.SHARED:
        return Readers("room-shared", crowd)
    if crowd.members is None:
        return Readers(crowd.why, crowd)
    if content.needs is Permission.ASK:
        return await _readers_of_crowd(crowd, (), content, around, {})
    grants = await _grants(ask, around)
    holders = await _fresh_accounts({*grants, ask.asker} & {*crowd.members, ask.asker}, around)
    if not all(holder.sure for holder in holders.values()):
        return Readers(UNCONFIRMED, crowd)
    there = [holders.get(who) or _without_grant(who) for who in crowd.members]
    outside = outsiders(there, content, grants, ask.room.partner, around.now)
    found = await _readers_of_crowd(crowd, outside, content, around, holders)
    if found.why != "room-others":
        return found

    def may_see(kinds: frozenset[Secrecy]) -> bool:
        cut = replace(content, secrets=kinds)
        return not outsiders(there, cut, grants, ask.room.partner, around.now)

    lacking = frozenset(kind for kind in content.secrets if not may_see(frozenset({kind})))
    return replace(found, lacking=lacking) if may_see(content.secrets - lacking) else found


async def _grants(ask: Ask, around: RoomLookup) -> dict[UserRef, list[Grant]]:
    """Rights that are held now at the room's partner, by holder."""
    grants: dict[UserRef, list[Grant]] = {}
    for who, grant in await around.rights.holders(ask.room.partner, around.now):
        grants.setdefault(who, []).append(grant)
    return grants


async def _fresh_accounts(people: set[UserRef], around: RoomLookup) -> dict[UserRef, Account]:
    """Each person's account as of now, by person."""
    found = await asyncio.gather(*(around.people.account(who, sure=True) for who in people))
    return {account.ref: account for account in found}


def _without_grant(who: UserRef) -> Account:
    """Stand-in account of a person who holds no right: their account decides nothing, so it is not
    asked for.
    """
    return Account(who, "", None, Recency.NEVER)


async def _readers_of_crowd(
    crowd: Crowd,
    outside: Sequence[UserRef],
    content: Content,
    around: RoomLookup,
    holders: Mapping[UserRef, Account],
) -> Readers:
    found = await asyncio.gather(*map(around.people.account, outside[:NAMED]))
    # Bots read nothing and are not counted, except one that holds a right: it was a person's then.
    bots = {each.ref for each in found if each.kind is AccountKind.BOT and each.ref not in holders}
    people = tuple(who for who in outside if who not in bots)
    count = len(crowd.members or ()) - len(bots)
    names = [around.people.display_name(who) for who in people[:NAMED]]
    if people[NAMED:]:
        names.append(around.say("room-more", n=len(people[NAMED:])))
    if crowd.kind is RoomKind.PUBLIC and content.needs is not Permission.ASK:
        return Readers("room-public", crowd, people, names, count)
    return Readers("room-others" if people else "", crowd, people, names, count)
