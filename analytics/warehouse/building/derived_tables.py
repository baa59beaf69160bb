"""Tables worked out once a generation, for answers that would read whole datasets each time."""

import duckdb

from analytics.warehouse.building.activity_edges import EDGES, write_edges
from analytics.warehouse.building.customer_spells import SPELL_TABLES, write_spells
from analytics.warehouse.building.insights_runs import RUNS, write_runs
from analytics.warehouse.building.monthly_snapshots import MONTHLY, write_monthly
from analytics.warehouse.building.renewal_terms import TERMS, write_terms
from analytics.warehouse.building.spare_seats import SPARE, write_spare
from analytics.warehouse.building.subscription_lines import LINES, write_lines

DERIVED = frozenset({EDGES, LINES, RUNS, SPARE, TERMS, *MONTHLY, *SPELL_TABLES})
"""Their names. Nothing of them is copied where rows must be gone: they are written anew."""


def write_derived(into: duckdb.DuckDBPyConnection) -> None:
    """Write them all; the datasets, `snapshots`, `parts` and `marks` must exist."""
    write_lines(into)
    write_spells(into)
    write_runs(into)
    write_edges(into)
    write_monthly(into)
    write_spare(into)
    write_terms(into)
