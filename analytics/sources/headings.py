"""Which dataset a file holds and where its columns stand, told by the headings alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.sources.bad_file import BadFile, shown
from analytics.tables import DEPLOYMENT, LICENCES, Column, Dataset, Kind

Where = tuple[int | None, ...]
"""For each column of the dataset its position among the headings; None where it is absent."""

_PERCENTS = frozenset(
    {
        "deploymentpercent",
        "prorateddeploymentpercent",
        "proratedlicensesusagepercent",
        "usagepercent",
    }
)
"""What the superseded reports give, and the ones we read do not."""


def plain(heading: str) -> str:
    """A heading without case, blanks, underscores and hyphens.

    >>> plain("Customer_Tenant ID")
    'customertenantid'
    """
    return re.sub(r"[\s_\-]+", "", heading).casefold()


def _names(column: Column) -> tuple[str, ...]:
    return tuple(plain(name) for name in (column.field, *column.aliases))


def _all_names(dataset: Dataset) -> frozenset[str]:
    return frozenset(name for column in dataset.columns for name in _names(column))


KNOWN = frozenset[str]().union(*map(_all_names, LICENCES))
"""Every heading that means something to us, plain."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file's or an item's dataset, and where each of its columns stands."""

    dataset: Dataset
    where: Where

    @property
    def missing(self) -> tuple[Column, ...]:
        """The columns that are absent."""
        pairs = zip(self.dataset.columns, self.where, strict=True)
        return tuple(column for column, at in pairs if at is None)


def place(file: str, row: int, headings: Sequence[str]) -> Place:
    """Where the columns stand. BadFile when they are no dataset's, two datasets' or too few.

    Absent texts (a name, the channel) are left to the caller: in JSON an empty one may be left out.
    """
    names = [plain(heading) for heading in headings]
    if KNOWN.isdisjoint(names):
        raise BadFile("import-not-a-table", file, row=row, found=shown(" ".join(headings)))
    _refuse_doubles(file, row, names)
    dataset = _dataset(file, row, names)
    found = Place(dataset, tuple(_position(column, names) for column in dataset.columns))
    for column in found.missing:
        if column.kind is not Kind.TEXT:
            raise _missing(file, row, column.field, names)
    return found


def _dataset(file: str, row: int, names: list[str]) -> Dataset:
    shared = frozenset[str].intersection(*map(_all_names, LICENCES))
    hits = [each for each in LICENCES if (_all_names(each) - shared).intersection(names)]
    if len(hits) > 1:
        raise BadFile("import-both", file)
    if not hits:
        raise _missing(file, row, DEPLOYMENT.columns[-1].field, names)
    return hits[0]


def _refuse_doubles(file: str, row: int, names: list[str]) -> None:
    if len(set(names)) == len(names):
        return
    for name in names:
        if name in KNOWN and names.count(name) > 1:
            raise BadFile("import-double-column", file, row=row, column=shown(name))


def _position(column: Column, names: list[str]) -> int | None:
    return next((names.index(name) for name in _names(column) if name in names), None)


def _missing(file: str, row: int, field: str, names: list[str]) -> BadFile:
    if not _PERCENTS.isdisjoint(names):
        return BadFile("import-old-endpoint", file)
    return BadFile("import-missing-column", file, row=row, column=field)
