"""Many rights given at once: what each person holds, and what they would hold."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from analytics.values import PartnerId, TenantId
from handlers.chat.access import Grant, Role, fingerprint
from handlers.chat.asking import UserRef

COLUMNS = ("person", "role", "with_people", "customers", "until", "because")
"""Columns of a file of rights, in the order in which they are written."""
NEEDED = ("person", "role")
"""Columns that no file of rights may lack."""
BETWEEN = "|"
"""The sign between the customers of a cell; `;` is read too."""
NO_CUSTOMER = "none"
"""The cell of a right for no customer at all; an empty one means all of them."""


@dataclass(frozen=True, slots=True)
class PlannedGrant:
    """One person's line of a plan."""

    person: UserRef
    before: tuple[Grant, ...]
    """The rights held when the plan was made; empty for none."""
    to: Grant

    @property
    def is_change(self) -> bool:
        """True if the right would differ from the one held in more than its giver and its time."""
        return [_terms(grant) for grant in self.before] != [_terms(self.to)]


@dataclass(frozen=True, slots=True)
class RightsPlan:
    """Rights to be given together, whole or not at all. It takes no right back."""

    partner: PartnerId
    lines: tuple[PlannedGrant, ...]
    """A line for each person, in the order of the file."""
    at: datetime
    """The time when it was made, and when the rights in it were held."""

    @property
    def changes(self) -> tuple[PlannedGrant, ...]:
        """The lines that give or change a right."""
        return tuple(line for line in self.lines if line.is_change)

    @property
    def customers(self) -> tuple[TenantId, ...]:
        """The customers in rights that would change, before or after, by id."""
        grants = (grant for line in self.changes for grant in (*line.before, line.to))
        return tuple(sorted({tenant for grant in grants for tenant in grant.customers or ()}))

    def wishes(self) -> dict[UserRef, Grant]:
        """Return the new right of each person whose right would change."""
        return {line.person: line.to for line in self.changes}

    @property
    def fingerprint(self) -> str:
        """A short text that changes with anything that the plan would save, and with the rights
        held by the people in it.
        """
        said = sorted(
            (str(line.person), repr(_terms(line.to)), fingerprint(line.before, self.at))
            for line in self.lines
        )
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def plan_of(
    wishes: Mapping[UserRef, Grant],
    holders: Iterable[tuple[UserRef, Grant]],
    partner: PartnerId,
    at: datetime,
) -> RightsPlan:
    """Make the plan that gives each person their right, from all rights held at `at`. Rights that
    the settings give are left aside: no file changes them.
    """
    held = rights_by_person(each for each in holders if each[1].by != "settings")
    lines = (PlannedGrant(who, tuple(held.get(who, ())), to) for who, to in wishes.items())
    return RightsPlan(partner, tuple(lines), at)


def rights_by_person(holders: Iterable[tuple[UserRef, Grant]]) -> dict[UserRef, list[Grant]]:
    """Return each person's rights, in the order given."""
    held: dict[UserRef, list[Grant]] = {}
    for person, grant in holders:
        held.setdefault(person, []).append(grant)
    return held


def _terms(grant: Grant) -> tuple[object, ...]:
    """Everything that a right says, without its giver and its time. A partner admin sees people's
    names in any case.
    """
    scope = None if grant.customers is None else sorted(grant.customers)
    named = grant.with_people or grant.role is Role.ADMIN
    until = grant.until.isoformat() if grant.until else None
    scopes = [each.number for each in grant.scopes]
    return grant.role.value, scope, scopes, named, until, grant.reason
