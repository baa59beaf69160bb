"""Replacement of `{table}` in a question's SQL by the table cut to the reader's customers and
columns; SQL that names a table otherwise is refused.
"""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from types import MappingProxyType

from analytics.tables import (
    SUBSCRIPTIONS,
    Column,
    Dataset,
)
from analytics.values import Secrecy, Sight
from analytics.warehouse.fenced_names import (
    BY_TENANT,
    FENCED,
    FETCHED,
    FIRST_LOADS,
    PLACES,
    first_loads_source,
    rollup_source,
)
from analytics.warehouse.schema import columns, empty_rows, has, in_sql, span, types
from analytics.warehouse.statements import read_statement


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
    whole_rows = read_statement(asked).takes_all
    for name in BY_TENANT:
        there = rollup_source(name, tables)
        whole_rows |= "{" + name + "}" in sql and "{" in there  # its SQL names other columns
        sql = sql.replace("{" + name + "}", there if everyone else _visible_rows(there))
    for name, source in FETCHED.items():
        sql = sql.replace("{" + name + "}", source)
    sql = sql.replace("{" + FIRST_LOADS + "}", first_loads_source(tables))
    for name, dataset, source in PLACES:
        if "{" + name + "}" in sql:
            there = rollup_source(source, tables) if dataset.name in tables else empty_rows(dataset)
            unnamed = {each.name for each in _secret_columns(dataset) if not _names_it(asked, each)}
            empty = unnamed | withheld_columns(dataset, sight) | set(lacks.get(dataset.name, ()))
            fence = "" if everyone else _fence(dataset, tables)
            if whole_rows:
                there = _without_columns(there, dataset, empty)
                there = f"(FROM {there} {fence})" if fence else there
            else:
                there = _with_named_columns(there, dataset, asked, empty, fence)
            sql = sql.replace("{" + name + "}", there)
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
        for name, dataset, _ in PLACES
        if f"{{{name}}}" in sql
        for column in _secret_columns(dataset)
        if column.secrecy is not Secrecy.SEALED and _names_it(sql, column)
    )


def _secret_columns(dataset: Dataset) -> list[Column]:
    return [column for column in dataset.columns if column.secrecy is not Secrecy.OPEN]


def _names_it(sql: str, column: Column) -> bool:
    """Check whether the SQL says the column's name."""
    return _says(sql, column.name)


@lru_cache(maxsize=8192)
def _says(sql: str, name: str) -> bool:
    return re.search(rf"\b{name}\b", sql, re.IGNORECASE) is not None


class UnfencedTable(Exception):
    """A question's SQL names a table outside braces, or cannot be read: it is not run."""


def refuse_unfenced(sql: str, tables: Collection[str]) -> None:
    """Raise UnfencedTable if the SQL reads anything but tables in braces, lists, and its own common
    tables, none of which may be called like one of the generation's `tables`.
    """
    read = read_statement(sql)
    other = read.tables - read.own - {f"{{{name}}}" for name in FENCED} | read.functions - _LISTS
    if read.error or other:
        raise UnfencedTable(", ".join(sorted(other)) or read.error)
    if taken := read.own & {*FENCED, *tables}:
        raise UnfencedTable(", ".join(sorted(taken)))


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


def _with_named_columns(
    source: str, dataset: Dataset, asked: str, empty: Collection[str], fence: str
) -> str:
    """Return SQL for the rows of the source behind the fence, with the columns alone that the SQL
    names: of the withheld ones NULL. A short list is planned in a third of the time.
    """
    every = types(dataset, [*columns(dataset), *span(dataset)])
    given = [
        f"CAST(NULL AS {sort}) AS {name}" if name.strip('"') in empty else name
        for name, sort in every.items()
        if _says(asked, name.strip('"'))
    ]
    return f"(SELECT {', '.join(given) or '1 AS one'} FROM {source} {fence})"


def _fence(dataset: Dataset, tables: Collection[str]) -> str:
    """Return the SQL condition of the rows that a reader of some customers may see."""
    if has(dataset, "tenant"):
        return _VISIBLE
    if dataset.of_offers and SUBSCRIPTIONS.name in tables:
        return f"WHERE offer IN {_BOUGHT_OFFERS}"
    return "WHERE false"


_BOUGHT_OFFERS = f"""(
    SELECT array_to_string(string_split(lower(trim(offer)), ':')[1:2], ':')
    FROM {SUBSCRIPTIONS.name} WHERE tenant IN (SELECT unnest($visible)))"""
"""Offers of the reader's customers, without the ids of their availability: as offer_name() has
them. An offer that others alone have bought would tell of them.
"""


_VISIBLE = "WHERE tenant IN (SELECT unnest($visible))"


def _visible_rows(source: str) -> str:
    return f"(FROM {source} {_VISIBLE})"
