"""The same usage rows made durable, sorted and queryable: here, by PostgreSQL's COPY, by SQLite."""

import io
import os
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import psycopg

from analytics.demo.at_scale import Size, stage_demo_data
from analytics.tables import USAGE
from analytics.warehouse.building.build import build
from analytics.warehouse.building.merge_keyed import Old, merge
from analytics.warehouse.building.new_rows import bring
from analytics.warehouse.word_codes import list_codes
from tests.bench.measuring import Row, part
from tests.postgres import plain, running

CUSTOMERS, DAYS, ROUNDS = 500, 365, 3
AT_LEAST = {"PostgreSQL COPY and index": 2.5, "SQLite executemany": 8.0}
META = {"made_up": "yes", "built": "2026-11-25T00:00:00+00:00"}
_COLUMNS = "day, service, channel, tenant, product, workload, active, entitled"
_TABLE = """CREATE TABLE {} (day date, service text, channel text, tenant text, product text,
    workload text, active bigint, entitled bigint)"""
_INDEX = "CREATE UNIQUE INDEX {}_key ON {} (tenant, day, service, channel, product, workload)"
"""A row that comes twice is one row: ours sees to that too."""


def rows(folder: Path) -> list[Row]:
    """Usage rows a second, from what arrived to a table that is durable, sorted, and has each key
    once; rivals are given theirs sorted, as text or as tuples. Each has its turn in each round.
    Then, as no goal, a whole generation with both datasets, names, summaries and the check.
    """
    staged = folder / "ingest.duckdb"
    list(stage_demo_data(staged, Size(CUSTOMERS, DAYS, date(2026, 11, 24))))
    told, both = _told(staged)
    with running() as server, server.fresh() as url:
        text = "\n".join("\t".join(map(str, row)) for row in told)
        sides = (
            lambda at: _lay(folder / f"usage-{at}.duckdb", staged),
            lambda at: _copy(plain(url), text, f"usage_{at}"),
            lambda at: _write(folder / f"ingest-{at}.sqlite", told),
        )
        rounds = [[_rate(side, at, len(told)) for side in sides] for at in range(ROUNDS)]
    ours, *rates = (part(rate, 0.5) for rate in zip(*rounds, strict=True))
    whole = _rate(lambda _: build(folder / "ingest", (), META, staged=staged), 0, both)
    said = "the same as a whole generation, with names, summaries and the check"
    return [
        *(_row(name, ours, rate) for name, rate in zip(AT_LEAST, rates, strict=True)),
        Row(said, f"{whole:,.0f}", "", None),
    ]


def _lay(file: Path, staged: Path) -> None:
    """The loader's own steps for one dataset."""
    with duckdb.connect(file) as into:
        list_codes(into, bring(into, (), staged), ())
        merge(into, USAGE, Old(frozenset()), date(2026, 11, 24), arrived=True)
        into.execute("CHECKPOINT")
    with file.open("rb") as handle:
        os.fsync(handle.fileno())


def _told(staged: Path) -> tuple[list[tuple[object, ...]], int]:
    """Usage rows in order, and how many rows of both datasets there are."""
    with duckdb.connect(staged, read_only=True) as con:
        told = con.execute(f"SELECT {_COLUMNS} FROM new_usage ORDER BY tenant, day").fetchall()
        both = con.execute(
            "SELECT (SELECT count(*) FROM new_usage) + (SELECT count(*) FROM new_deployment)"
        ).fetchone()
    assert both
    return [(row[0].isoformat(), *row[1:]) for row in told], int(both[0])


def _rate(work: Callable[[int], object], turn: int, count: int) -> float:
    started = time.perf_counter()
    work(turn)
    return count / (time.perf_counter() - started)


def _copy(url: str, text: str, table: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(_TABLE.format(table))
        with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            source = io.StringIO(text)
            while chunk := source.read(1 << 20):
                copy.write(chunk)
        connection.execute(_INDEX.format(table, table))


def _write(file: Path, told: list[tuple[object, ...]]) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(_TABLE.format("usage"))
        connection.executemany(f"INSERT INTO usage VALUES ({', '.join('?' * 8)})", told)
        connection.execute(_INDEX.format("usage", "usage"))
    connection.close()


def _row(name: str, ours: float, rate: float) -> Row:
    ratio, least = ours / rate, AT_LEAST[name]
    said = f"rows a second until sorted and durable, beside {name}"
    return Row(said, f"{ours:,.0f}", f"{rate:,.0f}", ratio, f"≥ {least}x", ratio >= least)
