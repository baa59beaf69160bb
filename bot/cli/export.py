"""`seatwise export FOLDER`: all data that a partner owns, in files that any program reads."""

import argparse
import asyncio
import shutil
import tempfile
from pathlib import Path

from analytics.sources.exports import write_facts
from analytics.warehouse.current_generation import Warehouse
from bot.cli.console import tell
from bot.environment import check_secret
from bot.partners import facts_of
from bot.settings import Settings, database_url
from bot.store.database import opened_database
from bot.store.table_dump import READABLE, write_lines
from bot.work_folder import SCRATCH
from handlers.messages.speaker import Speaker

SUMMARY = "Write all figures as CSV and JSON lines, and rights, schedules and audit as JSON lines."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the argument: the folder or zip to write."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new folder, or a new .zip")


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Put the whole export in place, or nothing: it is written beside and then renamed."""
    check_secret(settings)
    to: Path = options.folder
    if to.exists():
        tell(say("backup-exists", file=to))
        return 2
    if not to.absolute().parent.is_dir():
        tell(say("backup-no-folder", folder=to.absolute().parent))
        return 2
    with tempfile.TemporaryDirectory(dir=to.absolute().parent, prefix=SCRATCH) as name:
        written = Path(name) / "export"
        (written / "state").mkdir(parents=True)
        (written / "facts").mkdir()
        generation = Warehouse(facts_of(settings)).current()
        rows = write_facts(generation, written / "facts") if generation else {}
        asyncio.run(_write(settings, written / "state"))
        _in_place(written, to)
    print(say("export-done", file=to, n=sum(rows.values()), tables=len(rows)))
    for name, count in rows.items():
        dataset = say(f"dataset-{name}")
        print("  " + say("export-table", n=count, file=f"facts/{name}.csv", dataset=dataset))
    print("  " + say("export-state"))
    print(say("export-people"))
    return 0


def _in_place(written: Path, to: Path) -> None:
    if to.suffix.lower() == ".zip":
        packed = shutil.make_archive(str(written), "zip", written)
        Path(packed).chmod(0o600)
        Path(packed).rename(to)
    else:
        written.chmod(0o700)
        written.rename(to)


async def _write(settings: Settings, folder: Path) -> None:
    async with opened_database(database_url(settings)) as engine:
        await write_lines(engine, folder, READABLE)
