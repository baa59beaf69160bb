"""The days that the source has processed, by dataset and service, and how complete each came."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from analytics.tables import LICENCES, Batch

_TABLE = """
    CREATE TABLE snapshots (
        dataset VARCHAR NOT NULL, service VARCHAR NOT NULL, day DATE NOT NULL,
        rows BIGINT NOT NULL,         -- rows we have
        announced BIGINT NOT NULL,    -- rows there are in `together`, says the source; 0: no word
        together VARCHAR NOT NULL,    -- sorted JSON: the (service, day) pairs one word is about
        missing BIGINT NOT NULL)      -- announced rows that never came"""

_Key = tuple[str, str, date]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One service on one processing day, in one dataset; `missing` announced rows never came."""

    dataset: str
    service: str
    day: date
    missing: int


@dataclass(frozen=True, slots=True)
class _AnnouncedRows:
    """The number of rows that the source announced for a few (service, day) pairs together."""

    rows: int
    together: tuple[tuple[str, str], ...]


def write_snapshots(
    into: duckdb.DuckDBPyConnection, batches: Iterable[Batch], *, has_old: bool
) -> int:
    """Write the table `snapshots`; return how many known snapshots are now more, or less, complete.

    An announcement outlives its import: pages imported one by one complete each other.
    """
    announced = (_old(into) if has_old else {}) | _new(batches)
    for whole in _fetched_snapshots(into):
        announced.pop(whole, None)
    have = {
        (dataset.name, service, day): int(rows)
        for dataset in LICENCES
        for service, day, rows in into.execute(
            f"SELECT service, day, count(*) FROM {dataset.name} GROUP BY service, day"
        ).fetchall()
    }
    into.execute(_TABLE)
    rows = [_row(key, have, announced) for key in sorted(have)]
    if rows:  # inserted one by one they took more than half of a build
        cells = zip(*rows, strict=True)
        into.register(
            "told",
            {
                f"c{at}": np.array(list(map(str, column)), dtype=object)
                for at, column in enumerate(cells)
            },
        )
        into.execute("INSERT INTO snapshots FROM told")
        into.unregister("told")
    return _revised_count(into) if has_old else 0


def _fetched_snapshots(into: duckdb.DuckDBPyConnection) -> list[_Key]:
    """Return the snapshots that a sync brought whole: what was announced of them before is over."""
    fetched = into.execute("SELECT DISTINCT dataset FROM arrived").fetchall()
    return [
        (dataset.name, service, day)
        for dataset in LICENCES
        if (dataset.name,) in fetched
        for service, day in into.execute(
            f"SELECT DISTINCT service, day FROM new_{dataset.name} WHERE part IS NOT NULL"
        ).fetchall()
    ]


def _row(
    key: _Key, have: dict[_Key, int], announced: dict[_Key, _AnnouncedRows]
) -> tuple[object, ...]:
    word = announced.get(key, _AnnouncedRows(0, ()))
    came = sum(
        have.get((key[0], service, date.fromisoformat(day)), 0) for service, day in word.together
    )
    return (*key, have[key], word.rows, json.dumps(word.together), max(word.rows - came, 0))


def _new(batches: Iterable[Batch]) -> dict[_Key, _AnnouncedRows]:
    words = {}
    for batch in batches:
        for (service, day), rows in batch.incomplete.items():
            alone = frozenset({(service, day)})
            group = next((each for each in batch.together if (service, day) in each), alone)
            together = sorted((s, d.isoformat()) for s, d in group)
            words[(batch.dataset.name, service, day)] = _AnnouncedRows(rows, tuple(together))
    return words


def _old(into: duckdb.DuckDBPyConnection) -> dict[_Key, _AnnouncedRows]:
    rows = into.execute(
        "SELECT dataset, service, day, announced, together FROM old.snapshots WHERE announced > 0"
    ).fetchall()
    return {
        (d, s, day): _AnnouncedRows(n, tuple(map(tuple, json.loads(text))))
        for d, s, day, n, text in rows
    }


def _revised_count(into: duckdb.DuckDBPyConnection) -> int:
    row = into.execute("""
        SELECT count(*) FROM snapshots n JOIN old.snapshots o USING (dataset, service, day)
        WHERE n.missing <> o.missing""").fetchone()
    return int(row[0]) if row else 0
