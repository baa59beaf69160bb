"""Which rows are kept where a thing is told twice: in a file, and over files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from analytics.tables import AUDIT, Dataset, Row


@dataclass(frozen=True, slots=True)
class Settled:
    """Indices of rows: those kept, in the order their keys came, and those that gave way."""

    kept: Sequence[int]
    repeated: Sequence[int] = ()
    replaced: Sequence[int] = ()

    @property
    def reasons(self) -> dict[str, Sequence[int]]:
        """Those that gave way, by why."""
        return {"repeated": self.repeated, "replaced": self.replaced}


def settle(dataset: Dataset, rows: Sequence[Row]) -> Settled:
    """Of each key the last row. Rows without a key are all kept: two that look alike are two."""
    if not dataset.key:
        return Settled(range(len(rows)))
    keys = list(map(itemgetter(*dataset.key), rows))
    if len(set(keys)) == len(keys):
        return Settled(range(len(rows)))
    latest: dict[object, int] = {}
    repeated, replaced = [], []
    for at, key in enumerate(keys):
        before = latest.setdefault(key, at)
        if before == at:
            continue
        if rows[before] == rows[at]:
            repeated.append(at)
        else:
            replaced.append(before)
            latest[key] = at
    return Settled(tuple(latest.values()), repeated, replaced)


def settle_files(dataset: Dataset, files: Sequence[Sequence[Row]]) -> Settled:
    """Of all files' rows, one after another. Where rows have no key, a part (such as a month of a
    customer) that two files tell is the later file's: together they would count twice.
    """
    rows = [row for file in files for row in file]
    if dataset.key:
        return settle(dataset, rows)
    part = part_of(dataset)
    teller = {part(row): number for number, file in enumerate(files) for row in file}
    origin = [number for number, file in enumerate(files) for _ in file]
    kept = [at for at, row in enumerate(rows) if teller[part(row)] == origin[at]]
    gone = sorted(set(range(len(rows))).difference(kept))
    return Settled(kept, replaced=gone)


def part_of(dataset: Dataset) -> Callable[[Row], Row]:
    """Gives the part a row is of: its values of the dataset's part columns; none: all are one. A
    record's day is its moment's.
    """
    if dataset is AUDIT:
        return lambda row: (str(row[0])[:10],)
    positions = tuple(map(dataset.at, dataset.part))
    return lambda row: tuple(row[at] for at in positions)
