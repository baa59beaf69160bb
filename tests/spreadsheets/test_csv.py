"""A CSV: what a program reads back, and that no spreadsheet runs anything in it."""

import csv
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest

from analytics.questions.result_columns import Cell, CellKind
from analytics.spreadsheets.csv_file import write_csv
from analytics.spreadsheets.sheet import DataHash, csv_cell
from tests.spreadsheets.sheets import HOSTILE, rows, sheet, written_xlsx

TRIGGERS = (*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20")


def written(folder: Path, given: list[tuple[Cell, ...]], delimiter: str) -> tuple[str, DataHash]:
    """The file's text behind its mark, and what is known of it."""
    path = folder / "made.csv"
    path.touch()
    data = write_csv(path, sheet(given), delimiter)
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    return text.removeprefix(b"\xef\xbb\xbf").decode(), data


def read(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_each_cell_is_read_back_as_it_was_given(tmp_path: Path, delimiter: str) -> None:
    given = [(f"Customer {at}", *row[1:]) for at, row in enumerate(rows(200))]
    text, data = written(tmp_path, given, delimiter)
    _, *found = read(text, delimiter)
    assert data.rows == len(given)
    for had, row in zip(found, given, strict=True):
        name, second, count, share, amount, day, moment, flag = row
        assert had[:2] == [name, second or ""]
        assert had[2] == ("" if count is None else str(count))
        assert (float(had[3]) if had[3] else None) == share
        assert (Decimal(had[4]) if had[4] else None) == amount
        assert (date.fromisoformat(had[5]) if had[5] else None) == day
        told = datetime.fromisoformat(had[6].removesuffix("Z")) if had[6] else None
        assert told == moment
        assert had[7] == {None: "", True: "true", False: "false"}[flag]  # type: ignore[index]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_no_text_begins_as_a_formula_does(tmp_path: Path, delimiter: str) -> None:
    text, _ = written(tmp_path, rows(len(HOSTILE)), delimiter)
    heading, *found = read(text, delimiter)
    texts = [*heading, *(row[0] for row in found)]
    shown = [each.lstrip(" \u200b") for each in texts]
    assert [each for each in shown if each.startswith(TRIGGERS)] == []
    told = [each.removeprefix("'") for each in (row[0] for row in found)]
    assert told == [*HOSTILE]


def test_numbers_below_zero_are_numbers(tmp_path: Path) -> None:
    text, _ = written(tmp_path, [("a", None, -5, None, None, None, None, None)], ",")
    assert read(text, ",")[1][2] == "-5"


def test_the_hash_is_that_of_the_lines_below_the_heading_of_a_csv_with_commas(
    tmp_path: Path,
) -> None:
    given = rows(30)
    text, data = written(tmp_path, given, ",")
    lines = text.split("\r\n", 1)[1]
    assert data.sha256 == sha256(lines.encode()).hexdigest()
    assert written(tmp_path, given, ";")[1].sha256 == data.sha256
    assert written_xlsx(tmp_path, given)[1].sha256 == data.sha256


def test_amounts_are_written_without_exponents() -> None:
    write = csv_cell(CellKind.AMOUNT)
    assert write(Decimal("1E+7")) == "10000000"
    assert write(Decimal("0.00")) == "0.00"
    assert write(None) == ""
