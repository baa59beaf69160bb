"""The one file of a backup: a zip of state and facts, and a list of checksums, read first; sealed
with the secret key unless it is to be plain.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bot.store.sealed_file import (
    SealBroken,
    SealedWithAnother,
    SealedWriter,
    is_sealed,
    unseal,
)

_LIST = "backup.json"
_FORMAT = 1
_CHUNK = 1024 * 1024
_LIST_AT_MOST = 1024 * 1024


class BadBackup(Exception):
    """A file that is no backup, or not as it was written. Its argument is a catalogue id."""


def pack(folder: Path, to: Path, said: Mapping[str, str], secret: str) -> int:
    """Pack every file of `folder` into the file `to`, sealed with the secret unless that is empty,
    and readable by its owner alone; on failure the file is not there. Return its size in bytes.
    FileExistsError where the file exists already; OSError, which names it, if it cannot be written.
    """
    if to.exists():
        raise FileExistsError(17, os.strerror(17), str(to))
    written = to.with_name(to.name + ".new")
    try:
        _write(folder, written, said, secret)
        written.rename(to)
    except OSError as error:  # the name that was typed, not one of ours
        raise OSError(error.errno, error.strerror, str(to)) from error
    finally:
        with suppress(OSError):
            written.unlink(missing_ok=True)
    return to.stat().st_size


def _write(folder: Path, written: Path, said: Mapping[str, str], secret: str) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = {path.relative_to(folder).as_posix(): _sum(path) for path in files}
    handle = os.open(written, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
    with os.fdopen(handle, "w+b") as out:
        into = SealedWriter(out, secret) if secret else None
        with zipfile.ZipFile(into or out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_LIST, json.dumps({"format": _FORMAT, "files": sums, **said}))
            for name in sums:
                archive.write(folder / name, name)
        if into:
            into.finish()
        out.flush()
        os.fsync(out.fileno())


def unpack(file: Path, folder: Path, secret: str) -> dict[str, str]:
    """Unpack a backup, sealed or plain, to the empty `folder`, each file checked against its
    checksum; return what `said` held when it was packed. BadBackup where anything differs; OSError
    where it cannot be read.
    """
    if not is_sealed(file):
        return _unpack_plain(file, folder)
    opened = folder.with_name("opened.zip")
    try:
        unseal(file, opened, secret)
    except SealedWithAnother as error:
        raise BadBackup("restore-other-key") from error
    except SealBroken as error:
        raise BadBackup("restore-damaged") from error
    said = _unpack_plain(opened, folder)
    opened.unlink()
    return said


def _unpack_plain(file: Path, folder: Path) -> dict[str, str]:
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
