"""Check of a generation: its figures are calculated again from raw rows, without the questions'
code, and compared.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from analytics.offers import published_offers
from analytics.tables import DATASETS, LICENCES, CellType, Dataset, Memory
from analytics.warehouse.building.chunks import pieces
from analytics.warehouse.building.name_tables import NAMED
from analytics.warehouse.building.rollups import PAIRS, USUAL_DAYS
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.generations import Generations
from analytics.warehouse.schema import has, in_sql, key, quoted_path

_NEWEST = """
    SELECT count(*) FROM (
        (FROM newest_{d} EXCEPT ALL FROM {raw})
        UNION ALL (FROM {raw} EXCEPT ALL FROM newest_{d}))"""
_RAW = """(FROM {d} r WHERE day = (
    SELECT max(day) FROM snapshots s
    WHERE s.dataset = '{d}' AND s.service = r.service AND s.missing = 0))"""
_RAW_BEFORE = """(FROM {d} r WHERE day = (
    SELECT max(day) FROM snapshots s
    WHERE s.dataset = '{d}' AND s.service = r.service AND s.missing = 0
        AND s.day <= (SELECT max(day) - {days} FROM snapshots WHERE missing = 0)))"""

_SEATS = """
    SELECT count(*) FROM (SELECT * FROM {standing} WHERE sold IS NOT NULL) s FULL JOIN (
        SELECT tenant, product, sum(sold) AS sold, sum(assigned) AS assigned
        FROM {raw} GROUP BY ALL) r USING (tenant, product)
    WHERE s.sold IS DISTINCT FROM r.sold OR s.assigned IS DISTINCT FROM r.assigned"""

_ACTIVE = """
    WITH told AS (
        SELECT tenant, product, workload, sum(active) AS people, sum(entitled) AS seats
        FROM {raw} GROUP BY ALL),
    ranked AS (
        SELECT *, row_number() OVER (PARTITION BY tenant, product
            ORDER BY people <= seats DESC, people DESC) AS place FROM told)
    SELECT count(*) FROM (SELECT * FROM {standing} WHERE active IS NOT NULL) s
    FULL JOIN (SELECT * FROM ranked WHERE place = 1) r USING (tenant, product)
    WHERE s.active IS DISTINCT FROM r.people"""

_TOTALS = """
    SELECT count(*) FROM (
        SELECT sum(sold) AS sold, sum(assigned) AS assigned
        FROM (SELECT tenant, sum(sold) AS sold, sum(assigned) AS assigned
              FROM standing GROUP BY tenant)) c,
        (SELECT sum(sold) AS sold, sum(assigned) AS assigned
         FROM (SELECT product, sum(sold) AS sold, sum(assigned) AS assigned
               FROM {raw} GROUP BY product)) p
    WHERE c.sold IS DISTINCT FROM p.sold OR c.assigned IS DISTINCT FROM p.assigned"""

_SNAPSHOTS = """
    SELECT count(*) FROM (SELECT service, day, rows FROM snapshots WHERE dataset = '{d}') s
    FULL JOIN (SELECT service, day, count(*) AS rows FROM {d} GROUP BY ALL) r USING (service, day)
    WHERE s.rows IS DISTINCT FROM r.rows"""

_OVERLAPS = """
    SELECT count(*) FROM (
        SELECT since, until, lead(since) OVER (PARTITION BY {keys} ORDER BY since) AS following
        FROM {d})
    WHERE until <= since OR (following IS NOT NULL AND (until IS NULL OR until > following))"""

_SHARES = """
    SELECT count(*) FROM azure_spend
    WHERE cost IS NOT NULL AND budget > 0 AND budget_used IS NOT NULL
        AND abs(budget_used::DOUBLE - cost::DOUBLE / budget::DOUBLE) > 0.01"""

_CREDITED = {
    "azure_meters": "quantity",
    "azure_spend": "cost",
    "azure_category_costs": "cost",
    "azure_subscription_costs": "cost",
}
"""Columns in which the source writes credits and corrections as negative figures."""

_DISPUTED = """
    SELECT count(*) FROM (
        SELECT offer FROM (SELECT offer, sku FROM offer_skus UNION ALL {published})
        GROUP BY offer HAVING count(DISTINCT sku) > 1)"""

_PAIRED = f"""(SELECT tenant, product, sold{{then}} AS sold, assigned{{then}} AS assigned,
        active{{then}} AS active FROM {PAIRS})"""
_HALVES = (("", "standing"), ("_then", "standing_before"))
"""The two rollups that stand side by side, and how the columns of each end there."""

_ABOVE = {
    "deployment": ("check-above-deployment", "assigned > sold"),
    "usage": ("check-above-usage", "active > entitled"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of one comparison of one dataset."""

    dataset: str
    what: str
    """Id of the catalogue for the sentence that tells the fault if `wrong` is not 0."""
    wrong: int
    """Number of rows or figures that do not agree."""
    fault: bool = True
    """False if the source itself reports such figures, for documented reasons; no figure is wrong
    then.
    """


def check(folder: Path) -> tuple[Checked, ...]:
    """Check the current generation; return nothing if there is none. Raises duckdb.Error, OSError
    or ValueError if it cannot be read.
    """
    current = Generations(folder).current()
    if current is None:
        return ()
    limits: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "300MB"}
    with duckdb.connect(config=limits) as con:
        con.execute(f"ATTACH {quoted_path(current)} AS facts (READ_ONLY); USE facts")
        con.execute("SET enable_progress_bar = false")
        return generation_checks(con)


def generation_checks(con: duckdb.DuckDBPyConnection) -> tuple[Checked, ...]:
    """Return all comparisons of an open generation, dataset by dataset."""
    tables = tables_of(con)
    return tuple(
        Checked(dataset.name, what, sum(_number(con, sql) for sql in queries), fault)
        for dataset in DATASETS
        if dataset.name in tables
        for what, queries, fault in _comparisons(con, dataset, tables)
    )


def _comparisons(
    con: duckdb.DuckDBPyConnection, dataset: Dataset, tables: Collection[str]
) -> Iterator[tuple[str, list[str], bool]]:
    """Yield for each comparison its sentence's id, the queries whose sum must be 0, and whether
    another sum is a fault.
    """
    name, keys = dataset.name, ", ".join(key(dataset))
    if dataset in LICENCES:
        yield from _licences(name, tables)
    if dataset.memory is Memory.KEYED:
        rows = _number(con, f"SELECT count(*) FROM {name}")
        yield (
            "check-doubled",
            [_duplicates_sql(name, keys, each) for each in pieces(dataset, rows)],
            True,
        )
    if dataset.memory is Memory.SPANS:
        yield "check-overlap", [_OVERLAPS.format(d=name, keys=keys)], True
    if name == "azure_spend":
        yield "check-share", [_SHARES], True
    if name == "offer_skus":
        yield "check-disputed-offers", [_DISPUTED.format(published=_published_sql())], False
    counts = [in_sql(c.name) for c in dataset.columns if c.kind is CellType.COUNT]
    if counts:
        yield (
            "check-negative",
            [f"SELECT count(*) FROM {name} WHERE least({', '.join(counts)}) < 0"],
            True,
        )
    if name in _CREDITED:
        yield "check-credits", [f"SELECT count(*) FROM {name} WHERE {_CREDITED[name]} < 0"], False
    yield "check-nameless", [_nameless(name, *each) for each in _codes(dataset)], True


def _published_sql() -> str:
    """Return SQL for the offers that public pages tell of, and their products."""
    told = ", ".join(f"('{each.offer}', '{each.sku}')" for each in published_offers().values())
    return f"SELECT * FROM (VALUES {told}) AS published (offer, sku)"


def _licences(name: str, tables: Collection[str]) -> Iterator[tuple[str, list[str], bool]]:
    raw = _RAW.format(d=name)
    yield "check-newest", [_NEWEST.format(d=name, raw=raw)], True
    yield "check-snapshots", [_SNAPSHOTS.format(d=name)], True
    what, above = _ABOVE[name]
    yield what, [f"SELECT count(*) FROM newest_{name} WHERE {above}"], False
    if "standing" not in tables:
        return
    rollups = {"standing": raw}
    if "standing_before" in tables:
        rollups["standing_before"] = _RAW_BEFORE.format(d=name, days=USUAL_DAYS)
    if PAIRS in tables:
        rollups |= {_PAIRED.format(then=then): rollups[of] for then, of in _HALVES}
    again = _SEATS if name == "deployment" else _ACTIVE
    worked_out = [again.format(standing=table, raw=rows) for table, rows in rollups.items()]
    yield "check-standing", worked_out, True
    if name == "deployment":
        yield "check-totals", [_TOTALS.format(raw=raw)], True


def _duplicates_sql(name: str, keys: str, piece: str) -> str:
    """Return SQL that counts the rows whose key, compared by its hash, came before."""
    return f"SELECT count(*) - count(DISTINCT hash({keys})) FROM {name} WHERE {piece}"


def _codes(dataset: Dataset) -> list[tuple[str, str]]:
    return [(table, code) for table, (code, _) in NAMED.items() if has(dataset, code)]


def _nameless(name: str, table: str, code: str) -> str:
    return f"""
        SELECT count(*) FROM (SELECT DISTINCT {code} AS code FROM {name} WHERE {code} IS NOT NULL)
        ANTI JOIN {table} USING (code)"""


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0
