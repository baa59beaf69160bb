"""Who may see what: roles, grants, and the key that authorize() alone makes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from analytics.values import PartnerId, TenantId
from handlers.chat.accounts import Account, Recency
from handlers.chat.asking import UserRef
from handlers.chat.refusals import NotAllowed, NotAMember, Refusal, Unconfirmed


class Permission(Enum):
    """What a command needs of whoever asks."""

    ASK = "ask"
    """To have written to the bot: everybody holds it."""
    SEE_SEATS = "see seats"
    OPERATE = "operate"
    SEE_RIGHTS = "see rights"
    """To see who holds which right."""
    REVOKE = "revoke"
    """To take rights back: whatever the platform says, or does not, this stays possible."""
    GRANT = "grant"
    """To give rights, and to decide who sees an answer without one."""


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
    """A key, not a check: no data is reached without one, and authorize() alone makes it.

    What was granted opens nothing by itself: the account must be a member's today.
    """

    account: Account
    partner: PartnerId
    grants: tuple[Grant, ...]
    """Those that have not ended, whatever the account is today."""

    @property
    def asker(self) -> UserRef:
        """Whose key it is."""
        return self.account.ref

    @property
    def customers(self) -> frozenset[TenantId] | None:
        """Whose figures the asker may see: None for all, empty for nobody's."""
        if not self.account.is_member:
            return frozenset()
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
        """True where the asker has the permission now."""
        return self._refusal(permission) is None

    def require(self, permission: Permission, **values: object) -> None:
        """Raise what keeps the asker from it: NotAllowed with these values where no grant gives the
        permission, NotAMember where the account is no member's any more, Unconfirmed where its
        platform did not say so lately enough.
        """
        refusal = self._refusal(permission)
        if refusal:
            refusal.values.update(values)
            raise refusal

    def _refusal(self, permission: Permission) -> Refusal | None:
        if permission is Permission.ASK:
            return None
        if not any(permission in _GIVES[grant.role] for grant in self.grants):
            return NotAllowed()
        if self.account.kind is not None and not self.account.is_member:
            return NotAMember(self.account.kind.value)
        if not _lately_enough(self.account.said, permission):
            return Unconfirmed("grant" if permission is Permission.GRANT else "asker")
        return None


@dataclass(frozen=True, slots=True)
class RightsChange:
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
    account: Account, partner: PartnerId, needs: Permission, grants: Iterable[Grant], now: datetime
) -> Access:
    """The account's key for one question, by what it was granted at this partner and by what it is
    today. Raises what Access.require raises.
    """
    holding = tuple(grant for grant in grants if grant.partner == partner and grant.holds(now))
    access = Access(account, partner, holding)
    access.require(needs)
    return access


def _lately_enough(said: Recency, permission: Permission) -> bool:
    """Taking back never waits for a platform, giving always does; anything else has an hour."""
    if permission is Permission.REVOKE:
        return True
    return said is Recency.NOW or (said is Recency.LATELY and permission is not Permission.GRANT)
