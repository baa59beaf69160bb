"""Cutting of a large table into pieces that are processed one by one, in bounded memory."""

from collections.abc import Iterator

from analytics.tables import Dataset
from analytics.warehouse.schema import in_sql, key

ROWS_AT_ONCE = 1_000_000
"""Rows sorted at once: more would need more memory, or the disk."""


def pieces(dataset: Dataset, rows: int) -> Iterator[str]:
    """Yield SQL conditions that cut `rows` rows into pieces of customers, by the ids' first digits.

    Ids are GUIDs, so the pieces are of similar size; a customer is never in two. A dataset whose
    key has no customer is one piece.
    """
    count = min(rows // ROWS_AT_ONCE + 1, 0x1000) if in_sql("tenant") in key(dataset) else 1
    if count == 1:
        yield "true"
        return
    bounds = [f"{0x10000 * at // count:04x}" for at in range(1, count)]
    for low, high in zip(["", *bounds], [*bounds, "g"], strict=True):
        yield f"tenant >= '{low}' AND tenant < '{high}'"
