"""Replacement of `{table}` in a question's SQL by the table cut to the reader's customers and
columns; SQL that names a table otherwise is refused.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

import duckdb

from analytics.tables import (
    AUDIT,
    DATASETS,
    LICENCES,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    Column,
    Dataset,
    Memory,
)
from analytics.values import Secrecy, Sight
from analytics.warehouse.activity_window import ACTIVITY_WINDOW
from analytics.warehouse.azure_told import AZURE_VIEWS
from analytics.warehouse.building.activity_edges import EDGES, ONCE, edges_sql
from analytics.warehouse.building.customer_spells import PIECES, SPELLS, SUBSCRIBED, subscribed_sql
from analytics.warehouse.building.insights_runs import RUNS, runs_sql
from analytics.warehouse.building.monthly_snapshots import MONTHLY
from analytics.warehouse.building.renewal_terms import TERMS, TERMS_SQL
from analytics.warehouse.building.rollups import NEWEST, STANDING, STANDING_BEFORE
from analytics.warehouse.building.spare_seats import SPARE, SPARE_SQL
from analytics.warehouse.building.subscription_lines import LINES, asked_sql, lines_sql
from analytics.warehouse.renewal_rows import RENEWAL_DUE, RENEWAL_ROWS
from analytics.warehouse.schema import empty_rows, has, in_sql, types
from analytics.warehouse.seat_spans import SEAT_SPANS, SEAT_STEPS

_STANDING = {"standing": f"({STANDING})", "standing_before": f"({STANDING_BEFORE})"}
"""Each customer's seats, product by product: in the newest whole snapshots, and in those of the eve
of the usual period.
"""

_ASKED = "fetched_subscriptions"
"""The day on which each customer's subscriptions were last fetched whole."""

_BY_TENANT = (*_STANDING, LINES, EDGES, SPELLS, PIECES, SUBSCRIBED, RUNS, SPARE, TERMS, _ASKED)
"""Rollups without columns of money or persons, each row of one customer."""

_FETCHED = {
    "fetched_activity": f"""(
    SELECT TRY_CAST(part AS DATE) AS day FROM parts WHERE dataset = '{AUDIT.name}')"""
}
"""Days of the activity log that were fetched whole; they are about no customer."""

_FIRST_LOADS = "first_loads"
"""The day on which each list of subscriptions was first loaded; it is about no customer."""

_WORKED_OUT = {
    **_STANDING,
    **{f"newest_{each.name}": f"({NEWEST.format(dataset=each.name)})" for each in LICENCES},
    **{name: f"({sql})" for name, sql in MONTHLY.items()},
    SPARE: f"({SPARE_SQL})",
    TERMS: f"({TERMS_SQL})",
}
"""SQL that stands for a rollup which the generation does not have."""

_OF_TABLES: Mapping[str, Callable[[Collection[str]], str]] = {
    EDGES: edges_sql,
    LINES: lines_sql,
    SUBSCRIBED: subscribed_sql,
    RUNS: runs_sql,
    _ASKED: asked_sql,
}
"""The same, where the SQL depends on the tables that the generation has. Spells and their pieces
are asked for only where `subscribed_customers` tells for which day they were worked out.
"""


_VIEWS = {
    "{activity_window}": f"({ACTIVITY_WINDOW})",
    **{name: f"({sql})" for name, sql in AZURE_VIEWS.items()},
    "{seat_steps}": f"({SEAT_STEPS})",
    "{seat_spans}": f"({SEAT_SPANS})",
    "{renewal_due}": f"({RENEWAL_DUE})",
    "{renewal_rows}": f"({RENEWAL_ROWS})",
}
"""SQL of fenced tables that stands for a name in braces, by that name; a view comes before
those that it names itself.
"""


def with_views(sql: str) -> str:
    """Return the SQL with the views that it names in braces written out; their tables are in
    braces, and are fenced as any other.
    """
    for name, view in _VIEWS.items():
        sql = sql.replace(name, view)
    return sql


def fenced_sql(
    sql: str,
    tables: Collection[str],
    sight: Sight,
    lacks: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> str:
    """Return the SQL with its tables put in; `tables` are those that the generation has, `lacks`
    the columns that its table of a dataset does not have: they are NULL.

    `{newest_…}` is the source's present state: open rows, or those of the newest day or month;
    `{monthly_…}` has the newest snapshot of each month.
    Rollups that the generation lacks are calculated within the query.

    Unless the reader sees all customers, `$visible` lists those to see: rows about no customer, or
    about all together, are only for readers who see all; rows about an offer for those whose
    customers bought it. Columns of
    money and persons are NULL for readers who may not see them, and for SQL that does not name
    them: `*` gives none. A dataset that never came is empty.
    """
    everyone, asked = sight.customers is None, sql
    for name in _BY_TENANT:
        there = _rollup(name, tables)
        sql = sql.replace("{" + name + "}", there if everyone else _visible_rows(there))
    for name, source in _FETCHED.items():
        sql = sql.replace("{" + name + "}", source)
    sql = sql.replace("{" + _FIRST_LOADS + "}", _first_loads(tables))
    for name, dataset, source in _PLACES:
        if "{" + name + "}" in sql:
            there = _rollup(source, tables) if dataset.name in tables else empty_rows(dataset)
            unnamed = {each.name for each in _secret_columns(dataset) if not _names_it(asked, each)}
            empty = unnamed | withheld_columns(dataset, sight) | set(lacks.get(dataset.name, ()))
            there = _without_columns(there, dataset, empty)
            sql = sql.replace(
                "{" + name + "}", there if everyone else _fenced_source(there, dataset, tables)
            )
    return sql


def withheld_columns(dataset: Dataset, sight: Sight) -> frozenset[str]:
    """Return the names of the dataset's columns that a reader of this sight does not see;
    sealed ones are among them for every reader.
    """
    return frozenset(
        each.name
        for each in dataset.columns
        if each.secrecy is Secrecy.SEALED or each.secrecy.kinds & sight.withheld
    )


def secrets_in(sql: str) -> frozenset[Secrecy]:
    """Return the kinds of secret columns that a question's SQL reads, by their names in it. Sealed
    ones give it nothing.
    """
    return frozenset(
        column.secrecy
        for name, dataset, _ in _PLACES
        if f"{{{name}}}" in sql
        for column in _secret_columns(dataset)
        if column.secrecy is not Secrecy.SEALED and _names_it(sql, column)
    )


def _secret_columns(dataset: Dataset) -> list[Column]:
    return [column for column in dataset.columns if column.secrecy is not Secrecy.OPEN]


@lru_cache(maxsize=4096)
def _names_it(sql: str, column: Column) -> bool:
    """Check whether the SQL says the column's name."""
    return re.search(rf"\b{column.name}\b", sql, re.IGNORECASE) is not None


class UnfencedTable(Exception):
    """A question's SQL names a table outside braces, or cannot be read: it is not run."""


def refuse_unfenced(sql: str, tables: Collection[str]) -> None:
    """Raise UnfencedTable if the SQL reads anything but tables in braces, lists, and its own common
    tables, none of which may be called like one of the generation's `tables`.
    """
    if taken := _common_tables(sql) & {*_FENCED, *tables}:
        raise UnfencedTable(", ".join(sorted(taken)))


@lru_cache(maxsize=1024)
def _common_tables(sql: str) -> frozenset[str]:
    """Return the names of the SQL's common tables. Raises UnfencedTable if it reads anything but
    them, tables in braces and lists. A text is parsed once: a question has the same ones each time.
    """
    named = re.sub(r"\{(\w+)\}", r'"{\1}"', sql)
    ((tree,),) = _parser().cursor().execute("SELECT json_serialize_sql($1)", [named]).fetchall()
    read = json.loads(tree)
    own = {each["key"] for node in _nodes(read) for each in node.get("cte_map", {}).get("map", ())}
    tables = {node["table_name"] for node in _nodes(read) if node.get("type") == "BASE_TABLE"}
    functions = {
        node["function"]["function_name"]
        for node in _nodes(read)
        if node.get("type") == "TABLE_FUNCTION"
    }
    other = tables - own - {f"{{{name}}}" for name in _FENCED} | functions - _LISTS
    if read["error"] or other:
        raise UnfencedTable(", ".join(sorted(other)) or str(read.get("error_message")))
    return frozenset(own)


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """An empty database that only parses."""
    return duckdb.connect(config={"enable_external_access": False, "threads": 1})


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every object within a parsed statement."""
    if isinstance(tree, dict):
        yield tree
    for below in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(below, dict | list):
            yield from _nodes(below)


def _first_loads(tables: Collection[str]) -> str:
    days = [
        f"SELECT '{each.name}' AS dataset, min(since) AS day FROM {each.name}"
        for each in (SUBSCRIPTIONS, SUBSCRIPTION_INSIGHTS)
        if each.name in tables
    ]
    return f"({' UNION ALL '.join(days) or 'SELECT NULL AS dataset, NULL::DATE AS day'})"


def _rollup(source: str, tables: Collection[str]) -> str:
    if source in _OF_TABLES and source not in tables:
        return f"({_OF_TABLES[source](tables)})"
    return source if source in tables else _WORKED_OUT.get(source, source)


def _places() -> Iterator[tuple[str, Dataset, str]]:
    """Yield the names used in braces, the dataset of each, and the SQL source that replaces it."""
    for dataset in DATASETS:
        name = dataset.name
        yield name, dataset, ONCE if dataset is AUDIT else name
        time = next((each for each in ("day", "month") if has(dataset, each)), None)
        if dataset in LICENCES:
            yield f"newest_{name}", dataset, f"newest_{name}"
            yield f"monthly_{name}", dataset, f"monthly_{name}"
        elif dataset.memory is Memory.SPANS:
            yield f"newest_{name}", dataset, f"(FROM {name} WHERE until IS NULL)"
        elif time:
            newest = f"(SELECT max({time}) FROM {name})"
            yield f"newest_{name}", dataset, f"(FROM {name} WHERE {time} = {newest})"


_PLACES = tuple(_places())
_FENCED = frozenset({*_BY_TENANT, *_FETCHED, _FIRST_LOADS, *(name for name, _, _ in _PLACES)})
"""Names that may stand in braces."""

_LISTS = frozenset({"unnest", "range", "generate_series"})
"""Table functions that read no table."""


def _without_columns(source: str, dataset: Dataset, withheld: Collection[str]) -> str:
    """Return SQL for the source with these columns NULL, of the same type, at its end."""
    if not withheld:
        return source
    names = ", ".join(f"'{name}'" for name in sorted(withheld))
    its = types(dataset, [in_sql(name) for name in sorted(withheld)])
    nulls = ", ".join(f"CAST(NULL AS {sort}) AS {name}" for name, sort in its.items())
    return f"(SELECT COLUMNS(lambda c: c NOT IN ({names})), {nulls} FROM {source})"


def _fenced_source(source: str, dataset: Dataset, tables: Collection[str]) -> str:
    if has(dataset, "tenant"):
        return _visible_rows(source)
    if dataset.of_offers and SUBSCRIPTIONS.name in tables:
        return f"(FROM {source} WHERE offer IN {_BOUGHT_OFFERS})"
    return f"(FROM {source} WHERE false)"


_BOUGHT_OFFERS = f"""(
    SELECT array_to_string(string_split(lower(trim(offer)), ':')[1:2], ':')
    FROM {SUBSCRIPTIONS.name} WHERE tenant IN (SELECT unnest($visible)))"""
"""Offers of the reader's customers, without the ids of their availability: as offer_name() has
them. An offer that others alone have bought would tell of them.
"""


def _visible_rows(source: str) -> str:
    return f"(FROM {source} WHERE tenant IN (SELECT unnest($visible)))"
