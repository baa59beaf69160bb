"""Completeness of a part by its distinct keys: a key that comes twice may hide a lost row; and of
snapshots, which are of one day.
"""

from collections.abc import Sequence
from operator import itemgetter

import duckdb

from analytics.tables import LICENCES, Dataset, Row
from analytics.warehouse.schema import key


class RepeatedRows(Exception):
    """A key came twice in one part."""

    def __init__(self, rows: int, *, differing: bool) -> None:
        super().__init__(rows)
        self.rows = rows
        """Rows beyond the first of each key."""
        self.differing = differing
        """True if rows of one key say different things."""


class SeveralDays(Exception):
    """One service's licences came with rows of several processing days."""


def refuse_several_days(
    con: duckdb.DuckDBPyConnection, dataset: Dataset, part: str, came: int
) -> None:
    """Raise SeveralDays if licences that came page by page do not have one processing day for each
    service: the newest snapshot would lack the rows of the others. A made-up history has no pages.
    `came` is the number of the part's rows.
    """
    if dataset not in LICENCES or not came:
        return
    row = con.execute(
        f"""
        SELECT EXISTS (
            SELECT service FROM new_{dataset.name} WHERE part = $p GROUP BY service
            HAVING count(DISTINCT day) > 1)""",
        {"p": part},
    ).fetchone()
    if row == (True,):
        raise SeveralDays


def refuse_repeats(
    con: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    part: str,
    last: Sequence[Row],
    progress: tuple[int, int | None],
) -> None:
    """Raise RepeatedRows if rows of one key differ, or if equal rows can hide lost ones: where the
    source announced how many there are, or where they came on several pages. `last` is the page
    that ended the part, `progress` how many rows came and how many were announced. Without a key,
    equal rows are as many facts.
    """
    if not dataset.key:
        return
    came, announced = progress
    if came == len(last):  # one page: Python is quicker than a query for each of many parts
        keys, distinct = len(set(map(itemgetter(*dataset.key), last))), len(set(last))
    else:
        keys, distinct = _distinct_counts(con, dataset, part)
    several = announced is not None or came > len(last)
    if distinct > keys or (several and keys < came):
        raise RepeatedRows(came - keys, differing=distinct > keys)
    if told := _told_by_other_parts(con, dataset, part):
        raise RepeatedRows(told, differing=True)


def _distinct_counts(
    con: duckdb.DuckDBPyConnection, dataset: Dataset, part: str
) -> tuple[int, int]:
    """Return how many different keys and how many different rows the part has, those that were left
    out included, which are known by their keys alone.
    """
    keys = ", ".join(key(dataset))
    left_out = "SELECT count(DISTINCT key) FROM left_out WHERE dataset = $d AND part = $p"
    row = con.execute(
        f"""SELECT count(DISTINCT hash({keys})) + ({left_out}),
            count(DISTINCT hash(n)) + ({left_out})
        FROM new_{dataset.name} n WHERE part = $p""",
        {"d": dataset.name, "p": part},
    ).fetchone()
    assert row  # noqa: S101 counts are always one row
    return row


def _told_by_other_parts(con: duckdb.DuckDBPyConnection, dataset: Dataset, part: str) -> int:
    """Return how many keys of the part stand in another one that is done, in a dataset whose key
    does not name the part.
    """
    names = {dataset.columns[at].name for at in dataset.key}
    if not dataset.part or names.issuperset(dataset.part):
        return 0
    keys = ", ".join(key(dataset))
    row = con.execute(
        f"""SELECT count(*) FROM (
            SELECT {keys} FROM new_{dataset.name} WHERE part = $p
            INTERSECT SELECT {keys} FROM new_{dataset.name} WHERE part <> $p
                AND part IN (SELECT part FROM part WHERE dataset = $d AND done))""",
        {"p": part, "d": dataset.name},
    ).fetchone()
    return int(row[0]) if row else 0
