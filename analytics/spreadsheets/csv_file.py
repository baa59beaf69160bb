"""A table as CSV: UTF-8 with its mark, a heading, and a line a row, written as they come."""

import codecs
from pathlib import Path

from analytics.spreadsheets.sheet import DELIMITER, DataHash, DataSheet, csv_text


def write_csv(path: Path, sheet: DataSheet, delimiter: str = DELIMITER) -> DataHash:
    """Write the sheet into an existing file; return the number of rows and the data's hash. Every
    text is in quotes. Raises OSError.
    """
    data = DataHash()
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8)
        file.write(_line(map(csv_text, sheet.headings), delimiter))
        for _, texts in data.lines(sheet):
            file.write(_line(texts, delimiter))
    return data


def _line(cells: "map[str] | list[str]", delimiter: str) -> bytes:
    return f"{delimiter.join(cells)}\r\n".encode("utf-8", "replace")
