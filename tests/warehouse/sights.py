"""Sights of readers, as Access makes them from grants."""

from collections.abc import Collection

from analytics.values import OWN, Sight, TenantId


def sight(
    customers: Collection[TenantId] | None = None, *, money: bool = True, persons: bool = True
) -> Sight:
    """Of these customers, None being all; with money and persons unless it is said otherwise."""
    seen = None if customers is None else frozenset(customers)
    return Sight(OWN, seen, money=money, persons=persons)
