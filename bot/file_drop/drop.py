"""The way in for files that a partner admin drops into their own conversation with the bot: noted,
fetched once, read in a process of its own, shown as a plan, and imported when that is confirmed.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from analytics.sources.files.file_set import ReadingTerms
from analytics.sources.files.import_plan import ImportPlan, ImportSite
from analytics.sources.files.notation import NO_HINT, Hint
from analytics.warehouse.building.build import Published
from analytics.warehouse.current_generation import Warehouse
from bot.file_drop.child import Apart, ChildLost
from bot.file_drop.fetch import FETCHED_WITHIN, AnnouncedFiles, DropFetch
from bot.file_drop.kept_drops import KeptDrop, KeptDrops
from bot.file_drop.work import UNPACKED, Done, DropTask, NotDone, plan_task, save_task
from bot.log import log, log_error
from bot.settings import Settings, kept_cells
from bot.store.audit import Audit
from handlers.chat.access import Access, Permission
from handlers.chat.asking import UserRef
from handlers.chat.dropped_files import (
    DroppedFile,
    DropPlan,
    DropRefused,
    PlanStale,
    SaveLater,
    UnsureNotation,
)

_ANNOUNCED, _ANNOUNCED_EACH = 1_000, 8
IN_CHAT = {
    "import-two-numbers": "drop-two-numbers",
    "import-two-days": "drop-two-days",
    "import-other-numbers": "drop-other-notation",
    "import-other-days": "drop-other-notation",
    "import-month": "drop-month",
    "import-future-month": "drop-future-month",
}
"""Problems whose sentence in a terminal names what is typed there."""

READINGS = {"import-two-numbers": ("en", "de"), "import-two-days": ("mdy", "dmy")}
"""Problems that a word of the sender solves."""


@dataclass(frozen=True, slots=True)
class DropParts:
    """The parts of the program that the way in works with."""

    settings: Settings
    audit: Audit
    warehouse: Warehouse
    now: Callable[[], datetime]
    apart: Apart


class FileDropBox:
    """The handlers.chat.dropped_files.FileDrop of a running program."""

    def __init__(self, lent: DropParts) -> None:
        self._lent = lent
        self._announced: OrderedDict[str, AnnouncedFiles] = OrderedDict()
        self._kept = KeptDrops(lent.settings.data_dir, lent.now)
        self._fetch = DropFetch(self._kept, lent.audit, lent.warehouse, lent.now)
        self._one = asyncio.Semaphore()  # a drop may need much memory

    @property
    def takes_files(self) -> bool:
        """True if the operator switched it on."""
        return self._lent.settings.file_drop

    def announce(self, files: Sequence[DroppedFile], asker: UserRef) -> str:
        """Note files for some minutes, as FileDrop says. Of one person's the oldest are forgotten
        first, so that no person's are by another's doing.
        """
        own = [token for token, each in self._announced.items() if each.asker == asker]
        for oldest in own[: max(len(own) + 1 - _ANNOUNCED_EACH, 0)]:
            del self._announced[oldest]
        token = secrets.token_hex(16)
        self._announced[token] = AnnouncedFiles(tuple(files), asker, self._lent.now())
        while len(self._announced) > _ANNOUNCED:
            self._announced.popitem(last=False)
        return token

    async def plan(self, access: Access, token: str, hint: Hint = NO_HINT) -> DropPlan:
        """Return what the files would change, as FileDrop says."""
        self._admit(access)
        announced = self._announced.get(token)
        if announced and announced.asker == access.asker:
            del self._announced[token]
            folder, kept = await self._fetch.fetch(access, token, announced)
        else:
            folder, kept = await self._own_drop(access, token)
        return await self._plan(folder, kept, hint)

    async def save(self, access: Access, token: str, fingerprint: str) -> Published:
        """Import the files of a plan, as FileDrop says."""
        self._admit(access)
        folder, kept = await self._own_drop(access, token)
        if not fingerprint or kept.fingerprint != fingerprint:
            raise PlanStale
        try:
            with self._kept.saving(folder) as claimed:
                return await self._save(access, claimed, kept)
        except FileNotFoundError as error:
            raise DropRefused("drop-saving") from error

    async def discard(self, access: Access, token: str) -> bool:
        """Delete the files of a plan; False if they were gone."""
        try:
            folder, _ = await self._own_drop(access, token)
        except DropRefused:
            return False
        await asyncio.to_thread(self._kept.discard, folder)
        return True

    async def catch_up(self) -> None:
        """Delete what is kept too long, as a chore of the scheduler."""
        now = self._lent.now()
        for token, each in list(self._announced.items()):
            if each.at < now - FETCHED_WITHIN:
                self._announced.pop(token, None)
        await asyncio.to_thread(self._kept.sweep)

    def close(self) -> None:
        """End the work under way, and delete this process's files."""
        self._lent.apart.close()
        self._kept.close()

    def _admit(self, access: Access) -> None:
        """Raise NotAllowed for a key that does not open this door, and DropRefused while it is
        shut.
        """
        access.require(Permission.IMPORT)
        if not self.takes_files:
            raise DropRefused("drop-off")

    async def _own_drop(self, access: Access, token: str) -> tuple[Path, KeptDrop]:
        """Return the asker's own drop and its folder; another person's is as one that is gone, and
        so is one whose files were changed.
        """
        folder = await asyncio.to_thread(self._kept.folder, token)
        kept = await asyncio.to_thread(self._kept.read, folder) if folder else None
        if folder is None or kept is None or kept.owner != str(access.asker):
            saving = await asyncio.to_thread(self._kept.is_saving, token)
            raise DropRefused("drop-saving" if saving else "drop-gone")
        return folder, kept

    async def _plan(self, folder: Path, kept: KeptDrop, hint: Hint) -> DropPlan:
        """Make the plan and keep it. Files that change nothing are deleted."""
        kept = replace(
            kept, numbers=hint.numbers or kept.numbers, days=hint.days or kept.days, fingerprint=""
        )
        done = await self._work(plan_task, self._task(folder, kept))
        if not isinstance(done, ImportPlan):
            raise await self._refusal(done, folder, kept)
        if not done.brought.anything:
            await asyncio.to_thread(self._kept.discard, folder)
            return DropPlan(done, "")
        kept = _with_plan(kept, done)
        await asyncio.to_thread(self._kept.write, folder, kept)
        return DropPlan(done, kept.fingerprint)

    async def _save(self, access: Access, folder: Path, kept: KeptDrop) -> Published:
        """Import claimed files. Raises PlanStale or SaveLater where they may be saved later."""
        entry = {
            "action": "file-import",
            "who": str(access.asker),
            "generation": kept.generation,
            "files": [{"sha256": each.sha256, "bytes": each.size} for each in kept.files],
            "rows": dict(kept.datasets),
        }
        await self._lent.audit.note(access.partner, self._lent.now(), entry)
        done = await self._work(save_task, self._task(folder, kept), kept.generation)
        if isinstance(done, Published):
            return done
        if not isinstance(done, NotDone):
            raise SaveLater("drop-cannot")
        if done.why == "drop-stale":
            raise PlanStale
        raise SaveLater(IN_CHAT.get(done.why, done.why), **done.values)

    async def _work(self, work: Callable[..., Done], *args: object) -> Done:
        """Do the work in a process of its own, one at a time."""
        async with self._one:
            try:
                done: Done = await asyncio.to_thread(self._lent.apart.run, work, *args)
            except ChildLost as error:
                log_error("dropped files not read", error)
                return NotDone("drop-too-slow" if error.late else "drop-too-heavy", {})
        if isinstance(done, NotDone) and done.error:
            log("dropped files not read", error=done.error, outcome=done.why)
        return done

    async def _refusal(self, done: Done, folder: Path, kept: KeptDrop) -> DropRefused:
        """Return why there is no plan. The files are kept where a word of their sender helps, or
        time.
        """
        why, values = (done.why, done.values) if isinstance(done, NotDone) else ("drop-cannot", {})
        if readings := READINGS.get(why, ()):
            with suppress(OSError):
                await asyncio.to_thread(self._kept.write, folder, kept)
            return UnsureNotation(IN_CHAT[why], readings, **values)
        if why == "drop-busy":
            return SaveLater(why)
        await asyncio.to_thread(self._kept.discard, folder)
        return DropRefused(IN_CHAT.get(why, why), **values)

    def _task(self, folder: Path, kept: KeptDrop) -> DropTask:
        now, settings = self._lent.now(), self._lent.settings
        meta = {"made_up": "no", "built": now.isoformat(), **kept_cells(settings)}
        return DropTask(
            [(each.name, folder / each.file) for each in kept.files],
            _terms(now.date(), kept),
            ImportSite(self._lent.warehouse.folder, meta, folder),
            settings.secret_key,
        )


def _terms(today: date, kept: KeptDrop) -> ReadingTerms:
    return ReadingTerms(today, Hint(kept.numbers, kept.days), limits=UNPACKED)


def _with_plan(kept: KeptDrop, plan: ImportPlan) -> KeptDrop:
    """Return a drop with the plan that its sender is shown."""
    rows: dict[str, int] = {}
    for file in plan.files:
        rows[file.dataset] = rows.get(file.dataset, 0) + file.kept
    shown = (plan.generation, [(each.name, each.sha256) for each in kept.files])
    whole = repr((*shown, kept.numbers, kept.days))
    return replace(
        kept,
        generation=plan.generation,
        fingerprint=sha256(whole.encode()).hexdigest()[:16],
        datasets=tuple(sorted(rows.items())),
    )
