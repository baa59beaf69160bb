"""Steps in the seats that the partner sold, and those that stand: worked out once a generation."""

from collections.abc import Collection

import duckdb

from analytics.tables import AUDIT, CUSTOMERS, SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS
from analytics.tables.activity import UNFINISHED
from analytics.tables.subscription_words import STATE_WORDS
from analytics.warehouse.building.activity_edges import ONCE
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.schema import empty_rows
from analytics.warehouse.seat_spans import LOGGED_BEFORE, SEAT_SPANS, SEAT_STEPS

STEPS, STANDING_SEATS = "kept_seat_steps", "standing_seats"
"""Tables with the rows of `{seat_steps}`, and with the seats of each customer and product."""

SEAT_TABLES = frozenset({STEPS, STANDING_SEATS})

_STANDING = """
    SELECT tenant, product, sum(seats)::BIGINT AS seats,
        coalesce(sum(quantity) FILTER (stands AND trial), 0)::BIGINT AS trials,
        count(*) FILTER (stands AND NOT trial AND quantity IS NULL AND seats = 0) AS unknown
    FROM {seat_spans} WHERE until IS NULL GROUP BY tenant, product ORDER BY tenant, product"""


def counting_words() -> dict[str, list[str]]:
    """Return the words of a status whose subscription counts, as parameters of `{seat_spans}`."""
    words = {name: [*its["active"], *its["suspended"]] for name, its in STATE_WORDS.items()}
    return {"list_words": words[SUBSCRIPTIONS.name], "words": words[SUBSCRIPTION_INSIGHTS.name]}


def write_seats(into: duckdb.DuckDBPyConnection) -> None:
    """Write both tables, where a source of subscriptions ever came. Steps are those after the first
    load of all sources.
    """
    tables = tables_of(into)
    loads = [each.name for each in (SUBSCRIPTIONS, SUBSCRIPTION_INSIGHTS) if each.name in tables]
    if not loads:
        return
    days = [into.execute(f"SELECT min(since) FROM {each}").fetchone() for each in loads]
    known = max((row[0] for row in days if row and row[0]), default=None)
    spans = f"({SEAT_SPANS})"
    values: dict[str, object] = {"tenant": None, **counting_words()}
    _write(into, STANDING_SEATS, _STANDING.replace("{seat_spans}", spans), tables, values)
    steps = f"{SEAT_STEPS} ORDER BY tenant, found"
    steps = steps.replace("{seat_spans}", spans)
    steps = steps.replace("$known", f"DATE '{known}'" if known else "NULL::DATE")
    values |= {"unfinished": [*UNFINISHED], "logged": LOGGED_BEFORE}
    _write(into, STEPS, steps, tables, values)


def _write(
    into: duckdb.DuckDBPyConnection,
    table: str,
    sql: str,
    tables: Collection[str],
    values: dict[str, object],
) -> None:
    sources = {
        each.name: each.name if each.name in tables else empty_rows(each)
        for each in (CUSTOMERS, SUBSCRIPTIONS, SUBSCRIPTION_INSIGHTS)
    }
    newest = f"(FROM {sources[SUBSCRIPTION_INSIGHTS.name]} WHERE until IS NULL)"
    sources |= {
        f"newest_{SUBSCRIPTION_INSIGHTS.name}": newest,
        AUDIT.name: ONCE if AUDIT.name in tables else empty_rows(AUDIT),
    }
    for name, source in sources.items():
        sql = sql.replace("{" + name + "}", source)
    into.execute(f"CREATE TABLE {table} AS {sql}", values)
