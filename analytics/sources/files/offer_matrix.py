"""Microsoft's monthly offer matrix: a CSV of tens of megabytes, read row by row. Of each row
it keeps the offer, its licence product and its limits of seats.
"""

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import BinaryIO, TextIO

from analytics.sources.files.archives import check_directory, checked_members, is_gzip, is_zip
from analytics.sources.files.bad_file import BadFile, FileLimits, cell_excerpt
from analytics.sources.files.downloads import Download, LeftOut, Remark
from analytics.sources.files.headings import plain
from analytics.tables import OFFER_SKUS, Batch, Row
from analytics.tables.offer_skus import OFFER_MATRIX
from analytics.values import tenant_id

_HEADINGS = (
    "ProductId", "SkuId", "ProvisioningId", "SkuTitle", "ProvisioningString", "MinLicenses",
    "MaxLicenses",
)  # fmt: skip
"""The columns that are read, of fourteen."""
_TELLING = frozenset(map(plain, _HEADINGS[:3]))
"""Headings by which the file is told: no other report has them together."""
_PRODUCT, _SKU = re.compile("[A-Z0-9]{12}"), re.compile("[A-Z0-9]{4}")
_NOTHING = re.compile("[{}0-]*")
"""A licence product that is none, as software has it."""
_TITLE = 300
_BROKEN = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""Errors of a gzip or a zip that is damaged, or of a kind that is not read."""
_MOST = 1_000_000_000
_MOST_OFFERS = 200_000
_HEAD = _TAIL = 64 * 1024
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?!\d)(?![-_.]\d\d(?!\d))")
_NAMED_MONTH = re.compile(r"(?<![A-Za-z])([A-Za-z]{3,9})[-_. ]?(20\d\d)(?!\d)")


@dataclass(slots=True)
class _Rows:
    """The offers of a file as they come."""

    by_key: dict[tuple[str, str], Row] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    read: int = 0
    nothing: list[int] = field(default_factory=list)
    """Rows of offers that are no licence product."""
    repeated: list[int] = field(default_factory=list)
    differing: list[int] = field(default_factory=list)
    """Rows that say another limit of seats than an earlier one: then none is known."""

    def add(self, number: int, row: Row) -> None:
        key = (str(row[2]), str(row[3]))
        before = self.by_key.setdefault(key, row)
        self.numbers.setdefault(key, number)
        if before is row:
            return
        limits = [a if a == b else None for a, b in zip(before[6:], row[6:], strict=True)]
        if limits == list(before[6:]):
            self.repeated.append(number)
        else:
            self.differing.append(number)
            self.by_key[key] = (*before[:6], *limits)


def is_offer_matrix(stream: BinaryIO) -> bool:
    """Check by its headings whether a file is an offer matrix, alone or in a gzip or a zip; the
    stream is back at its start then.
    """
    try:
        with _text("", stream, FileLimits()) as text:
            head = text.read(_HEAD).partition("\n")[0]
            cells = next(csv.reader([head]), [])
    except (*_BROKEN, BadFile, UnicodeDecodeError, csv.Error):
        return False
    finally:
        stream.seek(0)
    return set(map(plain, cells)) >= _TELLING


def read_offer_matrix(
    file: str, stream: BinaryIO, today: date, limits: FileLimits, month: date | None = None
) -> Download:
    """Return the offers of a matrix. `month` is the month it speaks of; if it is None, the file's
    name must tell. Raises BadFile, and no other error, if anything in it is wrong: also if a
    spreadsheet has eaten the zeros of an id.
    """
    of = month or _month_of(file)
    if of is None or of > today:
        raise BadFile("import-month" if of is None else "import-future-month", file, month=of)
    found, number = _Rows(), 1
    try:
        with _text(file, stream, limits) as text:
            lines = csv.reader(text)
            cells_of = _picker(file, next(lines, []))
            for row in lines:
                number, following = number + 1, lines.line_num
                if row:
                    _add(found, file, number, cells_of(number, row), of)
                number = following
    except UnicodeDecodeError as error:
        raise BadFile("import-not-utf8", file, row=number + 1) from error
    except csv.Error as error:
        raise BadFile("import-ragged-quotes", file, row=number + 1, found=str(error)) from error
    except _BROKEN as error:
        raise BadFile("import-zip-broken", file) from error
    if not found.by_key:
        raise BadFile("import-empty", file)
    return _download(file, found)


def _download(file: str, found: _Rows) -> Download:
    left_out = {"no-licence": found.nothing, "repeated": found.repeated}
    return Download(
        file=file,
        batch=Batch(OFFER_SKUS, tuple(found.by_key.values())),
        read=found.read,
        left_out=tuple(LeftOut(why, tuple(rows)) for why, rows in left_out.items() if rows),
        numbers=tuple(found.numbers.values()),
        announced=(),
        remarks=(Remark("differing", tuple(found.differing)),) if found.differing else (),
    )


def _add(found: _Rows, file: str, number: int, cells: Sequence[str], month: date) -> None:
    """Add one row, if it is of a licence product."""
    product, sku, provisioned, title, part, fewest, most = cells
    found.read += 1
    for cell, heading, form in ((product, "ProductId", _PRODUCT), (sku, "SkuId", _SKU)):
        if not form.fullmatch(cell.upper()):
            shown = cell_excerpt(cell)
            raise BadFile("import-offer-id", file, row=number, column=heading, found=shown)
    if _NOTHING.fullmatch(provisioned):
        found.nothing.append(number)
        return
    try:
        guid = tenant_id(provisioned)
    except ValueError as error:
        where = {"row": number, "column": "ProvisioningId", "found": cell_excerpt(provisioned)}
        raise BadFile("import-not-a-guid", file, **where) from error
    if len(found.by_key) == _MOST_OFFERS:
        raise BadFile("import-too-many-rows", file, limit=_MOST_OFFERS)
    seats = (
        _seats(file, number, *each) for each in (("MinLicenses", fewest), ("MaxLicenses", most))
    )
    texts = (title[:_TITLE], part[:_TITLE])
    found.add(number, (month, OFFER_MATRIX, f"{product}:{sku}".lower(), guid, *texts, *seats))


def _seats(file: str, number: int, heading: str, cell: str) -> int | None:
    """Return a limit of seats; None if there is none, or one beyond all reason."""
    if not cell:
        return None
    if not (cell.isascii() and cell.isdecimal()):
        where = {"row": number, "column": heading, "found": cell_excerpt(cell)}
        raise BadFile("import-not-a-count", file, **where)
    return int(cell) if len(cell) <= 10 and int(cell) <= _MOST else None


def _picker(file: str, headings: list[str]) -> Callable[[int, list[str]], list[str]]:
    """Return a function that gives a row's cells in the order of _HEADINGS."""
    names = list(map(plain, headings))
    for heading in _HEADINGS:
        if plain(heading) not in names:
            raise BadFile("import-missing-column", file, row=1, column=heading)
    where = [names.index(plain(heading)) for heading in _HEADINGS]

    def cells_of(number: int, row: list[str]) -> list[str]:
        if len(row) != len(names):
            problem = "import-half" if len(row) < len(names) else "import-ragged"
            raise BadFile(problem, file, row=number, found=len(row), expected=len(names))
        return [" ".join(row[at].replace("\0", "\ufffd").split()) for at in where]

    return cells_of


def _month_of(name: str) -> date | None:
    """Return the month that a file's name tells; None if it tells none, or two.

    >>> _month_of("offermatrix-202611.csv"), _month_of("Offer matrix October 2026.csv")
    (datetime.date(2026, 11, 1), datetime.date(2026, 10, 1))
    >>> _month_of("updatedoffice.csv"), _month_of("matrix 2026-11-30.csv")
    (None, None)
    """
    found = {date(int(year), int(month), 1) for year, month in _MONTH.findall(name)}
    for word, year in _NAMED_MONTH.findall(name):
        for form in ("%b %Y", "%B %Y"):
            try:
                found.add(datetime.strptime(f"{word} {year}", form).replace(tzinfo=UTC).date())
            except ValueError:
                continue
    return found.pop() if len(found) == 1 else None


class _Bounded(io.RawIOBase):
    """A stream of bytes that raises BadFile once it has given more than a file may have."""

    def __init__(self, file: str, stream: BinaryIO, most: int) -> None:
        self._file, self._stream, self._left, self._most = file, stream, most, most

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]  # any buffer
        piece = self._stream.read(len(into))
        self._left -= len(piece)
        if self._left < 0:
            raise BadFile("import-too-large", self._file, limit=self._most // 1024 // 1024)
        into[: len(piece)] = piece
        return len(piece)


@contextmanager
def _text(file: str, stream: BinaryIO, limits: FileLimits) -> Iterator[TextIO]:
    """Open a matrix as text, unpacked as it is read."""
    start = stream.read(4)
    stream.seek(0)
    with _plain_bytes(file, stream, start, limits) as content:
        buffered = io.BufferedReader(_Bounded(file, content, limits.size))
        yield io.TextIOWrapper(buffered, encoding="utf-8-sig", newline="")


@contextmanager
def _plain_bytes(
    file: str, stream: BinaryIO, start: bytes, limits: FileLimits
) -> Iterator[BinaryIO]:
    if is_gzip(start):
        with gzip.GzipFile(fileobj=stream) as unpacked:
            yield unpacked  # type: ignore[misc]  # it reads bytes
    elif is_zip(start):
        stream.seek(max(stream.seek(0, io.SEEK_END) - _TAIL, 0))
        check_directory(file, stream.read())
        with zipfile.ZipFile(stream) as archive:
            only = checked_members(file, archive, limits)
            if len(only) != 1:
                raise BadFile("import-not-a-table", file, row=1, found=cell_excerpt(file))
            with archive.open(only[0]) as member:
                yield member  # type: ignore[misc]  # it reads bytes
    else:
        yield stream
