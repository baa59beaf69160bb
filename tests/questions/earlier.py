"""The same facts in a generation as an earlier version wrote it: nothing is worked out in it."""

from dataclasses import replace

from analytics.warehouse.building.derived_tables import DERIVED
from analytics.warehouse.building.rollups import PAIRS
from analytics.warehouse.building.subscription_lines import LINES
from analytics.warehouse.facts import Facts
from analytics.warehouse.result_cache import ResultCache

UNKNOWN_BEFORE = (DERIVED | {PAIRS}) - {LINES}
"""The lines of subscriptions have tests of their own."""


def earlier(facts: Facts) -> Facts:
    """Facts that answer from the datasets themselves."""
    generation = facts.generation
    tables = generation.tables - UNKNOWN_BEFORE
    return replace(facts, generation=replace(generation, tables=tables, remembered=ResultCache()))
