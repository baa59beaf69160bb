"""People on Slack: their accounts, their language and time zone, and private messages to them."""

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
"""Seconds to wait for a person's language, which has a default, and for a notice to be sent."""

LEARNT = 50
"""Maximum people whose names are looked up before the program starts."""

REST = 3.0
"""Maximum seconds that a look-up waits where Slack asks for a rest; with a longer rest it fails."""

_LOOK_UP = "users.info"
_NOBODY = ("user_not_found", "user_not_visible", "users_not_found")
_ZONES = frozenset(available_timezones())

User = Mapping[str, Any]


class SlackPeople:
    """The class for Slack of handlers.chat.services.People, and of bot.delivery.Messenger."""

    def __init__(
        self, api: SlackApi, clock: Callable[[], float] = time.monotonic, prefix: str = ""
    ) -> None:
        self._api = api
        self._prefix = prefix
        self._directory = Directory(AccountLookUp("slack", self._fetch_user, _name, kind), clock)
        self.rooms = SlackRooms(api, clock)

    def display_name(self, person: UserRef) -> str:
        """The name as last looked up, however long ago; else the id as text."""
        return self._directory.display_name(person)

    def known_account(self, person: UserRef) -> Account:
        """The account as Slack last described it; Slack is not asked."""
        return self._directory.known_account(person)

    async def account(
        self, person: UserRef, *, sure: bool = False, room: Room | None = None
    ) -> Account:
        """The account as Slack describes it, at most five minutes old where Slack answers in time.
        Slack looks people up by their id alone, whatever the room.
        """
        return await self._directory.account(person, sure=sure)

    def expect(self, person: UserRef) -> None:
        """Begin to look up a person who is about to ask."""
        self._directory.expect(person)

    async def crowd(self, ask: Ask, *, fresh: bool) -> Crowd:
        """The people who read along in the ask's channel."""
        return await self.rooms.crowd(ask, fresh=fresh)

    async def reader(self, person: UserRef) -> Reader:
        """The person's language and time zone as of the latest look-up; English and UTC where Slack
        does not answer in time.
        """
        user = await self._directory.look_up(person, READ) or {}
        zone = user.get("tz")
        return Reader(locale_of(user.get("locale")), zone if zone in _ZONES else "UTC")

    async def learn(self, persons: Iterable[UserRef]) -> None:
        """Look up the names of people whom others will ask about, but only the first LEARNT of
        them: Slack takes a hundred look-ups a minute, and askers need some of them. Never raises.
        """
        theirs = [person for person in persons if person.platform == "slack"]
        await asyncio.gather(*map(self.reader, theirs[:LEARNT]))

    def note_change(self, person: UserRef, user: User) -> None:
        """Record an account's change that Slack reported; `user` is the account as it is now. A
        report older than the last one is ignored; where the order is unknown, the account is looked
        up when it matters.
        """
        before = self._directory.record(person)
        when, then = user.get("updated"), (before or {}).get("updated")
        if before is None or not (isinstance(when, int) and isinstance(then, int)):
            self._directory.doubt(person)
        elif when >= then:
            self._directory.learn(person, {**before, **user})

    async def tell(self, notice: Notice, _room: Room) -> bool:
        """Send the notice as a direct message in the person's language; False where that failed."""
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
        """Slack's record of the person; None where Slack knows no account of that id. After an
        error that is no refusal, Slack is asked once more. Raises Resting where Slack asks for a
        long rest, or one of TROUBLE.
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
        user: User = found["user"]  # KeyError without one: that answer says nothing
        return user


def _is_refusal(error: SlackApiError) -> bool:
    """True if Slack itself refused, and would refuse again."""
    return bool(error_name(error)) and requested_wait(error) is None


def kind(user: User, person: UserRef) -> AccountKind:
    """The relation of an account to the organisation of `person`: the first kind that applies, GONE
    before all others.

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
    """The full name: display names are chosen freely, and different people may choose the same."""
    profile = user.get("profile") or {}
    return str(user.get("real_name") or profile.get("real_name") or user.get("name") or "")
