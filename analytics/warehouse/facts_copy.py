"""Copying of a partner's facts to another folder, and restoring them from there."""

import shutil
from pathlib import Path

import duckdb

from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.facts import Generation
from analytics.warehouse.generations import Generations

_TRIES = 5
"""Tries of a copy: a build may publish twice meanwhile and sweep the file to be copied."""


def copy_facts(folder: Path, to: Path) -> None:
    """Copy the current generation whole into a new folder, even while another is built; leave the
    folder empty if there is none. Raises FileExistsError if `to` exists.
    """
    to.mkdir(parents=True)
    for left in reversed(range(_TRIES)):
        current = Generations(folder).current()
        if current is None:
            return
        try:
            shutil.copyfile(current, to / current.name)
        except FileNotFoundError:
            if not left:
                raise
        else:
            (to / "current.json").write_text(f'{{"file": "{current.name}"}}')
            return


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
