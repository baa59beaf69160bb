"""The newest name of each customer, service, product and workload, gathered from every dataset that
has names.
"""

from collections.abc import Collection
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


def merge_names(
    into: duckdb.DuckDBPyConnection, arrived: Collection[Dataset], today: date, *, has_old: bool
) -> int:
    """Write each table of names with the newest day's name of each code; return how many known
    names changed.

    A name equal to its code does not count: the source left the name out that day.
    """
    changed = 0
    for table, (code, name) in NAMED.items():
        sources = [
            _new_names_sql(dataset, code, name, today)
            for dataset in DATASETS
            if dataset in arrived and has(dataset, code)
        ]
        if has_old:
            sources.append(f"SELECT code, name, named FROM old.{table}")
        into.execute(f"CREATE TABLE {table} (code VARCHAR, name VARCHAR, named DATE)")
        if sources:
            into.execute(f"""
                INSERT INTO {table}
                SELECT code, arg_max(name, (named, name)) AS name,
                    max(named) FILTER (WHERE name IS NOT NULL) AS named
                FROM ({" UNION ALL ".join(sources)}) WHERE code IS NOT NULL
                GROUP BY code ORDER BY code""")
        if has_old:
            changed += one(
                into,
                f"""
                SELECT count(*) FROM {table} n JOIN old.{table} o USING (code)
                WHERE n.name IS DISTINCT FROM o.name""",
            )
    return changed


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
