"""Products that totals leave out, as a partner admin decides it for one customer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from analytics.values import IgnoredProduct, PartnerId, TenantId
from handlers.chat.access import Access
from handlers.chat.asking import UserRef

LONGEST_REASON = 200
"""Most characters of a reason: it stands in the small print of each answer."""


@dataclass(frozen=True, slots=True)
class IgnoreOrder:
    """A decision to leave a product of a customer out of totals."""

    partner: PartnerId
    customer: TenantId
    product: str
    """The product's GUID, in lower case."""
    reason: str
    by: UserRef
    until: date
    """The last day on which it is left out."""
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptIgnore:
    """A decision as it is kept."""

    customer: TenantId
    product: str
    reason: str
    by: str
    """The admin: a UserRef as text, or `forgotten`."""
    until: date
    at: datetime


class VisibleIgnored(Protocol):
    """Products that totals leave out, lent to one request:
    handlers.ignored_of_reader.IgnoredOfReader.
    """

    async def find(self, access: Access) -> tuple[IgnoredProduct, ...]:
        """Return what is ignored today of the customers whom the key's holder may see."""
        ...

    async def save(self, order: IgnoreOrder) -> None:
        """Save a decision with its audit row, in place of an earlier one about the same."""
        ...

    async def end(self, order: IgnoreOrder) -> bool:
        """End the decision about the order's customer and product; False if there is none."""
        ...


class IgnoredProducts(Protocol):
    """The keeper of these decisions: bot.store.ignored.IgnoredStore."""

    async def all(self, partner: PartnerId, today: date) -> tuple[KeptIgnore, ...]:
        """Return the decisions that hold on a day, by customer and product."""
        ...

    async def save(self, order: IgnoreOrder) -> None:
        """Save a decision with its audit row, in place of an earlier one about the same."""
        ...

    async def end(self, order: IgnoreOrder) -> bool:
        """End the decision about the order's customer and product, with its audit row; False if
        there is none.
        """
        ...
