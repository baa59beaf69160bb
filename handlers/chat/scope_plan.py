"""A change of scopes: the customers who join or leave, and who gains or loses sight of whom."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.values import PartnerId, TenantId
from handlers.chat.access import Grant
from handlers.chat.asking import UserRef
from handlers.chat.groups import CustomerGroup


@dataclass(frozen=True, slots=True)
class ScopeWish:
    """A scope as it is to be."""

    number: int | None
    """The scope that is changed; None for a new one."""
    name: str
    customers: frozenset[TenantId] | None
    """None to delete the scope."""


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """One scope of a plan."""

    before: CustomerGroup | None
    wish: ScopeWish

    @property
    def joining(self) -> tuple[TenantId, ...]:
        """The customers who join the scope, by id."""
        return _in_order(self._after - self._members)

    @property
    def leaving(self) -> tuple[TenantId, ...]:
        """The customers who leave the scope, by id."""
        return _in_order(self._members - self._after)

    @property
    def is_change(self) -> bool:
        """True if the scope would be another than it is."""
        is_new_or_gone = self.before is None or self.wish.customers is None
        return is_new_or_gone or bool(self.joining or self.leaving)

    @property
    def _members(self) -> frozenset[TenantId]:
        return self.before.customers if self.before else frozenset()

    @property
    def _after(self) -> frozenset[TenantId]:
        return self.wish.customers or frozenset()


@dataclass(frozen=True, slots=True)
class ScopeEffect:
    """The change of one person's sight, whose right names a scope of a plan."""

    person: UserRef
    gains: tuple[TenantId, ...]
    loses: tuple[TenantId, ...]


@dataclass(frozen=True, slots=True)
class ScopePlan:
    """Changes of scopes to be saved together, whole or not at all."""

    partner: PartnerId
    lines: tuple[ScopeLine, ...]
    effects: tuple[ScopeEffect, ...]

    @property
    def changes(self) -> tuple[ScopeLine, ...]:
        """The lines that change something."""
        return tuple(line for line in self.lines if line.is_change)

    @property
    def customers(self) -> tuple[TenantId, ...]:
        """The customers who join or leave a scope, by id."""
        moved = (each for line in self.changes for each in (*line.joining, *line.leaving))
        return _in_order(moved)

    @property
    def wishes(self) -> tuple[ScopeWish, ...]:
        """The wishes that the plan was made from."""
        return tuple(line.wish for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """A short text that changes with anything that the plan would save, with the scopes as
        they are, and with the people whose sight would change.
        """
        lines = [(_text(line.before), repr(_wish_terms(line.wish))) for line in self.lines]
        effects = [(str(each.person), each.gains, each.loses) for each in self.effects]
        return hashlib.sha256(repr((lines, effects)).encode()).hexdigest()[:16]


def scope_plan(
    wishes: Sequence[ScopeWish],
    scopes: Iterable[CustomerGroup],
    holders: Iterable[tuple[UserRef, Grant]],
    partner: PartnerId,
) -> ScopePlan:
    """Make the plan of these wishes, from the scopes and all rights as they are. A wish for a scope
    that is gone gets a line without a scope before it.
    """
    known = {each.number: each for each in scopes}
    lines = tuple(ScopeLine(known.get(wish.number or 0), wish) for wish in wishes)
    wished = {wish.number: wish.customers or frozenset() for wish in wishes if wish.number}
    return ScopePlan(partner, lines, tuple(_effects(wished, holders)))


def _effects(
    wished: Mapping[int, frozenset[TenantId]], holders: Iterable[tuple[UserRef, Grant]]
) -> Iterable[ScopeEffect]:
    held: dict[UserRef, list[Grant]] = {}
    for person, grant in holders:
        held.setdefault(person, []).append(grant)
    for person, grants in sorted(held.items(), key=lambda each: str(each[0])):
        before, after = _sight(grants), _sight([_grant_after(grant, wished) for grant in grants])
        if before is not None and after is not None and before != after:
            yield ScopeEffect(person, _in_order(after - before), _in_order(before - after))


def _grant_after(grant: Grant, wished: Mapping[int, frozenset[TenantId]]) -> Grant:
    """Return the right with the scopes that it names as they are to be."""
    scopes = tuple(
        replace(each, customers=wished.get(each.number, each.customers)) for each in grant.scopes
    )
    return replace(grant, scopes=scopes)


def _sight(grants: Iterable[Grant]) -> frozenset[TenantId] | None:
    scopes = [grant.sees for grant in grants]
    if None in scopes:
        return None
    return frozenset(each for scope in scopes for each in scope or ())


def _in_order(tenants: Iterable[TenantId]) -> tuple[TenantId, ...]:
    return tuple(sorted(set(tenants)))


def _text(group: CustomerGroup | None) -> str:
    return repr((group.number, group.name, sorted(group.customers))) if group else ""


def _wish_terms(wish: ScopeWish) -> tuple[object, ...]:
    return wish.number, wish.name, None if wish.customers is None else sorted(wish.customers)
