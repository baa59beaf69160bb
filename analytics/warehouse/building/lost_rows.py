"""What whole fetches no longer list of the rows that stand, part by part, now and before.

Rows are compared by a hash of their key. Where rows have none, those of a part are numbered: then
fewer rows are lost ones, whatever they say.
"""

from datetime import date, datetime, timedelta

import duckdb

from analytics.tables import INSIGHTS, LICENCES, Dataset, Memory
from analytics.warehouse.building.losses import Loss
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.schema import create, has, in_sql, key, part_of

APART = timedelta(hours=6)
"""Time between two whole fetches after which the second confirms what the first no longer lists.
"""
_PARTS = """
    SELECT part, came, announced, page FROM part WHERE dataset = $d AND done
        AND part NOT IN (SELECT part FROM closed WHERE dataset = $d)"""
_ONE_PART = """
    SELECT '' AS part, sum(came) AS came, sum(announced) AS announced, min(page) AS page
    FROM part WHERE dataset = $d AND done HAVING count(*) > 0"""
_OF_GROUPS = f"""
    SELECT DISTINCT stood.part, whole.came, whole.announced, whole.page
    FROM stood CROSS JOIN ({_ONE_PART}) whole"""

_LOSSES = """
    WITH stood AS ({stood}), listed AS ({listed}), parts AS ({parts}),
    known AS (SELECT key, min(since) AS since FROM ({absent}) WHERE dataset = $d GROUP BY key),
    counted AS (SELECT part, count(DISTINCT key) AS rows FROM listed GROUP BY part)
    SELECT s.part, count(*), coalesce(any_value(c.rows), 0),
        count(*) FILTER (l.key IS NULL),
        count(*) FILTER (l.key IS NULL AND k.since <= $confirming),
        coalesce(any_value(p.announced = p.came), false),
        CASE WHEN $paged THEN coalesce(any_value(p.page), 0) ELSE 0 END
    FROM stood s JOIN parts p ON p.part = s.part LEFT JOIN counted c ON c.part = s.part
    LEFT JOIN (SELECT DISTINCT key FROM listed) l ON l.key = s.key
    LEFT JOIN known k ON k.key = s.key
    GROUP BY s.part ORDER BY s.part"""

_REMEMBERED = """
    CREATE OR REPLACE TEMP TABLE lost AS
    WITH stood AS ({stood}), listed AS ({listed}),
    known AS (SELECT key, min(since) AS since FROM ({absent}) WHERE dataset = $d GROUP BY key)
    SELECT $d AS dataset, s.part, s.key, coalesce(k.since, $at) AS since
    FROM stood s ANTI JOIN listed l USING (key) LEFT JOIN known k ON k.key = s.key
    WHERE s.part = $p"""


class LostRows:
    """The rows of a staging, set beside those of the current generation, attached as `old`."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Compare the staging on `con`; without a generation nothing stands."""
        self._con = con
        self._tables = tables_of(con, "old")

    def losses(self, dataset: Dataset, at: datetime) -> list[Loss]:
        """Return the parts that came whole, with what they no longer list; `at` is when they were
        fetched, in UTC.
        """
        create(self._con, dataset, f"new_{dataset.name}", extra="part VARCHAR")
        if not self.stands(dataset):
            return []
        return self._losses(dataset, self._comparison(_LOSSES, dataset), at)

    def group_losses(self, dataset: Dataset, column: str, at: datetime) -> list[Loss]:
        """Return the same of a list that came in one part, for each value of a column."""
        return self._losses(dataset, self._comparison(_LOSSES, dataset, column), at)

    def unlisted_services(self, dataset: Dataset) -> list[tuple[str, date]]:
        """Return the services of a licence report that came whole without a row of them, each with
        the day of its newest snapshot, which stays.
        """
        if dataset not in LICENCES or not self.stands(dataset):
            return []
        return self._con.execute(
            f"""SELECT coalesce(name, code) AS told, max(day) FROM old.newest_{dataset.name}
            JOIN old.services ON code = service::VARCHAR
            WHERE EXISTS (FROM part WHERE dataset = $d AND part = '' AND done)
                AND code NOT IN (SELECT service FROM new_{dataset.name})
            GROUP BY told ORDER BY told""",
            {"d": dataset.name},
        ).fetchall()

    def _losses(self, dataset: Dataset, sql: str, at: datetime) -> list[Loss]:
        asked = {"d": dataset.name, "confirming": _plain(at - APART)}
        asked |= {"paged": dataset not in INSIGHTS}  # pieces of a file are no pages
        return [Loss(*row) for row in self._con.execute(sql, asked).fetchall()]

    def remember(self, dataset: Dataset, part: str, at: datetime) -> None:
        """Keep which standing rows a doubted part does not list; a row not listed before keeps the
        time of that fetch. What was kept of the part before goes.
        """
        said = {"d": dataset.name, "p": part, "at": _plain(at)}
        self._con.execute(self._comparison(_REMEMBERED, dataset), said)
        self._con.execute(
            "DELETE FROM absent WHERE dataset = $d AND part = $p",
            {"d": dataset.name, "p": part},
        )
        self._con.execute("INSERT INTO absent FROM lost")

    def stands(self, dataset: Dataset) -> bool:
        """Check whether rows of the dataset stand that a whole fetch can end; rows without a day
        that are added one by one never end.
        """
        added = dataset.memory is Memory.KEYED and not has(dataset, "day")
        if added or dataset.name not in self._tables:
            return False
        found = self._con.execute(
            f"SELECT EXISTS ({_standing_rows(dataset, every=True)})"
        ).fetchone()
        return found == (True,)

    def _comparison(self, sql: str, dataset: Dataset, column: str = "") -> str:
        """Return SQL that compares a dataset's parts, or the groups that a column names."""
        parts = _OF_GROUPS if column else _PARTS if is_by_part(dataset) else _ONE_PART
        absent = "FROM absent" + (" UNION ALL FROM old.absent" if "absent" in self._tables else "")
        return sql.format(
            stood=_standing_rows(dataset, column),
            listed=_listed_rows(dataset, column),
            parts=parts,
            absent=absent,
        )


def is_by_part(dataset: Dataset) -> bool:
    """Check whether a fetch names its parts as rows do; a report of Insights is one list."""
    return bool(dataset.part) and dataset not in INSIGHTS


def _plain(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def _standing_rows(dataset: Dataset, column: str = "", *, every: bool = False) -> str:
    """Return SQL for part and key of the rows that stand. Of snapshots these are each service's
    newest, of the month so far those of the month listed now, of Insights the months listed now;
    with `every` whatever is listed now.
    """
    where = "true"
    if dataset.memory is Memory.SPANS:
        where = "until IS NULL"
    elif dataset.month_to_date:
        month = "date_trunc('month', \"day\")"
        where = f"{month} IN (SELECT {month} FROM new_{dataset.name})"
    elif (scope := _scope(dataset)) and not every:
        where = f"{scope}::VARCHAR IN (SELECT {scope}::VARCHAR FROM new_{dataset.name})"
    newest = f" QUALIFY {_newest(dataset)}" if dataset.memory is Memory.KEYED else ""
    source = f"newest_{dataset.name}" if dataset in LICENCES else dataset.name
    return f"{_keys(dataset, f'old.{source}', where, column)}{newest}"


def _listed_rows(dataset: Dataset, column: str = "") -> str:
    where = f"part IN (SELECT part FROM part WHERE dataset = '{dataset.name}' AND done)"
    newest = f" QUALIFY {_newest(dataset)}" if dataset.memory is Memory.KEYED else ""
    return f"{_keys(dataset, f'new_{dataset.name}', where, column)}{newest}"


def _scope(dataset: Dataset) -> str:
    """Return the column whose values a list is about, empty if it is about everything."""
    if dataset in INSIGHTS:
        return in_sql(dataset.part[0])
    return '"service"' if dataset.memory is Memory.KEYED and has(dataset, "service") else ""


def _newest(dataset: Dataset) -> str:
    over = 'PARTITION BY "service"::VARCHAR' if has(dataset, "service") else ""
    return f'"day" = max("day") OVER ({over})'


def _keys(dataset: Dataset, source: str, where: str, column: str) -> str:
    part = part_of(dataset) if is_by_part(dataset) else "''"
    if column:
        part = f"{in_sql(column)}::VARCHAR"
    names = [name for name in key(dataset) if name != '"day"']
    if not names:
        names = [in_sql(name) for name in dataset.part]
        names.append(f"row_number() OVER (PARTITION BY {', '.join(names)})")
    hashed = ", ".join(f"{name}::VARCHAR" for name in names)
    return f"SELECT {part} AS part, hash({hashed}) AS key FROM {source} WHERE {where}"
