"""`seatwise restore FILE`: put a backup of `seatwise backup` in place, checked before anything is
replaced.
"""

import argparse
import asyncio
import tempfile
from datetime import datetime
from pathlib import Path

from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Unreadable
from analytics.warehouse.facts_copy import restore_facts
from analytics.warehouse.generations import Busy
from bot.cli.bundle import BadBackup, unpack
from bot.cli.console import SCRATCH, tell
from bot.environment import check_secret
from bot.partners import facts_of
from bot.settings import Settings, database_url
from bot.store.database import opened_database
from bot.store.table_dump import NotEmpty, broken_chains, read_lines, revision
from handlers.messages.speaker import Speaker

SUMMARY = "Put a backup in place, in an empty installation; stop the bot first."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the backup, and the option to replace existing data."""
    parser.add_argument("file", type=Path, metavar="FILE", help="what `seatwise backup` wrote")
    parser.add_argument(
        "--over", action="store_true", help="in place of what is there, which is lost"
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Put the backup in place, or say why not. Everything is checked before anything is replaced;
    state is replaced first, then figures.
    """
    check_secret(settings)
    into = settings.data_dir
    into.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=into, prefix=SCRATCH) as name:
            said = unpack(options.file, Path(name))
            asyncio.run(_restore(settings, Path(name), said, over=options.over))
            if (trouble := _restore_facts(settings, Path(name), say)) is not None:
                tell(say("restore-half", file=options.file, trouble=trouble))
                return 1
    except BadBackup as bad:
        tell(say(str(bad), file=options.file))
    except NotEmpty:
        tell(say("restore-not-empty"))
    else:
        print(say("restore-done", file=options.file, made=_moment(said["made"])))
        return 0
    return 1


def _restore_facts(settings: Settings, folder: Path, say: Speaker) -> str | None:
    """Restore the figures; return the reason where they stay as they were, None where all is well.
    The state is in place by then.
    """
    try:
        restore_facts(folder / "facts", facts_of(settings))
    except Busy:
        return say("restore-busy")
    except (NotBuilt, OSError) as error:
        return str(error)
    return None


def _moment(text: str) -> datetime | str:
    """The moment at which the backup was made; its text where that is no moment."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text


async def _restore(settings: Settings, folder: Path, said: dict[str, str], *, over: bool) -> None:
    """Restore state into a trial store first, where schema, facts and audit chain are checked; then
    into the installation's own. Raises BadBackup where a check fails.
    """
    async with opened_database(f"sqlite+aiosqlite:///{folder / 'trial.db'}") as trial:
        try:
            if said.get("schema") != await revision(trial):
                raise BadBackup("restore-other-version")
            await read_lines(trial, folder / "store", over=False)
            Warehouse(folder / "facts").current()
            if await broken_chains(trial, settings.secret_key):
                raise BadBackup("restore-chain")
        except (KeyError, ValueError, Unreadable) as error:
            raise BadBackup("restore-damaged") from error
    async with opened_database(database_url(settings)) as engine:
        await read_lines(engine, folder / "store", over=over)
