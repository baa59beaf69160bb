"""What the current generation has standing, for a sync to decide whom to ask again."""

from datetime import date

import duckdb

from analytics.rules import dated_rule
from analytics.tables import CUSTOMERS, SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS, Dataset
from analytics.tables.later_fields import FORM
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.schema import part_of

_WINDOW = dated_rule("cancellation-window").numbers["days"]
"""Days in which a subscription can be cancelled after its purchase or renewal."""

_DUE = """
    SELECT DISTINCT tenant FROM (
        FROM old.subscriptions UNION ALL BY NAME
        SELECT NULL::DATE AS end_action_on, NULL::TIMESTAMP AS refundable_until WHERE false)
    WHERE until IS NULL AND (
        ends BETWEEN $today::DATE - ($window + 2) AND $today::DATE + $close
        OR end_action_on BETWEEN $today::DATE - ($window + 2) AND $today::DATE + $close
        OR created >= $today::DATE - ($window + 1)
        OR refundable_until >= $today::DATE - 1)"""
"""Ends of terms and what is scheduled for them; windows from a purchase or renewal, and those
of seats added later, until a day after they close. An earlier version kept none of the latter.
"""

_CLOSE = 8
"""Days before an end from which on it is asked for daily: a deadline of the last seven days, which
may come a day before the end, is not trusted to older facts (handlers.output.renewals.unseen).
"""

_UNASKED = f"""
    SELECT tenant, min(ends) AS first_end FROM (
        FROM old.subscriptions UNION ALL BY NAME SELECT NULL::BIGINT AS form WHERE false)
    WHERE until IS NULL AND coalesce(form, 0) < {FORM}
        AND ends BETWEEN $today::DATE - ($window + 2) AND $today::DATE + $near
    GROUP BY tenant ORDER BY first_end, tenant"""
"""Rows that do not tell what is scheduled for their end: of a form before the columns were kept, or
one that could not be read.
"""

_NEAR = 30
"""Days before the end in which a row that was not asked for its later fields is asked for at once;
all customers are asked once a week.
"""

_TOLD = (
    "tenant, subscription, status, quantity, auto_renew, ends, state_ends, renewed, deprovisioned"
)
"""Columns of a subscription in Insights that tell that it changed."""

_CHANGED = f"""
    WITH stands AS (SELECT {_TOLD} FROM old.subscription_insights WHERE until IS NULL),
    lists AS (SELECT {_TOLD} FROM new_subscription_insights WHERE part IN (
        SELECT part FROM part WHERE dataset = 'subscription_insights' AND done))
    SELECT DISTINCT tenant FROM (
        (FROM lists EXCEPT FROM stands) UNION ALL (FROM stands EXCEPT FROM lists))
    WHERE EXISTS (FROM stands) AND EXISTS (FROM lists)"""


class StandingRows:
    """The rows that stand in the generation attached as `old`; without one nothing stands."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Read over the connection of a staging, which the rows are compared with."""
        self._con = con
        self._tables = tables_of(con, "old")

    def customers(self) -> list[str]:
        """Return the tenants on the customer list."""
        return self._texts(CUSTOMERS, "SELECT tenant FROM old.customer_list WHERE until IS NULL")

    def parts(self, dataset: Dataset) -> list[str]:
        """Return the parts of a dataset remembered in spans that have rows standing."""
        sql = f"SELECT DISTINCT {part_of(dataset)} FROM old.{dataset.name} WHERE until IS NULL"
        return self._texts(dataset, sql)

    def due_tenants(self, today: date) -> list[str]:
        """Return customers with a subscription whose end or purchase is a few days away, or of
        which seats may be given back: no activity tells of a renewal or of a window that closes.
        """
        return self._texts(SUBSCRIPTIONS, _DUE, today=today, window=_WINDOW, close=_CLOSE)

    def unasked_tenants(self, today: date) -> list[str]:
        """Return customers with a subscription that ends within 30 days, and of which it is not
        known what is scheduled: the nearest end first.
        """
        if SUBSCRIPTIONS.name not in self._tables:
            return []
        values = {"today": today, "window": _WINDOW, "near": _NEAR}
        return [tenant for tenant, _ in self._con.execute(_UNASKED, values).fetchall()]

    def changed_tenants(self) -> list[str]:
        """Return customers of whom the staged subscription insights tell another thing than those
        that stand; empty if either is unknown.
        """
        staged = tables_of(self._con)
        if f"new_{SUBSCRIPTION_INSIGHTS.name}" not in staged:
            return []
        return self._texts(SUBSCRIPTION_INSIGHTS, _CHANGED)

    def _texts(self, dataset: Dataset, sql: str, **values: date | int) -> list[str]:
        if dataset.name not in self._tables:
            return []
        return sorted(text for (text,) in self._con.execute(sql, values).fetchall())
