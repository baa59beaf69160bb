"""The newest name of each customer, service, product and workload, gathered from every dataset that
has names; and the other names of customers.
"""

from collections.abc import Collection, Sequence
from datetime import date

import duckdb

from analytics.tables import DATASETS, Dataset
from analytics.warehouse.building.merge_keyed import one
from analytics.warehouse.schema import has, in_sql

NAMED = {
    "customers": ("tenant", "customer"),
    "services": ("service", "service_name"),
    "products": ("product", "product_name"),
    "workloads": ("workload", "workload_name"),
}
"""Tables of newest names, and the columns (code, name) that they are gathered from."""

OTHER_NAMES = "other_names"
"""Table of names that customers had before, or have in another source: tenant, name, and the day
each was last given.
"""


def merge_names(
    into: duckdb.DuckDBPyConnection, arrived: Collection[Dataset], today: date, old: Collection[str]
) -> int:
    """Write each table of names with the newest day's name of each code, and the other names of
    customers; return how many known names changed. `old` are the old generation's tables.

    A name equal to its code does not count: the source left the name out that day.
    """
    changed = 0
    for table, (code, name) in NAMED.items():
        sources = [
            _new_names_sql(dataset, code, name, today)
            for dataset in DATASETS
            if dataset in arrived and has(dataset, code)
        ]
        if table in old:
            sources.append(f"SELECT code, name, named FROM old.{table}")
        into.execute(f"CREATE TABLE {table} (code VARCHAR, name VARCHAR, named DATE)")
        if sources:
            into.execute(f"""
                INSERT INTO {table}
                SELECT code, arg_max(name, (named, name)) AS name,
                    max(named) FILTER (WHERE name IS NOT NULL) AS named
                FROM ({" UNION ALL ".join(sources)}) WHERE code IS NOT NULL
                GROUP BY code ORDER BY code""")
        if table == "customers":
            _write_other_names(into, sources, old)
        if table in old:
            changed += one(
                into,
                f"""
                SELECT count(*) FROM {table} n JOIN old.{table} o USING (code)
                WHERE n.name IS DISTINCT FROM o.name""",
            )
    return changed


def _write_other_names(
    into: duckdb.DuckDBPyConnection, sources: Sequence[str], old: Collection[str]
) -> None:
    """Write the customers' names that are not the newest."""
    into.execute(f"CREATE TABLE {OTHER_NAMES} (tenant VARCHAR, name VARCHAR, named DATE)")
    kept = [f"SELECT tenant AS code, name, named FROM old.{OTHER_NAMES}"] * (OTHER_NAMES in old)
    if sources:
        into.execute(f"""
            INSERT INTO {OTHER_NAMES}
            SELECT code, s.name, max(s.named) FROM ({" UNION ALL ".join([*sources, *kept])}) s
            JOIN customers c USING (code) WHERE s.name <> c.name GROUP BY ALL ORDER BY ALL""")


def _new_names_sql(dataset: Dataset, code: str, name: str, today: date) -> str:
    """Return SQL for the names in a dataset's new rows and the newest day of each; today if the
    source states what is true now.
    """
    said = f"nullif(nullif({name}, ''), {code})" if has(dataset, name) else "NULL::VARCHAR"
    when = next(
        (f"{in_sql(c)}::DATE" for c in ("day", "month", "moment") if has(dataset, c)),
        f"DATE '{today}'",
    )
    told = f"SELECT {code} AS code, {said} AS name, max({when}) AS named FROM new_{dataset.name}"
    return f"{told} GROUP BY ALL"
