"""What was read in files of Partner Center, in words: for the terminal and for a plan in chat."""

from collections.abc import Iterable

from analytics.sources.files.file_summary import FileSummary, NamedRows
from analytics.sources.files.import_plan import MissingRows
from handlers.chat.services import Say


def file_lines(file: FileSummary, say: Say) -> list[str]:
    """Say what was read, kept and left out of a file; the first line names it."""
    dataset = say(f"dataset-{file.dataset}")
    told = say("import-file", file=file.file, dataset=dataset, read=file.read, kept=file.kept)
    orders = [say(f"import-days-{order}", column=field) for field, order in file.orders]
    remarks = [f"  {_remark(each, say)}" for each in file.remarks]
    left_out = [f"  {_left_out(each, say)}" for each in file.left_out]
    return [told, *([say("import-comma")] if file.comma else []), *orders, *remarks, *left_out]


def missing_lines(missing: Iterable[MissingRows], say: Say) -> list[str]:
    """Say which rows the source announced that the files lack."""
    return [
        say("import-incomplete", service=each.service, day=each.day, n=each.announced)
        for each in missing
    ]


def _remark(remark: NamedRows, say: Say) -> str:
    return say(f"import-kept-{remark.why}", rows=_row_names(remark, say))


def _left_out(left: NamedRows, say: Say) -> str:
    return say(f"left-out-{left.why}", n=left.count, rows=_row_names(left, say))


def _row_names(named: NamedRows, say: Say) -> str:
    listed = say.enumeration([str(row) for row in named.rows])
    rest = named.count - len(named.rows)
    return say("import-rows-more", rows=listed, n=rest) if rest > 0 else listed
