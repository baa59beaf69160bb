"""The words of a file: its headings and fixed words, its name, and what its second sheet says."""

from collections.abc import Iterator
from datetime import UTC, datetime

from analytics.questions.result_columns import Cell, ResultColumn, ResultTable
from analytics.questions.stamp import Stamp
from analytics.skus import Unit
from analytics.spreadsheets.sheet import DELIMITER, DataHash, DataSheet
from handlers.chat.asking import View
from handlers.chat.services import Say
from handlers.output.stamps import stamp_lines


def sheet_of(table: ResultTable, say: Say) -> DataSheet:
    """Return the table with headings and fixed words in the reader's language."""
    columns = table.columns
    worded = [(at, each) for at, each in enumerate(columns) if each.words]
    return DataSheet(
        say("export-data"),
        tuple(say(each.heading) for each in columns),
        tuple(each.kind for each in columns),
        _with_words(table.cells(), worded, say),
    )


def _with_words(
    rows: Iterator[tuple[Cell, ...]], worded: list[tuple[int, ResultColumn]], say: Say
) -> Iterator[tuple[Cell, ...]]:
    if not worded:
        yield from rows
        return
    for row in rows:
        cells = list(row)
        for at, column in worded:
            cells[at] = _word(column, row[at], say)
        yield tuple(cells)


def _word(column: ResultColumn, cell: Cell, say: Say) -> Cell:
    """Return a fixed word as the reader's language has it; any other text as it is."""
    sentence = column.words(str(cell)) if column.words and cell else ""
    return say(sentence) if sentence else cell


def csv_delimiter(say: Say) -> str:
    """Return what stands between the cells of a CSV: a semicolon in a language whose numbers have a
    decimal comma, since spreadsheets expect it there.
    """
    return ";" if say.decimal_comma else DELIMITER


def file_title(command: str, at: datetime, view: View, say: Say) -> str:
    """Return the file's name: the question's command, the day, and of a CSV what parts its cells.
    No customer is named in it.
    """
    day = at.astimezone(UTC).date().isoformat()
    if view is not View.CSV:
        return f"seatwise-{command}-{day}.{view.value}"
    parted = say("export-by-semicolon" if say.decimal_comma else "export-by-comma")
    return f"seatwise-{command}-{day}-{parted}.{view.value}"


def row_lines(unit: Unit, data: DataHash, say: Say) -> tuple[tuple[str, str], ...]:
    """Return the lines of the second sheet that are about the rows: how many there are, what an
    empty cell means, and their hash.
    """
    lines = [(say("export-rows"), say.number(data.rows))]
    if unit not in (Unit.PEOPLE, Unit.UNKNOWN):
        lines.append((say("export-one-is"), say(f"unit-{unit.value}", n=1)))
    lines.append((say("export-blank"), say("export-blank-means")))
    return (*lines, (say("export-sha256"), data.sha256))


def basis_lines(stamp: Stamp, say: Say) -> tuple[tuple[str, str], ...]:
    """Return the lines about what the figures rest on, the rule, and what is left out."""
    made_up = [(say("export-note"), say("stamp-short-made-up"))] if stamp.made_up else []
    sentences = enumerate(stamp_lines(stamp, say).sentences)
    basis = [(say("export-basis") if at == 0 else "", said) for at, said in sentences]
    return (*made_up, *basis)
