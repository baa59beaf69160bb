"""Who somebody is on Slack now, how they read, and words to them in private."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zoneinfo import available_timezones

from slack_sdk.errors import SlackApiError

from bot.log import log_error
from bot.slack.api import TROUBLE, SlackApi, error_name
from bot.slack.inbound import Reader
from bot.slack.naming import as_typed
from bot.slack.outbound import escaped, plain
from bot.slack.places import Posted, Spot, Taken
from bot.slack.rooms import SlackRooms
from handlers.chat.asking import Ask, UserRef
from handlers.chat.audience import Crowd
from handlers.chat.reply import Notice
from handlers.chat.services import Kind, Someone
from handlers.messages.speaker import locale_of, speaker

FRESH = 5 * 60.0
"""Seconds that what was looked up serves for languages and names; never for rights."""

LOOK_UP, READ, TELL = 8.0, 2.0, 8.0
"""Seconds for a look-up, for a language that has a default, and for a word to somebody else."""

_ROOM = 5_000
_NOBODY = ("user_not_found", "user_not_visible", "users_not_found")
_ZONES = frozenset(available_timezones())

User = Mapping[str, Any]


class SlackPeople:
    """handlers.chat.services.People for Slack, and its Messenger."""

    def __init__(
        self, api: SlackApi, clock: Callable[[], float] = time.monotonic, prefix: str = ""
    ) -> None:
        self._api = api
        self._prefix = prefix
        self._clock = clock
        self._known: dict[UserRef, tuple[float, User]] = {}
        self.rooms = SlackRooms(api, clock)

    def called(self, person: UserRef) -> str:
        """The name as last looked up, however long ago; the id as text for those never met."""
        _, user = self._known.get(person, (0.0, {}))
        return _name(user) or str(person)

    async def look_up(self, person: UserRef) -> Someone | None:
        """The person as Slack knows them this moment; None where it knows nobody of that id.

        Raises what the call raises: whoever cannot be looked up is given nothing.
        """
        if person.platform != "slack":
            return None
        async with asyncio.timeout(LOOK_UP):
            user = await self._fetched(person)
        if user is None:
            return None
        return Someone(person, _name(user) or person.id, kind(user, person))

    async def crowd(self, ask: Ask, *, fresh: bool) -> Crowd:
        """Who reads along in the ask's channel."""
        return await self.rooms.crowd(ask, fresh=fresh)

    async def reader(self, person: UserRef) -> Reader:
        """Their language and zone, at most five minutes old; English and UTC where Slack does not
        say.
        """
        until, user = self._known.get(person, (0.0, {}))
        if until <= self._clock():
            try:
                async with asyncio.timeout(READ):
                    user = await self._fetched(person) or user
            except TROUBLE as error:
                log_error("slack look-up failed", error, platform="slack")
        zone = user.get("tz")
        return Reader(locale_of(user.get("locale")), zone if zone in _ZONES else "UTC")

    async def learn(self, persons: Iterable[UserRef]) -> None:
        """Looks up what people are called, for those whom others will ask about; never raises."""
        theirs = [person for person in persons if person.platform == "slack"]
        await asyncio.gather(*map(self.reader, theirs))

    async def tell(self, notice: Notice) -> bool:
        """Sends it as a direct message in the person's language; False where that failed."""
        say = speaker((await self.reader(notice.to)).locale)
        text = as_typed(say(notice.sentence, **notice.values), self._prefix)
        message = {"text": escaped(text), "blocks": [{"type": "section", "text": plain(text)}]}
        try:
            async with asyncio.timeout(TELL):
                return await Posted(Spot(self._api, notice.to.id)).say(message) is Taken.YES
        except TimeoutError as error:
            log_error("slack message failed", error, platform="slack")
            return False

    async def _fetched(self, person: UserRef) -> User | None:
        try:
            found = await self._api.read("users.info", user=person.id, include_locale="true")
        except SlackApiError as error:
            if error_name(error) in _NOBODY:
                return None
            raise
        user: User = found.get("user") or {}
        self._known.pop(person, None)
        self._known[person] = (self._clock() + FRESH, user)
        if len(self._known) > _ROOM:
            del self._known[next(iter(self._known))]
        return user


def kind(user: User, person: UserRef) -> Kind:
    """What an account is to the organisation of `person`; the first that applies, gone before all.

    >>> kind({"team_id": "T1", "is_restricted": True}, UserRef("slack", "T1", "U1")).value
    'guest'
    """
    if user.get("deleted"):
        return Kind.GONE
    if user.get("is_bot") or user.get("is_workflow_bot") or person.id == "USLACKBOT":
        return Kind.BOT
    homes = (user.get("team_id"), (user.get("enterprise_user") or {}).get("enterprise_id"))
    if user.get("is_stranger") or person.tenant not in homes:
        return Kind.STRANGER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Kind.GUEST
    return Kind.MEMBER


def _name(user: User) -> str:
    """The full name: display names are chosen at will, and twice by different people."""
    profile = user.get("profile") or {}
    return str(user.get("real_name") or profile.get("real_name") or user.get("name") or "")
