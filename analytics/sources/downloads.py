"""Files exported from Partner Center: each read whole or refused whole, then merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from analytics.sources.bad_file import LIMITS, BadFile, Limits
from analytics.sources.cells import checked
from analytics.sources.completeness import Announced, announced, incomplete, together
from analytics.sources.json_pages import read_pages
from analytics.sources.sheets import Sheet, read_sheet
from analytics.sources.texts import text_of
from analytics.tables import LICENCES, Batch, Dataset, Row

__all__ = ["BadFile", "Download", "LeftOut", "Limits", "left_out_across", "merge", "read_download"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that were not kept. `reason` is a symbolic id of the catalogue.

    `blank`: nothing in it. `repeated`: the same as an earlier row. `replaced-later`: a later row
    says other numbers of the same thing. `repeated-in-files`, `replaced-in-files`: the same, where
    the other row is in an earlier or later file.
    """

    reason: str
    rows: tuple[int, ...]
    """A CSV's line numbers (its first line is 1), or JSON items' numbers within the file."""


@dataclass(frozen=True, slots=True)
class Download:
    """One file, read."""

    file: str
    batch: Batch
    read: int
    """Rows in the file, those left out included."""
    left_out: tuple[LeftOut, ...]
    numbers: tuple[int, ...]
    """By row of the batch: its number in the file."""
    announced: tuple[Announced, ...]


def read_download(name: str, raw: bytes, today: date, limits: Limits = LIMITS) -> Download:
    """One downloaded file: the API's JSON, CSV or TSV, of licence deployment or licence usage.

    `today` is the day in UTC; a later processing day is refused. BadFile, and nothing else, when
    anything in the file is wrong.
    """
    text = text_of(name, raw, limits)
    read = read_pages if text.lstrip()[0] in "{[" else read_sheet
    sheet = read(name, text, limits)
    if not sheet.rows:
        raise BadFile("import-empty", name)
    rows = checked(name, sheet, today, limits)
    settled = _settle(sheet.dataset, rows)
    kept = tuple(rows[at] for at in settled.kept)
    said = tuple(announced(sheet, rows))
    return Download(
        file=name,
        batch=Batch(sheet.dataset, kept, incomplete(sheet.dataset, kept, said), together(said)),
        read=len(rows) + len(sheet.blank),
        left_out=_left_out(sheet, settled),
        numbers=tuple(sheet.numbers[at] for at in settled.kept),
        announced=said,
    )


def merge(downloads: Sequence[Download]) -> tuple[Batch, ...]:
    """The files together, at most one batch for each dataset; of a thing told twice, the last."""
    batches = []
    for dataset in LICENCES:
        told = [each for each in downloads if each.batch.dataset is dataset]
        if told:
            rows = [row for each in told for row in each.batch.rows]
            kept = tuple(rows[at] for at in _settle(dataset, rows).kept)
            said = [page for each in told for page in each.announced]
            short = incomplete(dataset, kept, said)
            batches.append(Batch(dataset, kept, short, together(said)))
    return tuple(batches)


def left_out_across(downloads: Sequence[Download]) -> tuple[tuple[LeftOut, ...], ...]:
    """For each file all that is left out: its own, then what `merge` drops for another file's."""
    lost: list[dict[str, list[int]]] = [{} for _ in downloads]
    for dataset in LICENCES:
        told = [at for at, each in enumerate(downloads) if each.batch.dataset is dataset]
        said = [row for at in told for row in downloads[at].batch.rows]
        origin = [(at, number) for at in told for number in downloads[at].numbers]
        settled = _settle(dataset, said)
        for reason, indices in settled.reasons.items():
            for at, number in (origin[index] for index in indices):
                lost[at].setdefault(f"{reason}-in-files", []).append(number)
    return tuple(
        (*each.left_out, *(LeftOut(reason, tuple(sorted(rows))) for reason, rows in more.items()))
        for each, more in zip(downloads, lost, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Settled:
    """Indices of rows: those kept, in the order their keys came, and those that gave way."""

    kept: Sequence[int]
    repeated: Sequence[int] = ()
    replaced: Sequence[int] = ()

    @property
    def reasons(self) -> dict[str, Sequence[int]]:
        return {"repeated": self.repeated, "replaced": self.replaced}


def _settle(dataset: Dataset, rows: Sequence[Row]) -> _Settled:
    keys = list(map(itemgetter(*dataset.key), rows))
    if len(set(keys)) == len(keys):
        return _Settled(range(len(rows)))
    latest: dict[Row, int] = {}
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
    return _Settled(tuple(latest.values()), repeated, replaced)


def _left_out(sheet: Sheet, settled: _Settled) -> tuple[LeftOut, ...]:
    reasons = {
        "blank": sheet.blank,
        "repeated": tuple(sheet.numbers[at] for at in settled.repeated),
        "replaced-later": tuple(sorted(sheet.numbers[at] for at in settled.replaced)),
    }
    return tuple(LeftOut(reason, rows) for reason, rows in reasons.items() if rows)
