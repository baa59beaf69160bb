"""A folder beside the data in which a process prepares files; one that a killed process left is
deleted by the next.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SCRATCH = ".seatwise-"
"""Beginning of the names of temporary folders, which no message names."""

DROPS = ".drop"
"""End of the names of folders in it that hold what one person dropped."""

_LOCK = ".lock"


@contextmanager
def work_folder(data_dir: Path) -> Iterator[Path]:
    """Lend a new folder for this process's user alone; delete it at the end, and those of processes
    that were killed. Raises OSError, which names the data folder, where none can be made.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    sweep_work_folders(data_dir)
    try:
        folder = Path(tempfile.mkdtemp(dir=data_dir, prefix=SCRATCH))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(data_dir)) from error
    try:
        unlocked = folder / f"{_LOCK}.new"
        with unlocked.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            unlocked.rename(folder / _LOCK)  # so that no lock is there that is not held yet
            inside = folder / "work"
            inside.mkdir(mode=0o700)
            yield inside
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_work_folders(data_dir: Path) -> None:
    """Delete the folders whose process is gone: the kernel has let go of their locks. A folder that
    has no lock yet is being made.
    """
    for folder in data_dir.glob(f"{SCRATCH}*"):
        with suppress(OSError), _lock_file(folder) as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _lock_file(folder: Path) -> Iterator[int]:
    handle = os.open(folder / _LOCK, os.O_RDWR)
    try:
        yield handle
    finally:
        os.close(handle)
