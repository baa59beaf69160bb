"""`seatwise backup FILE`: rights, schedules, audit and facts in one file, while the bot runs."""

import argparse
import asyncio
import tempfile
from pathlib import Path

from analytics.warehouse.facts_copy import copy_facts
from bot.cli.bundle import pack
from bot.cli.console import SCRATCH, tell
from bot.environment import check_secret
from bot.partners import facts_of
from bot.settings import Settings, database_url
from bot.store.database import opened_database
from bot.store.table_dump import TABLES, write_lines
from bot.wiring import utc_now
from handlers.messages.speaker import Speaker

SUMMARY = "Write everything this installation knows to one file; the bot may run."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the argument: the file to write."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file")


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Write the backup: the store as of one moment, the facts of one generation."""
    check_secret(settings)
    file: Path = options.file
    if file.exists():
        tell(say("backup-exists", file=file))
        return 2
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=SCRATCH) as name:
        folder = Path(name)
        (folder / "store").mkdir()
        copy_facts(facts_of(settings), folder / "facts")
        schema = asyncio.run(_write(settings, folder / "store"))
        size = pack(folder, file, {"schema": schema, "made": utc_now().isoformat()})
    print(say("backup-done", file=file, size=max(1, size // 1024)))
    print(say("backup-key"))
    return 0


async def _write(settings: Settings, folder: Path) -> str:
    async with opened_database(database_url(settings)) as engine:
        return await write_lines(engine, folder, TABLES)
