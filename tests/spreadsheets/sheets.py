"""Sheets with every kind of cell and hostile texts, and what a spreadsheet reads back of them."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from analytics.questions.result_columns import Cell, CellKind
from analytics.spreadsheets.sheet import DataHash, DataSheet
from analytics.spreadsheets.xlsx_file import SheetStyle, write_xlsx
from tests.conftest import NOW

HOSTILE = (
    '=HYPERLINK("http://x","Ltd")',
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "  =1+1",
    "\u200b=1+1",
    "<@U123> *bold*",
    "http://x.example",
    "mailto:a@b.example",
    "{=1+1}",
    "_x0041_",
    'a";=1+1;"',
    "007",
    "1e5",
    "TRUE",
)
KINDS = (
    *(CellKind.TEXT, CellKind.TEXT, CellKind.COUNT, CellKind.SHARE),
    *(CellKind.AMOUNT, CellKind.DAY, CellKind.MOMENT, CellKind.FLAG),
)
SEED = 20261122
STYLE = SheetStyle("dd/mm/yyyy", "About", NOW)


def rows(count: int) -> list[tuple[Cell, ...]]:
    """Rows of all kinds, a third of the cells not known."""
    chance = Random(SEED)  # noqa: S311 rows of a test
    return [_row(chance, number) for number in range(count)]


def _row(chance: Random, number: int) -> tuple[Cell, ...]:
    every: tuple[Cell, ...] = (
        f"{HOSTILE[number % len(HOSTILE)]}",
        f"Customer {number}",
        chance.randint(-(10**9), 10**9),
        chance.random() * 2,
        Decimal(chance.randint(0, 10**8)) / 100,
        date(2026, 1, 1 + number % 28),
        datetime(2026, 11, 1 + number % 28, 13, 5, chance.randint(0, 59)),  # noqa: DTZ001  as facts have it: UTC
        chance.random() < 0.5,
    )
    return (every[0], *(cell if chance.random() > 0.3 else None for cell in every[1:]))


def sheet(content: list[tuple[Cell, ...]]) -> DataSheet:
    """The rows under headings that are hostile too."""
    headings = tuple(f"=heading {number}" for number in range(len(KINDS)))
    return DataSheet("Data", headings, KINDS, iter(content))


def written_xlsx(folder: Path, content: list[tuple[Cell, ...]]) -> tuple[Path, DataHash]:
    """The rows as an Excel file, with two lines about them."""
    path = folder / "made.xlsx"
    path.touch()
    about = (("Question", "=1+1"), ("Asked by", "@ada"))
    return path, write_xlsx(path, sheet(content), lambda _data: about, STYLE)


def read_back(path: Path) -> Any:
    """The workbook as openpyxl reads it."""
    return load_workbook(path)


def members(path: Path) -> dict[str, str]:
    """The parts of the file, as text."""
    with ZipFile(path) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}
