"""50,000 rows of 12 columns as CSV and as XLSX, each in a process of its own, beside pandas; every
cell of the files is read back.
"""

import csv
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from openpyxl import load_workbook

from analytics.questions.result_columns import Cell, CellKind
from analytics.spreadsheets.csv_file import write_csv
from analytics.spreadsheets.sheet import DataSheet
from analytics.spreadsheets.xlsx_file import write_xlsx
from tests.bench.measuring import Row, part
from tests.spreadsheets.sheets import STYLE

ROWS, QUICK = 50_000, 5_000
SAMPLES = 3
GOALS = {"csv": 1.0, "xlsx": 8.0}
"""Seconds."""
MEGABYTES = 150
KINDS = (
    *(CellKind.TEXT, CellKind.TEXT, CellKind.TEXT, CellKind.DAY, CellKind.MOMENT, CellKind.FLAG),
    *(CellKind.COUNT, CellKind.COUNT, CellKind.COUNT, CellKind.COUNT, CellKind.SHARE),
    CellKind.SHARE,
)
HEADINGS = tuple(f"Column {number}" for number in range(len(KINDS)))


@dataclass(frozen=True)
class Sample:
    """One file: the seconds it took, those of CPU, and the megabytes more than before."""

    seconds: float
    busy: float
    megabytes: float


def rows(*, quick: bool) -> list[Row]:
    """Both forms beside pandas, and whether each cell was read back."""
    count = QUICK if quick else ROWS
    found = []
    for form in GOALS:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"made.{form}"
            samples = [_sample(form, path, count) for _ in range(SAMPLES)]
            wrong = _differences(form, path, count)
            rivals = [_sample(f"pandas-{form}", path, count) for _ in range(SAMPLES)]
        found.append(_row(form, count, samples, rivals, wrong))
    return found


def _row(
    form: str, count: int, samples: Sequence[Sample], rivals: Sequence[Sample], wrong: int
) -> Row:
    ours, theirs = (part([each.seconds for each in s], 0.5) for s in (samples, rivals))
    most, busy = max(each.megabytes for each in samples), part([e.busy for e in samples], 0.5)
    met = ours <= GOALS[form] and most <= MEGABYTES and not wrong
    return Row(
        f"{count:,} rows of {len(KINDS)} columns as {form.upper()}; {wrong} cells read back wrong",
        f"{ours:.2f} s ({busy:.2f} s of CPU), {most:.0f} MB more",
        f"pandas {theirs:.2f} s, {max(each.megabytes for each in rivals):.0f} MB more",
        theirs / ours,
        f"≤ {GOALS[form]:.0f} s, ≤ {MEGABYTES} MB, 0 wrong",
        met,
    )


def _sample(form: str, path: Path, count: int) -> Sample:
    """Write the file in a process of its own."""
    path.touch()
    line = [sys.executable, "-m", "tests.bench.exports", form, str(path), str(count)]
    said = subprocess.run(line, check=True, capture_output=True, text=True)  # noqa: S603 this file
    return Sample(*map(float, said.stdout.split()))


def made_rows(count: int) -> Iterator[tuple[Cell, ...]]:
    """Rows as a portfolio's are: names, ids, days, seats and shares, some not known."""
    first, began = date(2024, 1, 1), datetime(2024, 1, 1, 8)  # noqa: DTZ001  as facts have it: UTC
    for at in range(count):
        yield (
            f"Customer {at} & Sons, Ltd",
            f"{at:08x}-0000-4000-8000-{at:012x}",
            "Microsoft 365 Business Premium",
            first + timedelta(days=at % 900),
            began + timedelta(seconds=at),
            at % 3 == 0,
            *(at % 977, at % 911, None if at % 10 == 0 else at % 31, at),
            *((at % 97) / 97, None if at % 7 == 0 else at / 50_000),
        )


def _differences(form: str, path: Path, count: int) -> int:
    """Count the cells that are not read back as they were given."""
    read = _xlsx_rows(path) if form == "xlsx" else _csv_rows(path)
    pairs = zip_longest(made_rows(count), read, fillvalue=())
    return sum(
        mine != theirs
        for given, found in pairs
        for mine, theirs in zip_longest(map(_AS_READ[form], given), found)
    )


def _xlsx_rows(path: Path) -> Iterator[tuple[object, ...]]:
    page = load_workbook(path, read_only=True)["Data"]
    yield from page.iter_rows(min_row=2, values_only=True)


def _csv_rows(path: Path) -> Iterator[tuple[object, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        yield from map(tuple, lines)


def _in_xlsx(cell: Cell) -> object:
    if isinstance(cell, float):
        return float(f"{cell:.16G}")
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001
    return cell


def _in_csv(cell: Cell) -> object:
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case datetime():
            return f"{cell.isoformat(timespec='milliseconds')}Z"
        case _:
            return str(cell)


_AS_READ: dict[str, Callable[[Cell], object]] = {"xlsx": _in_xlsx, "csv": _in_csv}


def _write(form: str, path: Path, given: list[tuple[Cell, ...]]) -> None:
    sheet = DataSheet("Data", HEADINGS, KINDS, given)
    if form == "csv":
        write_csv(path, sheet)
    elif form == "xlsx":
        write_xlsx(path, sheet, lambda data: (("SHA-256", data.sha256),), STYLE)
    else:
        import pandas as pd  # noqa: PLC0415  for the rival's process alone

        frame = pd.DataFrame(given, columns=list(HEADINGS))
        if form == "pandas-csv":
            frame.to_csv(path, index=False)
        else:
            frame.to_excel(path, index=False, engine="xlsxwriter", sheet_name="Data")


def _measure(form: str, path: Path, count: int) -> None:
    """Write one file; print its seconds, those of CPU, and megabytes."""
    given = list(made_rows(count))
    if form.startswith("pandas"):
        import pandas  # noqa: F401, PLC0415  its import is not what is measured
    before, began, busy = _peak(), perf_counter(), process_time()
    _write(form, path, given)
    print(perf_counter() - began, process_time() - busy, _peak() - before)


def _peak() -> float:
    """The most memory so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
