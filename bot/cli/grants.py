"""`seatwise grants`: the rights held now, in lines to read or as a file for `seatwise grant`."""

import argparse
import asyncio
import os
from pathlib import Path

from bot.cli.console import tell
from bot.cli.rights_scope import CustomerFinder
from bot.environment import check_secret
from bot.partners import SERVED
from bot.settings import Settings
from bot.store.grant_rows import Holders
from bot.wiring import open_installation, utc_now
from handlers.messages.speaker import Speaker
from handlers.output.rights_file import rights_file
from handlers.output.rights_plan import right_in_short

SUMMARY = "Show who holds which right, or write it to a file that seatwise grant reads."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the argument: the file to write."""
    parser.add_argument(
        "--file", type=Path, metavar="FILE", help="a new CSV; its owner alone may read it"
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Print the rights, or write them to a new file. A file that exists is not touched."""
    check_secret(settings)
    holders = asyncio.run(_holders(settings))
    if options.file is None:
        print(*_lines(holders, settings, say), sep="\n")
        return 0
    try:
        _write(options.file, rights_file(holders))
    except FileExistsError:
        tell(say("backup-exists", file=options.file))
        return 2
    stored = [grant for _, grant in holders if grant.by != "settings"]
    print(say("rights-file-written", file=options.file, n=len(stored)))
    return 0


async def _holders(settings: Settings) -> Holders:
    async with open_installation(settings, {}) as installation:
        return await installation.roles.holders(SERVED, utc_now())


def _lines(holders: Holders, settings: Settings, say: Speaker) -> list[str]:
    if not holders:
        return [say("rights-none")]
    tenants = {tenant for _, grant in holders for tenant in grant.customers or ()}
    names = CustomerFinder(settings, say).names(sorted(tenants))
    lines = [say("who-everybody", n=len({who for who, _ in holders}))]
    return [*lines, *(f"{who}  {right_in_short(grant, names, say)}" for who, grant in holders)]


def _write(file: Path, text: str) -> None:
    """Write a new file whole, readable by its owner alone; on failure it is not there. Raises
    FileExistsError where something has that name already.
    """
    handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        file.unlink(missing_ok=True)
        raise
