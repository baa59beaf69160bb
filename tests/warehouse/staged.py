"""Rows of any dataset, staged and built as a sync builds them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from analytics.tables import Cell, CellType, Dataset, Row
from analytics.warehouse.building.build import Published, build
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.marks import Mark
from tests.warehouse.rows import META, tenant

_EMPTY: dict[CellType, Cell] = {
    CellType.COUNT: 0,
    CellType.TEXT: "",
    CellType.CODE: "",
    CellType.TENANT: tenant("Contoso"),
}

Parts = Mapping[str, list[Row] | None]
"""Rows of each part; None: it was begun and not finished."""


def row(dataset: Dataset, **cells: Cell) -> Row:
    """A row of which only this matters."""
    return tuple(cells.get(c.name, _EMPTY.get(c.kind)) for c in dataset.columns)


def sync(
    folder: Path, today: date, given: Mapping[Dataset, Parts], *marks: Mark, **meta: str
) -> Published:
    """A whole sync: staged, built, and its staging gone."""
    file = folder / "staging.duckdb"
    with Staging(file) as staging:
        staging.start_day(today)
        for dataset, parts in given.items():
            for part, rows in parts.items():
                staging.add(dataset, part, rows or [], "" if rows is not None else "more")
        for mark in marks:
            staging.mark(mark)
    published = build(folder / "facts", (), META | meta, staged=file)
    file.unlink()
    return published
