"""An answer as a file: every row of its result, with the words of the same stamp."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from analytics.calendars.ics_file import write_ics
from analytics.questions.file_tables import file_table
from analytics.questions.result_columns import ResultTable
from analytics.questions.stamp import Stamp
from analytics.spreadsheets.csv_file import write_csv
from analytics.spreadsheets.sheet import DataHash, DataSheet
from analytics.spreadsheets.xlsx_file import SheetStyle, write_xlsx
from analytics.values import Sight
from handlers.backend import Backend, FileRecord
from handlers.chat.asking import Ask, View
from handlers.chat.reply import Attachment, Choice, Choices, Paragraph, Part, Reply
from handlers.chat.services import Say
from handlers.output.calendars import deadlines_of
from handlers.output.file_words import basis_lines, csv_delimiter, file_title, row_lines, sheet_of
from handlers.output.stamps import stamp_line

MOST_XLSX = 100_000
"""Rows from which on an answer comes as CSV alone: a spreadsheet opens larger files badly."""

_MEDIA = {
    View.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    View.CSV: "text/csv; charset=utf-8",
    View.ICS: "text/calendar; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Export:
    """A result to be written to a file, and whose it is."""

    ask: Ask
    command: str
    """The command's name."""
    question: str
    """The question with its customer by name."""
    again: str
    """The question with its customer by id, for buttons."""
    result: object
    stamp: Stamp | None
    """Its stamp; None for a result that has none, and no rows."""
    sight: Sight
    at: datetime
    """The moment of the answer."""


@dataclass(frozen=True, slots=True)
class _Written:
    attachment: Attachment
    record: FileRecord


async def export_reply(
    export: Export, answer: Callable[[], Reply], backend: Backend
) -> tuple[Reply, FileRecord | None]:
    """Return the reply that hands the file over, and what the audit is to record of it. Without
    rows no file is made: then the `answer` itself is returned, and says why. Raises FileRefused.
    """
    say, whole = backend.speaker(export.ask.locale, export.ask.zone), file_table(export.result)
    if whole is None or export.stamp is None or not whole.rows:
        return _without_file(answer(), say, "export-empty"), None
    if export.ask.view is View.ICS and not deadlines_of(export.result, say):
        return _without_file(answer(), say, "export-no-deadlines"), None
    view = View.CSV if len(whole.rows) > MOST_XLSX else export.ask.view
    table = whole.visible(export.sight)
    written = await asyncio.to_thread(_write, export, table, view, backend)
    parts: list[Part] = [written.attachment, *_remarks(export, whole, view, say)]
    parts += [stamp_line(export.stamp, say), *_other_form(export, len(whole.rows), view, say)]
    return Reply(tuple(parts)), written.record


def _without_file(answer: Reply, say: Say, why: str) -> Reply:
    return Reply((Paragraph(say(why)), *answer.parts))


def _write(export: Export, table: ResultTable, view: View, backend: Backend) -> _Written:
    """Write the file; it is deleted where that fails."""
    say, files = backend.speaker(export.ask.locale, export.ask.zone), backend.outgoing_files
    with files.new_file() as path:
        data = _writer(export, table, view, backend)(path)
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    said = say(
        "export-made", n=data.rows, question=export.question, form=say(f"export-{view.value}")
    )
    name = file_title(export.command, export.at, view, say)
    attachment = files.attachment(path, name, _MEDIA[view], said)
    return _Written(attachment, FileRecord(view.value, data.rows, digest, data.sha256))


def _writer(
    export: Export, table: ResultTable, view: View, backend: Backend
) -> Callable[[Path], DataHash]:
    say = backend.speaker(export.ask.locale, export.ask.zone)
    sheet = sheet_of(table, say)
    if view is View.CSV:
        return lambda path: write_csv(path, sheet, csv_delimiter(say))
    if view is View.ICS:
        return lambda path: _write_deadlines(path, export, sheet, say)
    style = SheetStyle(say("export-day-format"), say("export-about"), export.at)

    asker = backend.people.display_name(export.ask.asker)
    asked = (
        (say("export-question"), export.question),
        (say("export-asker"), asker),
        (say("export-moment"), say.moment(export.at)),
        *(basis_lines(export.stamp, say) if export.stamp else ()),
    )
    return lambda path: write_xlsx(
        path, sheet, lambda data: (*asked, *row_lines(table.unit, data, say)), style
    )


def _write_deadlines(path: Path, export: Export, sheet: DataSheet, say: Say) -> DataHash:
    """Write the answer's deadlines; the hash is of the rows that they were made from."""
    write_ics(path, deadlines_of(export.result, say) or (), export.question, export.at)
    data = DataHash()
    for _ in data.lines(sheet):
        pass
    return data


def _remarks(export: Export, whole: ResultTable, view: View, say: Say) -> list[Paragraph]:
    """Say what is left out for this reader, and why it is no Excel file."""
    hidden = sorted(whole.secrets & export.sight.withheld, key=str)
    said = []
    if hidden:
        what = say.enumeration([say(f"left-out-{kind.value}") for kind in hidden])
        said.append(say("export-left-out", what=what))
    if view is not export.ask.view:
        said.append(say("export-csv-alone", most=MOST_XLSX))
    return [Paragraph(each) for each in said]


def _other_form(export: Export, rows: int, view: View, say: Say) -> list[Choices]:
    """Offer the other forms of the file."""
    if rows > MOST_XLSX:
        return []
    calendar = [View.ICS] if deadlines_of(export.result, say) else []
    others = [form for form in (View.XLSX, View.CSV, *calendar) if form is not view]
    labels = [say(f"export-as-{form.value}") for form in others]
    choices = [
        Choice(label, export.again, view=form) for label, form in zip(labels, others, strict=True)
    ]
    return [Choices("", tuple(choices))]
