"""Several files of Partner Center read together: all of them, or none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from analytics.sources.files.bad_file import LIMITS, BadFile, FileLimits
from analytics.sources.files.downloads import Download, merge, read_file
from analytics.sources.files.notation import NO_HINT, Hint
from analytics.sources.files.offer_matrix import is_offer_matrix, read_offer_matrix
from analytics.sources.files.shorter_lists import Shorter, shorter
from analytics.tables import Batch, Dataset, Memory
from analytics.warehouse.building.standing_keys import standing_keys
from analytics.warehouse.erased_list import ErasedList


@dataclass(frozen=True, slots=True)
class ReadingTerms:
    """The terms on which files are read."""

    today: date
    """The day in UTC; a later processing day is refused."""
    hint: Hint = NO_HINT
    month: date | None = None
    """The month that an offer matrix is of, where its name does not tell."""
    limits: FileLimits = LIMITS


@dataclass(frozen=True, slots=True)
class ShorterList:
    """A list that would end more than a third of what stood, and the last file that it is in."""

    dataset: Dataset
    file: str
    rows: Shorter


def read_files(files: Iterable[tuple[str, Path]], terms: ReadingTerms) -> list[Download]:
    """Return what the files hold, each read under its name. Raises BadFile if anything in one of
    them is wrong, and OSError for one that cannot be read.
    """
    return [download for name, path in files for download in _downloads(name, path, terms)]


def batches_of(downloads: Sequence[Download], erased: ErasedList) -> list[Batch]:
    """Return the files' rows by dataset, without those of erased customers. Raises BadFile as
    merge() does.
    """
    return [_without_erased(batch, erased) for batch in merge(downloads)]


def erased_rows(downloads: Sequence[Download], batches: Sequence[Batch]) -> int:
    """Return how many rows were left out, being of erased customers."""
    read = sum(len(batch.rows) for batch in merge(downloads))
    return read - sum(len(batch.rows) for batch in batches)


def shorter_lists(
    folder: Path, downloads: Sequence[Download], batches: Iterable[Batch]
) -> Iterator[ShorterList]:
    """Yield the lists that would end more than a third of what stands in the facts of `folder`.
    Raises NotBuilt if the facts cannot be opened.
    """
    for batch in batches:
        if batch.dataset.memory is Memory.SPANS:
            told = [each for each in downloads if each.batch.dataset is batch.dataset]
            pages = [page for each in told for page in each.pages]
            stood = standing_keys(folder, batch.dataset)
            if less := shorter(batch.dataset, batch.rows, pages, stood):
                yield ShorterList(batch.dataset, told[-1].file, less)


def _downloads(name: str, path: Path, terms: ReadingTerms) -> Iterator[Download]:
    """Read one file; an offer matrix row by row, since it is as large as all others together."""
    with path.open("rb") as stream:
        if is_offer_matrix(stream):
            yield read_offer_matrix(name, stream, terms.today, terms.limits, terms.month)
            return
        content = stream.read(terms.limits.size + 1)
    if len(content) > terms.limits.size:
        raise BadFile("import-too-large", name, limit=terms.limits.size // 1024 // 1024)
    yield from read_file(name, content, terms.today, terms.limits, terms.hint)


def _without_erased(batch: Batch, erased: ErasedList) -> Batch:
    """Return a batch without the rows of erased customers, which are not missed either."""
    rows, left_out = erased.filter_rows(batch.dataset, batch.rows)
    if not left_out:
        return replace(batch, rows=tuple(rows))
    fewer = len(set(left_out))
    announced = {key: max(rows - fewer, 0) for key, rows in batch.incomplete.items()}
    return replace(batch, rows=tuple(rows), incomplete=announced)
