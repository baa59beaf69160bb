"""End of what customers held who left the partner's list: no sync asks about them any more."""

from collections.abc import Collection
from datetime import date

import duckdb

from analytics.tables import CUSTOMERS, DATASETS, Dataset, Memory
from analytics.warehouse.fetched_parts import tables_of

HELD = tuple(each for each in DATASETS if each.part == ("tenant",) and each.memory is Memory.SPANS)
"""Datasets that are asked for customer by customer, and state what is true now."""

_LEFT = """tenant IN (
    SELECT tenant FROM customer_list GROUP BY tenant HAVING NOT bool_or(until IS NULL))"""


def end_left(into: duckdb.DuckDBPyConnection, arrived: Collection[Dataset], today: date) -> int:
    """End the rows of customers whom a list that arrived has ended; return their number. Customers
    who never were on a list keep theirs.
    """
    if CUSTOMERS not in arrived:
        return 0
    return sum(_end_rows(into, dataset, today) for dataset in HELD)


def _end_rows(into: duckdb.DuckDBPyConnection, dataset: Dataset, today: date) -> int:
    if dataset.name not in tables_of(into):
        return 0
    standing = f"{dataset.name} WHERE until IS NULL AND {_LEFT}"
    row = into.execute(f"SELECT count(*) FROM {standing}").fetchone()
    if not row or not row[0]:
        return 0
    into.execute(f"DELETE FROM {standing} AND since >= $today", {"today": today})
    into.execute(
        f"UPDATE {dataset.name} SET until = $today WHERE until IS NULL AND {_LEFT}",
        {"today": today},
    )
    return int(row[0])
