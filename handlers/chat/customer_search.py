"""Search for the customer that a question names, and perhaps one of their products or workloads
behind the name.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.questions.absences import unknowns, unknowns_of
from analytics.questions.customers import customer_by_id
from analytics.questions.seat_history import seen_days
from analytics.questions.topics import Topic, find_topic
from analytics.values import Customer
from analytics.warehouse.facts import Facts
from analytics.warehouse.name_index.names import How
from handlers.chat.refusals import (
    Refusal,
    SeveralCustomers,
    UnknownCustomer,
    UnknownTopic,
    UnsureTopic,
)

CHOICES = 8
"""Names offered when several fit: few enough to read at a glance, and within every platform's
limits.
"""


@dataclass(frozen=True, slots=True)
class CustomerAndTopic:
    """The customer that a question is about, and which part of theirs. `mended` is the name as
    typed where it held a typo, `said_topic` the words behind the name.
    """

    customer: Customer
    topic: Topic | None
    mended: str | None
    said_topic: str = ""


def find_subject(facts: Facts, said: str) -> CustomerAndTopic:
    """Read `contoso`, `contoso exchange` or a tenant's GUID, among the customers these facts show.

    The longest name that fits wins, a mended typo comes last. Raises UnknownCustomer,
    SeveralCustomers, or UnknownTopic where the name fits and the words behind it name nothing that
    the customer has, or UnsureTopic where it is not known what the customer has.
    """
    words = said.split()
    unknown: Refusal | None = None
    for mending in (False, True):
        for name, rest in _splits(words):
            unsure = not unknown and bool(unknowns(facts))
            found = _one_match(facts, name, rest, mending=mending, unsure=unsure)
            if found is None:
                continue
            topic = find_topic(facts, found, rest) if rest else None
            if topic or not rest:
                return CustomerAndTopic(found, topic, name if mending else None, rest)
            unknown = unknown or _no_topic(facts, found, rest)
    raise unknown or UnknownCustomer(name=said)


def _no_topic(facts: Facts, customer: Customer, said: str) -> Refusal:
    unknown = tuple(unknowns_of(facts, customer, seen_days(facts, customer)).values())
    if unknown:
        return UnsureTopic(unknown, customer=customer.name, topic=said)
    return UnknownTopic(customer=customer.name, topic=said)


def _splits(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield every way to take a name from the front, longest first, with the words behind it."""
    for upto in range(len(words), 0, -1):
        yield " ".join(words[:upto]), " ".join(words[upto:])


def _one_match(
    facts: Facts, name: str, rest: str, *, mending: bool, unsure: bool
) -> Customer | None:
    """Return the one customer of this name, or None. Raises SeveralCustomers where more fit and the
    words behind the name are none, fit one of them, or could fit (`unsure`).
    """
    by_id = customer_by_id(facts, name)
    if by_id:
        return by_id
    hits, customers = facts.find(name)
    if hits.how is How.NOTHING or (hits.how is How.TYPO) is not mending:
        return None
    if len(customers) == 1:
        return customers[0]
    shown = customers[:CHOICES]
    fits = not rest or any(find_topic(facts, customer, rest) for customer in shown)
    if not (fits or unsure):
        return None
    raise SeveralCustomers(name, rest, shown, hits.more + len(customers) - len(shown))
