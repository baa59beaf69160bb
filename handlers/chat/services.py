"""Services of a handler: made anew for each request and narrowed to its asker. Seven fields, never
more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from analytics.charts.model import ChartWords
from analytics.values import PartnerId, Program
from analytics.warehouse.marks import Mark
from handlers.chat.access import Grant, RightsChange
from handlers.chat.accounts import Account
from handlers.chat.asking import Ask, Room, UserRef
from handlers.chat.audience import Crowd
from handlers.chat.digests import Digests
from handlers.chat.groups import CustomerGroups
from handlers.chat.scope_plan import ScopePlan, ScopeWish
from handlers.chat.visible_data import VisibleData


class Say(ChartWords, Protocol):
    """A reader's language: the charts' words, and what sentences need beside them. Spoken by
    handlers.messages.speaker.Speaker, which this folder may not import.
    """

    @property
    def decimal_comma(self) -> bool:
        """True if the language writes 0,5 for a half."""
        ...

    def moment(self, value: datetime) -> str:
        """Format an instant in UTC, to the minute."""
        ...

    def local(self, value: datetime, zone: str) -> str:
        """Format an instant as clocks show it in a zone, with its weekday and the zone's offset
        then.
        """
        ...

    def clock(self, value: datetime) -> str:
        """Format an instant as the reader's clock shows it, with its offset; in UTC where their
        zone is not known. Without a zone of its own the instant is in UTC, as datasets have it.
        """
        ...

    def weekday(self, number: int) -> str:
        """Return a weekday's name; 0 and 7 are Sunday."""
        ...

    def day_of_year(self, month: int, day: int) -> str:
        """Format a day that comes every year: 29 February."""
        ...


class People(Protocol):
    """People as their platforms know them, and who reads along where: a class of each platform's,
    and bot.backend.NameDirectory, which asks the platform that a person is of.
    """

    def display_name(self, person: UserRef) -> str:
        """The name to call a person by; their id as text where the platform does not say."""
        ...

    def known_account(self, person: UserRef) -> Account:
        """The account as last described; no platform is asked."""
        ...

    async def account(
        self, person: UserRef, *, sure: bool = False, room: Room | None = None
    ) -> Account:
        """The account as of now, or at most an hour old where the platform does not answer in time.
        Where it has to be looked up, the platform may look into `room` first.

        Waits eight seconds where the answer has to be `sure` or nothing is known, else two. Never
        raises: `said` tells what could be found out.
        """
        ...

    async def crowd(self, ask: Ask, *, fresh: bool) -> Crowd:
        """The people of the ask's room, at most five minutes old, or as of now where `fresh`. May
        raise: then the people in the room are unknown.
        """
        ...


class Rights(Protocol):
    """Grants, by who holds them: bot.store.roles.RoleStore."""

    @property
    def groups(self) -> CustomerGroups:
        """The scopes that rights may name, and lists of one's own."""
        ...

    async def grants(self, person: UserRef, partner: PartnerId) -> tuple[Grant, ...]:
        """A person's grants, ended ones too, newest first."""
        ...

    async def admins(self, partner: PartnerId, now: datetime) -> tuple[UserRef, ...]:
        """People who are partner admin now."""
        ...

    async def holders(self, partner: PartnerId, now: datetime) -> tuple[tuple[UserRef, Grant], ...]:
        """All people who hold a right now, each with it; admins first, then in the order they were
        given.
        """
        ...

    async def change(self, change: RightsChange) -> None:
        """Save a change with its audit row, under the partner's lock: both or neither.

        Raises NotAllowed where `by` is no partner admin any more, RightsChanged where the person's
        rights are others than `seen`, LastAdmin where no partner admin would be left, and
        AdminBySettings.
        """
        ...

    async def plan_scopes(
        self, wishes: Sequence[ScopeWish], partner: PartnerId, now: datetime
    ) -> ScopePlan:
        """The plan of these wishes, from the scopes and rights of now."""
        ...

    async def change_scopes(self, plan: ScopePlan, by: UserRef | None, now: datetime) -> None:
        """Save a plan of scopes with its audit rows: whole or not at all.

        Raises NotAllowed where `by` is no partner admin any more, BadGroupName, TooManyGroups, and
        GroupsChanged where a scope, or a right by it, is not as the plan says.
        """
        ...


class Level(Enum):
    """Seriousness of a finding."""

    GOOD = "good"
    LASTING = "lasting"
    """Something the installation does without: no fault, and nothing has to be done."""
    WATCH = "watch"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: a catalogue id and its values."""

    level: Level
    sentence: str
    values: dict[str, object]
    marks: tuple[Mark, ...] = ()
    """Marks of one cause, said instead of the sentence, where the finding is about datasets."""


class Health(Protocol):
    """The state of the installation: bot.health.Doctor."""

    @property
    def program(self) -> Program:
        """The way in which the installation's partner takes part in CSP."""
        ...

    @property
    def searches_persons(self) -> bool:
        """True if the operator lets the activity log be searched by person."""
        ...

    @property
    def azure_plans(self) -> int:
        """The number of Azure plans that a sync asks for their costs at most."""
        ...

    @property
    def ranked_from(self) -> int:
        """The seats from which a customer is ranked among the best and the worst."""
        ...

    async def findings(self, partner: PartnerId, now: datetime) -> tuple[Finding, ...]:
        """All findings, in the order in which an operator reads them."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """Services that a handler may use for one request."""

    data: VisibleData
    people: People
    rights: Rights
    digests: Digests
    health: Health
    say: Say
    now: datetime
