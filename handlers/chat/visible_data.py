"""A partner's figures cut to what one key opens; each door to them notes whose figures, and which
kinds of secret columns, could be in the answer.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import Concatenate, Final, ParamSpec, TypeVar

from analytics.questions.customers import (
    CustomerList,
    customer_names,
    has_no_customers,
    matching_customers,
)
from analytics.questions.example_customer import example_customer
from analytics.questions.partner_roles import PartnerRoles, partner_roles
from analytics.values import Customer, IgnoredProduct, Secrecy, TenantId
from analytics.warehouse.facts import Facts, Unreadable
from handlers.chat.access import Access, Permission
from handlers.chat.audience import Notes
from handlers.chat.customer_search import (
    CustomerAndTopic,
    begins_with_name,
    find_subject,
    names_whole,
)
from handlers.chat.decisions import ShownDecision
from handlers.chat.dropped_files import FileDrop
from handlers.chat.group_search import FoundGroup
from handlers.chat.refusals import NoData
from handlers.chat.topic_search import (
    Subject,
    TopicOfAll,
    find_customer_or_topic,
    find_topic_alone,
    find_topic_of_all,
)
from handlers.chat.visible_state import VisibleState

P = ParamSpec("P")
R = TypeVar("R")


class Everybody(Enum):
    """All customers whom a reader may see."""

    EVERYBODY = "everybody"


EVERYBODY: Final = Everybody.EVERYBODY


class VisibleData:
    """A partner's figures cut to what one key opens. Each way to them notes by itself whose figures
    could be in the answer; a handler has nothing to remember. Where nothing was noted, the answer
    is the asker's alone. How whole datasets are has no way of its own: it comes with the figures,
    in a result's stamp. Every question raises NoData before the first import.
    """

    def __init__(
        self,
        access: Access,
        facts: Callable[[Access], Facts | None],
        kept: VisibleState,
        *notes: Notes,
        drop: FileDrop | None = None,
    ) -> None:
        """Hold `facts`, which may block (it is called in a worker thread), what people decided
        about them, and the notes that are taken for the audit and the audience guard.
        """
        self.access = access
        """The key that these figures are opened with."""
        self._open = facts
        self.kept = kept
        """What people decided about these figures, and the way to change it."""
        self.drop = drop
        """The way in for files, in a request; it needs a key with the right to import."""
        self._kept_out: tuple[IgnoredProduct, ...] | None = None
        self._facts: Facts | None = None
        self._notes = notes

    @property
    def generation(self) -> int | None:
        """The number of the generation that was read; None where none was."""
        return self._facts.generation.number if self._facts else None

    async def of(
        self,
        customer: Customer,
        question: Callable[Concatenate[Facts, Customer, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a question about one customer, who is noted first; it reads no other's figures."""
        self._note([customer])
        one = frozenset({customer.id})
        return await self._ask_about(one, question, customer, *args, **kwargs)

    async def over(
        self,
        customers: frozenset[TenantId] | Everybody,
        question: Callable[Concatenate[Facts, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a question about several customers together, or about EVERYBODY whom the reader may
        see. They are noted first, since each of them could be in the answer; it reads no other's
        figures. For a reader who sees every customer, EVERYBODY has what is about none besides.
        """
        among = None if customers is EVERYBODY else customers
        for notes in self._notes:
            notes.everything |= among is None and self.access.customers is None
        self._note(await self._ask(_visible, among))
        return await self._ask_about(among, question, *args, **kwargs)

    def _open_facts(self) -> Facts:
        """The figures, the same for every question of a request. Raises NoData without any."""
        if self._facts is None:
            self._facts = self._open(self.access)
        if self._facts is None:
            raise NoData
        if self._kept_out and self._facts.ignored != self._kept_out:
            self._facts = replace(self._facts, ignored=self._kept_out)
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

    async def customer_or_topic(self, said: str) -> Subject:
        """Find the customer, with a product or workload or without, or the product or workload of
        all customers that the asker typed. Names of products are no customer's; nothing is noted
        for them. Raises what find_customer_or_topic() raises.
        """
        subject = await self._ask(find_customer_or_topic, said)
        self._note([subject.customer] if isinstance(subject, CustomerAndTopic) else [])
        return subject

    async def topic_of_all(self, said: str, typed: str) -> TopicOfAll | None:
        """Find the product or workload of all customers that the asker typed; None for none.
        Nothing is noted. Raises SeveralTopicsOfAll, a choice in place of the words `typed`.
        """
        return await self._ask(find_topic_of_all, said, typed)

    async def topic_alone(self, said: str) -> TopicOfAll:
        """Find the product or workload that a question about all customers is about. Nothing is
        noted. Raises what find_topic_alone() raises.
        """
        return await self._ask(find_topic_alone, said)

    async def names_whole(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return typed words with a customer's whole name at the front as one word, which is never
        read as a period.
        """
        return await self._ask(names_whole, words)

    async def begins_with_name(self, said: str) -> bool:
        """Check whether a text that is no command is about a customer the asker may see."""
        return self._sees_names and await self._ask(begins_with_name, said)

    async def example_customer(self) -> Customer | None:
        """Return the customer to name in an example, and note them; None for a reader who may see
        none with seats, or no figures today, before the first import, and while the figures
        cannot be read.
        """
        try:
            found = await self._ask(example_customer) if self._sees_names else None
        except (NoData, Unreadable):
            return None
        self._note([found] if found else [])
        return found

    @property
    def _sees_names(self) -> bool:
        """Whether a command that needs no right may tell this reader that there is a customer."""
        return self.access.may(Permission.SEE_SEATS)

    async def matching(self, said: str, page: int = 1) -> CustomerList:
        """Find a page of the customers that fit what was typed, of all for nothing; those listed
        are noted.
        """
        found = await self._ask(matching_customers, said, page)
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

    async def ignored_products(self) -> tuple[IgnoredProduct, ...]:
        """Return what totals leave out, of customers whom the reader may see; nothing is noted."""
        if self._kept_out is None:
            self._kept_out = await self.kept.ignored_products.find(self.access)
        return self._kept_out

    async def decisions_about(self, keys: Collection[str]) -> dict[str, ShownDecision]:
        """Return the newest decisions about terms, by key; undone ones are not among them. Their
        customers are noted by the question that found the terms.
        """
        found = await self.kept.decisions.standing(self.access)
        its = {each.decision.about.key: each for each in found if each.decision.about.key in keys}
        self._note_deciders(its.values())
        return its

    async def decisions_made(
        self, since: datetime, until: datetime
    ) -> list[tuple[ShownDecision, Customer]]:
        """Return the decisions made in a time, the newest first; their customers are noted."""
        found = await self.kept.decisions.history(self.access, since, until)
        ids = [each.decision.about.customer for each in found]
        names = await self.names(sorted(set(ids)))
        customers = [Customer(each, names.get(each, each)) for each in ids]
        self._note(customers)
        self._note_deciders(found)
        return list(zip(found, customers, strict=True))

    def _note_deciders(self, shown: Iterable[ShownDecision]) -> None:
        """Note that people are named in the answer, where they are."""
        named = any(each.by or each.undone_by for each in shown)
        for notes in self._notes:
            notes.secrets.update({Secrecy.PERSON} if named else ())

    async def _ask(
        self, question: Callable[Concatenate[Facts, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a question about all that the reader may see, in a worker thread."""
        return await self._ask_about(None, question, *args, **kwargs)

    async def _ask_about(
        self,
        customers: frozenset[TenantId] | None,
        question: Callable[Concatenate[Facts, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a question about these customers, in a worker thread; None for all."""

        def work() -> tuple[R, frozenset[Secrecy]]:
            facts = self._open_facts()
            cut = facts if customers is None else facts.only(customers)
            return cut.result_of(question, *args, **kwargs)

        await self.ignored_products()
        result, secrets = await asyncio.to_thread(work)
        for notes in self._notes:
            notes.secrets.update(secrets)
        return result

    def _note(self, customers: Iterable[Customer]) -> None:
        """Note for the audit and the audience guard that these customers could be in the answer."""
        named = {customer.id: customer.name for customer in customers}
        for notes in self._notes:
            notes.customers.update(named)
            notes.names.update(named)

    def of_group(self, found: FoundGroup) -> "VisibleData":
        """Return the figures of a group's customers alone: to a question about all customers these
        are all that there are.
        """
        for notes in self._notes:
            notes.names[TenantId(found.group.word)] = found.group.name
        return VisibleData(
            self.access.only(found.customers),
            lambda _key: self._open_facts().only(found.customers),
            self.kept,
            *self._notes,
        )

    def copy_with_notes(self, notes: Notes) -> "VisibleData":
        """Return the same figures for one of several questions, which is noted in `notes` too."""
        return VisibleData(
            self.access, lambda _key: self._open_facts(), self.kept, *self._notes, notes
        )


def _visible(facts: Facts, among: frozenset[TenantId] | None) -> tuple[Customer, ...]:
    """Return those of these customers whom the reader may see; None for all."""
    every = facts.people.customers
    return every if among is None else tuple(each for each in every if each.id in among)
