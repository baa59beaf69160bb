"""Partner Center's own list of subscriptions configured for a paid extension."""

from analytics.tables.columns import WITH_API, CellType, Column, Dataset, Memory

EXTENSION_LIST = Dataset(
    "extension_list",
    "Partner Center, subscriptions configured for extended service term",
    (
        Column("subscription", "Subscription ID", CellType.GUID, "the subscription", key=True),
        Column("ends", "End date", CellType.DATE, "day its term ends"),
    ),
    Memory.SPANS,
    programs=frozenset(),
    downloads=WITH_API,
    seen_live=False,
)
"""No API gives it: it is downloaded by hand. It names no customers; `seatwise check` alone reads
it, and sets it against what subscriptions tell.
"""
