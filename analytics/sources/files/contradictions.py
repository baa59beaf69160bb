"""Two rows of one file that tell different things of the same: no order says which is right."""

from collections.abc import Sequence
from operator import itemgetter

from analytics.sources.files.bad_file import BadFile, cell_excerpt
from analytics.tables import Dataset, Row

_NAMED = 4
"""Most differing columns named in the refusal."""


def contradiction(dataset: Dataset, rows: Sequence[Row]) -> tuple[int, int] | None:
    """Return the indices of the first two rows that have one key and differ; None if none do. Rows
    without a key never contradict: two equal ones are two facts.
    """
    if not dataset.key:
        return None
    keys = list(map(itemgetter(*dataset.key), rows))
    if len(set(keys)) == len(keys):
        return None
    first: dict[object, int] = {}
    for at, key in enumerate(keys):
        before = first.setdefault(key, at)
        if rows[before] != rows[at]:
            return before, at
    return None


def contradiction_refusal(
    file: str, dataset: Dataset, one: tuple[int, Row], other: tuple[int | str, Row]
) -> BadFile:
    """Return the refusal of two numbered rows; `found` has the two values of differing columns."""
    triples = zip(dataset.columns, one[1], other[1], strict=True)
    differ = [
        f"{column.field} {cell_excerpt(a)} / {cell_excerpt(b)}"
        for column, a, b in triples
        if a != b
    ]
    told = ", ".join(differ[:_NAMED]) + ("…" if len(differ) > _NAMED else "")
    return BadFile("import-contradiction", file, row=one[0], other=other[0], found=told)
