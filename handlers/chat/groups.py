"""Groups of customers: scopes of the partner, which rights may name, and a reader's own lists."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from analytics.values import PartnerId, TenantId
from handlers.chat.asking import UserRef

LONGEST_NAME = 40
"""Most characters of a group's name."""
MOST_SCOPES = 500
"""Most scopes of a partner."""
MOST_LISTS = 50
"""Most lists of one reader."""
GROUP = "group:"
"""Prefix of a group in a text that the bot wrote; people type its words in their language."""


@dataclass(frozen=True, slots=True)
class CustomerGroup:
    """Customers under a name. Its number, never used twice at a partner, is its identity."""

    number: int
    name: str
    customers: frozenset[TenantId]
    """Empty means no customer, never all of them."""
    owner: UserRef | None = None
    """The reader whose list it is; None for a scope, which partner admins alone change."""
    is_gone: bool = False
    """True for a deleted one: it holds no customer, and rights that name it say so."""

    @property
    def word(self) -> str:
        """The group as buttons and saved questions write it, whatever it is called later."""
        return f"{GROUP}#{self.number}"


def members_fingerprint(groups: Iterable[CustomerGroup]) -> str:
    """Return a short text that changes with these groups and their customers; empty for none."""
    said = [(each.number, sorted(each.customers)) for each in groups]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16] if said else ""


@dataclass(frozen=True, slots=True)
class ListChange:
    """A reader's change of a list of their own; `customers` None deletes it."""

    partner: PartnerId
    owner: UserRef
    number: int | None
    """None for a new list."""
    name: str
    customers: frozenset[TenantId] | None
    at: datetime


class CustomerGroups(Protocol):
    """Keeps the groups: bot.store.groups.GroupStore."""

    async def scopes(self, partner: PartnerId) -> tuple[CustomerGroup, ...]:
        """Return the partner's scopes that were not deleted, by name."""
        ...

    async def lists(self, owner: UserRef, partner: PartnerId) -> tuple[CustomerGroup, ...]:
        """Return the lists of one reader, by name."""
        ...

    async def change_list(self, change: ListChange) -> None:
        """Save or delete a reader's own list. Raises GroupsChanged where it is gone."""
        ...
