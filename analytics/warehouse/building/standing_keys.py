"""What stands in the current generation: the rows of a list by key, and the customers known."""

from pathlib import Path

import duckdb

from analytics.tables import Dataset, Row
from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.generations import Generations
from analytics.warehouse.schema import key


def standing_keys(folder: Path, dataset: Dataset) -> frozenset[Row]:
    """Return the keys of a SPANS dataset's rows that have not ended; empty before the first
    generation. Raises NotBuilt if the facts cannot be opened: nothing could be built over them.
    """
    current = Generations(folder).current()
    if not current:
        return frozenset()
    keys = ", ".join(key(dataset))
    try:
        with duckdb.connect(current, read_only=True) as facts:
            if dataset.name not in tables_of(facts):
                return frozenset()
            standing = facts.execute(f"SELECT {keys} FROM {dataset.name} WHERE until IS NULL")
            return frozenset(standing.fetchall())
    except duckdb.Error as error:
        raise NotBuilt(str(error).partition("\n")[0]) from error


def known_customers(folder: Path) -> dict[str, str]:
    """Return the names of all customers of the current generation by id; an empty name for one that
    no source names. Empty before the first generation. Raises NotBuilt as standing_keys does.
    """
    current = Generations(folder).current()
    if not current:
        return {}
    try:
        with duckdb.connect(current, read_only=True) as facts:
            return dict(facts.execute("SELECT code, coalesce(name, '') FROM customers").fetchall())
    except duckdb.Error as error:
        raise NotBuilt(str(error).partition("\n")[0]) from error
