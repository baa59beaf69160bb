"""An Excel file: every cell as it was given, texts as texts, and nothing hidden."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.questions.result_columns import Cell
from analytics.spreadsheets.xlsx_file import CellLost
from tests.conftest import NOW
from tests.spreadsheets.sheets import HOSTILE, KINDS, members, read_back, rows, written_xlsx


def as_read(cell: Cell) -> object:
    """A cell as openpyxl gives it: numbers with the sixteen digits that a file has, a day at
    midnight, and as the file spells it what Excel would read as a character.
    """
    if isinstance(cell, Decimal | float):
        return float(f"{cell:.16G}")
    if isinstance(cell, str):
        return cell.replace("_x0041_", "_x005F_x0041_").replace("\r", "_x000D_")
    whole_day = cell is not None and type(cell).__name__ == "date"
    return datetime(cell.year, cell.month, cell.day) if whole_day else cell  # type: ignore[union-attr]  # noqa: DTZ001


def test_each_cell_is_read_back_as_it_was_given(tmp_path: Path) -> None:
    given = rows(400)
    path, data = written_xlsx(tmp_path, given)
    page = read_back(path)["Data"]
    found = list(page.iter_rows(min_row=2, values_only=True))
    assert data.rows == len(given)
    assert found == [tuple(map(as_read, row)) for row in given]
    assert page.freeze_panes == "A2"


def test_texts_stay_texts_whatever_they_look_like(tmp_path: Path) -> None:
    path, _ = written_xlsx(tmp_path, rows(len(HOSTILE)))
    book = read_back(path)
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert [row[0] for row in book["Data"].iter_rows(min_row=2, values_only=True)] == [
        *map(as_read, HOSTILE)
    ]
    assert not any("<f>" in text or "hyperlink" in text for text in members(path).values())


def test_numbers_days_and_moments_have_the_formats_of_the_language(tmp_path: Path) -> None:
    path, _ = written_xlsx(tmp_path, rows(60))
    page = read_back(path)["Data"]
    forms = [
        {cell.number_format for cell in column[1:] if cell.value is not None}
        for column in page.iter_cols()
    ]
    plain = {"General"}
    wanted = [plain, plain, {"#,##0"}, {"0.0%"}, {"#,##0.00"}, {"dd/mm/yyyy"}]
    assert forms == [*wanted, {"dd/mm/yyyy hh:mm:ss"}, plain]
    assert len(forms) == len(KINDS)


def test_nothing_is_hidden_in_properties_or_names(tmp_path: Path) -> None:
    path, _ = written_xlsx(tmp_path, rows(3))
    book = read_back(path)
    told = {name: value for name, value in vars(book.properties).items() if value is not None}
    made = NOW.replace(tzinfo=None)
    assert told == {"created": made, "modified": made}
    assert dict(book.defined_names) == {}
    assert [(page.title, page.sheet_state) for page in book] == [
        ("Data", "visible"),
        ("About", "visible"),
    ]
    assert not any(page.column_dimensions[at].hidden for page in book for at in ("A", "B"))
    assert {name for name in members(path) if "custom" in name or "comment" in name} == set()


def test_a_text_that_no_cell_holds_is_an_error_and_not_an_empty_cell(tmp_path: Path) -> None:
    (row,) = rows(1)
    with pytest.raises(CellLost):
        written_xlsx(tmp_path, [("a" * 32_768, *row[1:])])


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    written_xlsx(tmp_path, rows(50))
    assert [each.name for each in tmp_path.iterdir()] == ["made.xlsx"]
