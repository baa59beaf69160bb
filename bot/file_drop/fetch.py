"""AnnouncedFiles files, fetched once into a folder of their own, within bounds."""

import asyncio
import errno
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Unreadable
from bot.file_drop.kept_drops import KeptDrop, KeptDrops, KeptFile, sha256_of
from bot.store.audit import Audit
from handlers.chat.access import Access
from handlers.chat.asking import UserRef
from handlers.chat.dropped_files import DroppedFile, DropRefused

MEGABYTE = 1024 * 1024
LARGEST = 64 * MEGABYTE
"""Bytes of all files of one drop."""

TOTAL = 256 * MEGABYTE
"""Bytes of all drops of an installation."""

MOST_FILES = 20
FETCHED_WITHIN = timedelta(minutes=10)
"""Time within which announced files may be fetched."""

PATIENCE = 300.0
"""Seconds that the fetching of all files of a drop may take."""


@dataclass(frozen=True, slots=True)
class AnnouncedFiles:
    """Files that were announced, and not fetched yet."""

    files: tuple[DroppedFile, ...]
    asker: UserRef
    at: datetime


class DropFetch:
    """The fetching of announced files: each set once."""

    def __init__(
        self, kept: KeptDrops, audit: Audit, warehouse: Warehouse, now: Callable[[], datetime]
    ) -> None:
        self._kept = kept
        self._audit = audit
        self._warehouse = warehouse
        self._now = now

    async def fetch(
        self, access: Access, token: str, announced: AnnouncedFiles
    ) -> tuple[Path, KeptDrop]:
        """Fetch announced files into a new folder, and return both. The audit has a row of it
        before. Raises DropRefused, and then nothing is kept.
        """
        if announced.at < self._now() - FETCHED_WITHIN:
            raise DropRefused("drop-gone")
        await self._check_room(announced)
        entry = {
            "action": "file-drop",
            "who": str(access.asker),
            "files": len(announced.files),
            "bytes": sum(each.size for each in announced.files),
        }
        await self._audit.note(access.partner, self._now(), entry)
        try:
            folder = await asyncio.to_thread(self._kept.new, token)
            return folder, await self._fill(folder, access, announced)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise DropRefused("drop-disk-full" if full else "drop-cannot") from error

    async def _fill(self, folder: Path, access: Access, announced: AnnouncedFiles) -> KeptDrop:
        """Fetch the files into the folder, which is deleted where that fails."""
        try:
            async with asyncio.timeout(PATIENCE):
                files = await self._fetch_each(folder, announced.files)
            drop = KeptDrop(str(access.asker), tuple(files))
            await asyncio.to_thread(self._kept.write, folder, drop)
        except BaseException as error:
            await asyncio.to_thread(self._kept.discard, folder)
            if isinstance(error, TimeoutError):
                raise DropRefused("drop-fetch-slow") from error
            raise
        return drop

    async def _check_room(self, announced: AnnouncedFiles) -> None:
        """Raise DropRefused for files that are not fetched at all: too many, too large, or beside
        made-up figures.
        """
        if len(announced.files) > MOST_FILES:
            raise DropRefused("drop-too-many", most=MOST_FILES)
        if sum(each.size for each in announced.files) > LARGEST:
            raise DropRefused("drop-too-large", most=LARGEST // MEGABYTE)
        if await asyncio.to_thread(self._kept.bytes) + LARGEST > TOTAL:
            raise DropRefused("drop-full")
        try:
            current = await asyncio.to_thread(self._warehouse.current)
        except Unreadable as error:
            raise DropRefused("drop-cannot") from error
        if current and current.made_up:
            raise DropRefused("drop-made-up")

    async def _fetch_each(self, folder: Path, files: Sequence[DroppedFile]) -> list[KeptFile]:
        """Fetch the files one after another; together they have LARGEST bytes at most."""
        found: list[KeptFile] = []
        for each in files:
            path = self._kept.new_file(folder)
            left = LARGEST - sum(file.size for file in found)
            await each.fetch(path, left)
            name = _own_name(each.name, [file.name for file in found])
            digest = await asyncio.to_thread(sha256_of, path)
            found.append(KeptFile(name, path.name, path.stat().st_size, digest))
        return found


def _own_name(name: str, taken: Sequence[str]) -> str:
    """Return the name, with a number where another file of the drop has it."""
    own, number = name, 1
    while own in taken:
        number += 1
        own = f"{number}-{name}"
    return own
