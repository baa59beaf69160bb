"""`seatwise restore FILE`: put a backup of `seatwise backup` in place, checked before anything is
replaced.
"""

import argparse
import asyncio
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from analytics.values import TenantId
from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.erased_file import ErasedKeyLost
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.erasure import erase, erased_customers, known_names
from analytics.warehouse.facts import Unreadable
from analytics.warehouse.facts_copy import restore_facts
from analytics.warehouse.generations import Busy
from bot.cli.bundle import BadBackup, unpack
from bot.cli.console import tell
from bot.environment import check_secret
from bot.erased_key import erased_file
from bot.partners import SERVED, facts_of
from bot.settings import Settings, database_url
from bot.store.audit import Audit
from bot.store.database import Engine, opened_database
from bot.store.earlier_dump import UnknownSchema, dump_as_store
from bot.store.erased_state import erase_listed
from bot.store.erasure import Erasure
from bot.store.roles import RoleStore
from bot.store.table_dump import (
    TABLES,
    NotEmpty,
    broken_chains,
    read_lines,
    write_lines,
)
from bot.wiring import utc_now
from bot.work_folder import work_folder
from handlers.chat.asking import UserRef
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
    state is replaced first, then figures. Those who were erased after it was made stay erased.
    """
    check_secret(settings)
    try:
        with (
            erased_file(facts_of(settings), settings.secret_key).change() as before,
            work_folder(settings.data_dir) as folder,
        ):
            return _restore(options, settings, say, folder=folder, before=before)
    except BadBackup as bad:
        tell(say(str(bad), file=options.file))
    except NotEmpty:
        tell(say("restore-not-empty"))
    except Busy:
        tell(say("erased-busy"))
    return 1


def _restore(
    options: argparse.Namespace,
    settings: Settings,
    say: Speaker,
    *,
    folder: Path,
    before: ErasedList,
) -> int:
    said = unpack(options.file, folder, settings.secret_key)
    erased = before.union(_list_of(folder / "facts", settings.secret_key))
    asyncio.run(_restore_state(settings, folder, said, erased=erased, over=options.over))
    erased_file(facts_of(settings), settings.secret_key).write(erased)
    if (trouble := _restore_facts(settings, folder, say)) is not None:
        tell(say("restore-half", file=options.file, trouble=trouble))
        return 1
    print(say("restore-done", file=options.file, made=_moment(said["made"])))
    if erased:
        print(say("restore-erased", n=erased.customers + erased.persons))
        if not asyncio.run(_admins(settings)):
            print(say("doctor-no-admins"))
    return 0


async def _admins(settings: Settings) -> tuple[UserRef, ...]:
    async with opened_database(database_url(settings)) as engine:
        rights = RoleStore(engine, Audit(engine, settings.secret_key), settings.admins)
        return await rights.admins(SERVED, utc_now())


def _list_of(folder: Path, secret: str) -> ErasedList:
    """Return the list of those who were erased before the backup was made."""
    try:
        return erased_file(folder, secret).read()
    except ErasedKeyLost as error:
        raise BadBackup("restore-other-key") from error


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


async def _restore_state(
    settings: Settings, folder: Path, said: dict[str, str], *, erased: ErasedList, over: bool
) -> None:
    """Restore state into a trial store first, where it is brought up to date, facts and audit chain
    are checked, and those on the list are erased, as they are in the unpacked facts; then into the
    installation's own. Raises BadBackup where a check fails.
    """
    try:
        trial = dump_as_store(folder / "trial.db", folder / "store", said.get("schema", ""))
        async with trial as store:
            Warehouse(folder / "facts").current()
            if await broken_chains(store, settings.secret_key):
                raise BadBackup("restore-chain")
            if erased:
                await _erase(store, folder, settings.secret_key, erased)
            await write_lines(store, folder / "store", TABLES)
    except UnknownSchema as error:
        raise BadBackup("restore-other-version") from error
    except (KeyError, ValueError, Unreadable, NotBuilt) as error:
        raise BadBackup("restore-damaged") from error
    async with opened_database(database_url(settings)) as engine:
        await read_lines(engine, folder / "store", over=over)


async def _erase(trial: Engine, folder: Path, secret: str, erased: ErasedList) -> None:
    """Erase those on the list from the unpacked facts and the trial store."""
    names: dict[TenantId, list[str]] = defaultdict(list)
    for tenant, name in erased_customers(folder / "facts", erased):
        names[tenant] += [name, *known_names(folder / "facts", tenant)]
    erase(folder / "facts", erased)
    await erase_listed(trial, Erasure(trial, secret, SERVED), erased, names, utc_now())
