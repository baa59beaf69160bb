"""Folders that are built once a run and shared by its workers, since building takes seconds."""

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_VARIABLE = "TESTS_CACHE"


def open_cache() -> Callable[[], None]:
    """Makes the run's folder, which workers find by the environment they inherit; returns what
    removes it. Does nothing where a run that started this one made it.
    """
    if _VARIABLE in os.environ:
        return lambda: None
    os.environ[_VARIABLE] = tempfile.mkdtemp(prefix="seatwise-tests-")
    return lambda: shutil.rmtree(os.environ.pop(_VARIABLE))


def built_once(name: str, build: Callable[[Path], None]) -> Path:
    """The folder of that name as `build` filled it, for reading alone: tests copy it. One worker
    builds while the others wait; a build that failed is tried again by the next. Outside a run,
    the folder lives as long as this process.
    """
    if _VARIABLE not in os.environ:
        atexit.register(open_cache())
    cache = Path(os.environ[_VARIABLE])
    built = cache / name
    with _locked(cache / f"{name}.lock"):
        if not built.exists():
            half = Path(tempfile.mkdtemp(prefix=name, dir=cache))
            build(half)
            half.rename(built)
    return built


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """One process or thread at a time; a process that ends gives the lock back."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
