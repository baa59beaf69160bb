"""Copying of a partner's facts to another folder, and restoring them from there."""

import shutil
from pathlib import Path

import duckdb
from tenacity import retry, retry_if_exception_type, stop_after_attempt

from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.erased_file import FILE as ERASED
from analytics.warehouse.facts import Generation
from analytics.warehouse.generations import Generations


def copy_facts(folder: Path, to: Path) -> None:
    """Copy the current generation into the new folder `to`, whole, whatever is built meanwhile, and
    the list of those who were erased; the folder stays empty where there is neither. Raises
    FileExistsError where `to` exists.
    """
    to.mkdir(parents=True)
    _copy_current(folder, to)
    if (folder / ERASED).exists():
        shutil.copyfile(folder / ERASED, to / ERASED)


@retry(retry=retry_if_exception_type(FileNotFoundError), stop=stop_after_attempt(5), reraise=True)
def _copy_current(folder: Path, to: Path) -> None:
    """Copy the generation the pointer names; again where a build swept it in that moment."""
    current = Generations(folder).current()
    if current is not None:
        shutil.copyfile(current, to / current.name)
        (to / "current.json").write_text(f'{{"file": "{current.name}"}}')


def restore_facts(source: Path, folder: Path) -> int:
    """Make the copy in `source` the next generation of `folder`; return its number, or 0 if there
    is no copy. The old generation answers until the copy is read through, and stays as the one
    before.

    Raises Unreadable if the copy cannot be read, Busy while another process builds, NotBuilt or
    OSError if it cannot be written.
    """
    copied = Generations(source).current()
    if copied is None:
        return 0
    Generation.open(copied).connection.close()
    store = Generations(folder)
    with store.build_path() as path:
        shutil.copyfile(copied, path)
        number = store.number(store.current()) + 1
        try:
            with duckdb.connect(path) as con:
                con.execute("UPDATE meta SET value = ? WHERE key = 'generation'", [str(number)])
                con.execute("CHECKPOINT")
        except duckdb.Error as error:
            raise NotBuilt(str(error).partition("\n")[0]) from error
        return store.number(store.publish(path))
