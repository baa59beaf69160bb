"""Details that tell customers of one name apart, and by which they are found: domains, days, other
names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from analytics.values import TenantId, plain

_DOMAINS = """
    SELECT tenant, arg_max(domain, (until IS NULL, since)) FROM customer_list
    WHERE coalesce(domain, '') <> '' GROUP BY tenant"""

_LISTED = """
    SELECT tenant, min(day), max(day) FROM deployment
    WHERE list_contains($tenants, tenant) GROUP BY tenant"""

_OTHER_NAMES = {
    "other_names": "SELECT tenant, name FROM other_names",
    "customer_list": "SELECT tenant, customer FROM customer_list WHERE until IS NOT NULL",
}


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name that a customer had before, or has in another source."""

    customer: TenantId
    name: str


@dataclass(frozen=True, slots=True)
class CustomerDetails:
    """Details of customers, by id; each customer may lack any of them."""

    domains: Mapping[TenantId, str] = field(default_factory=dict)
    """The newest first domain: `domain` of the customer list."""
    listed: Mapping[TenantId, tuple[date, date]] = field(default_factory=dict)
    """First and last day on which licence deployment lists seats; only of customers whose name
    looks like another's.
    """
    others: tuple[OtherName, ...] = ()


def read_details(
    con: duckdb.DuckDBPyConnection, tables: frozenset[str], alike: Iterable[TenantId]
) -> CustomerDetails:
    """Read the details from a generation's tables; `alike` are the customers whose days are
    wanted.
    """
    domains = _rows(con, _DOMAINS) if "customer_list" in tables else []
    wanted = {"tenants": sorted(alike)}
    listed = _rows(con, _LISTED, wanted) if wanted["tenants"] else []
    others = {
        row for table, sql in _OTHER_NAMES.items() if table in tables for row in _rows(con, sql)
    }
    return CustomerDetails(
        {TenantId(tenant): domain for tenant, domain in domains},
        {TenantId(tenant): (first, last) for tenant, first, last in listed},
        tuple(
            OtherName(TenantId(who), plain(name)) for who, name in sorted(others, key=repr) if name
        ),
    )


def _rows(
    con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, object] | None = None
) -> list[tuple[Any, ...]]:
    return con.execute(sql, values).fetchall()
