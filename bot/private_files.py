"""Data and store for the program's own user alone, whatever the umask it was started with.

A data folder with the setgid bit is shared on purpose: its group keeps what it may.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from analytics.values import OWN
from bot.settings import Settings, database_url

_OTHERS, _GROUP_AND_OTHERS = 0o007, 0o077
_OURS = (OWN, "demo", "seatwise.db*", ".seatwise-*")
"""What the program makes in a data folder; anything else there is none of its business."""


def keep_private(settings: Settings) -> None:
    """From now on make files and folders that no other user can read, in this process and those it
    starts; narrow those there are. What belongs to another user stays as it is: the doctor says so.
    """
    os.umask(_too_wide(settings.data_dir))
    forbidden = _too_wide(settings.data_dir)
    for path in _paths(settings):
        with suppress(OSError):
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & forbidden:
                path.chmod(mode & ~forbidden)


def exposed_paths(settings: Settings) -> list[Path]:
    """Return the files and folders that every user of the machine can read or change."""
    return [path for path in _paths(settings) if _is_open(path)]


def _too_wide(data_dir: Path) -> int:
    """Return the bits that nothing may have."""
    shared = data_dir.is_dir() and data_dir.stat().st_mode & stat.S_ISGID
    return _OTHERS if shared else _GROUP_AND_OTHERS


def _paths(settings: Settings) -> Iterator[Path]:
    """Yield the data folder, everything of ours in it, and the store's files; no links."""
    folder = settings.data_dir
    if folder.is_dir() and not folder.stat().st_mode & stat.S_ISVTX:  # /tmp is everybody's
        yield folder
    ours = [path for name in _OURS for path in folder.glob(name)]
    kind, _, file = database_url(settings).partition(":///")
    if kind.startswith("sqlite") and file:
        store = Path(file.partition("?")[0])
        ours += store.parent.glob(f"{store.name}*")
    for path in dict.fromkeys(ours):
        yield from (each for each in (path, *path.rglob("*")) if not each.is_symlink())


def _is_open(path: Path) -> bool:
    """Check whether other users have a right to the path, and can get there."""
    try:
        closed = any(not each.stat().st_mode & stat.S_IXOTH for each in path.absolute().parents)
        return not closed and bool(path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))
    except OSError:
        return False
