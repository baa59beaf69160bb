"""Progress of a sync: passed to its watches, and kept in a small file for other processes."""

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from analytics.tables import Dataset

_FILE = "progress.json"
_EVERY = 0.5
"""Seconds between two writes."""
_SILENT = timedelta(minutes=10)
"""A sync silent for this long counts as dead; no wait that the source asks for is as long."""


def progress_file(folder: Path) -> Path:
    """Return the file in which a sync writes its progress."""
    return folder / "staging" / _FILE


class Watch(Protocol):
    """A receiver of a sync's progress: a file (ProgressFile), a terminal (bot.cli.progress_bars),
    or both (Watches).
    """

    def begin_dataset(self, dataset: Dataset, parts: int) -> None:
        """Note the start of a dataset with its number of parts, including those done before."""
        ...

    def add_page(self, dataset: Dataset, rows: int, calls: int) -> None:
        """Note a page with its number of rows; `calls` are those of the whole sync so far."""
        ...

    def end_part(self, dataset: Dataset, done: int) -> None:
        """Note the end of a part; `done` parts of the dataset are now done."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a running sync."""

    pid: int
    started: datetime
    updated: datetime
    dataset: str = ""
    """The dataset that is fetched now; empty while the generation is built."""
    done: int = 0
    """The dataset's parts that are done, of `parts`."""
    parts: int = 0
    rows: int = 0
    """Rows of all datasets that this process has fetched."""
    calls: int = 0


class ProgressFile:
    """A Watch that writes the progress to a file. A failed write does not stop the sync."""

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
        """Write the start of a dataset with its number of parts."""
        self._its = replace(self._its, dataset=dataset.name, parts=parts, done=0)
        self._write()

    def add_page(self, dataset: Dataset, rows: int, calls: int) -> None:
        """Add a page's rows to those written."""
        self._its = replace(self._its, rows=self._its.rows + rows, calls=calls)
        self._write()

    def end_part(self, dataset: Dataset, done: int) -> None:
        """Write how many parts of the dataset are done."""
        self._its = replace(self._its, done=done)
        self._write()

    def begin_building(self) -> None:
        """Write that everything is fetched; the building that follows has no parts."""
        self._its = replace(self._its, dataset="", done=0, parts=0)
        self._written = float("-inf")
        self._write()

    def close(self) -> None:
        """Delete the file: no sync runs any more."""
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
    """Return the progress of the running sync; None if none runs, or if its process has died."""
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
        return True  # a process of another user
    except ProcessLookupError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Watches:
    """Several watches as one."""

    all: Sequence[Watch]

    def begin_dataset(self, dataset: Dataset, parts: int) -> None:
        """Tell every watch the start of a dataset."""
        for watch in self.all:
            watch.begin_dataset(dataset, parts)

    def add_page(self, dataset: Dataset, rows: int, calls: int) -> None:
        """Tell every watch of a page."""
        for watch in self.all:
            watch.add_page(dataset, rows, calls)

    def end_part(self, dataset: Dataset, done: int) -> None:
        """Tell every watch the end of a part."""
        for watch in self.all:
            watch.end_part(dataset, done)
