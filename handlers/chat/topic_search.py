"""Search for what a question is about where it may name a product or workload of all customers."""

from dataclasses import dataclass

from analytics.questions.absences import unknowns
from analytics.questions.named_products import is_product
from analytics.questions.topics import Topic, TopicsOfAll, find_topics_of_all
from analytics.values import Customer
from analytics.warehouse.facts import Facts
from handlers.chat.customer_search import (
    CustomerAndTopic,
    find_subject,
    rivals_of_topic,
    without_silent,
)
from handlers.chat.enumerations import CHOICES, parts_of_enumeration
from handlers.chat.refusals import (
    CustomerOrTopic,
    ProductAlone,
    SeveralTopicsOfAll,
    TopicOfNone,
    UnknownCustomer,
    UnreadWords,
    UnsureTopicOfAll,
)


@dataclass(frozen=True, slots=True)
class TopicOfAll:
    """A product or workload of all customers whom the asker may see; `said_topic` are its words."""

    topic: Topic
    said_topic: str


Subject = CustomerAndTopic | TopicOfAll
"""The subject of a question: a customer, perhaps with a topic, or a topic of all customers."""


def find_customer_or_topic(facts: Facts, said: str) -> Subject:
    """Read what `find_subject` reads, or `copilot`, `for teams`: a topic of all customers.

    A customer of exactly that name wins; customers whom the text fits otherwise leave a choice. A
    product's or workload's name, or whole words of it, goes before a customer's mistyped name;
    beginnings of such words come last. Raises what find_subject() raises, CustomerOrTopic,
    SeveralTopicsOfAll, TopicOfNone, or UnsureTopicOfAll where it is not known who has what.
    """
    said = " ".join(said.split())
    found = find_topics_of_all(facts, without_silent(said))
    if found.exact and found.topics:
        customers, exactly = rivals_of_topic(facts, said)
        if customers and not exactly:
            raise _choice(said, found, customers)
        if not customers:
            return _only(found, said, said)
    try:
        return find_subject(facts, said)
    except UnknownCustomer as unknown:
        topic = find_topic_of_all(facts, said, said)
        if topic:
            return topic
        raise _refusal(facts, unknown) from unknown


def find_topic_of_all(facts: Facts, said: str, typed: str) -> TopicOfAll | None:
    """Return the topic of all customers that a text means; None for none. `typed` are all the words
    that a choice stands for. Raises SeveralTopicsOfAll where several fit, or are enumerated.
    """
    found = find_topics_of_all(facts, without_silent(said))
    if found.topics:
        return _only(found, said, typed)
    parts = parts_of_enumeration(said)
    each = [find_topics_of_all(facts, without_silent(part)) for part in parts]
    if not parts or not all(one.topics for one in each):
        return None
    words: dict[str, str] = {}
    for part, one in zip(parts, each, strict=True):
        words |= _words(one, part)
    raise _several(words, typed)


def find_topic_alone(facts: Facts, said: str) -> TopicOfAll:
    """Return the topic of all customers that a text means, for a question about no single customer.
    Raises what find_topic_of_all() raises; TopicOfNone or UnsureTopicOfAll for a public product's
    or workload's name; UnreadWords for other words, a customer's name among them.
    """
    topic = find_topic_of_all(facts, said, said)
    if topic:
        return topic
    name = without_silent(said)
    if is_product(name):
        raise _refusal(facts, ProductAlone(name=said, topic=name))
    raise UnreadWords(words=" ".join(said.split()))


def _only(found: TopicsOfAll, said: str, typed: str) -> TopicOfAll:
    """Return the one topic. Raises SeveralTopicsOfAll where there are more."""
    if len(found.topics) == 1:
        return TopicOfAll(found.topics[0], without_silent(said))
    raise _several(_words(found, said), typed)


def _several(words: dict[str, str], typed: str) -> SeveralTopicsOfAll:
    shown = dict([*words.items()][:CHOICES])
    return SeveralTopicsOfAll(typed, shown, len(words) - len(shown))


def _choice(said: str, found: TopicsOfAll, customers: tuple[Customer, ...]) -> CustomerOrTopic:
    """Return a choice of topics and customers: at least half of it are topics, if so many fit."""
    words = [*_words(found, said).items()]
    topics = words[: max(CHOICES // 2, CHOICES - len(customers))]
    shown = customers[: CHOICES - len(topics)]
    more = len(words) - len(topics) + len(customers) - len(shown)
    return CustomerOrTopic(said, dict(topics), shown, more)


def _words(found: TopicsOfAll, said: str) -> dict[str, str]:
    """Return the words that name each topic, by its label: the typed ones if there is one."""
    if len(found.topics) == 1:
        return {found.topics[0].label: without_silent(said).replace('"', "")}
    return {topic.label: topic.words.replace('"', "") for topic in found.topics}


def _refusal(facts: Facts, unknown: UnknownCustomer) -> Exception:
    """Return the refusal of a text that names no customer and nothing that a customer has."""
    if not isinstance(unknown, ProductAlone):
        return unknown
    missing = tuple(unknowns(facts).values())
    if missing:
        return UnsureTopicOfAll(missing, topic=unknown.values["topic"])
    return TopicOfNone(**unknown.values)
