"""LibreOffice opens both files: every cell as it was given, and nothing is run. `make long-office`
runs it, and installs LibreOffice; no other run collects this file.
"""

import csv
import subprocess
from pathlib import Path

from analytics.questions.result_columns import CellKind
from analytics.spreadsheets.csv_file import write_csv
from analytics.spreadsheets.sheet import DataSheet
from analytics.spreadsheets.xlsx_file import write_xlsx
from tests.spreadsheets.sheets import HOSTILE, STYLE

SHOWN = [text for text in HOSTILE if not set(text) & set("\t\r\n\u200b_")]
"""Hostile texts that a CSV spells alike."""


_NUMBERS = {"007", "7", "1e5", "100000", "1E+05", "TRUE"}
"""Texts of a CSV that LibreOffice takes for a number or a truth value: that runs nothing."""


def opened(path: Path, filter_: str) -> list[list[str]]:
    """The first sheet as LibreOffice reads it, formulas worked out, as CSV."""
    out = path.parent / "read"
    line = ["soffice", "--headless", f"-env:UserInstallation=file://{path.parent}/profile"]
    line += ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"]
    line += [f"--infilter={filter_}"] if filter_ else []
    subprocess.run([*line, "--outdir", str(out), str(path)], check=True, timeout=300)  # noqa: S603
    with (out / f"{path.stem}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def sheet() -> DataSheet:
    rows = [(text, number) for number, text in enumerate(SHOWN)]
    return DataSheet("Data", ("Name", "Number"), (CellKind.TEXT, CellKind.COUNT), rows)


def test_an_excel_file_shows_hostile_names_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    path.touch()
    write_xlsx(path, sheet(), lambda _: (), STYLE)
    assert [row[0] for row in opened(path, "")[1:]] == SHOWN


def test_a_csv_shows_hostile_names_and_runs_none(tmp_path: Path) -> None:
    for delimiter, code in ((",", 44), (";", 59)):
        path = tmp_path / f"made{code}.csv"
        path.touch()
        write_csv(path, sheet(), delimiter)
        found = opened(path, f"Text - txt - csv (StarCalc):{code},34,76,1,,0,false,true,false")
        read = [row[0].removeprefix("'") for row in found[1:]]
        told = [text for text in read if text not in _NUMBERS]
        assert told == [text for text in SHOWN if text not in _NUMBERS]
