"""The files that hold a partner's facts. A published file is never changed; a pointer names the
newest.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_FILE = re.compile(r"facts-(\d{6,})\.duckdb")
KEPT = 2
"""Generations left on disk: the newest, and the one that readers may still have open."""


class Busy(Exception):
    """Another process is building this partner's next generation."""


@dataclass(frozen=True, slots=True)
class Generations:
    """The folder of one partner's facts."""

    folder: Path

    @property
    def pointer(self) -> Path:
        """The small file that names the current generation."""
        return self.folder / "current.json"

    def current(self) -> Path | None:
        """Return the newest published file; None before the first. Raises ValueError if the pointer
        is not one of ours.
        """
        try:
            written = json.loads(self.pointer.read_text())
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise ValueError(f"{self.pointer} holds no JSON") from error
        name = written.get("file") if isinstance(written, dict) else None
        if not isinstance(name, str) or not _FILE.fullmatch(name):
            raise ValueError(f"{self.pointer} names {name!r}")
        return self.folder / name

    def number(self, file: Path | None) -> int:
        """Return a generation's number; 0 for None."""
        found = _FILE.fullmatch(file.name) if file else None
        return int(found[1]) if found else 0

    def file(self, number: int) -> Path:
        """Return the path of a generation's file, which may be gone."""
        return self.folder / f"facts-{number:06}.duckdb"

    @contextmanager
    def build_path(self) -> Iterator[Path]:
        """Lend a free path to build at, for this process alone. Raises Busy while another process
        builds.

        The kernel releases the lock when the process dies, so a killed builder does not block
        others. Unfinished files that it left are swept here, as are those of a failed build.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "building.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy(str(self.folder)) from error
            self._sweep()
            try:
                yield self.folder / "building.duckdb"
            finally:
                self._sweep_unfinished()

    def publish(self, built: Path) -> Path:
        """Make a finished file the current generation: on disk first, then named by the pointer."""
        file = self.file(self.number(self.current()) + 1)
        sync_to_disk(built)
        built.rename(file)
        fresh = self.pointer.with_suffix(".new")
        fresh.write_text(json.dumps({"file": file.name}))
        sync_to_disk(fresh)
        fresh.rename(self.pointer)
        sync_to_disk(self.folder)
        self._sweep()
        return file

    def sweep_all_but_current(self) -> None:
        """Delete every other generation, because its data must be gone. A process that has one open
        can read it until it closes it.
        """
        current = self.current()
        for file in self.folder.iterdir():
            if _FILE.fullmatch(file.name) and file != current:
                file.unlink()

    def _sweep(self) -> None:
        """Delete unfinished files, and published ones older than those kept.

        If the pointer names a file that is gone, the others may be the only ones left: they stay.
        """
        self._sweep_unfinished()
        current = self.current()
        newest = self.number(current) if current and current.exists() else 0
        for file in self.folder.iterdir():
            found = _FILE.fullmatch(file.name)
            if newest and found and not newest - KEPT < int(found[1]) <= newest:
                file.unlink()

    def _sweep_unfinished(self) -> None:
        """Delete the files that DuckDB writes while it builds: the file, its log, and a folder when
        memory is short.
        """
        for path in self.folder.glob("building.duckdb*"):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def sync_to_disk(path: Path) -> None:
    """Wait until the content of a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
