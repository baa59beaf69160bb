"""Values that the JSON of activity records tells, put into columns of their own before the JSON
goes: of new rows, and of rows that a version kept which had no such columns.
"""

from dataclasses import astuple, replace

import duckdb

from analytics.tables import AUDIT
from analytics.tables.record_values import VALUES_TOLD, record_values
from analytics.warehouse.building.merge_keyed import Old, one
from analytics.warehouse.schema import TYPES, in_sql

_NAMES = [column.name for column in VALUES_TOLD]
_JSON = ("resource", "old_value", "new_value", "details")
_TOLD = "told_values({})".format(", ".join(f"coalesce({name}, '')" for name in _JSON))
_OF_CUSTOMER = "CASE WHEN tenant IS NOT NULL THEN {} END"
"""Values of a record about a customer alone: what is tied to none could not be cut or erased."""


def read_new_values(into: duckdb.DuckDBPyConnection) -> None:
    """Put a table with those columns filled in the place of the view `new_activity`."""
    name = f"new_{AUDIT.name}"
    told = {n: _OF_CUSTOMER.format(f"coalesce({in_sql(n)}, t.{n})") for n in _NAMES}
    cells = ", ".join(f"{cell} AS {in_sql(n)}" for n, cell in told.items())
    _create_function(into)
    into.execute(f"ALTER VIEW {name} RENAME TO json_{name}")
    into.execute(f"""
        CREATE TEMP TABLE told_{name} AS SELECT * EXCLUDE (t) REPLACE ({cells})
        FROM (SELECT *, {_TOLD} AS t FROM json_{name})""")
    into.execute(f"CREATE TEMP VIEW {name} AS FROM told_{name}")


def read_old_values(into: duckdb.DuckDBPyConnection, old: Old) -> Old:
    """Return the old rows with those columns, read out of the JSON of a version without them; they
    are as before where the old table has them. A build that dies reads them again.
    """
    if AUDIT.name not in old.tables or _has_them(into):
        return old
    _create_function(into)
    told = {n: _OF_CUSTOMER.format(f"t.{n}") for n in _NAMES}
    cells = ", ".join(f"{cell}::{_sort(n)} AS {in_sql(n)}" for n, cell in told.items())
    into.execute(f"""
        CREATE TEMP TABLE read_{AUDIT.name} AS SELECT * EXCLUDE (t), {cells}
        FROM (SELECT *, {_TOLD} AS t FROM old.{AUDIT.name})""")
    return replace(old, read=old.read | {AUDIT.name})


def read_count(into: duckdb.DuckDBPyConnection, old: Old) -> int:
    """Return how many old rows got a value now: they alone are worth a generation."""
    if AUDIT.name not in old.read:
        return 0
    told = " OR ".join(f"{in_sql(name)} IS NOT NULL" for name in _NAMES)
    return one(into, f"SELECT count(*) FROM read_{AUDIT.name} WHERE {told}")


def _has_them(into: duckdb.DuckDBPyConnection) -> bool:
    there = {row[0] for row in into.execute(f"DESCRIBE old.{AUDIT.name}").fetchall()}
    return there.issuperset(_NAMES)


def _sort(name: str) -> str:
    kinds = {column.name: column.kind for column in VALUES_TOLD}
    return TYPES.get(kinds[name], "VARCHAR")


def _create_function(into: duckdb.DuckDBPyConnection) -> None:
    """Let SQL call `told_values`; it gives a struct of those columns."""
    known = "SELECT 1 FROM duckdb_functions() WHERE function_name = 'told_values'"
    if into.execute(known).fetchone():
        return
    struct = f"STRUCT({', '.join(f'{name} {_sort(name)}' for name in _NAMES)})"
    texts: list[type[str]] = [str for _ in _JSON]
    into.create_function("told_values", _values, [*texts], struct)


def _values(resource: str, old: str, new: str, details: str) -> dict[str, object]:
    return dict(zip(_NAMES, astuple(record_values(resource, old, new, details)), strict=True))
