"""Work in a process of its own: a file from outside may be heavy, and no question waits for it."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 300.0
"""Seconds that the work on one drop may take."""

_GLANCE = 0.2
_POLITE = 10
_FIRST_TO_GO = "500"
"""The child's rank where memory runs out: the kernel ends it before the bot."""


class ChildLost(Exception):
    """The child took too long, was ended, or could not be begun; `late` for the first."""

    def __init__(self, *, late: bool) -> None:
        super().__init__("late" if late else "ended")
        self.late = late


class Apart:
    """A runner of work in child processes, until it is closed."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._closed = threading.Event()

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `work` returns in a child at lower priority, or raise what it raises; its
        arguments and results must be picklable. Blocks. Raises ChildLost.
        """
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe(duplex=False)
        child = context.Process(target=_tell, args=(there, work, args, kwargs), daemon=True)
        child.start()
        there.close()
        try:
            self._await_answer(here.poll)
            told, value = here.recv()
        except (EOFError, OSError) as error:
            raise ChildLost(late=False) from error
        finally:
            child.kill()
            child.join()
            here.close()
        if told:
            return value  # type: ignore[no-any-return]  # what came through a pipe has no type
        raise value

    def close(self) -> None:
        """End the children: their work is lost."""
        self._closed.set()

    def _await_answer(self, has_come: Callable[[float], bool]) -> None:
        until = time.monotonic() + self._patience
        while not has_come(_GLANCE):
            if self._closed.is_set() or time.monotonic() > until:
                raise ChildLost(late=not self._closed.is_set())


def _tell(
    there: Connection,
    work: Callable[..., object],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> None:
    """Do the work and send its result, or its error, to the parent."""
    os.umask(0o077)
    os.nice(_POLITE)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")
    try:
        there.send((True, work(*args, **kwargs)))
    except Exception as error:  # noqa: BLE001 it is the parent's to handle
        there.send((False, error))
