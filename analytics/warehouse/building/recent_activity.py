"""The newest records of the activity log once more, in the order of their moments: the log lies
customer by customer, so that some days of all customers are read from all of its records.
"""

from dataclasses import replace

import duckdb

from analytics.tables import AUDIT
from analytics.tables.columns import CellType, Column
from analytics.warehouse.building.activity_edges import ONCE
from analytics.warehouse.fetched_parts import tables_of

DAYS = 62
"""Days up to the newest record: the month so far and the one before are among them."""

EARLIER = Column(
    "earlier",
    "",
    CellType.MOMENT,
    "moment of the record before of the same request, if that is as new",
)
RECENT = replace(
    AUDIT,
    name="recent_activity",
    columns=(*(each for each in AUDIT.columns if not each.on_request), EARLIER),
)
"""Records without what is kept on request alone."""

_SQL = f"""
    SELECT {{columns}}, lag(moment) OVER (
            PARTITION BY tenant, coalesce(nullif(correlation, ''), event) ORDER BY moment, event)
            AS earlier
    FROM (SELECT * FROM {ONCE}
        WHERE moment >= (SELECT max(moment)::DATE - {DAYS} FROM {AUDIT.name}))
    ORDER BY moment"""


def write_recent(into: duckdb.DuckDBPyConnection) -> None:
    """Write the table of recent records, where activity ever came; `parts` must exist."""
    if AUDIT.name in tables_of(into):
        columns = ", ".join(f'"{each.name}"' for each in RECENT.columns if each is not EARLIER)
        into.execute(f"CREATE TABLE {RECENT.name} AS {_SQL.format(columns=columns)}")
