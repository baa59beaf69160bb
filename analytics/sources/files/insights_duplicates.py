"""Rows of Insights that several locations of a partner claim: kept once, as the source marks."""

from collections.abc import Sequence

from analytics.tables import Dataset, Row

_FLAGS = ("duplicate", "location_duplicate")


def duplicates(dataset: Dataset, rows: Sequence[Row]) -> tuple[int, ...]:
    """Indices of rows that another location's row repeats, in the global account or in itself."""
    names = {column.name for column in dataset.columns}
    flags = [dataset.at(name) for name in _FLAGS if name in names]
    if not flags:
        return ()
    return tuple(at for at, row in enumerate(rows) if any(row[flag] for flag in flags))
