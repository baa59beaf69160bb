"""Insights rows that several locations of a partner report: one is kept, by the source's flags."""

from collections.abc import Sequence

from analytics.tables import Dataset, Row

_FLAGS = ("duplicate", "location_duplicate")


def duplicates(dataset: Dataset, rows: Sequence[Row]) -> tuple[int, ...]:
    """Return indices of rows flagged as repeats, in the global account or within a location."""
    names = {column.name for column in dataset.columns}
    flags = [dataset.at(name) for name in _FLAGS if name in names]
    if not flags:
        return ()
    return tuple(at for at, row in enumerate(rows) if any(row[flag] for flag in flags))
