"""Merging of rows that state what is true now, with the days each was first seen and missed."""

from datetime import date

import duckdb

from analytics.tables import Column, Dataset
from analytics.values import Secrecy
from analytics.warehouse.schema import FORM, columns, in_sql, key, later_columns, order, part_of

_ENDED = """
    CREATE OR REPLACE TEMP TABLE listed AS
    SELECT part FROM arrived WHERE dataset = $dataset
    UNION SELECT {part} FROM fresh"""


def lay_spans(
    into: duckdb.DuckDBPyConnection, dataset: Dataset, before: str, today: date
) -> tuple[int, int, int]:
    """Write the dataset's rows. In each part that came whole, rows no longer listed end today,
    newly listed rows begin today, and unchanged rows stay. Return counts: new, changed or ended,
    the same.

    An import counts as the whole of each part that it has rows of. A row that began today and
    changes today leaves no trace, because spans are in days. What is asked for since a later form
    of the row is filled in where it was not known: to learn it is no change of the row.
    """
    kept, keys, part = ", ".join(columns(dataset)), ", ".join(key(dataset)), part_of(dataset)
    into.execute(f"""
        CREATE OR REPLACE TEMP TABLE fresh AS SELECT {kept} FROM new_{dataset.name}
        QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY position DESC) = 1""")
    into.execute(_ENDED.format(part=part), {"dataset": dataset.name})
    into.execute(f"""
        CREATE OR REPLACE TEMP TABLE stood AS
        SELECT {_merged_cells(dataset)}, o.since, o.until, n.{key(dataset)[0]} IS NOT NULL AS stays,
            stays AND ({_learnt(dataset)}) AS learns
        FROM (FROM {before} WHERE until IS NULL AND {part} IN (SELECT part FROM listed)) o
        LEFT JOIN fresh n ON {_alike(dataset)}""")
    into.execute(
        f"""
        INSERT INTO {dataset.name} BY NAME FROM (
            SELECT {kept}, since, until FROM {before}
            WHERE until IS NOT NULL OR {part} NOT IN (SELECT part FROM listed)
            UNION ALL SELECT {kept}, since, CASE WHEN NOT stays THEN $today END AS until
            FROM stood WHERE stays OR since < $today
            UNION ALL SELECT {kept}, $today AS since, NULL AS until
            FROM fresh n WHERE NOT EXISTS (FROM stood o WHERE stays AND {_of_one_key(dataset)}))
        ORDER BY {order(dataset)}""",
        {"today": today},
    )
    return _change_counts(into, keys)


def _alike(dataset: Dataset) -> str:
    """Return SQL that is true for an old and a new row that say the same, as far as both were asked
    for it; sealed cells make no difference.
    """
    same = [f"o.{c} IS NOT DISTINCT FROM n.{c}" for c in _first_form(dataset)]
    for column in later_columns(dataset):
        name = in_sql(column.name)
        not_asked = " OR ".join(f"({_not_asked(column, row)})" for row in "on")
        if column.secrecy is not Secrecy.SEALED:
            same.append(f"(o.{name} IS NOT DISTINCT FROM n.{name} OR {not_asked})")
    return " AND ".join(same)


def _of_one_key(dataset: Dataset) -> str:
    return " AND ".join(f"o.{c} = n.{c}" for c in key(dataset))


def _first_form(dataset: Dataset) -> list[str]:
    later = {in_sql(column.name) for column in later_columns(dataset)}
    return [name for name in columns(dataset) if name not in {*later, FORM}]


def _not_asked(column: Column, row: str) -> str:
    """Return SQL that is true if the column's cell of the row `o` or `n` was not asked for."""
    return f"{row}.{in_sql(column.name)} IS NULL AND coalesce({row}.form, 0) < {column.form}"


def _merged_cells(dataset: Dataset) -> str:
    """Return the old row's cells, with what the new row like it was asked for."""
    if not later_columns(dataset):
        return ", ".join(f"o.{c} AS {c}" for c in columns(dataset))
    cells = {name: f"o.{name}" for name in _first_form(dataset)}
    for column in later_columns(dataset):
        name = in_sql(column.name)
        cells[name] = f"CASE WHEN {_not_asked(column, 'n')} THEN o.{name} ELSE n.{name} END"
    cells[FORM] = "greatest(o.form, n.form)"
    return ", ".join(f"{cells[c]} AS {c}" for c in columns(dataset))


def _learnt(dataset: Dataset) -> str:
    """Return SQL that is true if the old row gets a cell that it did not have."""
    if not later_columns(dataset):
        return "false"
    told = [in_sql(c.name) for c in later_columns(dataset) if c.secrecy is not Secrecy.SEALED]
    new = [f"(n.{c} IS NOT NULL AND o.{c} IS NULL)" for c in told]
    return " OR ".join([*new, "coalesce(n.form, 0) > coalesce(o.form, 0)"])


def _change_counts(into: duckdb.DuckDBPyConnection, keys: str) -> tuple[int, int, int]:
    counted = into.execute(f"""
        SELECT (SELECT count(*) FROM fresh ANTI JOIN stood USING ({keys})),
            (SELECT count(*) FROM stood WHERE NOT stays OR learns),
            (SELECT count(*) FROM stood WHERE stays AND NOT learns)""").fetchone()
    assert counted  # noqa: S101 counts are always one row
    return counted
