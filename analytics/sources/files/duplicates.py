"""Choice of the rows to keep where a key comes twice, within a file and over several files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from analytics.tables import AUDIT, CellType, Dataset, Row

_FLAGS = ("duplicate", "location_duplicate")
"""Columns by which Insights flags a row that another location of the partner reports too."""


_WHERE = frozenset(
    ("global_account", "location_id", "partner_name", "location", "attribution", "hierarchy")
) | {"association", "admin_type"}
"""Columns that say which location reports a row, and why."""
_FIGURES = (CellType.COUNT, CellType.NUMBER, CellType.FLAG)


@dataclass(frozen=True, slots=True)
class Settled:
    """Indices of rows: those kept, in the order their keys first came, and those dropped."""

    kept: Sequence[int]
    repeated: Sequence[int] = ()
    replaced: Sequence[int] = ()

    @property
    def reasons(self) -> dict[str, Sequence[int]]:
        """The dropped rows by reason."""
        return {"repeated": self.repeated, "replaced": self.replaced}


def settle(dataset: Dataset, rows: Sequence[Row]) -> Settled:
    """Keep the last row of each key. Without a key keep all rows: two equal rows are two facts."""
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
    """Settle the rows of all files, one file after another. Where rows have no key, a part (such as
    one month of a customer) that two files hold is taken from the later file: both would count
    twice.
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
    """Return a function that gives a row's part: its values in the dataset's part columns, () if it
    has none. The part of an activity record is the day of its moment.
    """
    if dataset is AUDIT:
        return lambda row: (str(row[0])[:10],)
    positions = tuple(map(dataset.at, dataset.part))
    return lambda row: tuple(row[at] for at in positions)


def flag_columns(dataset: Dataset) -> list[str]:
    """Return the columns that flag a row as a repeat; empty if the dataset has none."""
    names = {column.name for column in dataset.columns}
    return [name for name in _FLAGS if name in names]


def subject_columns(dataset: Dataset) -> list[str]:
    """Return the columns that say what a row is about; rows that are alike in them tell one thing,
    whichever location reports it.
    """
    return [
        column.name
        for column in dataset.columns
        if column.kind not in _FIGURES and column.name not in _WHERE
    ]


def location_duplicates(dataset: Dataset, rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the indices of rows that the source flags as repeats, in the global account or in a
    location.
    """
    flags = [dataset.at(name) for name in flag_columns(dataset)]
    if not flags:
        return ()
    return tuple(at for at, row in enumerate(rows) if any(row[flag] for flag in flags))


def repeated_elsewhere(dataset: Dataset, rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the indices of flagged rows whose like is in the file, unflagged or earlier. The flag
    alone tells nothing: a download of one location lacks the row that is counted.
    """
    flagged = location_duplicates(dataset, rows)
    if not flagged:
        return ()
    subject = list(map(dataset.at, subject_columns(dataset)))
    marked = frozenset(flagged)
    counted = {tuple(row[at] for at in subject) for at, row in enumerate(rows) if at not in marked}
    twice = []
    for at in flagged:
        like = tuple(rows[at][place] for place in subject)
        if like in counted:
            twice.append(at)
        counted.add(like)
    return tuple(twice)
