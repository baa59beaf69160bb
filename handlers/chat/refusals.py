"""Why a question gets no figures. Each refusal is an id of the catalogue and its values, never a
sentence.
"""

from analytics.values import Customer


class Refusal(Exception):
    """Something the asker can understand and mend. `sentence` is a catalogue id."""

    sentence = "broken"

    def __init__(self, **values: object) -> None:
        super().__init__(self.sentence)
        self.values = values


class NotAllowed(Refusal):
    """The asker lacks the right. Says nothing of what exists."""

    sentence = "not-allowed"


class NoData(Refusal):
    """Nothing was imported yet."""

    sentence = "no-data"


class UnknownCustomer(Refusal):
    """No customer of that name that the asker may see: unknown and forbidden are one answer."""

    sentence = "unknown-customer"


class UnknownTopic(Refusal):
    """The customer is known; the product or workload is not among theirs."""

    sentence = "unknown-topic"


class UnreadablePeriod(Refusal):
    """A period that was meant as one and is none."""

    sentence = "unreadable-period"


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
