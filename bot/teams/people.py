"""People on Teams: their accounts now, the members of a room, and private messages to a person."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from cachetools import FIFOCache, TTLCache

from bot.delivery import ConversationReference
from bot.directory import AccountLookUp, Directory, Fetch
from bot.log import log_error
from bot.teams.connector import BotConnector
from bot.teams.outbound import line
from bot.teams.places import TeamsRoom, TeamsRooms, where_of
from bot.teams.ports import ConnectorError, Conversation, Conversations, Json
from bot.teams.roster import account, is_outside, kind, name, person
from handlers.chat.accounts import Account, AccountKind
from handlers.chat.asking import Ask, Room, RoomKind, UserRef
from handlers.chat.audience import Crowd
from handlers.chat.reply import Notice
from handlers.messages.speaker import DEFAULT, speaker

FRESH = 5 * 60.0
"""Seconds for which a room's list of people is used; sharing an answer always lists them anew."""

MOST = 500
"""Maximum people of a room who are compared with the grants; a larger one is shown no answer."""

LOOK_UP = 8.0
"""Seconds that one look-up, one list of people, or one message to another person may take."""

LEARN = 2.0
"""Seconds that the look-up of names may take; then the program starts without some of them."""

CHOSEN_FROM = 100
"""Maximum people that a card itself lists to choose from."""

_GROUPS = 5
_ADDRESSES = 5_000
_CROWDS = 200


@dataclass(frozen=True, slots=True)
class _Met:
    """A member as last looked up, and the conversation whose roster listed them."""

    member: Json
    where: Conversation


class TeamsPeople:
    """Teams' implementation of handlers.chat.services.People and Rooms, and its Messenger."""

    def __init__(
        self,
        connector: BotConnector,
        conversations: Conversations,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.places = TeamsRooms()
        """Rooms by their last activity: the receiver of activities notes them there."""
        self._connector = connector
        self._kept = conversations
        platform = AccountLookUp("teams", self._find_member, lambda met: name(met.member), _kind)
        self._directory = Directory(platform, clock)
        self._crowds: TTLCache[tuple[str, str], Crowd, float] = TTLCache(
            _CROWDS, FRESH, timer=clock
        )
        self._addresses: FIFOCache[UserRef, str] = FIFOCache(_ADDRESSES)

    def display_name(self, person: UserRef) -> str:
        """The name as last looked up, however long ago; the id as text for people never met."""
        return self._directory.display_name(person)

    def known_account(self, person: UserRef) -> Account:
        """The account as a roster last described it; a bot is recognised by its id."""
        if _is_bot(person):
            return Account(person, self.display_name(person), AccountKind.BOT)
        return self._directory.known_account(person)

    async def account(
        self, person: UserRef, *, sure: bool = False, room: Room | None = None
    ) -> Account:
        """The account as a conversation's roster describes it, at most five minutes old where one
        answers in time. Asked are the room, the conversation they were seen in, their own with the
        bot, and a few others.
        """
        if _is_bot(person):
            return self.known_account(person)
        return await self._directory.account(person, sure=sure, fetch=self._fetch(person, room))

    def expect(self, person: UserRef, address: str, room: Room) -> None:
        """Begin to look up a person who is about to ask in a room, from this `29:…` id."""
        self._addresses[person] = address
        self._directory.expect(person, self._fetch(person, room))

    async def resolve_mentions(
        self, where: Conversation, named: Mapping[str, str]
    ) -> dict[str, UserRef]:
        """The people that are mentioned, by word. A member of the conversation is named by their
        Entra object id; any other person by the account's id, which no rights can be given to.
        """
        found = await asyncio.gather(*(self._resolve_mention(where, who) for who in named.values()))
        return dict(zip(named, found, strict=True))

    async def crowd(self, ask: Ask, *, fresh: bool) -> Crowd:
        """The people of the room. Raises ConnectorError where they cannot be listed."""
        key = (ask.asker.tenant, ask.room.address)
        crowd = None if fresh else self._crowds.get(key)
        if crowd is None:
            crowd = self._crowds[key] = await self._count_crowd(*key)
        return crowd

    def note_moves(self, tenant: str, members: Iterable[Json]) -> None:
        """Forget crowds and accounts after members came into a room of the organisation, or left. A
        person who joins a team is in all of its channels, but the event names one: every crowd of
        the organisation is forgotten.
        """
        for key in [key for key in self._crowds if key[0] == tenant]:
            self._crowds.pop(key, None)
        for member in members:
            who = person(member, tenant)
            for one in [who] if who else self._people_at(tenant, account(member)):
                self._directory.doubt(one)

    async def roster(self, where: Conversation) -> list[tuple[str, str]]:
        """The members of a conversation to choose from, by Entra object id and name; empty where
        they cannot be listed, or are more than CHOSEN_FROM.
        """
        try:
            async with asyncio.timeout(LOOK_UP):
                members = await self._connector.members(where, CHOSEN_FROM)
        except (ConnectorError, TimeoutError) as error:
            log_error("teams roster unknown", error, platform="teams")
            return []
        found = [(person(member, where.tenant), name(member)) for member in members or ()]
        return [(who.id, called or who.id) for who, called in found if who]

    async def learn(self, persons: Iterable[UserRef]) -> None:
        """Look up the names of people whom others will ask about; never raises."""
        theirs = [who for who in persons if who.platform == "teams"]
        await asyncio.gather(*(self._directory.look_up(who, LEARN) for who in theirs))

    async def chat_with(self, who: UserRef) -> tuple[Conversation, str] | None:
        """Return a person's own chat with the bot, and their language; a new chat where there was
        none. None for a person who is in no conversation of the bot's. Raises LookupError where
        that cannot be told, and what opening a chat raises.
        """
        if kept := await self._own_chat(who):
            return where_of(kept), kept.locale
        if self._directory.record(who) is None:
            await self._directory.look_up(who, LOOK_UP)
            # A failed look-up, as in a room that is gone, does not show that they are in none.
            if self.known_account(who).kind is None:
                raise LookupError(str(who))
        opened = await self._open_chat(who)
        return (opened, DEFAULT) if opened else None

    async def tell(self, notice: Notice, room: Room | None = None) -> bool:
        """Write to the person's own chat in their language; False where that failed."""
        try:
            async with asyncio.timeout(LOOK_UP):
                kept = await self._own_chat(notice.to)
                if kept is None and self._directory.record(notice.to) is None:
                    fetch = self._fetch(notice.to, room)
                    await self._directory.look_up(notice.to, LOOK_UP / 2, fetch)
                where = where_of(kept) if kept else await self._open_chat(notice.to)
                say = speaker(kept.locale if kept else "en")
                if where is None:
                    return False
                await self._connector.send(where, line(say(notice.sentence, **notice.values)))
        except Exception as error:  # noqa: BLE001 whatever it is, the asker is told that it failed
            log_error("teams message failed", error, platform="teams")
            return False
        return True

    async def _resolve_mention(self, where: Conversation, who: str) -> UserRef:
        unknown = UserRef("teams", where.tenant, who)
        if _is_bot(unknown):
            return unknown
        for met in self._people_at(where.tenant, who):
            if self._directory.known_account(met).sure:
                return met
        try:
            async with asyncio.timeout(LOOK_UP):
                member = await self._connector.member(where, who)
        except (ConnectorError, TimeoutError) as error:
            log_error("teams look-up failed", error, platform="teams")
            return unknown
        return (self._note_member(member, where) if member else None) or unknown

    def _people_at(self, tenant: str, where_to: str) -> list[UserRef]:
        """The people of an organisation who were looked up under this `29:…` id."""
        met = self._directory.people(lambda met: account(met.member) == where_to)
        return [who for who in met if who.tenant == tenant]

    def _fetch(self, who: UserRef, room: Room | None) -> Fetch[_Met]:
        """A look-up of the person, in this room first if it is one of their organisation's."""
        place = self.places.of(who.tenant, room.address) if room else None
        return partial(self._find_member, here=place.where if place else None)

    async def _find_member(self, who: UserRef, here: Conversation | None = None) -> _Met | None:
        """Return the member in the first conversation that knows the id; None where none does.
        Raises the last ConnectorError where a call failed and no other conversation knew the id.
        """
        trouble, address = None, await self._address(who)
        async for where in self._wherever(who, here):
            try:
                member = await self._connector.member(where, address)
            except ConnectorError as error:
                trouble = error
                continue
            if member and person(member, where.tenant) == who:
                return _Met(member, where)
        if trouble:
            raise trouble
        return None

    async def _address(self, who: UserRef) -> str:
        """The person's id in rosters: their Teams id where it is known, else their Entra object
        id.
        """
        met = self._directory.record(who)
        told = self._addresses.get(who) or (account(met.member) if met else "")
        if not told:
            own = await self._own_chat(who)
            told = own.account if own else ""
        return told or who.id

    async def _wherever(
        self, who: UserRef, here: Conversation | None
    ) -> AsyncIterator[Conversation]:
        """Conversations in which a person may be, of their own organisation alone."""
        met, asked = self._directory.record(who), set[str]()
        for where in (here, met.where if met else None):
            if where and where.id not in asked:
                asked.add(where.id)
                yield where
        own = await self._own_chat(who)
        for kept in ([own] if own else []) + await self._kept.groups("teams", who.tenant, _GROUPS):
            if kept.address not in asked:
                yield where_of(kept)

    async def _count_crowd(self, tenant: str, address: str) -> Crowd:
        place = self.places.of(tenant, address) or await self._remembered_room(tenant, address)
        if place is None:
            return Crowd("", RoomKind.GROUP, None, "room-unknown")
        if place.shared:
            return Crowd(place.name, RoomKind.SHARED, None, "room-shared")
        async with asyncio.timeout(LOOK_UP):
            members = await self._connector.members(place.where, MOST)
        if members is None:
            return Crowd(place.name, RoomKind.GROUP, None, "room-too-large")
        if any(is_outside(member, tenant) for member in members):
            return Crowd(place.name, RoomKind.SHARED, None, "room-shared")
        refs = [
            self._note_member(member, place.where) or UserRef("teams", tenant, account(member))
            for member in members
        ]
        return Crowd(place.name, RoomKind.GROUP, tuple(refs))

    async def _remembered_room(self, tenant: str, address: str) -> TeamsRoom | None:
        """A room without an activity since the program started, from the store. None where it is
        unknown whether the room is shared: a list of members does not tell who else is let in.
        """
        kept = await self._kept.at("teams", tenant, address)
        if kept is None or kept.shared is None:
            return None
        return TeamsRoom(where_of(kept), kept.name, kept.shared)

    async def _own_chat(self, who: UserRef) -> ConversationReference | None:
        return await self._kept.of_person("teams", who.tenant, who.id)

    async def _open_chat(self, who: UserRef) -> Conversation | None:
        """Open a new chat with a person whose account was looked up; None without an account."""
        met = self._directory.record(who)
        if met is None or not account(met.member):
            return None
        return await self._connector.open_with(met.where, account(met.member))

    def _note_member(self, member: Json, where: Conversation) -> UserRef | None:
        """Remember a member under their id; None for a member without one."""
        who = person(member, where.tenant)
        if who:
            self._directory.learn(who, _Met(member, where))
        return who


def _kind(met: _Met, who: UserRef) -> AccountKind:
    return kind(met.member, who.tenant)


def _is_bot(who: UserRef) -> bool:
    return who.id.startswith("28:")
