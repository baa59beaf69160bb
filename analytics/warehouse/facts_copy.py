"""A partner's facts copied to another folder, and put back from there."""

import shutil
from pathlib import Path

import duckdb

from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.facts import Generation
from analytics.warehouse.generations import Generations

_TRIES = 5
"""A build may publish twice while we look, and sweep what we were about to copy."""


def copy_facts(folder: Path, to: Path) -> None:
    """Copies the current generation into a new folder, whole, whatever is built meanwhile; an empty
    folder where there is none. FileExistsError where `to` is there already.
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
    """Makes the copy that is in `source` the next generation of `folder`; its number, or 0 where
    nothing was copied. What was there answers until the copy is read through, and stays as the
    generation before.

    Raises Unreadable for a copy that cannot be read, Busy while another process builds, NotBuilt or
    OSError where it cannot be written.
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
