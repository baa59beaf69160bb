"""Reasons why a question gets no figures. Each refusal is a catalogue id and its values, never a
sentence.
"""

from collections.abc import Mapping, Sequence

from analytics.values import Customer, Unknown
from handlers.chat.looks import Looks


class Refusal(Exception):
    """A reason that the asker can understand and mend. `sentence` is a catalogue id."""

    sentence = "broken"

    def __init__(self, **values: object) -> None:
        super().__init__(self.sentence)
        self.values = values


class NotAllowed(Refusal):
    """The asker lacks the right. The refusal does not tell what exists."""

    sentence = "not-allowed"


class NotAMember(Refusal):
    """The asker holds a right, but their account is no member's any more."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.sentence = f"asker-{kind}"


class Unconfirmed(Refusal):
    """The platform has not confirmed an account's membership lately enough. `what` names the check:
    `asker`, `grant` (a right was to be given) or `digest`.
    """

    def __init__(self, what: str) -> None:
        super().__init__()
        self.sentence = f"{what}-unconfirmed"


class NoData(Refusal):
    """Nothing was imported or fetched yet."""

    sentence = "no-data"


class NoDataByApi(NoData):
    """No data yet, at a partner to whom Partner Center's API is not offered."""

    sentence = "no-data-by-api"


class UnknownCustomer(Refusal):
    """The asker may see no customer of that name: unknown and forbidden get the same answer."""

    sentence = "unknown-customer"


class UnknownTopic(Refusal):
    """The customer is known; the product or workload is not among theirs."""

    sentence = "unknown-topic"


class UnsureTopic(Refusal):
    """The customer is known; whether the product or workload is theirs is not known."""

    sentence = "unsure-topic"

    def __init__(self, unknown: Sequence[Unknown], **values: object) -> None:
        super().__init__(**values)
        self.unknown = unknown


class UnreadWords(Refusal):
    """Words that the command has no use for: they would have been dropped."""

    sentence = "unread-words"


class ContraryWords(Refusal):
    """Words that exclude one another, such as `active` and `suspended`; none of them is dropped."""

    sentence = "contrary-words"


class NoCustomerNamed(Refusal):
    """The command is about one customer, and none was named."""

    sentence = "no-customer-named"


class UnreadablePeriod(Refusal):
    """Words that were meant as a period: none there is, or on the side not looked at."""

    sentence = "unreadable-period"

    def __init__(self, found: str, why: str, looks: Looks = Looks.BACK) -> None:
        super().__init__(found=found, why=why)
        if looks is Looks.AHEAD:
            self.sentence = "unreadable-period-ahead"


class SeveralCustomers(Refusal):
    """More than one customer fits; the asker chooses.

    `rest` is what was said behind the name, `more` how many further customers fit.
    """

    sentence = "several-customers"

    def __init__(self, name: str, rest: str, customers: tuple[Customer, ...], more: int) -> None:
        super().__init__(name=name)
        self.rest = rest
        self.customers = customers
        self.more = more

    @property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """Labels to choose from, each with the words that stand for it in place of the name."""
        return tuple((customer.name, customer.id) for customer in self.customers)


class SeveralTopics(Refusal):
    """Several products or workloads of one customer, who is answered about one at a time."""

    sentence = "several-topics"

    def __init__(
        self,
        name: str,
        customer: Customer,
        topics: Mapping[str, str],
        more: int = 0,
        **values: object,
    ) -> None:
        """Hold the words that name the customer and the topics, the label of each topic by its own
        words, and how many further ones fit.
        """
        super().__init__(name=name, customer=customer.name, **values)
        self.customer = customer
        self.topics = topics
        self.more = more

    @property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """Labels to choose from, each with the words that stand for it in place of the name."""
        return tuple((label, f"{self.customer.id} {said}") for said, label in self.topics.items())


class SeveralPlans(SeveralTopics):
    """Words that fit several different products of one customer; their seats are not added up."""

    sentence = "several-plans"


class CustomerOrTopic(SeveralCustomers):
    """A text that names a product or workload, and fits customers too; the asker chooses."""

    sentence = "customer-or-topic"

    def __init__(
        self, name: str, topics: Mapping[str, str], customers: tuple[Customer, ...], more: int
    ) -> None:
        """Hold the words for each topic of all customers by its label, and the customers."""
        super().__init__(name, "", customers, more)
        self.topics = topics

    @property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """Labels to choose from, each with the words that stand for it in place of the name."""
        named = tuple((customer.name, customer.id) for customer in self.customers)
        return (*_of_all(self.topics), *named)


class SeveralTopicsOfAll(Refusal):
    """Several products or workloads fit, over all customers; they are answered one at a time."""

    sentence = "several-topics-of-all"

    def __init__(self, name: str, topics: Mapping[str, str], more: int) -> None:
        """Hold the words that name them, the words for each topic by its label, and how many
        further ones fit.
        """
        super().__init__(name=name)
        self.topics = topics
        self.more = more

    @property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """Labels to choose from, each with the words that stand for it in place of the name."""
        return _of_all(self.topics)


def _of_all(topics: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return labels with words that ask for each topic over all customers; quotes hold a name
    together, so that no part of it is read as a period.
    """
    return tuple((label, f'all "{words}"') for label, words in topics.items())


class ProductAlone(UnknownCustomer):
    """A product or workload in the place of a customer's name."""

    sentence = "product-alone"


class TopicOfNone(ProductAlone):
    """A product or workload that no customer has whom the asker may see."""

    sentence = "topic-of-none"


class UnsureTopicOfAll(UnsureTopic):
    """Whether a customer has the product or workload is not known."""

    sentence = "unsure-topic-of-all"


class NotIgnored(Refusal):
    """An order to ignore a product that lacks something: `no-product`, `workload` (only products
    are ignored), `no-reason`, `long-reason`, `bad-end` or `past-end`.
    """

    sentence = "ignore-no-product"

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = f"ignore-{kind}"


class SeveralPeople(Refusal):
    """More than one person was mentioned where one is meant."""

    sentence = "several-people"


class UnknownRole(Refusal):
    """A role that is none of the three roles."""

    sentence = "unknown-role"


class UnreadableEnd(Refusal):
    """The end of a right that cannot be read as a day."""

    sentence = "unreadable-end"


class PastEnd(Refusal):
    """A right that would have ended already."""

    sentence = "past-end"


class RightsChanged(Refusal):
    """The rights on a card are no longer those that are held."""

    sentence = "card-stale"


class LastAdmin(Refusal):
    """A change after which the partner would have no partner admin."""

    sentence = "last-admin"


class AdminBySettings(Refusal):
    """A change of a partner admin whom the settings name; chat cannot make it."""

    sentence = "admin-by-settings"


class Yourself(Refusal):
    """A change of the asker's own right, which they cannot make."""

    sentence = "grant-yourself"


class ScopedAdmin(Refusal):
    """A partner admin for some customers only: there is no such role."""

    sentence = "scoped-admin"


class NoSuchPerson(Refusal):
    """An account that cannot be given rights: unknown, a bot, a guest, gone, not described now."""

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = f"person-{kind}"
