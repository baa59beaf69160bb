"""Days on which each customer counts, by either official definition: worked out once a generation
for the day of its first sync, and by questions for any other.
"""

from collections.abc import Collection
from datetime import date

import duckdb

from analytics.tables import CUSTOMERS, SUBSCRIPTION_INSIGHTS
from analytics.tables.subscription_words import STATE_WORDS
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.schema import empty_rows

SPELLS, PIECES, SUBSCRIBED = "customer_spells", "customer_pieces", "subscribed_customers"
"""Tables with a row for each spell of a customer by a definition; for each stretch of days that a
subscription makes its tenant one; and for each tenant with a subscription ever.
"""

SPELL_TABLES = frozenset({SPELLS, PIECES, SUBSCRIBED})

_ALL_PIECES = """
    SELECT tenant, subscription, product_name, quantity, first_created, lapsed,
        CASE WHEN NOT list_contains($counting, status) THEN created
            WHEN NOT opening THEN since
            WHEN NOT $observed THEN least(coalesce(created, starts,
                CASE WHEN since <= $known THEN DATE '0001-01-01' ELSE since END), since)
            WHEN since <= $known THEN $known
            WHEN created > $known THEN least(created, since)
            ELSE since END AS came,
        CASE WHEN NOT list_contains($counting, status) THEN deprovisioned
            ELSE least(until, off_list, DATE '9999-12-31',
                CASE WHEN list_contains($ended, next_status) THEN next_gone END) END AS went
    FROM (
        SELECT *, row_number() OVER spans = 1 AS opening,
            lead(status) OVER spans AS next_status, lead(deprovisioned) OVER spans AS next_gone,
            min(created) OVER theirs AS first_created,
            bool_or(deprovisioned IS NULL AND list_contains($ended, status)) OVER theirs AS lapsed
        FROM {subscription_insights}
        LEFT JOIN (
            SELECT tenant, max(until) AS off_list FROM {customer_list}
            GROUP BY tenant HAVING bool_and(until IS NOT NULL)) USING (tenant)
        WINDOW spans AS (PARTITION BY tenant, subscription ORDER BY since),
            theirs AS (PARTITION BY tenant))
    WHERE list_contains($counting, status)
        OR (NOT $observed AND opening AND list_contains($ended, status))"""

PIECES_SQL = f"SELECT * FROM ({_ALL_PIECES}) WHERE came < went"
"""A row for each stretch of days on which a subscription makes its tenant a customer: from `came`
to the day before `went`, which is at the latest the day on which the customer left the partner's
list. `$observed` leaves out what was told of days before the first sync, `$known`.
"""

_SPELLS_HEAD = """
    SELECT tenant, min(came) AS came, max(went) AS went,
        spell = 1 AND NOT coalesce(bool_or(lapsed), false)
            AND (NOT $observed OR coalesce(min(first_created) > $known, false)) AS is_new
    FROM (
        SELECT *, sum(apart) OVER (PARTITION BY tenant ORDER BY came, went) AS spell FROM (
            SELECT *, CASE WHEN came <= max(went) OVER (PARTITION BY tenant ORDER BY came, went
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                THEN 0 ELSE 1 END AS apart
            FROM ("""
_SPELLS_TAIL = "))) GROUP BY tenant, spell"

SPELLS_SQL = _SPELLS_HEAD + PIECES_SQL + _SPELLS_TAIL
"""A row for each spell: a stretch of days on which a tenant is a customer, from `came` to the day
before `went`. It `is_new` where the tenant never was one before; else it had ended, and returned.
"""

_SUBSCRIBED = """(
    SELECT tenant, min(since) AS first_seen, min(created) AS first_created, {known} AS known
    FROM {subscription_insights} GROUP BY tenant)"""


def subscribed_sql(tables: Collection[str]) -> str:
    """Return SQL for `subscribed_customers` in a generation without it, of which nothing was worked
    out for any `known` day; `tables` are those that it has.
    """
    return _SUBSCRIBED.format(known="NULL::DATE", **_sources(tables))


def write_spells(into: duckdb.DuckDBPyConnection) -> None:
    """Write the three tables, where subscription analytics ever came.

    `known`, the day of the first sync, is that of all customers together: a reader of those alone
    who came later has another.
    """
    tables = tables_of(into)
    if SUBSCRIPTION_INSIGHTS.name not in tables:
        return
    sources = _sources(tables)
    row = into.execute(f"SELECT min(since) FROM {SUBSCRIPTION_INSIGHTS.name}").fetchone()
    known: date | None = row[0] if row else None
    day = f"DATE '{known}'" if known else "NULL::DATE"
    subscribed = _SUBSCRIBED.format(known=day, **sources)
    into.execute(f"CREATE TABLE {SUBSCRIBED} AS FROM {subscribed} ORDER BY tenant")
    columns = "tenant, $observed AS observed, product_name, quantity, came, went"
    _write(into, PIECES, f"SELECT {columns} FROM ({PIECES_SQL.format(**sources)})", known)
    columns = "tenant, $observed AS observed, came, went, is_new"
    _write(into, SPELLS, f"SELECT {columns} FROM ({SPELLS_SQL.format(**sources)})", known)


def _write(into: duckdb.DuckDBPyConnection, table: str, sql: str, known: date | None) -> None:
    """Write a table by both definitions."""
    for observed in (False, True):
        target = f"CREATE TEMP TABLE {table}_{observed} AS"
        into.execute(f"{target} {sql}", definition_values(observed=observed, known=known))
    both = f"FROM {table}_False UNION ALL FROM {table}_True"
    into.execute(f"CREATE TABLE {table} AS FROM ({both}) ORDER BY tenant, observed, came, went")


def definition_values(*, observed: bool, known: date | None) -> dict[str, object]:
    """Return the parameters of the SQL: by the Insights workspace, of which nothing is `observed`
    before the first sync, an active subscription makes a customer; by the retired app a suspended
    one does too.
    """
    words = STATE_WORDS[SUBSCRIPTION_INSIGHTS.name]
    counting = [*words["active"], *(() if observed else words["suspended"])]
    ended = [*words["ended"]]
    return {"counting": counting, "ended": ended, "observed": observed, "known": known}


def _sources(tables: Collection[str]) -> dict[str, str]:
    """Return the tables that the SQL reads, or no row where the generation lacks them."""
    read = (SUBSCRIPTION_INSIGHTS, CUSTOMERS)
    return {each.name: each.name if each.name in tables else empty_rows(each) for each in read}
