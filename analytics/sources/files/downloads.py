"""Files exported from Partner Center: each read whole or refused whole, then merged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.sources.files.announced_totals import (
    Announced,
    announced_totals,
    incomplete,
    together,
)
from analytics.sources.files.archives import gzip_content, is_gzip, is_zip, members
from analytics.sources.files.bad_file import LIMITS, BadFile, FileLimits
from analytics.sources.files.cells import checked_rows
from analytics.sources.files.contradictions import contradiction, contradiction_refusal
from analytics.sources.files.currencies import refuse_other_currency
from analytics.sources.files.duplicates import (
    Settled,
    location_duplicates,
    repeated_elsewhere,
    settle,
    settle_files,
)
from analytics.sources.files.extension_list import says_extension
from analytics.sources.files.json_pages import read_pages
from analytics.sources.files.notation import NO_HINT, PLAIN, Hint, Notation, notation_of
from analytics.sources.files.page_lists import ListPage, answers, list_pages, refuse_partial
from analytics.sources.files.percent_or_fraction import as_fractions
from analytics.sources.files.portal import IMPORTED
from analytics.sources.files.sheets import Sheet, read_sheet
from analytics.sources.files.texts import text_of
from analytics.tables import EXTENSION_LIST, LICENCES, OFFER_SKUS, Batch, Cell, CellType, Row

__all__ = [
    "BadFile",
    "Download",
    "FileLimits",
    "LeftOut",
    "Remark",
    "left_out_by_file",
    "merge",
    "read_download",
    "read_file",
]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that were not kept. `reason` is a symbolic id of the catalogue.

    `blank`: the row is empty. `note`: text around the table. `total`: the last row sums the others.
    `duplicate`: a row of another location says the same. `repeated`: the row equals an earlier one.
    `repeated-in-files`: a row of an earlier file says the same.
    `replaced-in-files`: a later file gives other figures for the same key.
    """

    reason: str
    rows: tuple[int, ...]
    """Line numbers of a CSV (its first line is 1), or numbers of JSON items within the file."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Rows that were kept, and what an operator should know of them.

    `flagged`: marked as another location's, whose row is not in the file. `negative`: an amount or
    a quantity is below zero, as credits are.
    """

    what: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """One file after it was read."""

    file: str
    batch: Batch
    read: int
    """Count of rows in the file, including those left out."""
    left_out: tuple[LeftOut, ...]
    numbers: tuple[int, ...]
    """For each row of the batch, its number in the file."""
    announced: tuple[Announced, ...]
    """For licence reports: the totals that their pages announced."""
    pages: tuple[ListPage, ...] = ()
    """The pages that the file holds; none for a CSV or TSV."""
    remarks: tuple[Remark, ...] = ()
    notation: Notation = PLAIN
    """Notation of the file's numbers and days."""


_MERGED = (*IMPORTED, OFFER_SKUS, EXTENSION_LIST)
"""Datasets of files; an offer matrix is read by itself, row by row."""


def read_file(
    name: str, raw: bytes, today: date, limits: FileLimits = LIMITS, hint: Hint = NO_HINT
) -> Iterator[Download]:
    """Yield a downloaded file, alone or within a gzip, or each file of a zip. Raises BadFile if
    anything in it is wrong.
    """
    if is_gzip(raw):
        name, raw = name.removesuffix(".gz"), gzip_content(name, raw, limits)
        if is_gzip(raw) or is_zip(raw):
            raise BadFile("import-zip-in-zip", name, found=name)
    if not is_zip(raw):
        yield read_download(name, raw, today, limits, hint)
        return
    for member, content in members(name, raw, limits):
        yield read_download(member, content, today, limits, hint)


def read_download(
    name: str, raw: bytes, today: date, limits: FileLimits = LIMITS, hint: Hint = NO_HINT
) -> Download:
    """Read one downloaded file (the API's JSON, CSV or TSV); its headings tell the dataset.

    `today` is the day in UTC; a later processing day is refused. `hint` says what the file itself
    does not tell: how numbers and days are written, and what it lists. Raises BadFile, and no other
    error, if anything in the file is wrong.
    """
    text = text_of(name, raw, limits)
    sheet = _sheet_of(name, text, limits, hint)
    if not sheet.rows:
        raise BadFile("import-empty", name)
    written = notation_of(name, sheet, hint)
    refuse_other_currency(name, sheet)
    rows = as_fractions(name, sheet.dataset, checked_rows(name, sheet, today, limits, written))
    own, twice = _own(sheet, rows)
    settled = settle(sheet.dataset, [rows[at] for at in own])
    if settled.replaced:
        _refuse_two_rows(name, sheet, rows, own)
    kept = tuple(rows[own[at]] for at in settled.kept)
    said = tuple(announced_totals(sheet, rows)) if sheet.dataset in LICENCES else ()
    short = incomplete(sheet.dataset, kept, said) if said else {}
    return Download(
        file=name,
        batch=Batch(sheet.dataset, kept, short, together(said)),
        read=len(rows) + len(sheet.blank) + len(sheet.notes) + len(sheet.totals),
        left_out=_left_out_rows(sheet, own, twice, settled),
        numbers=tuple(sheet.numbers[own[at]] for at in settled.kept),
        announced=said,
        pages=list_pages(name, sheet, rows),
        remarks=_remarks(sheet, rows, twice),
        notation=written,
    )


def _sheet_of(name: str, text: str, limits: FileLimits, hint: Hint) -> Sheet:
    if text.lstrip()[0] in "{[":
        return read_pages(name, text, limits)
    extensions = hint.extensions or says_extension(name, text)
    return read_sheet(name, text, limits, EXTENSION_LIST if extensions else None)


def merge(downloads: Sequence[Download]) -> tuple[Batch, ...]:
    """Merge the files into at most one batch for each dataset; the last of several equal keys wins.

    Raises BadFile if pages of a dataset are missing: their unlisted rows would count as gone.
    """
    batches = []
    for dataset in _MERGED:
        told = [each for each in downloads if each.batch.dataset is dataset]
        if told:
            refuse_partial(page for each in told for page in each.pages)
            _refuse_contradiction(told)
            rows = [row for each in told for row in each.batch.rows]
            settled = settle_files(dataset, [each.batch.rows for each in told])
            kept = tuple(rows[at] for at in settled.kept)
            said = [page for each in told for page in each.announced]
            short = incomplete(dataset, kept, said) if said else {}
            batches.append(Batch(dataset, kept, short, together(said)))
    return tuple(batches)


def _refuse_contradiction(told: Sequence[Download]) -> None:
    """Refuse pages of one answer, in several files, that tell two things of one key. Files of
    different answers may: the later one corrects.
    """
    for files in answers(page for each in told for page in each.pages):
        origin = [
            (each.file, number, row)
            for each in told
            if each.file in files
            for number, row in zip(each.numbers, each.batch.rows, strict=True)
        ]
        rows = [row for _, _, row in origin]
        if two := contradiction(told[0].batch.dataset, rows):
            (file, number, one), (elsewhere, other, another) = (origin[at] for at in two)
            where = other if elsewhere == file else f"{other} ({elsewhere})"
            raise contradiction_refusal(
                file, told[0].batch.dataset, (number, one), (where, another)
            )


def left_out_by_file(downloads: Sequence[Download]) -> tuple[tuple[LeftOut, ...], ...]:
    """Return each file's rows left out: its own, then those that `merge` drops for another file."""
    lost: list[dict[str, list[int]]] = [{} for _ in downloads]
    for dataset in _MERGED:
        told = [at for at, each in enumerate(downloads) if each.batch.dataset is dataset]
        origin = [(at, number) for at in told for number in downloads[at].numbers]
        settled = settle_files(dataset, [downloads[at].batch.rows for at in told])
        for reason, indices in settled.reasons.items():
            for at, number in (origin[index] for index in indices):
                lost[at].setdefault(f"{reason}-in-files", []).append(number)
    return tuple(
        (*each.left_out, *(LeftOut(reason, tuple(sorted(rows))) for reason, rows in more.items()))
        for each, more in zip(downloads, lost, strict=True)
    )


def _own(sheet: Sheet, rows: Sequence[Row]) -> tuple[Sequence[int], tuple[int, ...]]:
    """Return the indices of rows to keep, and of rows that a row of another location repeats."""
    twice = repeated_elsewhere(sheet.dataset, rows)
    if not twice:
        return range(len(rows)), ()
    gone = set(twice)
    return [at for at in range(len(rows)) if at not in gone], twice


def _refuse_two_rows(name: str, sheet: Sheet, rows: Sequence[Row], own: Sequence[int]) -> None:
    if two := contradiction(sheet.dataset, [rows[at] for at in own]):
        one, other = (own[at] for at in two)
        pairs = ((sheet.numbers[at], rows[at]) for at in (one, other))
        raise contradiction_refusal(name, sheet.dataset, *pairs)


def _remarks(sheet: Sheet, rows: Sequence[Row], twice: Sequence[int]) -> tuple[Remark, ...]:
    gone = set(twice)
    flagged = [at for at in location_duplicates(sheet.dataset, rows) if at not in gone]
    columns = enumerate(sheet.dataset.columns)
    signed = [at for at, column in columns if column.kind is CellType.NUMBER]
    negative = sorted({at for i in signed for at, row in enumerate(rows) if _below_zero(row[i])})
    found = {"flagged": flagged, "negative": negative}
    return tuple(
        Remark(what, tuple(sheet.numbers[at] for at in indices))
        for what, indices in found.items()
        if indices
    )


def _below_zero(cell: Cell) -> bool:
    return isinstance(cell, Decimal) and cell < 0


def _left_out_rows(
    sheet: Sheet, own: Sequence[int], twice: tuple[int, ...], settled: Settled
) -> tuple[LeftOut, ...]:
    reasons = {
        "blank": sheet.blank,
        "note": sheet.notes,
        "total": sheet.totals,
        "duplicate": tuple(sheet.numbers[at] for at in twice),
        "repeated": tuple(sheet.numbers[own[at]] for at in settled.repeated),
    }
    return tuple(LeftOut(reason, rows) for reason, rows in reasons.items() if rows)
