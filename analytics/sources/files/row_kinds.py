"""Rows of a table that are no data: blank ones, sums at the end, and text below the table."""

import re
from collections.abc import Callable, Sequence
from enum import Enum

from analytics.sources.files.headings import FileLayout
from analytics.tables import CellType

NOTE = "\x01note"
"""The one cell of a row that stands for a line of text; no file has it, for it is unprintable."""

_TOTAL = re.compile(
    r"(?:grand |sub-?|overall |report )?totals?|(?:total |sub)general|total g[ée]n[ée]ral|totaux|"
    r"(?:gesamt|zwischen)?(?:summe|ergebnis)n?|gesamt|insgesamt|totaal|eindtotaal|totale|sum|somme",
    re.IGNORECASE,
)
_FILTERS = re.compile(
    r"(?:applied filters|angewend(?:ete|eter) filter|filtres? appliqu|filtros aplicados|"
    r"filtri applicati|toegepaste filters|no filters applied|keine filter)",
    re.IGNORECASE,
)
"""Beginning of the text that Power BI puts below an export."""
_BRACKETS = re.compile(r" *\(.*\)$")
_COUNTED = (CellType.COUNT, CellType.NUMBER)
_GUID = 36
"""Letters of a tenant's id: longer than any word for a sum."""
_LIKE_DATA = re.compile(r"[0-9a-fA-F/:.,+TZ -]*")
"""What a row that was cut off within its first cell looks like."""


class RowKind(Enum):
    """Kind of a row, as one that is data or one that is left out."""

    DATA = "data"
    BLANK = "blank"
    TOTAL = "total"
    NOTE = "note"


def row_kinds(found: FileLayout) -> Callable[[Sequence[str]], RowKind]:
    """Return a function that gives the kind of a row as wide as the headings, or of a note."""
    places = list(zip(found.dataset.columns, found.where, strict=True))
    tenant = next((at for each, at in places if each.kind is CellType.TENANT), None)
    counted = [at for each, at in places if at is not None and each.kind in _COUNTED]
    others = [at for each, at in places if at is not None and each.kind not in _COUNTED]

    data = RowKind.DATA

    def kind(row: Sequence[str]) -> RowKind:
        whose = row[tenant] if tenant is not None and len(row) > tenant else ""
        if len(whose) >= _GUID:
            return data
        if len(row) == 1 and row[0] == NOTE:
            return RowKind.NOTE
        if whose.strip() and not _TOTAL.fullmatch(whose.strip()):
            return data
        if not "".join(row).strip():
            return RowKind.BLANK
        return RowKind.TOTAL if says_total(row) or _only(row, counted, others) else RowKind.DATA

    return kind


def says_total(row: Sequence[str]) -> bool:
    """Check whether the row begins with a word for a sum."""
    first = next((cell.strip() for cell in row if cell.strip()), "")
    return bool(_TOTAL.fullmatch(_BRACKETS.sub("", first).rstrip(": ")))


def begins_notes(row: Sequence[str], *, after_gap: bool) -> bool:
    """Check whether the text below a table begins: its filters, or a lone text after a blank row.
    What may be a row that was cut off does not.
    """
    cells = [cell.strip() for cell in row if cell.strip()]
    if not cells or not row[0].strip():
        return False
    if _FILTERS.match(cells[0]):
        return True
    return after_gap and len(cells) == 1 and not _LIKE_DATA.fullmatch(cells[0])


def _only(row: Sequence[str], these: Sequence[int], others: Sequence[int]) -> bool:
    """Check whether the row has cells in these places, and none in the others."""
    has = [any(row[at].strip() for at in places if at < len(row)) for places in (these, others)]
    return has == [True, False]
