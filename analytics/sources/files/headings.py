"""Recognition of a file's dataset and of its columns' positions, by the headings alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.sources.files.bad_file import BadFile, cell_excerpt
from analytics.sources.files.portal import HEADINGS, IMPORTED, needed_columns
from analytics.tables import EXTENSION_LIST, LICENCES, CellType, Column, Dataset

Where = tuple[int | None, ...]
"""For each column of the dataset its position among the headings; None if it is absent."""

_PERCENTS = frozenset(
    {
        "deploymentpercent",
        "prorateddeploymentpercent",
        "proratedlicensesusagepercent",
        "usagepercent",
    }
)
"""Headings of the superseded reports; the reports that we read do not have them."""


def plain(heading: str) -> str:
    """Return a heading without case, blanks, underscores and hyphens.

    >>> plain("Customer_Tenant ID")
    'customertenantid'
    """
    return re.sub(r"[\s_\-]+", "", heading.replace("’", "'")).casefold()


def _names(dataset: Dataset, column: Column) -> tuple[str, ...]:
    more = HEADINGS.get((dataset.name, column.name), ())
    return tuple(plain(name) for name in (column.field, *column.aliases, *more))


_NAMES = {
    dataset.name: {
        column.name: () if column.form else _names(dataset, column) for column in dataset.columns
    }
    for dataset in (*IMPORTED, EXTENSION_LIST)
}
"""Names in plain form by dataset and column; none for columns that files do not tell."""
_ALL = {name: frozenset[str]().union(*columns.values()) for name, columns in _NAMES.items()}
_FEWEST = 2
"""Fewest known headings of a dataset table; "id" or "status" alone may be of any table."""

KNOWN = frozenset[str]().union(*_ALL.values())
"""Every heading that a dataset uses, in plain form."""
_TWICE = frozenset[str]().union(*(_ALL[dataset.name] for dataset in IMPORTED))
"""Headings that no file may have twice, whatever it is."""


@dataclass(frozen=True, slots=True)
class FileLayout:
    """The dataset of a file or item, and the position of each of its columns."""

    dataset: Dataset
    where: Where

    @property
    def missing_columns(self) -> tuple[Column, ...]:
        """The dataset's columns that the file lacks."""
        pairs = zip(self.dataset.columns, self.where, strict=True)
        return tuple(column for column, at in pairs if at is None)


def is_heading_row(headings: Sequence[str]) -> bool:
    """Check whether these may be headings of one of our datasets."""
    names = frozenset(map(plain, headings))
    return max(len(names & ours) for ours in _ALL.values()) >= _FEWEST


def place(
    file: str, row: int, headings: Sequence[str], dataset: Dataset | None = None
) -> FileLayout:
    """Find the columns' positions. Raises BadFile if the headings fit no dataset, fit two, or lack
    some.

    With `dataset`, only the columns of that one are looked for. Absent texts of the licence reports
    (a name, the channel) are left to the caller: JSON may leave out an empty text.
    """
    names = [plain(heading) for heading in headings]
    if not dataset and not is_heading_row(headings):
        raise BadFile("import-not-a-table", file, row=row, found=cell_excerpt(" ".join(headings)))
    _refuse_doubles(file, row, names, _ALL[dataset.name] if dataset else _TWICE)
    whose = dataset or _dataset(file, names)
    if whose is EXTENSION_LIST:
        _refuse_two_ends(file, row, headings)
    found = FileLayout(whose, tuple(_position(whose, column, names) for column in whose.columns))
    lacks = [
        each
        for each in found.missing_columns
        if each in needed_columns(whose) and _strictly(whose, each)
    ]
    if lacks and dataset and _fitting_datasets(names):
        raise BadFile("import-both", file)
    if lacks:
        raise _missing_column(file, row, lacks[-1].field, names)
    return found


def _strictly(dataset: Dataset, column: Column) -> bool:
    return dataset not in LICENCES or column.kind is not CellType.TEXT


def _dataset(file: str, names: list[str]) -> Dataset:
    """Return the dataset that knows most headings, preferably one that lacks no needed column."""
    _refuse_both_licences(file, names)
    fitting = _fitting_datasets(names)
    best = max(fitting or IMPORTED, key=lambda each: len(_ALL[each.name].intersection(names)))
    for other in fitting:
        theirs = {
            name for column in needed_columns(other) for name in _NAMES[other.name][column.name]
        }
        if other is not best and theirs.intersection(names) - _ALL[best.name]:
            raise BadFile("import-both", file)
    return best


def _refuse_both_licences(file: str, names: list[str]) -> None:
    shared = frozenset[str].intersection(*(_ALL[each.name] for each in LICENCES))
    if all((_ALL[each.name] - shared).intersection(names) for each in LICENCES):
        raise BadFile("import-both", file)


def _fitting_datasets(names: list[str]) -> list[Dataset]:
    return [
        dataset
        for dataset in IMPORTED
        if all(
            not set(_NAMES[dataset.name][column.name]).isdisjoint(names)
            for column in needed_columns(dataset)
        )
    ]


def _refuse_doubles(file: str, row: int, names: list[str], ours: frozenset[str]) -> None:
    if len(set(names)) == len(names):
        return
    for name in names:
        if name in ours and names.count(name) > 1:
            raise BadFile("import-double-column", file, row=row, column=cell_excerpt(name))


def _refuse_two_ends(file: str, row: int, headings: Sequence[str]) -> None:
    """Refuse a list of extensions with two columns that may both be the end of the term."""
    ends = [each for each in headings if plain(each) in _NAMES[EXTENSION_LIST.name]["ends"]]
    if len(ends) > 1:
        column, found = map(cell_excerpt, ends[:2])
        raise BadFile("import-two-columns", file, row=row, column=column, found=found)


def _position(dataset: Dataset, column: Column, names: list[str]) -> int | None:
    known = _NAMES[dataset.name][column.name]
    return next((names.index(name) for name in known if name in names), None)


def _missing_column(file: str, row: int, field: str, names: list[str]) -> BadFile:
    if not _PERCENTS.isdisjoint(names):
        return BadFile("import-old-endpoint", file)
    return BadFile("import-missing-column", file, row=row, column=field)
