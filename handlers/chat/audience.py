"""The people who read along in a room, and whether all of them may see an answer."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from analytics.values import PartnerId, Secrecy, TenantId, tenant_id
from handlers.chat.access import Grant, Permission, authorize
from handlers.chat.accounts import Account
from handlers.chat.asking import Ask, RoomKind, UserRef
from handlers.chat.groups import GROUP
from handlers.chat.refusals import Refusal

_ID = re.compile(
    rf"\b[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}\b|{GROUP}#\d+", re.IGNORECASE
)
"""A tenant's id in a text, or a group's number."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """A room's people as its platform counts them; bots may be among them.

    `members` None means that they cannot be counted; `why` then is the catalogue's sentence for it.
    """

    name: str
    """The room's name as people say it: `#licences`; empty where it has no name."""
    kind: RoomKind
    members: tuple[UserRef, ...] | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Content of an answer: the permission it took, and the customers whose figures it used."""

    needs: Permission
    customers: frozenset[TenantId]
    secrets: frozenset[Secrecy] = frozenset()
    """The kinds of secret columns, money and persons, that could be in it."""
    names: Mapping[TenantId, str] = field(default_factory=dict, compare=False)
    """The names of those customers, as the asker sees them."""
    everything: bool = False
    """True if what is about no customer could be in it: for readers who see every customer."""

    def named_question(self, text: str) -> str:
        """Return a question's text with these customers' names for their ids, in quotes unless they
        are one plain word, and with a group's name for its number: as people read it.
        """
        return _ID.sub(lambda found: self._quoted_name(found[0]), text)

    def _quoted_name(self, id_: str) -> str:
        if id_.startswith(GROUP):
            return f"{GROUP}{self.names.get(TenantId(id_), id_.removeprefix(GROUP))}"
        name = self.names.get(tenant_id(id_), "")
        if name.isalnum():
            return name
        return f'"{name}"' if name else id_


@dataclass(slots=True)
class Notes:
    """Notes on the figures that a question read, taken by the doors to them."""

    customers: set[TenantId] = field(default_factory=set)
    secrets: set[Secrecy] = field(default_factory=set)
    names: dict[TenantId, str] = field(default_factory=dict)
    everything: bool = False

    def content(self, needs: Permission) -> Content:
        """The content of an answer that took this permission."""
        customers, secrets = frozenset(self.customers), frozenset(self.secrets)
        return Content(needs, customers, secrets, dict(self.names), self.everything)


def all_contents(contents: Sequence[Content]) -> Content:
    """Return the content of several answers of one command together; at least one."""
    return Content(
        contents[0].needs,
        frozenset[TenantId]().union(*(each.customers for each in contents)),
        frozenset[Secrecy]().union(*(each.secrets for each in contents)),
        {tenant: name for each in contents for tenant, name in each.names.items()},
        any(each.everything for each in contents),
    )


def outsiders(
    crowd: Sequence[Account],
    content: Content,
    grants: Mapping[UserRef, Sequence[Grant]],
    partner: PartnerId,
    now: datetime,
) -> tuple[UserRef, ...]:
    """People of the crowd who could not ask for this content themselves, in the crowd's order."""
    return tuple(
        who.ref
        for who in crowd
        if not _may_see(who, content, grants.get(who.ref, ()), partner, now)
    )


def _may_see(
    who: Account, content: Content, grants: Sequence[Grant], partner: PartnerId, now: datetime
) -> bool:
    """Check by the authorizer of their own questions whether they may see the content."""
    try:
        access = authorize(who, partner, content.needs, grants, now)
    except Refusal:
        return False
    sees_columns = access.sight.withheld.isdisjoint(content.secrets)
    if content.everything and access.customers is not None:
        return False
    return sees_columns and all(map(access.sees, content.customers))


def roll(ask: Ask, kind: RoomKind, people: Iterable[UserRef]) -> str:
    """Return a short text that changes with the room, its kind, or the people named. It stands for
    the audience that a partner admin was shown before sharing all the same.
    """
    named = sorted(map(str, people))
    return hashlib.sha256(repr((ask.room.address, kind.value, named)).encode()).hexdigest()[:16]
