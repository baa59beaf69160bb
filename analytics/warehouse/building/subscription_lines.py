"""Subscriptions as they stand, one line each: two sources laid together once a generation."""

from collections.abc import Collection
from datetime import date

import duckdb

from analytics.tables import CUSTOMERS, SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS
from analytics.tables.subscription_words import STATE_WORDS
from analytics.warehouse.fetched_parts import read_marks, tables_of
from analytics.warehouse.schema import empty_rows

LINES = "subscription_lines"

_SQL = """
    SELECT *, told_state IN ('active', 'suspended') AND NOT customer_left AS standing,
        told_state = 'ended' OR told_state <> 'other' AND NOT customer_left AS counts,
        CASE WHEN customer_left AND told_state <> 'ended' THEN 'left' ELSE told_state END AS state,
        CASE WHEN written_end <= i_day + INTERVAL 40 YEAR THEN written_end END AS ends,
        CASE WHEN told_state = 'suspended' AND NOT customer_left THEN left_active END
            AS suspended_on,
        CASE WHEN told_state = 'ended' THEN coalesce(deprovisioned, left_standing) END AS ended_on
    FROM (
        SELECT *,
            CASE WHEN by_list THEN s_state ELSE i_state END AS told_state,
            coalesce(i_state <> s_state AND i_state <> 'other' AND s_state <> 'other', false)
                AS disputed,
            CASE WHEN by_usage THEN NULL WHEN by_list THEN coalesce(s_quantity, i_quantity)
                ELSE coalesce(i_quantity, s_quantity) END AS quantity,
            CASE WHEN by_list THEN coalesce(s_ends, i_ends) ELSE coalesce(i_ends, s_ends) END
                AS written_end,
            CASE WHEN by_list THEN coalesce(s_renews, i_renews)
                ELSE coalesce(i_renews, s_renews) END AS renews,
            CASE WHEN by_list THEN coalesce(s_left_active, i_left_active)
                ELSE coalesce(i_left_active, s_left_active) END AS left_active,
            CASE WHEN by_list THEN coalesce(s_left_standing, i_left_standing)
                ELSE coalesce(i_left_standing, s_left_standing) END AS left_standing
        FROM (
            SELECT i.tenant, i.subscription, i.status AS word,
                coalesce({insights_day}, i.since) AS i_day, i.state AS i_state,
                s.state AS s_state,
                coalesce(s.state <> 'other' AND coalesce(f.day, {list_day}, s.since)
                    >= coalesce({insights_day}, i.since), false) AS by_list,
                coalesce(nullif(s.product_name, ''), i.product_name) AS product,
                upper(i.product_name) AS product_key,
                coalesce(nullif(s.nickname, ''), i.nickname) AS nickname,
                coalesce(lower(i.subscription_type) = 'azure', false)
                    OR coalesce(lower(s.billing) = 'usage', false) AS by_usage,
                i.quantity AS i_quantity,
                CASE WHEN lower(s.billing) = 'license' THEN s.quantity END AS s_quantity,
                i.ends AS i_ends, s.ends AS s_ends, coalesce(i.created, s.created) AS created,
                coalesce(s.trial, i.trial_ends IS NOT NULL AND i.converted IS NULL) AS trial,
                i.trial_ends, i.converted, i.renewed, i.deprovisioned,
                s.auto_renew AS s_renews, i.auto_renew AS i_renews,
                coalesce(s.term, '') AS term,
                lower(coalesce(nullif(s.billing_cycle, ''), i.billing_cycle, '')) AS billing_cycle,
                s.cancellable_until::DATE AS cancellable_until,
                NOT contains(s.offer, ':') AS legacy,
                coalesce({parent}, '') <> '' AS addon,
                i_edge.left_active AS i_left_active, i_edge.left_standing AS i_left_standing,
                s_edge.left_active AS s_left_active, s_edge.left_standing AS s_left_standing,
                s.tenant IS NOT NULL AS on_list, gone.tenant IS NOT NULL AS customer_left
            FROM (
                SELECT *, CASE WHEN list_contains({i_active}, status) THEN 'active'
                    WHEN list_contains({i_suspended}, status) THEN 'suspended'
                    WHEN list_contains({i_ended}, status) THEN 'ended' ELSE 'other' END AS state
                FROM {subscription_insights} WHERE until IS NULL) i
            LEFT JOIN (
                SELECT *, CASE WHEN list_contains({s_active}, status) THEN 'active'
                    WHEN list_contains({s_suspended}, status) THEN 'suspended'
                    WHEN list_contains({s_ended}, status) THEN 'ended' ELSE 'other' END AS state
                FROM {subscriptions} WHERE until IS NULL) s
                ON s.tenant = i.tenant AND s.subscription = i.subscription
            LEFT JOIN {asked} f ON f.tenant = i.tenant
            LEFT JOIN (
                SELECT tenant FROM {customer_list}
                GROUP BY tenant HAVING bool_and(until IS NOT NULL)) gone ON gone.tenant = i.tenant
            LEFT JOIN (
                SELECT tenant, subscription,
                    max(until) FILTER (WHERE list_contains({i_active}, status)) AS left_active,
                    max(until) FILTER (WHERE NOT list_contains({i_ended}, status)) AS left_standing
                FROM {subscription_insights} WHERE until IS NOT NULL
                GROUP BY tenant, subscription) i_edge
                ON i_edge.tenant = i.tenant AND i_edge.subscription = i.subscription
            LEFT JOIN (
                SELECT tenant, subscription,
                    max(until) FILTER (WHERE list_contains({s_active}, status)) AS left_active,
                    max(until) FILTER (WHERE NOT list_contains({s_ended}, status)) AS left_standing
                FROM {subscriptions} WHERE until IS NOT NULL
                GROUP BY tenant, subscription) s_edge
                ON s_edge.tenant = i.tenant AND s_edge.subscription = i.subscription))"""

_ASKED = f"SELECT part AS tenant, day FROM parts WHERE dataset = '{SUBSCRIPTIONS.name}'"
_NEVER_ASKED = "SELECT NULL::VARCHAR AS tenant, NULL::DATE AS day WHERE false"


def lines_sql(
    tables: Collection[str],
    insights_day: date | None = None,
    list_day: date | None = None,
    *,
    has_parents: bool = False,
) -> str:
    """Return SQL for the lines of subscription analytics, each with the columns of the customer's
    own list; `tables` are those that the generation has, the days those of the last whole fetch of
    analytics and lists. Generations of earlier versions have no column of parents.

    Of its state the source that was fetched later tells, the list where both are of one day: it is
    asked for itself, the analytics are worked out before. `counts` is true of what is active,
    suspended or ended. `state` is active, suspended, ended, other (a word that means none of them)
    or left (it stands in the analytics alone, and its customer has left the partner's list).
    `suspended_on` and `ended_on` are days on which the state before was first missed: what was
    never seen active has none, so that a first load dates nothing. An end more than 40 years ahead
    is none: the source writes a far day, often of the year 9999.
    """
    named = {
        each.name: each.name if each.name in tables else empty_rows(each)
        for each in (SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS, CUSTOMERS)
    }
    words = {
        f"{short}_{state}": str(list(its))
        for short, dataset in (("i", SUBSCRIPTION_INSIGHTS), ("s", SUBSCRIPTIONS))
        for state, its in STATE_WORDS[dataset.name].items()
    }
    days = {"insights_day": _in_sql(insights_day), "list_day": _in_sql(list_day)}
    parent = "s.parent" if has_parents else "NULL"
    return _SQL.format(**named, **words, **days, asked=f"({asked_sql(tables)})", parent=parent)


def asked_sql(tables: Collection[str]) -> str:
    """Return SQL for the day on which each customer's own list was last fetched whole; without a
    row for those whose last fetch failed, and for lists that were imported.
    """
    return _ASKED if "parts" in tables else _NEVER_ASKED


def write_lines(into: duckdb.DuckDBPyConnection) -> None:
    """Write the table of lines, where subscription analytics ever came; `marks` must exist."""
    tables = tables_of(into)
    if SUBSCRIPTION_INSIGHTS.name not in tables:
        return
    marks = read_marks(into, "marks") if "marks" in tables else {}
    days = [
        marks[each.name].as_of if each.name in marks else None
        for each in (SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS)
    ]
    own = into.execute("DESCRIBE subscriptions").fetchall() if SUBSCRIPTIONS.name in tables else []
    lines = lines_sql(tables, *days, has_parents=any(name == "parent" for name, *_ in own))
    into.execute(f"CREATE TABLE {LINES} AS {lines} ORDER BY tenant, subscription")


def _in_sql(day: date | None) -> str:
    return f"DATE '{day}'" if day else "NULL::DATE"
