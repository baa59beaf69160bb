"""Facts to and from a backup."""

import shutil
from pathlib import Path

import duckdb

from analytics.warehouse.generations import Generations

_TRIES = 3


def copy_facts(folder: Path, to: Path) -> None:
    """Copies the current generation to the folder `to`, while others build; nothing where there is
    none. Published files never change, but old ones go: then the newer one is copied.
    """
    to.mkdir(parents=True, exist_ok=True)
    for last in range(_TRIES):
        file = Generations(folder).current()
        if file is None:
            return
        try:
            shutil.copyfile(file, to / "facts.duckdb")
        except FileNotFoundError:
            if last == _TRIES - 1:
                raise
        else:
            return


def restore_facts(source: Path, folder: Path) -> None:
    """Publishes what `copy_facts` wrote as the next generation; nothing where it wrote none.
    Raises Busy while another process builds.
    """
    copied = source / "facts.duckdb"
    if not copied.exists():
        return
    store = Generations(folder)
    with store.building() as path:
        shutil.copyfile(copied, path)
        number = store.number(store.current()) + 1
        with duckdb.connect(path) as into:
            into.execute(
                "UPDATE meta SET value = $number WHERE key = 'generation'", {"number": str(number)}
            )
            into.execute("CHECKPOINT")
        store.publish(path)
