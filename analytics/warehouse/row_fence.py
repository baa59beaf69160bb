"""Replacement of `{table}` in a question's SQL by the table cut to the reader's customers."""

from collections.abc import Collection, Iterator

from analytics.tables import AUDIT, DATASETS, LICENCES, Dataset, Memory
from analytics.warehouse.building.rollups import NEWEST, STANDING
from analytics.warehouse.schema import columns, has, span, types

_STANDING = "standing"
"""Each customer's seats, product by product, in the newest whole snapshots."""

_WORKED_OUT = {
    _STANDING: f"({STANDING})",
    **{f"newest_{each.name}": f"({NEWEST.format(dataset=each.name)})" for each in LICENCES},
}
"""SQL that stands for a rollup which the generation does not have."""

_ONCE = f"""(
    FROM {AUDIT.name} WHERE resource IS NOT NULL OR status IS NOT NULL OR moment::DATE NOT IN (
        SELECT part::DATE FROM parts WHERE dataset = '{AUDIT.name}' AND part < day::VARCHAR))"""
"""Activity without rows of the portal's export for days that the API was asked for since: these
rows have no id to recognise the same event by, and neither resource nor status.
"""


def fenced_sql(sql: str, tables: Collection[str], *, everyone: bool) -> str:
    """Return the SQL with its tables put in; `tables` are those that the generation has.

    `{newest_…}` is the source's present state: open rows, or those of the newest day or month.
    Rollups that the generation lacks are calculated within the query.

    Unless `everyone` may be seen, `$visible` lists the customers to see: rows about no customer, or
    about all together, are only for readers who see all. A dataset that never came is empty.
    """
    standing = _rollup(_STANDING, tables)
    sql = sql.replace("{" + _STANDING + "}", standing if everyone else _visible_rows(standing))
    for name, dataset, source in _PLACES:
        if "{" + name + "}" in sql:
            there = _rollup(source, tables) if dataset.name in tables else _nothing(dataset)
            sql = sql.replace(
                "{" + name + "}", there if everyone else _fenced_source(there, dataset)
            )
    return sql


def _rollup(source: str, tables: Collection[str]) -> str:
    return source if source in tables else _WORKED_OUT.get(source, source)


def _places() -> Iterator[tuple[str, Dataset, str]]:
    """Yield the names used in braces, the dataset of each, and the SQL source that replaces it."""
    for dataset in DATASETS:
        name = dataset.name
        yield name, dataset, _ONCE if dataset is AUDIT else name
        time = next((each for each in ("day", "month") if has(dataset, each)), None)
        if dataset in LICENCES:
            yield f"newest_{name}", dataset, f"newest_{name}"
        elif dataset.memory is Memory.SPANS:
            yield f"newest_{name}", dataset, f"(FROM {name} WHERE until IS NULL)"
        elif time:
            newest = f"(SELECT max({time}) FROM {name})"
            yield f"newest_{name}", dataset, f"(FROM {name} WHERE {time} = {newest})"


_PLACES = tuple(_places())


def _fenced_source(source: str, dataset: Dataset) -> str:
    return _visible_rows(source) if has(dataset, "tenant") else f"(FROM {source} WHERE false)"


def _visible_rows(source: str) -> str:
    return f"(FROM {source} WHERE list_contains($visible, tenant))"


def _nothing(dataset: Dataset) -> str:
    its = types(dataset, [*columns(dataset), *span(dataset)])
    nulls = [f"CAST(NULL AS {sort}) AS {name}" for name, sort in its.items()]
    return f"(SELECT {', '.join(nulls)} WHERE false)"
