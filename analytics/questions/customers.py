"""Customers by their ids."""

from collections.abc import Iterable

from analytics.values import TenantId
from analytics.warehouse.reading import Facts


def customer_names(facts: Facts, tenants: Iterable[TenantId]) -> dict[str, str]:
    """Names of those the reader may see, by id; unknown ones are left out."""
    wanted = set(tenants)
    return {
        customer.id: customer.name for customer in facts.people.customers if customer.id in wanted
    }
