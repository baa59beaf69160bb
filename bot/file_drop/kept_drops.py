"""Dropped files on disk until their plan is saved or discarded: this program's user's alone, under
names of ours, deleted after half an hour and with the process that fetched them.
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path

from bot.work_folder import DROPS, SCRATCH, work_folder
from handlers.chat.dropped_files import KEPT_MINUTES

KEPT = timedelta(minutes=KEPT_MINUTES)
"""Time for which the files of a plan are kept."""

_NOTE, _SAVING = "plan.json", ".saving"
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A fetched file, by the name that its sender gave it."""

    name: str
    file: str
    """Its name on disk."""
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class KeptDrop:
    """The files that one person dropped together, and their plan."""

    owner: str
    files: tuple[KeptFile, ...]
    generation: int = 0
    """The generation that the plan was made over."""
    fingerprint: str = ""
    """The plan's; empty before there is one."""
    numbers: str = ""
    days: str = ""
    """How numbers and days are read, as a Hint says it."""
    datasets: tuple[tuple[str, int], ...] = ()
    """The plan's rows by dataset, for the audit."""


class KeptDrops:
    """The drops of one process, and those that others with the same data folder keep. Methods block
    for the time of a few file operations.
    """

    def __init__(self, data_dir: Path, now: Callable[[], datetime]) -> None:
        self._data_dir = data_dir
        self._now = now
        self._held = ExitStack()
        self._folder: Path | None = None

    def new(self, token: str) -> Path:
        """Make the folder of a new drop. Raises OSError."""
        self.sweep()
        if self._folder is None:
            self._folder = self._held.enter_context(work_folder(self._data_dir))
        folder = self._folder / f"{token}{DROPS}"
        folder.mkdir(mode=0o700)
        self._note_time(folder)
        return folder

    def new_file(self, folder: Path) -> Path:
        """Make an empty file in a drop's folder, for this program's user alone."""
        path = folder / f"{secrets.token_hex(8)}.file"
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
        return path

    def folder(self, token: str) -> Path | None:
        """The folder of a drop; None for none, for one that is too old, and while it is saved."""
        if not _TOKEN.fullmatch(token):
            return None
        oldest = (self._now() - KEPT).timestamp()
        for folder in self._folders(f"{token}{DROPS}"):
            with suppress(OSError):
                return folder if folder.stat().st_mtime >= oldest else None
        return None

    def is_saving(self, token: str) -> bool:
        """Check whether the files of a token are being imported just now."""
        return bool(_TOKEN.fullmatch(token) and self._folders(f"{token}{_SAVING}"))

    def write(self, folder: Path, drop: KeptDrop) -> None:
        """Keep what is known of a drop beside its files; the time that it is kept for begins anew.
        Raises OSError.
        """
        fresh = folder / f"{_NOTE}.new"
        fresh.write_text(json.dumps(asdict(drop)), encoding="utf-8")
        fresh.replace(folder / _NOTE)
        self._note_time(folder)

    def read(self, folder: Path) -> KeptDrop | None:
        """Return what is known of a drop; None where it is gone, or its files are others by now."""
        try:
            kept = json.loads((folder / _NOTE).read_text("utf-8"))
            files = tuple(KeptFile(**each) for each in kept.pop("files"))
            datasets = tuple((str(name), int(rows)) for name, rows in kept.pop("datasets"))
            whole = all(sha256_of(folder / each.file) == each.sha256 for each in files)
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return KeptDrop(**kept, files=files, datasets=datasets) if whole else None

    @contextmanager
    def saving(self, folder: Path) -> Iterator[Path]:
        """Claim a drop for the time of its import, of several claims at once for one; lend its
        folder. It is put back if the block raises, and may be saved later. Raises FileNotFoundError
        where it was claimed or deleted before.
        """
        claimed = folder.rename(folder.with_suffix(_SAVING))
        try:
            yield claimed
        except BaseException:
            with suppress(OSError):
                claimed.rename(folder)
            raise
        self.discard(claimed)

    def discard(self, folder: Path) -> None:
        """Delete a drop."""
        shutil.rmtree(folder, ignore_errors=True)

    def bytes(self) -> int:
        """The bytes of all dropped files of an installation."""
        total = 0
        for folder in (*self._folders(f"*{DROPS}"), *self._folders(f"*{_SAVING}")):
            for path in folder.glob("*.file"):
                with suppress(OSError):  # it was deleted meanwhile
                    total += path.stat().st_size
        return total

    def sweep(self) -> None:
        """Delete the drops that are kept too long."""
        oldest = (self._now() - KEPT).timestamp()
        for folder in self._folders(f"*{DROPS}"):
            with suppress(OSError):
                if folder.stat().st_mtime < oldest:
                    self.discard(folder)

    def close(self) -> None:
        """Delete this process's drops."""
        self._folder = None
        self._held.close()

    def _folders(self, name: str) -> list[Path]:
        return list(self._data_dir.glob(f"{SCRATCH}*/work/{name}"))

    def _note_time(self, path: Path) -> None:
        """Write the installation's time on a folder, by which it grows old."""
        at = self._now().timestamp()
        os.utime(path, (at, at))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
