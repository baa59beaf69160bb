"""Lists that would end many rows at once: more often half a download than a true loss."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from analytics.sources.files.duplicates import part_of
from analytics.sources.files.page_lists import ListPage
from analytics.tables import Dataset, Row

_MOST_ENDED = 3
"""One row of so many may end without a question."""
_FEW = 12
"""A list of fewer rows is believed if it announces its own total: two of four may well leave."""


@dataclass(frozen=True, slots=True)
class Shorter:
    """A list that ends more than a third of its rows."""

    listed: int
    """Count of the rows that stood and are still listed."""
    stood: int
    """Count of the rows that stood in the parts that the list holds."""


def shorter(
    dataset: Dataset, rows: Sequence[Row], pages: Iterable[ListPage], stood: Set[Row]
) -> Shorter | None:
    """Return how much shorter a list is than what stood; None if no more than a third would end, or
    if it had few rows and announced a total, all of which came.

    `stood` are the keys of the rows that have not ended, of every part.
    """
    before, listed = keys_before(dataset, rows, stood), listed_keys(dataset, rows)
    still = len(before & listed)
    if (len(before) - still) * _MOST_ENDED <= len(before):
        return None
    if len(before) < _FEW and any(page.total is not None for page in pages):
        return None
    return Shorter(still, len(before))


def listed_keys(dataset: Dataset, rows: Iterable[Row]) -> Set[Row]:
    """Return the keys of the rows that a list holds."""
    keys = dataset.key
    return {tuple(row[at] for at in keys) for row in rows}


def keys_before(dataset: Dataset, rows: Iterable[Row], stood: Set[Row]) -> Set[Row]:
    """Return the keys that stood in the parts that a list holds; those it does not list end."""
    parts = set(map(part_of(dataset), rows))
    return {key for key in stood if _part_of_key(dataset, key) in parts}


def _part_of_key(dataset: Dataset, key: Row) -> Row:
    """Return the part of a row by its key, which holds the part's columns."""
    at = {position: index for index, position in enumerate(dataset.key)}
    return tuple(key[at[dataset.at(name)]] for name in dataset.part)
