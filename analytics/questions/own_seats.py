"""Customers' seats as of the newest snapshots by their own answers, compared with the portfolio."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter
from typing import TypeVar

from analytics.questions.portfolio import PortfolioResult
from analytics.questions.seats_on_day import SeatsOnDay
from analytics.questions.usage import UsageResult, usage
from analytics.tables import DEPLOYMENT
from analytics.values import Customer, Why
from analytics.warehouse.facts import Facts

Item = TypeVar("Item")

SAMPLED = 200
"""Customers up to which all are asked about; of more, this many, chosen evenly by id."""
LARGEST = 10
"""Customers with the most seats sold, who are asked about besides."""


@dataclass(frozen=True, slots=True)
class OwnSeats:
    """A customer's seats by the customer's own answer, as of the newest whole snapshots."""

    customer: Customer
    seats: SeatsOnDay | None
    """None if no newest snapshot lists the customer."""


def sample(customers: Sequence[Customer], everything: PortfolioResult) -> tuple[Customer, ...]:
    """Return the customers to ask about one by one, out of all in order of id."""
    if len(customers) <= SAMPLED:
        return tuple(customers)
    sold = [(row.sold, row.customer) for row in everything.customers if isinstance(row.sold, int)]
    largest = nlargest(LARGEST, sold, key=itemgetter(0))
    chosen = {each.id: each for each in (*evenly(customers), *(who for _, who in largest))}
    return tuple(chosen.values())


def evenly(items: Sequence[Item]) -> Sequence[Item]:
    """Return at most 200 of the items, chosen evenly; all where there are no more."""
    count = len(items)
    if count <= SAMPLED:
        return items
    return [items[place * count // SAMPLED] for place in range(SAMPLED)]


def own_seats(
    facts: Facts, customers: Iterable[Customer], everything: PortfolioResult
) -> tuple[OwnSeats, ...]:
    """Return the seats of those customers whose own answer is of the newest snapshots alone, and
    who are not in the portfolio's group of incomplete snapshots.
    """
    rows = {row.customer.id for row in everything.customers}
    found = [(each, usage(facts, each, None, None)) for each in customers]
    return tuple(
        OwnSeats(customer, _current(facts, result))
        for customer, result in found
        if not _is_mixed(facts, result) and (customer.id in rows or not _is_short(result))
    )


def _current(facts: Facts, result: UsageResult) -> SeatsOnDay | None:
    days = _newest_flags(facts, result)
    return None if days and not all(days) else result.latest


def _is_mixed(facts: Facts, result: UsageResult) -> bool:
    """Check whether some services of an answer are of older snapshots than the newest, or its day
    is before the first of a dataset.
    """
    unknown = result.latest.unknown if result.latest else ()
    is_early = any(each.why is Why.LATER for each in unknown)
    return is_early or len(set(_newest_flags(facts, result))) > 1


def _newest_flags(facts: Facts, result: UsageResult) -> list[bool]:
    """Return for each snapshot of an answer whether it is its service's newest."""
    used = result.latest.rests_on if result.latest else ()
    return [facts.days(dataset, service)[-1] == day for dataset, service, day in used]


def _is_short(result: UsageResult) -> bool:
    """Check whether incomplete snapshots alone list the customer's seats."""
    unknown = result.latest.unknown if result.latest else ()
    return any(each.dataset == DEPLOYMENT.name for each in unknown)
