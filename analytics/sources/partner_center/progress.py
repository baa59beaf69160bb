"""How far a sync is: told to whoever watches, and kept in a small file for other processes."""

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from analytics.sources.partner_center.fetch import Watch
from analytics.tables import Dataset

FILE = "progress.json"
_EVERY = 0.5
"""Seconds between two writings."""
_SILENT = timedelta(minutes=10)
"""No sync says nothing for so long: the longest wait that the source may ask for is shorter."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A sync that runs."""

    pid: int
    started: datetime
    updated: datetime
    dataset: str = ""
    """The one that is fetched now; empty while the generation is built."""
    done: int = 0
    """Its parts that are done, of `parts`."""
    parts: int = 0
    rows: int = 0
    """Rows of all datasets that this process has fetched."""
    calls: int = 0


class ProgressFile:
    """analytics.sources.partner_center.fetch.Watch, in a file. One that cannot be written is no
    reason to stop a sync.
    """

    def __init__(
        self,
        file: Path,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file = file
        self._now = now
        self._clock = clock
        self._written = float("-inf")
        self._its = Progress(os.getpid(), now(), now())

    def begin_dataset(self, dataset: Dataset, parts: int) -> None:
        """A dataset of so many parts."""
        self._its = replace(self._its, dataset=dataset.name, parts=parts, done=0)
        self._write()

    def add_page(self, dataset: Dataset, rows: int, calls: int) -> None:
        """A page of so many rows."""
        self._its = replace(self._its, rows=self._its.rows + rows, calls=calls)
        self._write()

    def end_part(self, dataset: Dataset, done: int) -> None:
        """A part: so many are done."""
        self._its = replace(self._its, done=done)
        self._write()

    def begin_building(self) -> None:
        """All is fetched; what is left to do has no parts."""
        self._its = replace(self._its, dataset="", done=0, parts=0)
        self._written = float("-inf")
        self._write()

    def close(self) -> None:
        """No sync runs any more."""
        self._file.unlink(missing_ok=True)

    def _write(self) -> None:
        if self._clock() < self._written + _EVERY:
            return
        self._written = self._clock()
        self._its = replace(self._its, updated=self._now())
        fresh = self._file.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(asdict(self._its), default=datetime.isoformat))
            fresh.rename(self._file)
        except OSError:
            self._written += 60  # a full disk may have room again later


def read_progress(file: Path, now: datetime) -> Progress | None:
    """The sync that runs now; None where none does, its process having died included."""
    try:
        said = json.loads(file.read_text())
        moments = {name: datetime.fromisoformat(said[name]) for name in ("started", "updated")}
        its = Progress(**said | moments)
        alive = _alive(its.pid)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return its if alive and now - its.updated < _SILENT else None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True  # another user's
    except ProcessLookupError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Watches:
    """Several of them as one."""

    all: Sequence[Watch]

    def begin_dataset(self, dataset: Dataset, parts: int) -> None:
        """As of Watch."""
        for watch in self.all:
            watch.begin_dataset(dataset, parts)

    def add_page(self, dataset: Dataset, rows: int, calls: int) -> None:
        """As of Watch."""
        for watch in self.all:
            watch.add_page(dataset, rows, calls)

    def end_part(self, dataset: Dataset, done: int) -> None:
        """As of Watch."""
        for watch in self.all:
            watch.end_part(dataset, done)
