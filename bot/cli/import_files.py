"""`seatwise import FILE…`: any file that Partner Center gives, all of the files or none."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from analytics.sources.files.bad_file import LIMITS, BadFile
from analytics.sources.files.downloads import (
    Download,
    LeftOut,
    Remark,
    left_out_by_file,
    merge,
    read_file,
)
from analytics.sources.files.notation import NUMBERS, Hint
from analytics.sources.files.numerals import COMMA
from analytics.sources.files.offer_matrix import is_offer_matrix, read_offer_matrix
from analytics.sources.files.shorter_lists import shorter
from analytics.sources.files.written_days import ORDERS
from analytics.tables import Batch, Memory
from analytics.warehouse.building.build import NotBuilt, Published, build
from analytics.warehouse.building.standing_keys import standing_keys
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.generations import Busy
from bot.cli.console import tell
from bot.cli.erased_key import erased_file
from bot.partners import facts_of
from bot.settings import Settings, kept_cells
from bot.wiring import utc_now
from handlers.messages.speaker import Speaker

SUMMARY = (
    "Read reports of Partner Center from files: CSV, TSV, pages of JSON; also in a zip or gzip."
)
ROWS_NAMED = 12
"""Number of rows listed for a reason; any further ones are only counted."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the files, and the folder to fill."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="any number of files, taken together or not at all",
    )
    parser.add_argument(
        "--data", type=Path, help="data folder to fill, instead of SEATWISE_DATA_DIR"
    )
    parser.add_argument(
        "--numbers",
        choices=NUMBERS,
        default="",
        help="how numbers are written, where a file does not tell: en 1,234.5, de or fr 1.234,5",
    )
    parser.add_argument(
        "--days",
        choices=ORDERS,
        default="",
        help="order of days such as 03/04/2026, where a file does not tell: mdy or dmy",
    )
    parser.add_argument(
        "--month",
        type=_month,
        metavar="YYYY-MM",
        help="month that an offer matrix is of, where its name does not tell",
    )
    parser.add_argument(
        "--shorter",
        action="store_true",
        help="take a list that has lost more than a third of its customers or subscriptions",
    )


def _month(text: str) -> date:
    """Read a month, as its first day. Raises ValueError for a text of another form."""
    return date.fromisoformat(f"{text}-01")


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Publish one generation with all files; if one fails, publish none, and the old data goes on
    answering.
    """
    now, hint = utc_now(), Hint(options.numbers, options.days)
    folder = facts_of(settings, options.data)
    try:
        downloads = [
            download
            for file in options.files
            for download in _downloads(file, now.date(), hint, options.month)
        ]
        with erased_file(folder, settings.secret_key).hold() as erased:
            batches = [_without_erased(batch, erased) for batch in merge(downloads)]
            if not options.shorter:
                _refuse_shorter(folder, downloads, batches, say)
            meta = {"made_up": "no", "built": now.isoformat()}
            published = build(folder, batches, meta | kept_cells(settings))
    except BadFile as bad:
        tell(say(bad.problem, **bad.values))
    except Busy:
        tell(say("import-busy"))
    except OSError as error:
        tell(say("import-cannot", file=error.filename or folder, error=error.strerror))
    except NotBuilt as error:
        tell(say("import-cannot", file=folder, error=error))
    else:
        for line in (*report(downloads, published, say), *_erased_line(downloads, batches, say)):
            print(line)
        return 0
    return 1


def _downloads(file: Path, today: date, hint: Hint, month: date | None) -> Iterator[Download]:
    """Read one file; an offer matrix row by row, since it is as large as all others together."""
    with file.open("rb") as stream:
        if is_offer_matrix(stream):
            yield read_offer_matrix(file.name, stream, today, LIMITS, month)
            return
    yield from read_file(file.name, _content(file), today, hint=hint)


def _refuse_shorter(
    folder: Path, downloads: Sequence[Download], batches: Iterable[Batch], say: Speaker
) -> None:
    """Refuse a list that would end more than a third of what stood; nothing was built yet."""
    for batch in batches:
        if batch.dataset.memory is Memory.SPANS:
            told = [each for each in downloads if each.batch.dataset is batch.dataset]
            pages = [page for each in told for page in each.pages]
            stood = standing_keys(folder, batch.dataset)
            if less := shorter(batch.dataset, batch.rows, pages, stood):
                dataset = say(f"dataset-{batch.dataset.name}")
                values = {"dataset": dataset, "found": less.listed, "limit": less.stood}
                raise BadFile("import-shorter", told[-1].file, **values)


def _without_erased(batch: Batch, erased: ErasedList) -> Batch:
    """Return a batch without the rows of erased customers, which are not missed either."""
    rows, left_out = erased.filter_rows(batch.dataset, batch.rows)
    if not left_out:
        return replace(batch, rows=tuple(rows))
    fewer = len(set(left_out))
    announced = {key: max(rows - fewer, 0) for key, rows in batch.incomplete.items()}
    return replace(batch, rows=tuple(rows), incomplete=announced)


def _erased_line(
    downloads: Sequence[Download], batches: Sequence[Batch], say: Speaker
) -> list[str]:
    """Say how many rows were left out, being of erased customers, where there were any."""
    read = sum(len(batch.rows) for batch in merge(downloads))
    fewer = read - sum(len(batch.rows) for batch in batches)
    return [say("erased-left-out", n=fewer)] if fewer else []


def _content(file: Path) -> bytes:
    """Read a whole file. BadFile for one that is too large, before it is read to its end."""
    with file.open("rb") as stream:
        content = stream.read(LIMITS.size + 1)
    if len(content) > LIMITS.size:
        raise BadFile("import-too-large", file.name, limit=LIMITS.size // 1024 // 1024)
    return content


def report(downloads: list[Download], published: Published, say: Speaker) -> list[str]:
    """Say what was read, kept and left out, file by file, and what was published."""
    lines = []
    for download, left_out in zip(downloads, left_out_by_file(downloads), strict=True):
        kept = download.read - sum(len(left.rows) for left in left_out)
        dataset = say(f"dataset-{download.batch.dataset.name}")
        lines.append(
            say("import-file", file=download.file, dataset=dataset, read=download.read, kept=kept)
        )
        lines += _notation_lines(download, say)
        lines += [f"  {_remark_line(each, say)}" for each in download.remarks]
        lines += [f"  {_left_out_line(left, say)}" for left in left_out]
    return [*lines, *_incomplete_lines(downloads, say), _outcome(published, say)]


def _notation_lines(download: Download, say: Speaker) -> list[str]:
    """Say how numbers and days were read, where a file does not write them as programs do."""
    columns = {column.name: column.field for column in download.batch.dataset.columns}
    orders = download.notation.orders.items()
    comma = [say("import-comma")] if download.notation.mark == COMMA else []
    return comma + [say(f"import-days-{order}", column=columns[name]) for name, order in orders]


def _remark_line(remark: Remark, say: Speaker) -> str:
    return say(f"import-kept-{remark.what}", rows=_row_names(remark.rows, say))


def _left_out_line(left: LeftOut, say: Speaker) -> str:
    return say(f"left-out-{left.reason}", n=len(left.rows), rows=_row_names(left.rows, say))


def _row_names(rows: Sequence[int], say: Speaker) -> str:
    named = say.enumeration([str(row) for row in rows[:ROWS_NAMED]])
    rest = len(rows) - ROWS_NAMED
    return say("import-rows-more", rows=named, n=rest) if rest > 0 else named


def _incomplete_lines(downloads: list[Download], say: Speaker) -> list[str]:
    return [
        say("import-incomplete", service=service, day=day, n=announced)
        for batch in merge(downloads)
        for (service, day), announced in sorted(batch.incomplete.items())
    ]


def _outcome(published: Published, say: Speaker) -> str:
    brought = published.brought
    if not brought.anything:
        return say("import-nothing-new", n=brought.same)
    return say(
        "import-done",
        generation=published.generation,
        new=brought.new,
        changed=brought.changed,
        same=brought.same,
    )
