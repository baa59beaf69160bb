"""The days that the source has processed, by dataset and service, and how complete each came."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

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
_NEAR = 14
"""Most days between the services of one list."""
_MOST_PARTED = 6
"""Most words that are tried together."""


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
    announced |= _joint_words(announced, have)
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
    missing = max(word.rows - _row_count(key[0], word, have), 0)
    return (*key, have[key], word.rows, json.dumps(word.together), missing)


def _row_count(dataset: str, word: _AnnouncedRows, have: Mapping[_Key, int]) -> int:
    """Return how many rows there are of the snapshots that a word is about."""
    return sum(
        have.get((dataset, service, date.fromisoformat(day)), 0) for service, day in word.together
    )


def _joint_words(
    announced: Mapping[_Key, _AnnouncedRows], have: Mapping[_Key, int]
) -> dict[_Key, _AnnouncedRows]:
    """Return one word in place of several that pages of one list gave, where pages ended exactly
    between services: all announce the same total, and their rows together reach it.
    """
    short: dict[tuple[str, int], set[_AnnouncedRows]] = {}
    for (dataset, _, _), word in announced.items():
        if 0 < _row_count(dataset, word, have) < word.rows:
            short.setdefault((dataset, word.rows), set()).add(word)
    found: dict[_Key, _AnnouncedRows] = {}
    for (dataset, total), words in short.items():
        for some in _lists_of(sorted(words, key=_newest_day, reverse=True)):
            if sum(_row_count(dataset, word, have) for word in some) == total:
                pairs = tuple(sorted(pair for word in some for pair in word.together))
                whole = _AnnouncedRows(total, pairs)
                found |= {(dataset, s, date.fromisoformat(day)): whole for s, day in pairs}
                break
    return found


def _lists_of(words: Sequence[_AnnouncedRows]) -> Iterator[tuple[_AnnouncedRows, ...]]:
    """Yield what may be the pages of one list: different services, a few days apart at most."""
    for size in range(2, min(len(words), _MOST_PARTED) + 1):
        for some in combinations(words[:_MOST_PARTED], size):
            services = [service for word in some for service in {s for s, _ in word.together}]
            days = [date.fromisoformat(day) for word in some for _, day in word.together]
            if len(services) == len(set(services)) and (max(days) - min(days)).days <= _NEAR:
                yield some


def _newest_day(word: _AnnouncedRows) -> str:
    return max(day for _, day in word.together)


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
