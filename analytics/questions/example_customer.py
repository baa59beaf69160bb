"""The customer whom examples of questions name."""

from typing import cast

from analytics.values import Customer, TenantId
from analytics.warehouse.facts import Facts

_MOST = """
    SELECT tenant FROM {standing} WHERE sold > 0 GROUP BY tenant
    ORDER BY count(*) FILTER (WHERE active > 0) DESC, count(*) DESC, tenant LIMIT 1"""


def example_customer(facts: Facts) -> Customer | None:
    """Return the customer with the most different products in use now, of whom there is most to
    show; None where the reader may see no customer with seats.
    """
    found = cast("list[tuple[TenantId]]", facts.rows(_MOST))
    return facts.customer(found[0][0]) if found else None
