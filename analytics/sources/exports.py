"""Export of a generation's tables, as CSV that no spreadsheet executes and as JSON lines; names
stand beside ids and codes. Sealed columns are left out.
"""

import csv
import json
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from analytics.sources.formula_cells import harmless_text
from analytics.tables import DATASETS, Dataset, Secrecy
from analytics.warehouse.facts import Generation
from analytics.warehouse.named_rows import rows_with_names

_AT_ONCE = 5_000
"""Rows fetched from the table at a time."""


def write_facts(generation: Generation, folder: Path) -> dict[str, int]:
    """Write `<dataset>.csv` and `<dataset>.jsonl` for each dataset there is; return row counts by
    dataset, in order.
    """
    cursor = generation.connection.cursor()
    there = {
        name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    }
    return {
        dataset.name: _write(generation, dataset, folder, there)
        for dataset in DATASETS
        if dataset.name in there
    }


def _write(generation: Generation, dataset: Dataset, folder: Path, there: Collection[str]) -> int:
    cursor, table = generation.connection.cursor(), dataset.name
    sealed = {each.name for each in dataset.columns if each.secrecy is Secrecy.SEALED}
    described = cursor.execute(f"DESCRIBE {table}").fetchall()
    columns = [row[0] for row in described if row[0] not in sealed]
    cursor.execute(rows_with_names(table, columns, there))
    names = [str(column[0]) for column in cursor.description or ()]
    count = 0
    with ExitStack() as files:
        sheet = files.enter_context(
            (folder / f"{table}.csv").open("w", encoding="utf-8", newline="")
        )
        lines = files.enter_context((folder / f"{table}.jsonl").open("w", encoding="utf-8"))
        writer = csv.writer(sheet)
        writer.writerow(names)
        while rows := cursor.fetchmany(_AT_ONCE):
            count += len(rows)
            writer.writerows([list(map(csv_cell, row)) for row in rows])
            lines.writelines(_line(names, row) for row in rows)
    return count


def csv_cell(cell: object) -> object:
    """Return a cell as CSV holds it. Numbers stay numbers; a text that begins like a formula gets
    an apostrophe in front, which spreadsheets do not show.

    >>> csv_cell("=cmd|' /c calc'!A1")
    "'=cmd|' /c calc'!A1"
    """
    if cell is None:
        return ""
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return harmless_text(cell) if isinstance(cell, str) else cell


def _line(names: Sequence[str], row: Sequence[object]) -> str:
    """Return a row as one line of JSON. Decimals become texts, exact as they are kept."""
    told = dict(zip(names, map(_plain, row), strict=True))
    return json.dumps(told, ensure_ascii=False) + "\n"


def _plain(cell: object) -> object:
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return f"{cell.normalize():f}" if isinstance(cell, Decimal) else cell
