"""End of what customers held who left the partner's list: no sync asks about them any more."""

from collections.abc import Collection
from datetime import date

import duckdb

from analytics.tables import CUSTOMERS, DATASETS, Dataset, Memory
from analytics.warehouse.fetched_parts import tables_of

HELD = tuple(each for each in DATASETS if each.part == ("tenant",) and each.memory is Memory.SPANS)
"""Datasets that are asked for customer by customer, and state what is true now."""

_WRITE_LEFT = """
    CREATE OR REPLACE TEMP TABLE left_customers AS
    SELECT tenant FROM customer_list GROUP BY tenant HAVING NOT bool_or(until IS NULL)"""
_WRITE_UNLISTED = """
    INSERT INTO left_customers SELECT DISTINCT tenant FROM {held}
    WHERE until IS NULL AND EXISTS (FROM arrived WHERE dataset = 'customer_list')
        AND tenant NOT IN (SELECT tenant FROM customer_list)
        AND tenant NOT IN (SELECT part FROM arrived WHERE dataset = '{held}')"""
_LEFT = "tenant IN (FROM left_customers)"


def end_left(into: duckdb.DuckDBPyConnection, arrived: Collection[Dataset], today: date) -> int:
    """End the rows of customers whom a list that arrived has ended; return their number. Customers
    who never were on a list keep theirs where it is imported, not where a sync fetched it: that one
    has everybody.
    """
    if CUSTOMERS not in arrived:
        return 0
    into.execute(_WRITE_LEFT)
    there = tables_of(into)
    held = [dataset for dataset in HELD if dataset.name in there]
    for dataset in held:
        into.execute(_WRITE_UNLISTED.format(held=dataset.name))
    return sum(_end_rows(into, dataset, today) for dataset in held)


def forget_left_parts(into: duckdb.DuckDBPyConnection) -> None:
    """Remove those customers from `parts`: one who comes back is asked for again at once."""
    if "left_customers" in tables_of(into, "temp"):
        names = ", ".join(f"'{dataset.name}'" for dataset in HELD)
        into.execute(
            f"DELETE FROM parts WHERE dataset IN ({names}) AND part IN (FROM left_customers)"
        )


def _end_rows(into: duckdb.DuckDBPyConnection, dataset: Dataset, today: date) -> int:
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
