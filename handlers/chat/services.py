"""Services of a handler: made anew for each request and narrowed to its asker. Seven fields, never
more.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from analytics.charts.model import ChartWords
from analytics.questions.customers import (
    CustomerList,
    customer_names,
    has_no_customers,
    matching_customers,
)
from analytics.questions.partner_roles import PartnerRoles, partner_roles
from analytics.values import Customer, PartnerId, Program, TenantId
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark
from handlers.chat.access import Access, Grant, RightsChange
from handlers.chat.accounts import Account
from handlers.chat.asking import Ask, Room, UserRef
from handlers.chat.audience import Crowd, Notes
from handlers.chat.customer_search import CustomerAndTopic, find_subject
from handlers.chat.digests import Digests
from handlers.chat.refusals import NoData

P = ParamSpec("P")
R = TypeVar("R")


class Say(ChartWords, Protocol):
    """A reader's language: the charts' words, and what sentences need beside them. Spoken by
    handlers.messages.speaker.Speaker, which this folder may not import.
    """

    def moment(self, value: datetime) -> str:
        """Format an instant in UTC, to the minute."""
        ...

    def local(self, value: datetime, zone: str) -> str:
        """Format an instant as clocks show it in a zone, with its weekday and the zone's offset
        then.
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


class Level(Enum):
    """Seriousness of a finding."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: a catalogue id and its values."""

    level: Level
    sentence: str
    values: dict[str, object]
    mark: Mark | None = None
    """A dataset's mark to be said instead of the sentence, where the finding is about one."""


class Health(Protocol):
    """The state of the installation: bot.health.Doctor."""

    @property
    def program(self) -> Program:
        """The way in which the installation's partner takes part in CSP."""
        ...

    async def findings(self, partner: PartnerId, now: datetime) -> tuple[Finding, ...]:
        """All findings, in the order in which an operator reads them."""
        ...


class VisibleData:
    """A partner's figures cut to what one key opens. Each way to them notes by itself whose figures
    could be in the answer; a handler has nothing to remember. Where nothing was noted, the answer
    is the asker's alone. Every question raises NoData before the first import.
    """

    def __init__(
        self, access: Access, facts: Callable[[Access], Facts | None], *notes: Notes
    ) -> None:
        """Hold `facts`, which may block (it is called in a worker thread), and the notes that
        are taken for the audit and the audience guard.
        """
        self.access = access
        """The key that these figures are opened with."""
        self._open = facts
        self._facts: Facts | None = None
        self._notes = notes

    async def of(
        self,
        customer: Customer,
        question: Callable[Concatenate[Facts, Customer, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a question about one customer, who is noted first."""
        self._note([customer])
        return await self._ask(question, customer, *args, **kwargs)

    async def over_all(
        self, question: Callable[Concatenate[Facts, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a question about all customers together; all that the reader may see are noted first:
        each of them could be in the answer.
        """
        self._note(await self._ask(_customers))
        return await self._ask(question, *args, **kwargs)

    def _open_facts(self) -> Facts:
        """The figures, the same ones for every question of a request. Raises NoData where there are
        none.
        """
        if self._facts is None:
            self._facts = self._open(self.access)
        if self._facts is None:
            raise NoData
        return self._facts

    async def subject(self, said: str) -> CustomerAndTopic:
        """Find the customer that the asker typed, and the product or workload behind the name, if
        any.

        A name that fits as a whole wins over a name with a topic, and that over a mended typo.
        Raises UnknownCustomer, SeveralCustomers, UnknownTopic or UnsureTopic.
        """
        subject = await self._ask(find_subject, said)
        self._note([subject.customer])
        return subject

    async def matching(self, said: str) -> CustomerList:
        """Find the customers that fit what was typed, all for nothing; those listed are noted."""
        found = await self._ask(matching_customers, said)
        self._note(found.customers)
        return found

    async def names(self, tenants: Sequence[TenantId]) -> dict[str, str]:
        """Return names alone, by id, of those of these customers whom the reader may see."""
        return await self._ask(customer_names, tenants)

    async def has_no_customers(self) -> bool:
        """Check whether a reader who sees all customers has none: the source names none yet."""
        return await self._ask(has_no_customers)

    async def partner_roles(self) -> PartnerRoles:
        """Return the members of Partner Center's own roles; they are people of the partner, and no
        customer is noted.
        """
        return await self._ask(partner_roles)

    async def _ask(
        self, question: Callable[Concatenate[Facts, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a question in a worker thread."""
        result, secrets = await asyncio.to_thread(
            lambda: self._open_facts().result_of(question, *args, **kwargs)
        )
        for notes in self._notes:
            notes.secrets.update(secrets)
        return result

    def _note(self, customers: Iterable[Customer]) -> None:
        """Note for the audit and the audience guard that these customers could be in the answer."""
        for notes in self._notes:
            notes.customers.update(customer.id for customer in customers)

    def copy_with_notes(self, notes: Notes) -> "VisibleData":
        """Return the same figures for one of several questions: the customers it looks at are noted
        in `notes` too.
        """
        return VisibleData(self.access, lambda _key: self._open_facts(), *self._notes, notes)


def _customers(facts: Facts) -> tuple[Customer, ...]:
    return facts.people.customers


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
