"""Search for the customer that a question names, and perhaps one of their products or workloads
beside the name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analytics.folded_text import folded_text
from analytics.questions.absences import unknowns, unknowns_of
from analytics.questions.customers import customer_by_id
from analytics.questions.named_products import is_product
from analytics.questions.seat_history import seen_days
from analytics.questions.topics import Topic, find_topics
from analytics.values import Customer
from analytics.warehouse.facts import Facts
from analytics.warehouse.name_index.everyday_words import BEFORE_NAMES
from analytics.warehouse.name_index.names import Hits, How
from handlers.chat.enumerations import CHOICES, parts_of_enumeration
from handlers.chat.refusals import (
    ProductAlone,
    Refusal,
    SeveralCustomers,
    SeveralPlans,
    SeveralTopics,
    UnknownCustomer,
    UnknownTopic,
    UnsureTopic,
)

_LONGEST_NAME = 12
"""Most words of a customer's name that is looked for behind other words."""

_MOST_SILENT = 4
"""Most words before a name that are left out: `please show me the`."""

_WHOLE = frozenset((How.EXACT, How.FORM, How.DOMAIN, How.FORMER))
"""Ways in which a whole name matches."""

_PASSES = (
    frozenset((How.EXACT, How.PREFIX, How.PART, How.INITIALS)),
    frozenset((How.FORM, How.DOMAIN, How.FORMER, How.FORMER_START)),
    frozenset((How.TYPO,)),
)
"""Ways in which a name may match: all readings of a text are tried in the first ones first."""


@dataclass(frozen=True, slots=True)
class CustomerAndTopic:
    """The customer that a question is about, and which part of theirs. `mended` is the name as
    typed where it held a typo, `former` where it is another name that they have or had;
    `said_topic` the words beside the name.
    """

    customer: Customer
    topic: Topic | None
    mended: str | None = None
    former: str | None = None
    said_topic: str = ""


@dataclass(frozen=True, slots=True)
class _NameReading:
    """One way to read a text: a name, and the words that may be a product of theirs."""

    name: str
    rest: str
    only: frozenset[How] = frozenset(How)
    """Ways in which the name has to match."""


@dataclass(slots=True)
class _Search:
    """The names looked up for one text, each once."""

    facts: Facts
    found: dict[str, tuple[Hits, tuple[Customer, ...]]] = field(default_factory=dict)

    def find(self, name: str) -> tuple[Hits, tuple[Customer, ...]]:
        """Return what a name finds; a tenant's id finds its customer."""
        if name not in self.found:
            by_id = customer_by_id(self.facts, name)
            self.found[name] = (Hits(How.EXACT), (by_id,)) if by_id else self.facts.find(name)
        return self.found[name]


def find_subject(facts: Facts, said: str) -> CustomerAndTopic:
    """Read `contoso`, `contoso exchange`, `for contoso`, `exchange at contoso` or a tenant's GUID,
    among the customers these facts show.

    The longest name that fits wins; words before it that say nothing are left out where the rest
    finds; a legal form, a domain and a former name come later, a mended typo last. Raises
    UnknownCustomer, SeveralCustomers, or UnknownTopic where the name fits and the words beside it
    name nothing that the customer has, or UnsureTopic where it is not known what the customer has.
    Raises SeveralPlans where they name different products: these are never added up.
    """
    said = " ".join(said.split())
    search, readings = _Search(facts), [*_readings(said.split())]
    unknown: Refusal | None = None
    for ways in _PASSES:
        for reading in readings:
            unsure = not unknown and bool(unknowns(facts))
            found = _one_match(search, reading, ways, unsure=unsure)
            if found is None:
                continue
            topics = _topics(facts, found, reading.rest)
            if len(topics) > 1:
                raise _several_plans(said, found, topics, reading.rest)
            if topics or not reading.rest:
                return _subject(search, found, *topics, reading=reading)
            if reading.only == frozenset(How):
                unknown = unknown or _no_topic(facts, found, reading.rest)
    raise _enumeration(search, said) or unknown or _nobody(said)


def _enumeration(search: _Search, said: str) -> Refusal | None:
    """Return the choice that `contoso, fabrikam` or `contoso E3 and E5` leaves; None where not each
    part of the text is a customer, or a topic of the first one's.
    """
    parts = parts_of_enumeration(said)
    if not parts:
        return None
    found = [_customers(search, part) for part in parts]
    if all(found):
        every = tuple(dict.fromkeys(customer for some in found for customer in some))
        return SeveralCustomers(said, "", every[:CHOICES], len(every[CHOICES:]))
    return _enumerated_topics(search, said, parts)


def _enumerated_topics(search: _Search, said: str, parts: Sequence[str]) -> Refusal | None:
    first = parts[0].split()
    for upto in range(len(first) - 1, 0, -1):
        customers = _customers(search, " ".join(first[:upto]))
        if len(customers) == 1:
            typed = [" ".join(first[upto:]), *parts[1:]]
            found = [_topics(search.facts, customers[0], each) for each in typed]
            if not all(found):
                return None
            labels = {
                each if len(topics) == 1 else topic.quoted_words: topic.label
                for each, topics in zip(typed, found, strict=True)
                for topic in topics
            }
            return SeveralTopics(said, customers[0], labels)
    return None


def _customers(search: _Search, said: str) -> tuple[Customer, ...]:
    """Return the customers of a name, perhaps behind words that say nothing; none for a typo."""
    words = said.split()
    for start in range(_silent(words) + 1):
        hits, customers = search.find(" ".join(words[start:]))
        if hits.how not in (How.NOTHING, How.TYPO):
            return customers
    return ()


def _nobody(said: str) -> Refusal:
    """Return the refusal of a text in which no customer was found."""
    product = without_silent(said)
    if is_product(product):
        return ProductAlone(name=said, topic=product)
    return UnknownCustomer(name=said)


def rivals_of_topic(facts: Facts, said: str) -> tuple[tuple[Customer, ...], bool]:
    """Return the customers that a text may mean which names a product or workload too, typos apart;
    and True if one of them is called exactly so.
    """
    search, words = _Search(facts), said.split()
    for start in range(_silent(words) + 1):
        hits, customers = search.find(" ".join(words[start:]))
        if hits.how not in (How.NOTHING, How.TYPO):
            return customers, hits.how is How.EXACT
    for reading in _readings(words):
        hits, customers = search.find(reading.name)
        if reading.rest and hits.how is How.EXACT:
            return tuple(each for each in customers if _topics(facts, each, reading.rest)), False
    return (), False


def without_silent(said: str) -> str:
    """Return a text without words at its front that say nothing before a name."""
    words = said.split()
    return " ".join(words[_silent(words) :])


def begins_with_name(facts: Facts, said: str) -> bool:
    """Check whether a text that is no command begins with a customer's name, or with several that
    it may mean, and holds nothing else but a product or workload of theirs.

    A beginning of a word, initials and a typo are not enough, as they would be behind a command.
    """
    search = _Search(facts)
    for reading in _readings(said.split()):
        hits, customers = search.find(reading.name)
        plain = folded_text(reading.name)
        if hits.how is How.PREFIX:
            whole = all(folded_text(each.name).startswith(f"{plain} ") for each in customers)
        else:
            whole = hits.how in _WHOLE
        if whole and (
            not reading.rest or any(_topics(facts, each, reading.rest) for each in customers)
        ):
            return True
    return False


def names_whole(facts: Facts, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with those at the front that are a customer's whole name as one, a blank
    behind it: as a quoted name is, so that `Theresa May` is no period.
    """
    for start in range(_silent(words) + 1):
        for upto in range(min(len(words), start + _LONGEST_NAME), start, -1):
            name = " ".join(words[start:upto])
            if facts.has_name(name):
                return (*words[:start], f"{name} ", *words[upto:])
    return words


def _several_plans(
    said: str, customer: Customer, topics: Sequence[Topic], rest: str
) -> SeveralPlans:
    shown = {each.quoted_words: each.label for each in topics[:CHOICES]}
    return SeveralPlans(said, customer, shown, topic=rest, more=len(topics) - len(shown))


def _subject(
    search: _Search, customer: Customer, topic: Topic | None = None, *, reading: _NameReading
) -> CustomerAndTopic:
    how = search.find(reading.name)[0].how
    mended = reading.name if how is How.TYPO else None
    former = reading.name if how in (How.FORMER, How.FORMER_START) else None
    return CustomerAndTopic(customer, topic, mended, former, reading.rest)


def _no_topic(facts: Facts, customer: Customer, said: str) -> Refusal:
    unknown = tuple(unknowns_of(facts, customer, seen_days(facts, customer)).values())
    if unknown:
        return UnsureTopic(unknown, customer=customer.name, topic=said)
    return UnknownTopic(customer=customer.name, topic=said)


def _topics(facts: Facts, customer: Customer, said: str) -> tuple[Topic, ...]:
    """Return the customer's products or workload of these words, or of those behind words that say
    nothing: `for teams`.
    """
    words = said.split()
    found = find_topics(facts, customer, said) if words else ()
    return found or (
        find_topics(facts, customer, " ".join(rest)) if (rest := words[_silent(words) :]) else ()
    )


def _readings(words: list[str]) -> Iterator[_NameReading]:
    """Yield every way to take a name from the front, longest first, with the words behind it; then
    without words before a name that say nothing; then a whole name behind a product.
    """
    for start in range(_silent(words) + 1):
        longest = start + _LONGEST_NAME if start else len(words)
        for upto in range(min(len(words), longest), start, -1):
            yield _NameReading(" ".join(words[start:upto]), " ".join(words[upto:]))
    for at in range(max(1, len(words) - _LONGEST_NAME), min(len(words), _LONGEST_NAME)):
        product = words[:at]
        while product and folded_text(product[-1]) in BEFORE_NAMES:
            product = product[:-1]
        if product:
            yield _NameReading(" ".join(words[at:]), " ".join(product), frozenset((How.EXACT,)))


def _silent(words: Sequence[str]) -> int:
    """Return how many words at the front say nothing before a name; the last word is never one."""
    count = 0
    while count < min(len(words) - 1, _MOST_SILENT) and folded_text(words[count]) in BEFORE_NAMES:
        count += 1
    return count


def _one_match(
    search: _Search, reading: _NameReading, ways: frozenset[How], *, unsure: bool
) -> Customer | None:
    """Return the one customer of this name, or None. Raises SeveralCustomers where more fit and the
    words beside the name are none, fit one of them, or could fit (`unsure`).
    """
    hits, customers = search.find(reading.name)
    if hits.how not in ways & reading.only:
        return None
    if len(customers) == 1:
        return customers[0]
    shown = customers[:CHOICES]
    fits = not reading.rest or any(_topics(search.facts, each, reading.rest) for each in shown)
    if not (fits or unsure):
        return None
    more = hits.more + len(customers) - len(shown)
    raise SeveralCustomers(reading.name, reading.rest, shown, more)
