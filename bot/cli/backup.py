"""`seatwise backup FILE`: rights, schedules, audit and facts in one file, while the bot runs."""

import argparse
import asyncio
from pathlib import Path

from analytics.warehouse.facts_copy import copy_facts
from bot.cli.bundle import pack
from bot.cli.console import tell
from bot.environment import check_secret
from bot.partners import facts_of
from bot.settings import Settings, database_url
from bot.store.database import opened_database
from bot.store.table_dump import TABLES, write_lines
from bot.wiring import utc_now
from bot.work_folder import work_folder
from handlers.messages.speaker import Speaker

SUMMARY = "Write everything this installation knows to one sealed file; the bot may run."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the file to write, and whether it is sealed."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file")
    parser.add_argument(
        "--plain",
        action="store_true",
        help="a zip that anybody can read, and not sealed with SEATWISE_SECRET_KEY",
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Write the backup: the store as of one moment, the facts of one generation. What is not sealed
    yet lies in the data folder, and nowhere else.
    """
    check_secret(settings)
    file: Path = options.file
    if file.exists():
        tell(say("backup-exists", file=file))
        return 2
    if not file.absolute().parent.is_dir():
        tell(say("backup-no-folder", folder=file.absolute().parent))
        return 2
    with work_folder(settings.data_dir) as folder:
        (folder / "store").mkdir()
        copy_facts(facts_of(settings), folder / "facts")
        schema = asyncio.run(_write(settings, folder / "store"))
        said = {"schema": schema, "made": utc_now().isoformat()}
        size = pack(folder, file, said, "" if options.plain else settings.secret_key)
    print(say("backup-done", file=file, size=max(1, size // 1024)))
    print(say("backup-plain" if options.plain else "backup-sealed"))
    return 0


async def _write(settings: Settings, folder: Path) -> str:
    async with opened_database(database_url(settings)) as engine:
        return await write_lines(engine, folder, TABLES)
