"""Erasure: a generation rewritten without a customer, or without a person's data.

Rows are written to a new file, because data deleted inside a file stays readable in its bytes.
"""

import json
from datetime import date
from pathlib import Path

import duckdb

from analytics.tables import DATASETS, Dataset, Secrecy
from analytics.values import TenantId
from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.generations import Generations
from analytics.warehouse.schema import in_sql, quoted_path

_BY_NAME = {dataset.name: dataset for dataset in DATASETS}
_KEPT_BY_CODE = {"customers": "code <> $who", "parts": "NOT contains(lower(part), $who)"}
"""Tables that name a customer in another column than `tenant`."""
_NOT_KEPT = "absent"
"""The table of hashes of rows that a sync doubts: a hash can be made again of what it was made of.
Without it a sync doubts once more.
"""


def forget(folder: Path, *, tenant: TenantId | None = None, person: str | None = None) -> int:
    """Publish a generation without the customer, or with the person's cells empty, and remove the
    earlier ones. Return how many dataset rows that touched; 0 if nothing was found and nothing
    done.

    A person is matched by sign-in name or id, in any case, anywhere in a column about persons; then
    all such columns of the row are emptied. Raises ValueError unless exactly one is named, Busy
    while another process builds, NotBuilt or OSError with the old generation still current.
    """
    who = (tenant or person or "").lower()
    if not who or (tenant and person):
        raise ValueError("name a customer or a person")
    store = Generations(folder)
    try:
        with store.build_path() as path:
            current = store.current()
            if current is None:
                return 0
            number = store.number(current) + 1
            touched = _rewrite(path, current, number, who, customer=tenant is not None)
            if touched:
                store.publish(path)
                store.sweep_all_but_current()
    except duckdb.Error as error:
        raise NotBuilt(str(error).partition("\n")[0]) from error
    return touched


def _rewrite(path: Path, current: Path, number: int, who: str, *, customer: bool) -> int:
    """Write every table anew; return how many dataset rows were removed or changed."""
    touched = 0
    with duckdb.connect(path, config={"memory_limit": "300MB"}) as into:
        into.execute(
            f"SET enable_progress_bar = false; ATTACH {quoted_path(current)} AS old (READ_ONLY)"
        )
        for table in sorted(tables_of(into, "old") - {_NOT_KEPT}):
            touched += (_without if customer else _blank_table)(into, table, who)
        if customer:
            _recount(into)
        into.execute("UPDATE meta SET value = ? WHERE key = 'generation'", [str(number)])
        into.execute("CHECKPOINT")
    return touched


def _without(into: duckdb.DuckDBPyConnection, table: str, tenant: str) -> int:
    """Write a table without the customer's rows and without rows whose details mention the id."""
    kept = _KEPT_BY_CODE.get(table, "true")
    if "tenant" in _columns(into, table):
        kept = "tenant IS DISTINCT FROM $who"
    if mentioned := _personal_columns(table):
        kept += f" AND NOT coalesce({_mentions(mentioned)}, false)"
    values = {"who": tenant} if "$who" in kept else {}
    into.execute(f"CREATE TABLE {table} AS FROM old.{table} WHERE {kept}", values)
    return _fewer(into, table) if table in (*_BY_NAME, "customers") else 0


def _blank_table(into: duckdb.DuckDBPyConnection, table: str, person: str) -> int:
    """Write a table with the person's cells empty."""
    telling = _personal_columns(table)
    if not telling:
        into.execute(f"CREATE TABLE {table} AS FROM old.{table}")
        return 0
    found = _mentions([*telling, *_ids(_BY_NAME[table])])
    cells = ", ".join(f"CASE WHEN {found} THEN NULL ELSE {c} END AS {c}" for c in telling)
    into.execute(
        f"CREATE TABLE {table} AS SELECT * REPLACE ({cells}) FROM old.{table}", {"who": person}
    )
    row = into.execute(
        f"SELECT count(*) FROM old.{table} WHERE {found}", {"who": person}
    ).fetchone()
    return int(row[0]) if row else 0


def _personal_columns(table: str) -> list[str]:
    """Return the columns of a dataset's table that tell of persons."""
    dataset = _BY_NAME.get(table)
    columns = dataset.columns if dataset else ()
    return [in_sql(column.name) for column in columns if column.secrecy is Secrecy.PERSON]


def _ids(dataset: Dataset) -> list[str]:
    return [in_sql(column.name) for column in dataset.columns if column.name == "member"]


def _mentions(columns: list[str]) -> str:
    return "(" + " OR ".join(f"contains(lower(coalesce({c}, '')), $who)" for c in columns) + ")"


def _columns(into: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [row[0] for row in into.execute(f"DESCRIBE old.{table}").fetchall()]


def _fewer(into: duckdb.DuckDBPyConnection, table: str) -> int:
    row = into.execute(
        f"SELECT (SELECT count(*) FROM old.{table}) - (SELECT count(*) FROM {table})"
    ).fetchone()
    return int(row[0]) if row else 0


def _recount(into: duckdb.DuckDBPyConnection) -> None:
    """Count each snapshot's rows again; the number of missing rows stays as it was."""
    into.execute("""
        UPDATE snapshots SET rows = (
            SELECT count(*) FROM (
                SELECT 'deployment' AS dataset, service, day FROM deployment
                UNION ALL SELECT 'usage', service, day FROM usage) r
            WHERE r.dataset = snapshots.dataset AND r.service = snapshots.service
                AND r.day = snapshots.day)""")
    seen = into.execute("SELECT dataset, service, day, rows, together, missing FROM snapshots")
    rows = seen.fetchall()
    have = {(dataset, service, day): count for dataset, service, day, count, _, _ in rows}
    for dataset, service, day, _, together, missing in rows:
        pairs = [(s, date.fromisoformat(d)) for s, d in json.loads(together)]
        came = sum(have.get((dataset, s, d), 0) for s, d in pairs)
        into.execute(
            """UPDATE snapshots SET announced = ?
            WHERE dataset = ? AND service = ? AND day = ?""",
            [came + missing if missing else 0, dataset, service, day],
        )
