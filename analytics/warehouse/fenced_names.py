"""What may stand in braces in a question's SQL, and the tables or SQL that stand for it."""

from collections.abc import Callable, Collection, Iterator, Mapping

from analytics.tables import (
    AUDIT,
    DATASETS,
    LICENCES,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    Dataset,
    Memory,
)
from analytics.warehouse.azure_told import AZURE_VIEWS
from analytics.warehouse.building.activity_edges import EDGES, edges_sql, once_source
from analytics.warehouse.building.azure_tables import (
    CATEGORY_MONTHS,
    METER_MONTHS,
    MONTHS,
    SUBSCRIPTION_MONTHS,
    UNUSUAL,
)
from analytics.warehouse.building.customer_spells import PIECES, SPELLS, SUBSCRIBED, subscribed_sql
from analytics.warehouse.building.insights_runs import RUNS, runs_sql
from analytics.warehouse.building.monthly_snapshots import MONTHLY, STANDING_BY_MONTH
from analytics.warehouse.building.recent_activity import RECENT
from analytics.warehouse.building.renewal_terms import TERMS, TERMS_SQL
from analytics.warehouse.building.rollups import (
    NEWEST,
    PAIRS,
    STANDING,
    STANDING_BEFORE,
    STANDING_PAIRS,
)
from analytics.warehouse.building.seat_tables import STANDING_SEATS, STEPS
from analytics.warehouse.building.spare_seats import SPARE, SPARE_SQL
from analytics.warehouse.building.subscription_lines import LINES, asked_sql, lines_sql
from analytics.warehouse.renewal_rows import RENEWAL_DUE, RENEWAL_ROWS
from analytics.warehouse.schema import has
from analytics.warehouse.seat_spans import SEAT_SPANS, SEAT_STEPS

_STANDING = {"standing": f"({STANDING})", "standing_before": f"({STANDING_BEFORE})"}
"""Each customer's seats, product by product: in the newest whole snapshots, and in those of the eve
of the usual period.
"""

_ASKED = "fetched_subscriptions"
"""The day on which each customer's subscriptions were last fetched whole."""

BY_TENANT = (
    PAIRS,
    STANDING_BY_MONTH,
    *_STANDING,
    LINES,
    EDGES,
    SPELLS,
    PIECES,
    SUBSCRIBED,
    RUNS,
    STEPS,
    STANDING_SEATS,
    METER_MONTHS,
    UNUSUAL,
    SPARE,
    TERMS,
    _ASKED,
)
"""Rollups without columns of money or persons, each row of one customer."""

FETCHED = {
    "fetched_activity": f"""(
    SELECT TRY_CAST(part AS DATE) AS day FROM parts WHERE dataset = '{AUDIT.name}')"""
}
"""Days of the activity log that were fetched whole; they are about no customer."""

FIRST_LOADS = "first_loads"
"""The day on which each list of subscriptions was first loaded; it is about no customer."""

_WORKED_OUT = {
    **_STANDING,
    PAIRS: f"({STANDING_PAIRS})",
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


def first_loads_source(tables: Collection[str]) -> str:
    """Return SQL for the day on which each list of subscriptions was first loaded."""
    days = [
        f"SELECT '{each.name}' AS dataset, min(since) AS day FROM {each.name}"
        for each in (SUBSCRIPTIONS, SUBSCRIPTION_INSIGHTS)
        if each.name in tables
    ]
    return f"({' UNION ALL '.join(days) or 'SELECT NULL AS dataset, NULL::DATE AS day'})"


def rollup_source(source: str, tables: Collection[str]) -> str:
    """Return the table that is called so, or the SQL that stands for it in a generation without."""
    if source == AUDIT.name:
        return once_source(tables)
    if source in _OF_TABLES and source not in tables:
        return f"({_OF_TABLES[source](tables)})"
    return source if source in tables else _WORKED_OUT.get(source, source)


def _places() -> Iterator[tuple[str, Dataset, str]]:
    """Yield the names used in braces, the dataset of each, and the SQL source that replaces it."""
    for dataset in DATASETS:
        name = dataset.name
        yield name, dataset, name
        time = next((each for each in ("day", "month") if has(dataset, each)), None)
        if dataset in LICENCES:
            yield f"newest_{name}", dataset, f"newest_{name}"
            yield f"monthly_{name}", dataset, f"monthly_{name}"
        elif dataset.memory is Memory.SPANS:
            yield f"newest_{name}", dataset, f"(FROM {name} WHERE until IS NULL)"
        elif time:
            newest = f"(SELECT max({time}) FROM {name})"
            yield f"newest_{name}", dataset, f"(FROM {name} WHERE {time} = {newest})"
    for kept in (RECENT, MONTHS, CATEGORY_MONTHS, SUBSCRIPTION_MONTHS):
        yield kept.name, kept, kept.name


PLACES = tuple(_places())
FENCED = frozenset({*BY_TENANT, *FETCHED, FIRST_LOADS, *(name for name, _, _ in PLACES)})
"""Names that may stand in braces."""
