"""Who somebody is on Slack now, how they read, and words to them in private."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zoneinfo import available_timezones

from slack_sdk.errors import SlackApiError

from bot.directory import AccountLookUp, Directory, Resting
from bot.log import log_error
from bot.slack.api import TROUBLE, SlackApi, error_name, requested_wait
from bot.slack.command_names import as_typed
from bot.slack.inbound import Reader
from bot.slack.outbound import escape, plain
from bot.slack.rooms import SlackRooms
from bot.slack.targets import Posted, Spot, Taken
from handlers.chat.accounts import Account, AccountKind
from handlers.chat.asking import Ask, Room, UserRef
from handlers.chat.audience import Crowd
from handlers.chat.reply import Notice
from handlers.messages.speaker import locale_of, speaker

READ, TELL = 2.0, 8.0
"""Seconds for a language that has a default, and for a notice."""

LEARNT = 50
"""People whose names are learnt before the program starts."""

REST = 3.0
"""Seconds that Slack may want without look-ups for one to wait; longer, it has failed."""

_LOOK_UP = "users.info"
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
        self._directory = Directory(AccountLookUp("slack", self._fetch_user, _name, kind), clock)
        self.rooms = SlackRooms(api, clock)

    def display_name(self, person: UserRef) -> str:
        """The name as last looked up, however long ago; the id as text for those never met."""
        return self._directory.display_name(person)

    def known_account(self, person: UserRef) -> Account:
        """The account as Slack last described it."""
        return self._directory.known_account(person)

    async def account(
        self, person: UserRef, *, sure: bool = False, room: Room | None = None
    ) -> Account:
        """The account as Slack describes it, at most five minutes old where it tells in time. Slack
        is asked for people by their id alone, in whatever room.
        """
        return await self._directory.account(person, sure=sure)

    def expect(self, person: UserRef) -> None:
        """Begin to look up a person who is about to ask."""
        self._directory.expect(person)

    async def crowd(self, ask: Ask, *, fresh: bool) -> Crowd:
        """Who reads along in the ask's channel."""
        return await self.rooms.crowd(ask, fresh=fresh)

    async def reader(self, person: UserRef) -> Reader:
        """Their language and zone, as told at the latest look-up; English and UTC where Slack does
        not say in time.
        """
        user = await self._directory.look_up(person, READ) or {}
        zone = user.get("tz")
        return Reader(locale_of(user.get("locale")), zone if zone in _ZONES else "UTC")

    async def learn(self, persons: Iterable[UserRef]) -> None:
        """Looks up what people are called, for those whom others will ask about, the first of them:
        Slack takes a hundred look-ups a minute, and those who ask need some. Never raises.
        """
        theirs = [person for person in persons if person.platform == "slack"]
        await asyncio.gather(*map(self.reader, theirs[:LEARNT]))

    def note_change(self, person: UserRef, user: User) -> None:
        """Slack says that an account changed, and what it is now. An older word than the last one
        is passed over; where that cannot be told, the account is asked for when it matters.
        """
        before = self._directory.record(person)
        when, then = user.get("updated"), (before or {}).get("updated")
        if before is None or not (isinstance(when, int) and isinstance(then, int)):
            self._directory.doubt(person)
        elif when >= then:
            self._directory.learn(person, {**before, **user})

    async def tell(self, notice: Notice, _room: Room) -> bool:
        """Sends it as a direct message in the person's language; False where that failed."""
        say = speaker((await self.reader(notice.to)).locale)
        text = as_typed(say(notice.sentence, **notice.values), self._prefix)
        message = {"text": escape(text), "blocks": [{"type": "section", "text": plain(text)}]}
        try:
            async with asyncio.timeout(TELL):
                return await Posted(Spot(self._api, notice.to.id)).say(message) is Taken.YES
        except TimeoutError as error:
            log_error("slack message failed", error, platform="slack")
            return False

    async def _fetch_user(self, person: UserRef) -> User | None:
        """Slack's own word; None where it knows no account of that id. What broke on the way is
        asked once more. Raises Resting where Slack wants a long rest, or one of TROUBLE.
        """
        try:
            return await self._ask_slack(person)
        except TROUBLE as error:
            if isinstance(error, SlackApiError) and _is_refusal(error):
                raise
            return await self._ask_slack(person)

    async def _ask_slack(self, person: UserRef) -> User | None:
        rest = self._api.rest_left(_LOOK_UP)
        if rest > REST:
            raise Resting(rest)
        await asyncio.sleep(rest)
        form = {"user": person.id, "include_locale": "true"}
        try:
            found = await self._api.once(_LOOK_UP, data=form)
        except SlackApiError as error:
            if error_name(error) in _NOBODY:
                return None
            raise
        user: User = found["user"]  # an answer without one says nothing
        return user


def _is_refusal(error: SlackApiError) -> bool:
    """True where Slack itself said no, and would again."""
    return bool(error_name(error)) and requested_wait(error) is None


def kind(user: User, person: UserRef) -> AccountKind:
    """What an account is to the organisation of `person`; the first that applies, gone before all.

    >>> kind({"team_id": "T1", "is_restricted": True}, UserRef("slack", "T1", "U1")).value
    'guest'
    """
    if user.get("deleted"):
        return AccountKind.GONE
    if user.get("is_bot") or user.get("is_workflow_bot") or person.id == "USLACKBOT":
        return AccountKind.BOT
    homes = (user.get("team_id"), (user.get("enterprise_user") or {}).get("enterprise_id"))
    if user.get("is_stranger") or person.tenant not in homes:
        return AccountKind.STRANGER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return AccountKind.GUEST
    return AccountKind.MEMBER


def _name(user: User) -> str:
    """The full name: display names are chosen at will, and twice by different people."""
    profile = user.get("profile") or {}
    return str(user.get("real_name") or profile.get("real_name") or user.get("name") or "")
