"""The outbox: files on their way to the people who asked for them. Each is this program's user's
alone, has a random name, and is deleted once delivered, after an hour, and with its process.
"""

import errno
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.work_folder import DROPS, SCRATCH, work_folder
from handlers.chat.outgoing_files import FileRefused, Gone
from handlers.chat.reply import Attachment

KEPT = timedelta(hours=1)
"""Time for which a file is kept at most."""

LARGEST = 100 * 1024 * 1024
"""Bytes of one file; Slack takes a gigabyte, the wait is a person's."""

TOTAL = 500 * 1024 * 1024
"""Bytes of all files of an installation."""

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FILE, _OFFER, _CLAIMED = ".file", ".offer", ".claimed"
_TOKEN = re.compile(r"[0-9a-f]{32}")


class Outbox:
    """The outbox of one process. A file may be claimed by another process that has the same data
    folder; then it has to be running still. Methods block for the time of a few file operations.
    """

    def __init__(
        self,
        data_dir: Path,
        now: Callable[[], datetime],
        largest: int = LARGEST,
        total: int = TOTAL,
    ) -> None:
        self.largest = largest
        self._total = total
        self._data_dir = data_dir
        self._now = now
        self._held = ExitStack()
        self._folder: Path | None = None

    @contextmanager
    def new_file(self) -> Iterator[Path]:
        """Lend an empty file to write into, as OutgoingFiles.new_file says."""
        self.sweep()
        if self._bytes() + self.largest > self._total:
            raise FileRefused("outbox-full")
        path: Path | None = None
        try:
            path = self._empty_file()
            yield path
        except OSError as error:
            self.discard(path)
            if error.errno in _FULL:
                raise FileRefused("outbox-disk-full") from error
            raise
        except BaseException:
            self.discard(path)
            raise

    def attachment(self, path: Path, name: str, media_type: str, sentence: str) -> Attachment:
        """Return the part of a reply that hands a written file over, as OutgoingFiles says."""
        size = path.stat().st_size
        if size > self.largest:
            self.discard(path)
            raise FileRefused("outbox-too-large", most=self.largest // (1024 * 1024))
        self._note_time(path)
        return Attachment(name, media_type, path, size, sentence)

    def discard(self, path: Path | None) -> None:
        """Delete a file of ours, if it is still there; any other path is left alone."""
        if path is not None and path.suffix == _FILE and _is_ours(path, self._data_dir):
            path.unlink(missing_ok=True)

    def offer(self, file: Attachment, owner: str, rights: str) -> str:
        """Keep a file until its owner claims it; return the token, as OutgoingFiles says."""
        token = secrets.token_hex(16)
        kept = {
            "owner": owner,
            "rights": rights,
            "file": file.path.name,
            "name": file.name,
            "type": file.media_type,
            "sentence": file.sentence,
        }
        note = file.path.with_name(f"{token}{_OFFER}")
        with os.fdopen(_private(note), "w", encoding="utf-8") as out:
            json.dump(kept, out)
        self._note_time(note)
        return token

    def claim(self, token: str, owner: str, rights: str) -> Attachment | Gone:
        """Return an offered file to its owner, once, as OutgoingFiles says."""
        note = self._note(token, _OFFER)
        if note is None:
            return Gone("file-twice" if self._note(token, _CLAIMED) else "file-gone")
        try:
            kept = json.loads(note.read_text("utf-8"))
            if kept["owner"] != owner:
                return Gone("file-foreign")
            note.rename(note.with_suffix(_CLAIMED))  # of several claims at once, one succeeds
        except FileNotFoundError:
            return Gone("file-twice")
        file = _file_of(kept, note.with_name(kept["file"]))
        if kept["rights"] == rights or isinstance(file, Gone):
            return file
        self.discard(file.path)
        return Gone("file-right-changed")

    def sweep(self) -> None:
        """Delete the files that are kept too long, and what was noted of them."""
        oldest = (self._now() - KEPT).timestamp()
        for path in self._files(_FILE, _OFFER, _CLAIMED):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()

    async def catch_up(self) -> None:
        """Sweep, as a chore of the scheduler."""
        self.sweep()

    def close(self) -> None:
        """Delete this process's files."""
        self._folder = None
        self._held.close()

    def _empty_file(self) -> Path:
        if self._folder is None:
            self._folder = self._held.enter_context(work_folder(self._data_dir))
        path = self._folder / f"{secrets.token_hex(16)}{_FILE}"
        os.close(_private(path))
        self._note_time(path)
        return path

    def _note(self, token: str, kind: str) -> Path | None:
        """The note of a token that was given out not too long ago; None where there is none."""
        if not _TOKEN.fullmatch(token):
            return None
        for path in self._files(kind, name=token):
            with suppress(OSError):
                at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                return path if at >= self._now() - KEPT else None
        return None

    def _files(self, *kinds: str, name: str = "*") -> list[Path]:
        """The paths of these kinds, of all processes with this data folder."""
        return [
            path for kind in kinds for path in self._data_dir.glob(f"{SCRATCH}*/work/{name}{kind}")
        ]

    def _bytes(self) -> int:
        total = 0
        for path in self._files(_FILE):
            with suppress(OSError):  # it was delivered meanwhile
                total += path.stat().st_size
        return total

    def _note_time(self, path: Path) -> None:
        """Write the installation's time on a file, by which it grows old."""
        at = self._now().timestamp()
        os.utime(path, (at, at))


def delete_waiting(data_dir: Path) -> None:
    """Delete the files of all processes of an installation, as after an erasure: they may tell of
    what was erased. They are made anew when they are asked for again; dropped ones are sent again.
    """
    for path in data_dir.glob(f"{SCRATCH}*/work/*{_FILE}"):
        path.unlink(missing_ok=True)
    for folder in data_dir.glob(f"{SCRATCH}*/work/*{DROPS}"):
        shutil.rmtree(folder, ignore_errors=True)


def _private(path: Path) -> int:
    """Open a new file that this program's user alone can read."""
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)


def _file_of(kept: dict[str, str], path: Path) -> Attachment | Gone:
    """The file of a claimed note."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return Gone("file-gone")
    return Attachment(kept["name"], kept["type"], path, size, kept["sentence"])


def _is_ours(path: Path, data_dir: Path) -> bool:
    folder = path.parent
    return folder.name == "work" and folder.parent.parent == data_dir
