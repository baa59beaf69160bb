"""`seatwise import FILE…`: any file that Partner Center gives, all of the files or none."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from analytics.sources.files.bad_file import BadFile
from analytics.sources.files.downloads import Download, merge
from analytics.sources.files.file_set import (
    ReadingTerms,
    batches_of,
    erased_rows,
    read_files,
    shorter_lists,
)
from analytics.sources.files.file_summary import file_summaries
from analytics.sources.files.import_plan import missing_rows
from analytics.sources.files.notation import NUMBERS, Hint
from analytics.sources.files.written_days import ORDERS
from analytics.tables import Batch
from analytics.warehouse.building.build import NotBuilt, Published, build
from analytics.warehouse.generations import Busy
from bot.cli.console import tell
from bot.erased_key import erased_file
from bot.partners import facts_of
from bot.settings import Settings, kept_cells
from bot.wiring import utc_now
from handlers.messages.speaker import Speaker
from handlers.output.import_lines import file_lines, missing_lines

SUMMARY = (
    "Read reports of Partner Center from files: CSV, TSV, pages of JSON; also in a zip or gzip."
)


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
        "--extensions",
        action="store_true",
        help="the files list subscriptions configured for a paid extension, and do not say so",
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
    now, hint = utc_now(), Hint(options.numbers, options.days, options.extensions)
    folder = facts_of(settings, options.data)
    try:
        files = [(file.name, file) for file in options.files]
        downloads = read_files(files, ReadingTerms(now.date(), hint, options.month))
        with erased_file(folder, settings.secret_key).hold() as erased:
            batches = batches_of(downloads, erased)
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


def _refuse_shorter(
    folder: Path, downloads: Sequence[Download], batches: Sequence[Batch], say: Speaker
) -> None:
    """Refuse a list that would end more than a third of what stood; nothing was built yet."""
    for each in shorter_lists(folder, downloads, batches):
        dataset = say(f"dataset-{each.dataset.name}")
        values = {"dataset": dataset, "found": each.rows.listed, "limit": each.rows.stood}
        raise BadFile("import-shorter", each.file, **values)


def _erased_line(
    downloads: Sequence[Download], batches: Sequence[Batch], say: Speaker
) -> list[str]:
    """Say how many rows were left out, being of erased customers, where there were any."""
    fewer = erased_rows(downloads, batches)
    return [say("erased-left-out", n=fewer)] if fewer else []


def report(downloads: Sequence[Download], published: Published, say: Speaker) -> list[str]:
    """Say what was read, kept and left out, file by file, and what was published."""
    read = [line for each in file_summaries(downloads) for line in file_lines(each, say)]
    missing = missing_rows(merge(downloads))
    return [*read, *missing_lines(missing, say), _outcome(published, say)]


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
