"""Conversion of the API's JSON to cells of one dataset, for any number and wrapping of pages."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from analytics.sources.files.bad_file import BadFile, FileLimits, cell_excerpt
from analytics.sources.files.headings import FileLayout, is_heading_row, place, plain
from analytics.sources.files.page_links import NO_LINKS, PageLinks, page_links
from analytics.sources.files.portal import needed_columns, record_with_id
from analytics.sources.files.sheets import Sheet, SourcePage
from analytics.tables import AUDIT, LICENCES

_BLANKS = re.compile(r"[\s\ufeff]*")  # joined files keep each one's byte-order mark
_CUT = re.compile(r"|t|tr|tru|f|fa|fal|fals|n|nu|nul|-|\.|[eE][-+]?|u[0-9a-fA-F]{0,4}")
"""The text from the error on if a file was cut off: empty, or part of a word or number."""


def read_pages(file: str, text: str, limits: FileLimits) -> Sheet:
    """Return the sheet that the pages make together. Raises BadFile if one is none or cut off."""
    reading = _Reading(file, limits)
    for value in _values(file, text):
        for reply in _replies(file, value):
            reading.take(reply)
    return reading.sheet()


@dataclass(frozen=True, slots=True)
class _AnswerPage:
    """One page: its items, the total it announced, and its links to other pages."""

    items: list[object]
    total: int | None = None
    links: PageLinks = NO_LINKS


@dataclass(slots=True)
class _Reading:
    """Items read so far. Items with the same fields have their headings matched only once."""

    file: str
    limits: FileLimits
    rows: list[tuple[object, ...]] = field(default_factory=list)
    pages: list[SourcePage] = field(default_factory=list)
    shapes: dict[tuple[str, ...], tuple[str | None, ...]] = field(default_factory=dict)
    places: list[FileLayout] = field(default_factory=list)

    def take(self, reply: _AnswerPage) -> None:
        start = len(self.rows)
        if start + len(reply.items) > self.limits.rows:
            raise BadFile("import-too-many-rows", self.file, limit=self.limits.rows)
        for item in reply.items:
            if not isinstance(item, dict):
                row = len(self.rows) + 1
                raise BadFile("import-not-a-table", self.file, row=row, found=cell_excerpt(item))
            flat = flat_item(item)
            shape = tuple(flat)
            fields = self.shapes.get(shape) or self._learn(shape)
            self.rows.append(tuple(None if name is None else flat.get(name) for name in fields))
        self.pages.append(SourcePage(start, len(self.rows), reply.total, reply.links))

    def _learn(self, shape: tuple[str, ...]) -> tuple[str | None, ...]:
        """Match an item's fields with our columns and keep the result; None for an absent one."""
        row = len(self.rows) + 1
        if len(shape) > self.limits.columns:
            raise BadFile("import-too-many-columns", self.file, limit=self.limits.columns)
        known = self.places[0].dataset if self.places else None
        if known in LICENCES:
            found = place(self.file, row, shape)
        else:  # the API leaves out empty fields: the first item's dataset is that of the others
            found = place(self.file, row, shape, known)
        if known and found.dataset is not known:
            raise BadFile("import-both", self.file)
        self.places.append(found)
        self.shapes[shape] = tuple(None if at is None else shape[at] for at in found.where)
        return self.shapes[shape]

    def sheet(self) -> Sheet:
        if not self.places:
            raise BadFile("import-empty", self.file)
        never = set(self.places[0].missing_columns).intersection(
            *(each.missing_columns for each in self.places)
        )
        for column in self.places[0].missing_columns:
            if column in never and column in needed_columns(self.places[0].dataset):
                raise BadFile("import-missing-column", self.file, row=1, column=column.field)
        numbers = list(range(1, len(self.rows) + 1))
        if self.places[0].dataset is AUDIT:
            self.rows = [record_with_id(tuple(map(_as_text, cells))) for cells in self.rows]
        return Sheet(self.places[0].dataset, self.rows, numbers, pages=tuple(self.pages))


def flat_item(item: dict[str, object]) -> dict[str, object]:
    """Return the item with the fields of its inner objects added, by dotted names."""
    if not any(isinstance(value, dict) for value in item.values()):
        return item
    flat: dict[str, object] = {}
    for name, value in item.items():
        inner = value.items() if isinstance(value, dict) else ()
        flat[name] = value
        flat.update((f"{name}.{each}", cell) for each, cell in inner)
    return flat


def _as_text(value: object) -> object:
    if not isinstance(value, dict | list):
        return value
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _values(file: str, text: str) -> Iterator[object]:
    """Yield every JSON value of the text, one after another."""
    decoder = json.JSONDecoder(parse_float=Decimal, object_pairs_hook=_fields)
    at = _after_blanks(text, 0)
    while at < len(text):
        try:
            value, end = decoder.raw_decode(text, at)
        except RecursionError as error:
            raise BadFile("import-too-deep", file) from error
        except json.JSONDecodeError as error:
            raise _json_fault(file, error, at) from error
        except _FieldTwice as error:
            raise BadFile("import-double-field", file, column=cell_excerpt(error)) from error
        except ValueError as error:  # a number of thousands of digits
            raise BadFile("import-broken-json", file, row=text.count("\n", 0, at) + 1) from error
        yield value
        at = _after_blanks(text, end)


class _FieldTwice(Exception):
    """An object has the field named in the argument twice, with two values."""


def _fields(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the object of these pairs. Raises _FieldTwice where a later value would win."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        for name, value in pairs:
            if fields[name] != value:
                raise _FieldTwice(name)
    return fields


def _after_blanks(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _json_fault(file: str, error: json.JSONDecodeError, start: int) -> BadFile:
    rest = error.doc[error.pos :].strip()
    cut = error.msg.startswith("Unterminated") or _CUT.fullmatch(rest)
    problem = "import-half" if cut and error.pos > start else "import-broken-json"
    return BadFile(problem, file, row=error.lineno)


def _replies(file: str, value: object) -> Iterator[_AnswerPage]:
    """Yield the pages in one JSON value: an envelope, a list of envelopes, or the items alone."""
    if isinstance(value, dict):
        yield _reply(file, value)
    elif isinstance(value, list) and any(_items(each) is not None for each in value):
        for each in value:
            yield _reply(file, each)
    elif isinstance(value, list):
        yield _AnswerPage(value)
    else:
        raise BadFile("import-not-a-table", file, row=1, found=cell_excerpt(value))


def _reply(file: str, envelope: object) -> _AnswerPage:
    items = _items(envelope)
    if items is not None and isinstance(envelope, dict):
        return _AnswerPage(items, _total(envelope), page_links(envelope))
    if isinstance(envelope, dict) and is_heading_row(tuple(flat_item(envelope))):
        return _AnswerPage([envelope])  # an item on a line of its own
    if said := _complaint(envelope):
        raise BadFile("import-error-reply", file, found=cell_excerpt(said))
    raise BadFile("import-not-a-table", file, row=1, found=cell_excerpt(envelope))


def _items(envelope: object) -> list[object] | None:
    if not isinstance(envelope, dict):
        return None
    named = {plain(name): each for name, each in envelope.items()}
    lists = (named.get(name) for name in ("value", "items"))
    return next((each for each in lists if isinstance(each, list)), None)


def _total(envelope: dict[str, object]) -> int | None:
    named = {plain(name): each for name, each in envelope.items()}
    names = ("totalcount", "@odata.count", "count")
    total = str(next((named[name] for name in names if name in named), ""))
    return int(total) if re.fullmatch(r"[0-9]{1,10}", total) else None


def _complaint(envelope: object) -> object:
    """Return the message that the API answered to a refused call; None if the value holds none."""
    if not isinstance(envelope, dict):
        return None
    inner = envelope.get("error")
    told = inner if isinstance(inner, dict) else envelope
    return told.get("description") or told.get("message")
