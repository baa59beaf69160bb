"""Roles, grants, and the key that authorize() alone makes; they decide who sees which figures."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from analytics.values import PartnerId, Secrecy, Sight, TenantId
from handlers.chat.accounts import Account, Recency
from handlers.chat.asking import UserRef
from handlers.chat.groups import CustomerGroup
from handlers.chat.refusals import NotAllowed, NotAMember, Refusal, Unconfirmed


class Permission(Enum):
    """A permission that a command needs of its asker."""

    ASK = "ask"
    """To ask anything at all: every person who writes to the bot holds it."""
    SEE_SEATS = "see seats"
    SEE_MONEY = "see money"
    """To see prices and amounts."""
    SEE_PERSONS = "see persons"
    """To see people's names and sign-in names in figures, as in Partner Center's activity log."""
    OPERATE = "operate"
    SEE_RIGHTS = "see rights"
    """To see who holds which right."""
    REVOKE = "revoke"
    """To take rights back; possible even while the platform cannot say what the asker or the holder
    is.
    """
    IGNORE = "ignore"
    """To leave a customer's product out of totals, with a reason, and to count it again."""
    IMPORT = "import"
    """To bring files of Partner Center into the figures."""
    GRANT = "grant"
    """To give rights, and to share an answer with people who hold none."""


class Role(Enum):
    """A role, by one of Partner Center's own words; a right given here changes nothing in it."""

    ADMIN = "partner-admin"
    EXECUTIVE = "executive-report-viewer"
    VIEWER = "report-viewer"


_GIVES = {
    Role.ADMIN: frozenset(Permission),
    Role.EXECUTIVE: frozenset({Permission.ASK, Permission.SEE_SEATS, Permission.SEE_MONEY}),
    Role.VIEWER: frozenset({Permission.ASK, Permission.SEE_SEATS}),
}


_COLUMNS = {Permission.SEE_MONEY: Secrecy.MONEY, Permission.SEE_PERSONS: Secrecy.PERSON}
"""Permissions that open columns."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One right of one person. `customers` None means all; `until` None means without end."""

    role: Role
    partner: PartnerId
    customers: frozenset[TenantId] | None
    """Customers named one by one; `sees` has those of the scopes too."""
    until: datetime | None
    reason: str
    by: str
    """The giver of the right: a UserRef as text, `operator`, or `settings`."""
    at: datetime
    with_people: bool = False
    """True if the right shows people's names and sign-in names too; a partner admin's always does.
    """
    scopes: tuple[CustomerGroup, ...] = ()
    """The scopes that it names, with the customers that they hold now; deleted ones hold none."""

    def __post_init__(self) -> None:
        if self.scopes and self.customers is None:
            raise ValueError("a right for all customers names no scope")

    @property
    def sees(self) -> frozenset[TenantId] | None:
        """The customers that the right is for, those of its scopes too: None for all of them."""
        if self.customers is None:
            return None
        return self.customers.union(*(scope.customers for scope in self.scopes))

    def gives(self, permission: Permission) -> bool:
        """Check whether the right gives a permission."""
        named = self.with_people and permission is Permission.SEE_PERSONS
        return named or permission in _GIVES[self.role]

    def holds(self, now: datetime) -> bool:
        """Check whether the right has not ended at `now`; its last instant no longer counts."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Access:
    """The key to figures, not a check: no data is reached without one, and authorize() alone makes
    it.

    A grant opens nothing by itself: the account must also be a member's today.
    """

    account: Account
    partner: PartnerId
    grants: tuple[Grant, ...]
    """The grants at the partner that have not ended, whatever the account is today."""
    withheld: frozenset[Secrecy] = frozenset()
    """Kinds of columns left out for others who read along, whatever the grants give."""
    within: frozenset[TenantId] | None = None
    """The customers that a question is about, where it names a group; None for no group."""

    def only(self, customers: frozenset[TenantId]) -> "Access":
        """Return the same key to these customers alone, without those it does not open."""
        kept = customers if self.within is None else customers & self.within
        return replace(self, within=kept)

    def without(self, kinds: frozenset[Secrecy]) -> "Access":
        """Return the same key without columns of these kinds."""
        return replace(self, withheld=self.withheld | kinds)

    @property
    def asker(self) -> UserRef:
        """The person whose key it is."""
        return self.account.ref

    @property
    def customers(self) -> frozenset[TenantId] | None:
        """Customers whose figures the asker may see: None for all, empty for none."""
        seen = self._scope_of(Permission.SEE_SEATS)
        if self.within is None:
            return seen
        return self.within if seen is None else seen & self.within

    @property
    def sight(self) -> Sight:
        """The part of the figures that the asker may see. Money and persons are in it only where
        the asker may see them of every customer in it.
        """
        return Sight(
            self.partner,
            self.customers,
            money=self._covers_all(Permission.SEE_MONEY),
            persons=self._covers_all(Permission.SEE_PERSONS),
        )

    def _scope_of(self, permission: Permission) -> frozenset[TenantId] | None:
        """Customers for which a grant gives this permission: None for all, empty for none."""
        if not self.account.is_member:
            return frozenset()
        scopes = [grant.sees for grant in self.grants if grant.gives(permission)]
        if None in scopes:
            return None
        return frozenset(tenant for scope in scopes if scope is not None for tenant in scope)

    def _covers_all(self, permission: Permission) -> bool:
        """Check whether the permission holds for every customer that the asker sees."""
        if _COLUMNS.get(permission) in self.withheld:
            return False
        scope, seen = self._scope_of(permission), self.customers
        if scope is None:
            return True
        return bool(scope) and seen is not None and seen <= scope

    def sees(self, customer: TenantId) -> bool:
        """Check whether the asker may see this customer's figures."""
        return self.customers is None or customer in self.customers

    def may(self, permission: Permission) -> bool:
        """Check whether the asker has the permission now."""
        return self._refusal(permission) is None

    def require(self, permission: Permission, **values: object) -> None:
        """Raise the refusal that keeps the asker from the permission: NotAllowed with these values
        where no grant gives it, NotAMember where the account is no member's any more, Unconfirmed
        where the platform has not confirmed the account lately enough.
        """
        refusal = self._refusal(permission)
        if refusal:
            refusal.values.update(values)
            raise refusal

    def _refusal(self, permission: Permission) -> Refusal | None:
        if permission is Permission.ASK:
            return None
        given = any(grant.gives(permission) for grant in self.grants)
        if not given or _COLUMNS.get(permission) in self.withheld:
            return NotAllowed()
        if self.account.kind is not None and not self.account.is_member:
            return NotAMember(self.account.kind.value)
        if not _lately_enough(self.account.said, permission):
            return Unconfirmed("grant" if permission is Permission.GRANT else "asker")
        return None


def operators_sight(partner: PartnerId) -> Sight:
    """The sight of the operator on the bot's own machine, where the data lie: everything."""
    return Sight(partner, None, money=True, persons=True)


@dataclass(frozen=True, slots=True)
class RightsChange:
    """A change of one person's rights at a partner: to the grant `to`, or to none. A person holds
    one right at a partner; a new one takes the place of the old.
    """

    person: UserRef
    partner: PartnerId
    to: Grant | None
    by: UserRef
    at: datetime
    seen: str
    """The fingerprint of the rights that `by` was shown before saying yes."""


def fingerprint(grants: Iterable[Grant], now: datetime) -> str:
    """Return a short text that changes with the rights that are held now."""
    held = sorted(
        (g.role.value, _scope(g), g.with_people, str(g.until), g.by, g.at.isoformat())
        for g in grants
        if g.holds(now)
    )
    return hashlib.sha256(repr(held).encode()).hexdigest()[:16]


def _scope(grant: Grant) -> str:
    """Return the right's customers; where it names scopes, these and whom they hold now."""
    named = "all" if grant.customers is None else ",".join(sorted(grant.customers))
    return named + "".join(f";{each.word}={sorted(each.customers)}" for each in grant.scopes)


def authorize(
    account: Account, partner: PartnerId, needs: Permission, grants: Iterable[Grant], now: datetime
) -> Access:
    """Return the account's key for one question, by what it was granted at this partner and by what
    it is today. Raises what Access.require raises.
    """
    holding = tuple(grant for grant in grants if grant.partner == partner and grant.holds(now))
    access = Access(account, partner, holding)
    access.require(needs)
    return access


def _lately_enough(said: Recency, permission: Permission) -> bool:
    """Check whether the platform's last word on the asker is fresh enough: revoking never waits for
    the platform, granting needs it as of now, anything else at most an hour old.
    """
    if permission is Permission.REVOKE:
        return True
    return said is Recency.NOW or (said is Recency.LATELY and permission is not Permission.GRANT)
