"""Who may see what: roles, grants, and the key that authorize() alone makes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from analytics.values import PartnerId, TenantId
from handlers.chat.asking import UserRef
from handlers.chat.refusals import NotAllowed


class Permission(Enum):
    """What a command needs of whoever asks."""

    ASK = "ask"
    """To have written to the bot: everybody holds it."""
    SEE_SEATS = "see seats"
    OPERATE = "operate"
    GRANT = "grant"
    """To give rights, take them back, and see who holds them."""


class Role(Enum):
    """Partner Center's own three words; a right given here changes nothing there."""

    ADMIN = "partner-admin"
    EXECUTIVE = "executive-report-viewer"
    VIEWER = "report-viewer"


_GIVES = {
    Role.ADMIN: frozenset(Permission),
    Role.EXECUTIVE: frozenset({Permission.ASK, Permission.SEE_SEATS}),
    Role.VIEWER: frozenset({Permission.ASK, Permission.SEE_SEATS}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """One right of one person. `customers` None means all; `until` None means without end."""

    role: Role
    partner: PartnerId
    customers: frozenset[TenantId] | None
    until: datetime | None
    reason: str
    by: str
    """Who gave it: a UserRef as text, `operator`, or `settings`."""
    at: datetime

    def holds(self, now: datetime) -> bool:
        """Whether it has not ended; its last instant no longer counts."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Access:
    """A key, not a check: without one no data can be reached, and authorize() alone makes it."""

    asker: UserRef
    partner: PartnerId
    grants: tuple[Grant, ...]

    @property
    def customers(self) -> frozenset[TenantId] | None:
        """Whose figures the asker may see: None for all, empty for nobody's."""
        scopes = [
            grant.customers for grant in self.grants if Permission.SEE_SEATS in _GIVES[grant.role]
        ]
        if None in scopes:
            return None
        return frozenset(tenant for scope in scopes if scope is not None for tenant in scope)

    def sees(self, customer: TenantId) -> bool:
        """Whether the asker may see this customer's figures."""
        return self.customers is None or customer in self.customers

    def may(self, permission: Permission) -> bool:
        """Whether any grant gives the permission."""
        return permission is Permission.ASK or any(
            permission in _GIVES[grant.role] for grant in self.grants
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A person's rights as they are to be: `to`, or none. One person holds one right at a partner;
    a new one takes the place of the old.
    """

    person: UserRef
    partner: PartnerId
    to: Grant | None
    by: UserRef
    at: datetime
    seen: str
    """The fingerprint of the rights that `by` was shown before saying yes."""


def fingerprint(grants: Iterable[Grant], now: datetime) -> str:
    """What somebody holds now, as a short text that changes with it."""
    held = sorted(
        (g.role.value, _scope(g), str(g.until), g.by, g.at.isoformat())
        for g in grants
        if g.holds(now)
    )
    return hashlib.sha256(repr(held).encode()).hexdigest()[:16]


def _scope(grant: Grant) -> str:
    return "all" if grant.customers is None else ",".join(sorted(grant.customers))


def authorize(
    asker: UserRef, partner: PartnerId, needs: Permission, grants: Iterable[Grant], now: datetime
) -> Access:
    """The asker's key for one question; NotAllowed where no grant of this partner gives what it
    needs, now.
    """
    holding = tuple(grant for grant in grants if grant.partner == partner and grant.holds(now))
    access = Access(asker, partner, holding)
    if not access.may(needs):
        raise NotAllowed
    return access
