"""Datasets that tell the same thing, set against one another: what cannot both be true, and which
rows say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from analytics.tables import (
    AUDIT,
    AZURE_CATEGORY_COSTS,
    AZURE_SPEND,
    AZURE_SUBSCRIPTION_COSTS,
    CUSTOMERS,
    DEPLOYMENT,
    DEPLOYMENT_TOTALS,
    SUBSCRIBED_SKUS,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    Dataset,
    Memory,
)
from analytics.tables.insights_sales import INSIGHTS_SEATS
from analytics.warehouse.building import agreement_queries as queries
from analytics.warehouse.building import azure_agreements as azure
from analytics.warehouse.erased_file import ERASED
from analytics.warehouse.fetched_parts import read_marks, tables_of
from analytics.warehouse.generations import Generations
from analytics.warehouse.marks import Mark
from analytics.warehouse.schema import quoted_path

NAMED_ROWS = 5
"""Maximum number of rows that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that two datasets both tell."""

    what: str
    """Id of the sentence that says what cannot both be true."""
    one: Dataset
    other: Dataset
    fault: bool = field(default=True, kw_only=True)
    """False if the sources may differ for reasons of their own: then it is a remark."""


@dataclass(frozen=True, slots=True)
class Pair(Compared):
    """The same, and the query that compares them."""

    sql: str
    needs: tuple[Dataset, ...] = ()
    """Those of the two in which a missing row counts, so that they must have come whole once."""
    also: tuple[Dataset, ...] = ()
    """Datasets that the query reads besides."""


PAIRS = (
    Pair(
        "check-customerless-subscriptions",
        SUBSCRIPTIONS,
        CUSTOMERS,
        queries.CUSTOMERLESS_SUBSCRIPTIONS,
        needs=(CUSTOMERS,),
    ),
    Pair(
        "check-customerless-products",
        SUBSCRIBED_SKUS,
        CUSTOMERS,
        queries.CUSTOMERLESS_PRODUCTS,
        needs=(CUSTOMERS,),
    ),
    Pair("check-other-state", SUBSCRIPTIONS, SUBSCRIPTION_INSIGHTS, queries.STATE),
    Pair("check-other-quantity", SUBSCRIPTIONS, SUBSCRIPTION_INSIGHTS, queries.QUANTITY),
    Pair("check-other-end", SUBSCRIPTIONS, SUBSCRIPTION_INSIGHTS, queries.END),
    Pair(
        "check-not-in-insights",
        SUBSCRIPTIONS,
        SUBSCRIPTION_INSIGHTS,
        queries.NOT_IN_INSIGHTS,
        needs=(SUBSCRIPTION_INSIGHTS,),
    ),
    Pair(
        "check-not-in-list",
        SUBSCRIPTIONS,
        SUBSCRIPTION_INSIGHTS,
        queries.NOT_IN_LIST,
        also=(CUSTOMERS,),
    ),
    Pair(
        "check-customerless-insights",
        SUBSCRIPTION_INSIGHTS,
        CUSTOMERS,
        queries.CUSTOMERLESS_INSIGHTS,
        needs=(CUSTOMERS,),
    ),
    Pair("check-changed-since", SUBSCRIPTIONS, AUDIT, queries.CHANGED_SINCE, also=(CUSTOMERS,)),
    Pair("check-other-total", DEPLOYMENT, DEPLOYMENT_TOTALS, queries.TOTALS),
    Pair("check-other-seats", DEPLOYMENT, SUBSCRIBED_SKUS, queries.SEATS, fault=False),
    Pair(
        "check-other-month-end",
        INSIGHTS_SEATS,
        SUBSCRIPTION_INSIGHTS,
        queries.MONTH_END,
        fault=False,
    ),
    Pair(
        "check-azure-categories",
        AZURE_SPEND,
        AZURE_CATEGORY_COSTS,
        azure.CATEGORIES,
        also=(SUBSCRIPTIONS,),
    ),
    Pair(
        "check-azure-subscriptions",
        AZURE_CATEGORY_COSTS,
        AZURE_SUBSCRIPTION_COSTS,
        azure.SUBSCRIPTIONS_OF_PLANS,
        fault=False,
    ),
)
"""Everything that two datasets both tell."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The result of one comparison of two datasets."""

    pair: Compared
    days: tuple[date, date]
    """Days as of which the two are told."""
    lacking: str = ""
    """The dataset that never came whole, so that nothing was compared; empty if it was."""
    same: int = 0
    """Number of rows in which both agree."""
    wrong: int = 0
    """Number of rows that cannot be true in both."""
    late: int = 0
    """Number of rows whose difference a change of the last days explains."""
    erased: int = 0
    """Number of rows that one dataset may tell lower since erased customers are left out of it."""
    rows: tuple[str, ...] = ()
    """Ids of the first rows that cannot be true in both: subscriptions, or customers and products.
    """


def agreements(folder: Path) -> tuple[Agreement, ...]:
    """Compare the datasets of the current generation; return nothing if there is none. Raises
    duckdb.Error, OSError or ValueError if it cannot be read.
    """
    current = Generations(folder).current()
    if current is None:
        return ()
    with duckdb.connect(config={"memory_limit": "300MB"}) as con:
        con.execute(f"ATTACH {quoted_path(current)} AS facts (READ_ONLY); USE facts")
        con.execute("SET enable_progress_bar = false")
        return generation_agreements(con)


def generation_agreements(con: duckdb.DuckDBPyConnection) -> tuple[Agreement, ...]:
    """Compare the datasets of an open generation: each pair of which both have rows."""
    tables = tables_of(con)
    if not {"parts", "marks"} <= tables:
        return ()
    marks = read_marks(con, "marks")
    named = {each.name: each for pair in PAIRS for each in (pair.one, pair.other)}
    days = {
        name: day
        for name, dataset in named.items()
        if name in tables and (day := _as_of(con, dataset, marks.get(name)))
    }
    beside = {
        "activity": AUDIT.name if AUDIT.name in tables else _NO_ACTIVITY,
        "erased": _erased_count_sql(con) if "meta" in tables else "0",
    }
    return tuple(
        _comparison(con, pair, (days[pair.one.name], days[pair.other.name]), marks, beside)
        for pair in PAIRS
        if {each.name for each in (pair.one, pair.other, *pair.also)} <= days.keys()
    )


def _erased_count_sql(con: duckdb.DuckDBPyConnection) -> str:
    """Return the number of erased customers as SQL; 0 for a generation of an earlier version."""
    row = con.execute("SELECT value FROM meta WHERE key = ?", [ERASED]).fetchone()
    return str(int(row[0])) if row else "0"


_NO_ACTIVITY = "(SELECT NULL::VARCHAR AS tenant, NULL::TIMESTAMP AS moment WHERE false)"
_NEWEST = {
    Memory.SPANS: "max(greatest(since, coalesce(until, since)))",
    Memory.KEYED: "max(day)",
    Memory.REPLACED: "last_day(max(month))",
}


def _as_of(con: duckdb.DuckDBPyConnection, dataset: Dataset, mark: Mark | None) -> date | None:
    """Return the day as of which a dataset is told: that of its last whole fetch, else of its
    newest row. None if it has neither.
    """
    if mark and mark.as_of:
        return mark.as_of
    newest = "max(moment)::DATE" if dataset is AUDIT else _NEWEST[dataset.memory]
    row = con.execute(f"SELECT {newest} FROM {dataset.name}").fetchone()
    return row[0] if row else None


def _comparison(
    con: duckdb.DuckDBPyConnection,
    pair: Pair,
    days: tuple[date, date],
    marks: Mapping[str, Mark],
    beside: Mapping[str, str],
) -> Agreement:
    for dataset in pair.needs:
        mark = marks.get(dataset.name)
        if mark and mark.reasons and not mark.as_of:
            return Agreement(pair, days, dataset.name)
    one, other = (f"DATE '{day}'" for day in days)
    sql = pair.sql.format(one=one, other=other, **beside)
    found = con.execute(f"""
        SELECT verdict, count(*), list(id ORDER BY id)[:{NAMED_ROWS}] FROM ({sql})
        GROUP BY verdict""").fetchall()
    counts = {verdict: count for verdict, count, _ in found}
    rows = {verdict: tuple(ids) for verdict, _, ids in found}
    return Agreement(
        pair,
        days,
        same=counts.get("agrees", 0),
        wrong=counts.get("wrong", 0),
        late=counts.get("late", 0),
        erased=counts.get("erased", 0),
        rows=rows.get("wrong", ()),
    )
