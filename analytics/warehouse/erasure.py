"""Erasure: a generation rewritten without the customers and people on the list of the erased.

Rows are written to a new file, because data deleted inside a file stays readable in its bytes.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb

from analytics.tables import DATASETS, EXTENSION_LIST, ROLE_MEMBERS, Dataset
from analytics.values import TenantId
from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.building.derived_tables import DERIVED, write_derived
from analytics.warehouse.erased_file import ERASED
from analytics.warehouse.erased_list import PERSON_IDS, CellsToCheck, ErasedList
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.generations import Generations
from analytics.warehouse.schema import has, in_sql, quoted_path

_BY_NAME = {dataset.name: dataset for dataset in DATASETS}
_TENANTS = {"customers": "code", "parts": "part"}
"""Tables that name a customer in another column than `tenant`."""
_NAMES = (
    "SELECT name FROM facts.customers WHERE code = $tenant",
    "SELECT name FROM facts.other_names WHERE tenant = $tenant",
    "SELECT customer FROM facts.customer_list WHERE tenant = $tenant",
    "SELECT domain FROM facts.customer_list WHERE tenant = $tenant",
    "SELECT subscription FROM facts.subscriptions WHERE tenant = $tenant",
    "SELECT subscription FROM facts.subscription_insights WHERE tenant = $tenant",
)
_NOT_KEPT = "absent"
"""The table of hashes of rows that a sync doubts: a hash can be made again of what it was made of.
Without it a sync doubts once more.
"""


def erase(folder: Path, erased: ErasedList) -> int:
    """Publish a generation without the customers on the list, and with the cells empty that tell of
    people on it; remove the earlier ones. Return how many dataset rows that touched; 0 if nothing
    was found and nothing done.

    A person is matched by sign-in name or id, in any case, anywhere in a column about persons; then
    all such columns of the row are emptied. Raises Busy while another process builds, NotBuilt or
    OSError with the old generation still current.
    """
    store = Generations(folder)
    try:
        with store.build_path() as path:
            current = store.current()
            if current is None or not erased:
                return 0
            touched = _rewrite(path, current, store.number(current) + 1, erased)
            if touched:
                store.publish(path)
                store.sweep_all_but_current()
    except duckdb.Error as error:
        raise NotBuilt(str(error).partition("\n")[0]) from error
    return touched


def known_names(folder: Path, tenant: TenantId) -> list[str]:
    """Return every name and domain that the current generation knows of a customer, and the ids of
    its subscriptions, by which lists without customers name it.
    """
    found = [row[0] for sql in _NAMES for row in _answer(folder, sql, {"tenant": tenant})]
    return sorted({name for name in found if name})


def known_ids(folder: Path, person: str) -> list[str]:
    """Return a person's sign-in name and id as Partner Center's roles pair them; what was given
    alone where they do not.
    """
    sql = """
        SELECT DISTINCT member, member_upn FROM facts.role_members
        WHERE lower($person) IN (lower(member), lower(member_upn))"""
    pairs = _answer(folder, sql, {"person": person})
    return sorted({person, *(each for pair in pairs for each in pair if each)})


def erased_customers(folder: Path, erased: ErasedList) -> list[tuple[TenantId, str]]:
    """Return the ids and names of the current generation's customers who are on the list."""
    known = _answer(folder, "SELECT code, name FROM facts.customers", {})
    return [(TenantId(code), name or "") for code, name in known if erased.has_customer(code)]


def _answer(folder: Path, sql: str, values: dict[str, str]) -> list[tuple[str, ...]]:
    """Return the rows of a query; none where there is no generation, or it lacks a table."""
    current = Generations(folder).current()
    if current is None:
        return []
    with duckdb.connect() as con:
        con.execute(f"ATTACH {quoted_path(current)} AS facts (READ_ONLY)")
        try:
            return con.execute(sql, values).fetchall()
        except duckdb.CatalogException:
            return []


def _rewrite(path: Path, current: Path, number: int, erased: ErasedList) -> int:
    """Write every table anew; return how many dataset rows were removed or changed."""
    touched = 0
    with duckdb.connect(path, config={"memory_limit": "300MB"}) as into:
        into.execute(
            f"SET enable_progress_bar = false; ATTACH {quoted_path(current)} AS old (READ_ONLY)"
        )
        for table in sorted(tables_of(into, "old") - {_NOT_KEPT, *DERIVED}):
            touched += _write(into, table, erased)
        write_derived(into)
        _recount(into)
        into.execute("DELETE FROM meta WHERE key IN ('generation', ?)", [ERASED])
        meta = [("generation", str(number)), (ERASED, str(erased.customers))]
        into.executemany("INSERT INTO meta VALUES (?, ?)", meta)
        into.execute("CHECKPOINT")
    return touched


def _write(into: duckdb.DuckDBPyConnection, table: str, erased: ErasedList) -> int:
    """Write one table; return how many rows were removed or changed, where that tells something."""
    columns = [row[0] for row in into.execute(f"DESCRIBE old.{table}").fetchall()]
    gone, changed = _gone_sql(into, table, columns, erased), ""
    personal: list[str] = []
    dataset = _BY_NAME.get(table)
    if dataset and (personal := _personal_columns(dataset, columns)):
        changed = _mentions_sql(into, table, "persons", personal, erased.has_person)
        _list_pseudonyms(into, dataset, erased)
    if dataset and (sealed := _sealed_columns(dataset, columns)):
        mentioned = _mentions_sql(into, table, "sealed", sealed, erased.mentions_anybody)
        changed = f"({changed or 'false'} OR {mentioned})"
        personal += sealed
    cells = f"REPLACE ({_emptied_sql(personal, changed)})" if dataset and changed else ""
    into.execute(f"CREATE TABLE {table} AS SELECT * {cells} FROM old.{table} WHERE NOT ({gone})")
    told = gone if dataset or table == "customers" else "false"
    return _count(into, f"FROM old.{table} WHERE {told} OR ({changed or 'false'})")


def _gone_sql(
    into: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], erased: ErasedList
) -> str:
    """Return an SQL condition that is true for the rows of erased customers, and never NULL."""
    tenant = _TENANTS.get(table, "tenant" if "tenant" in columns else "")
    found = []
    if tenant:
        found.append(_mentions_sql(into, table, "tenants", [tenant], erased.mentions_customer))
    dataset = _BY_NAME.get(table)
    if dataset and (names := _there(dataset, CellsToCheck(dataset).telling, columns)):
        found.append(_mentions_sql(into, table, "told", names, erased.mentions_customer))
    if dataset and has(dataset, "customer") and {"tenant", "customer"} <= set(columns):
        named = _mentions_sql(into, table, "named", ["customer"], erased.has_name)
        found.append(f"(tenant IS NULL AND {named})")
    if dataset is EXTENSION_LIST:
        found.append(_mentions_sql(into, table, "listed", ["subscription"], erased.has_name))
    return " OR ".join(found) or "false"


def _mentions_sql(
    into: duckdb.DuckDBPyConnection,
    table: str,
    what: str,
    columns: Sequence[str],
    test: Callable[[str], bool],
) -> str:
    """Return an SQL condition that is true where `test` is for one of the columns' texts."""
    parts = []
    for at, column in enumerate(columns):
        cells = into.execute(
            f"SELECT DISTINCT {column}::VARCHAR FROM old.{table} WHERE {column} IS NOT NULL"
        ).fetchall()
        listed = f"{table}_{what}_{at}"
        into.execute(f"CREATE TEMP TABLE {listed} (cell VARCHAR)")
        if its := [cell for (cell,) in cells if test(cell)]:
            into.execute(f"INSERT INTO {listed} SELECT unnest($its)", {"its": its})
            parts.append(f"coalesce({column}::VARCHAR IN (FROM {listed}), false)")
    return f"({' OR '.join(parts) or 'false'})"


def _list_pseudonyms(into: duckdb.DuckDBPyConnection, dataset: Dataset, erased: ErasedList) -> None:
    """List what stands for each id in the dataset, in a temporary table."""
    if dataset is not ROLE_MEMBERS:
        return
    ids = into.execute(f"SELECT DISTINCT member FROM old.{dataset.name}").fetchall()
    into.execute("CREATE TEMP TABLE pseudonyms (id VARCHAR, pseudonym VARCHAR)")
    into.executemany(
        "INSERT INTO pseudonyms VALUES (?, ?)",
        [(each, erased.pseudonym(each)) for (each,) in ids] or [("", "")],
    )


def _emptied_sql(personal: Sequence[str], changed: str) -> str:
    """Return the SQL of columns about persons, empty where `changed` is true."""
    cells = []
    for name in personal:
        instead = "NULL"
        if name in map(in_sql, PERSON_IDS):
            instead = f"(SELECT pseudonym FROM pseudonyms p WHERE p.id = {name})"
        cells.append(f"CASE WHEN {changed} THEN {instead} ELSE {name} END AS {name}")
    return ", ".join(cells)


def _personal_columns(dataset: Dataset, there: Sequence[str]) -> list[str]:
    """Return the dataset's columns about persons, of those that the table has."""
    return _there(dataset, CellsToCheck(dataset).personal, there)


def _sealed_columns(dataset: Dataset, there: Sequence[str]) -> list[str]:
    """Return the dataset's columns that may tell of anybody, of those that the table has."""
    return _there(dataset, CellsToCheck(dataset).sealed, there)


def _there(dataset: Dataset, places: Sequence[int], there: Sequence[str]) -> list[str]:
    names = [dataset.columns[at].name for at in places]
    return [in_sql(name) for name in names if name in there]


def _count(into: duckdb.DuckDBPyConnection, source: str) -> int:
    row = into.execute(f"SELECT count(*) {source}").fetchone()
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
