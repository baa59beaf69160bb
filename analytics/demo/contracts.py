"""The subscriptions that the made-up partner sold: for each product held the seats that the licence
reports count, and beside them what they do not count.
"""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from analytics.demo.holdings import Holding, held_on
from analytics.demo.seats import Seats
from analytics.demo.stories import Stay, Story, made_up_id, phase, stay
from analytics.skus import Sku

EXTENDED = " (Extended Service Term)"
"""What Microsoft adds to a product's name once its term was extended."""

_DAY = timedelta(days=1)
_MONTHS = {"P1M": 1, "P1Y": 12, "P3Y": 36}
_KNOWN_OFFERS = {
    "O365_BUSINESS_ESSENTIALS": "CFQ7TTC0LH18",
    "O365_BUSINESS_PREMIUM": "CFQ7TTC0LDPB",
}
"""Products of new commerce whose catalogue ids documentation tells; the others' are made up."""


@dataclass(frozen=True, slots=True)
class Contract:
    """One subscription as it stands on a day."""

    customer: str
    number: str
    """Distinguishes the customer's subscriptions; the id is made of it."""
    product: str
    offer: str
    quantity: int | None
    """Seats; None if it is billed by usage."""
    created: date
    starts: date
    ends: date | None
    """Last day of its term; None if it has none."""
    term: str = "P1Y"
    """P1M, P1Y or P3Y; empty in legacy ones."""
    billing_cycle: str = "annual"
    status: str = "active"
    auto_renew: bool = True
    trial: bool = False
    nickname: str = ""
    reseller: str = ""
    deprovisioned: date | None = None
    actions_told: bool = True
    """False if the answer leaves out what is scheduled for its end, even that nothing is."""
    more: Mapping[str, object] = field(default_factory=dict)
    """Further fields of the API's answer."""

    @property
    def id(self) -> str:
        """The subscription's GUID."""
        return made_up_id(f"{self.customer}/{self.number}")

    @property
    def counted_seats(self) -> int:
        """Seats that licence reports count as sold: those in force, without trials."""
        sold = self.status == "active" and not self.trial
        return (self.quantity or 0) if sold else 0


def offer(sku: Sku) -> str:
    """Return a product's catalogue id, product:sku:availability."""
    product = _KNOWN_OFFERS.get(sku.part) or f"CFQ7TTC0{sku.id[:4].upper()}"
    return f"{product}:0001:CFQ7TTC0{made_up_id(sku.part)[:4].upper()}"


def extended_offer(of: str) -> str:
    """Return the catalogue id under which an offer is billed once its term was extended."""
    product, _, availability = of.split(":")
    return f"{product}:EST1:{availability}"


def term_on(created: date, term: str, day: date) -> tuple[date, date]:
    """Return the first and the last day of the term that a day lies in."""
    months = _MONTHS[term]
    gone = (day.year - created.year) * 12 + day.month - created.month
    gone -= 1 if later(created, gone) > day else 0
    start = gone // months * months
    return later(created, start), later(created, start + months) - _DAY


def later(day: date, months: int) -> date:
    """Return the day so many months later, or the month's last day if it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def usual_contracts(
    stories: tuple[Story, ...], day: date, newest: date
) -> Iterator[tuple[Contract, str]]:
    """Yield one contract for each product that customers hold and pay for, with all its seats; and
    the product's part number.
    """
    for holding, seats in held_on(stories, day, newest):
        if not holding.sku.free and (seats.sold or holding.line.measured):
            yield _usual(holding, seats, day, newest), holding.sku.part


def ended_contracts(stories: tuple[Story, ...], oldest: date, newest: date) -> Iterator[Contract]:
    """Yield the contracts of customers who left between two days, as they stood on the last day."""
    for story in stories:
        been = _stay(story, oldest, newest)
        if been and been.last and been.last - oldest > timedelta(weeks=2):
            for holding, seats in held_on((story,), been.last, newest):
                contract = _usual(holding, seats, been.last, newest)
                yield _end_of(contract, been.last)


def _end_of(contract: Contract, last: date) -> Contract:
    return replace(
        contract, status="deprovisioned", deprovisioned=last + _DAY, ends=last, auto_renew=False
    )


def _usual(holding: Holding, seats: Seats, day: date, newest: date) -> Contract:
    sku, name = holding.sku, holding.story.name
    chance = phase(name, f"{sku.part} term")
    term = "P1M" if chance < 0.1 else "P3Y" if chance > 0.95 else "P1Y"
    created = _purchase_day(holding, newest)
    starts, ends = term_on(created, term, day)
    return Contract(
        customer=name,
        number=sku.part,
        product=sku.name,
        offer=offer(sku),
        quantity=seats.sold or holding.line.seats,
        created=created,
        starts=starts,
        ends=ends,
        term=term,
        billing_cycle="monthly" if term == "P1M" or chance < 0.6 else "annual",
        nickname=sku.name,
    )


def _purchase_day(holding: Holding, newest: date) -> date:
    """Return the day a product was bought: that of its story, else one before the snapshots."""
    been = _stay(holding.story, later(newest, -24), newest)
    known = holding.line.since or (been.first if been else None)
    days = int(1000 * phase(holding.story.name, f"{holding.sku.part} bought"))
    return known or date(2021, 2, 1) + timedelta(days=days)


@cache
def _stay(story: Story, oldest: date, newest: date) -> Stay | None:
    return stay(story, oldest, newest)
