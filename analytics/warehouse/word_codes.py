"""Codes for the few words that licence rows repeat: words are listed once, rows hold their numbers.

Sorting and writing the same SKU ids a million times took a quarter of a load.
"""

from collections.abc import Collection

import duckdb

from analytics.tables import LICENCES, Dataset
from analytics.warehouse.schema import CODES, columns


def list_codes(
    into: duckdb.DuckDBPyConnection, arrived: Collection[Dataset], old: Collection[str]
) -> None:
    """Create the type of each code column from the words of new rows and of the tables `old`, in
    alphabetical order, so that rows sort by number as they do by word.
    """
    told = [
        _distinct_words_sql(dataset, f"new_{dataset.name}")
        for dataset in LICENCES
        if dataset in arrived
    ]
    told += [
        _distinct_words_sql(dataset, f"old.{dataset.name}")
        for dataset in LICENCES
        if dataset.name in old
    ]
    none = f"SELECT {', '.join(f'NULL::VARCHAR AS {code}' for code in CODES)} WHERE false"
    into.execute(f"CREATE TEMP TABLE codes AS {' UNION BY NAME '.join([none, *told])}")
    for code, kind in CODES.items():
        words = f"SELECT DISTINCT {code} FROM codes WHERE {code} IS NOT NULL ORDER BY {code}"
        into.execute(f"CREATE TYPE {kind} AS ENUM ({words})")


def _distinct_words_sql(dataset: Dataset, table: str) -> str:
    words = (f"{code}::VARCHAR AS {code}" for code in columns(dataset) if code in CODES)
    return f"SELECT DISTINCT {', '.join(words)} FROM {table}"
