"""The one file of a backup: a zip of state and facts, and a list of checksums, read first."""

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

_LIST = "backup.json"
_FORMAT = 1
_CHUNK = 1024 * 1024
_LIST_AT_MOST = 1024 * 1024


class BadBackup(Exception):
    """A file that is no backup, or not as it was written. Its argument is a catalogue id."""


def pack(folder: Path, to: Path, said: Mapping[str, str]) -> int:
    """Pack every file of `folder` into the file `to`, readable by its owner alone; on failure the
    file is not there. Return its size in bytes. FileExistsError where the file exists already.
    """
    if to.exists():
        raise FileExistsError(17, os.strerror(17), str(to))
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = {path.relative_to(folder).as_posix(): _sum(path) for path in files}
    written = to.with_name(to.name + ".new")
    handle = os.open(written, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
    try:
        with os.fdopen(handle, "w+b") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(_LIST, json.dumps({"format": _FORMAT, "files": sums, **said}))
                for name in sums:
                    archive.write(folder / name, name)
            out.flush()
            os.fsync(out.fileno())
        written.rename(to)
    finally:
        written.unlink(missing_ok=True)
    return to.stat().st_size


def unpack(file: Path, folder: Path) -> dict[str, str]:
    """Unpack a backup to `folder`, each file checked against its checksum; return what `said` held
    when it was packed. BadBackup where anything differs; OSError where it cannot be read.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.getinfo(_LIST).file_size > _LIST_AT_MOST:
                raise BadBackup("restore-no-backup")
            said = json.loads(archive.read(_LIST))
            if said["format"] != _FORMAT:
                raise BadBackup("restore-other-version")
            for name, checksum in said.pop("files").items():
                _unpack_one(archive, name, folder, checksum)
            return {key: str(value) for key, value in said.items()}
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, EOFError) as error:
        raise BadBackup("restore-no-backup") from error


def _unpack_one(archive: zipfile.ZipFile, name: str, folder: Path, checksum: str) -> None:
    to = (folder / name).resolve()
    if not to.is_relative_to(folder.resolve()):
        raise BadBackup("restore-no-backup")
    to.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as packed, to.open("wb") as out:
        while piece := packed.read(_CHUNK):
            out.write(piece)
    if _sum(to) != checksum:
        raise BadBackup("restore-damaged")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
