"""The work of a drop's child process: files are read, planned and imported."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.sources.files.bad_file import BadFile, FileLimits
from analytics.sources.files.file_set import ReadingTerms
from analytics.sources.files.import_plan import ImportPlan, ImportSite, import_plan, import_planned
from analytics.warehouse.building.build import NotBuilt, Published, Superseded
from analytics.warehouse.erased_file import ErasedKeyLost
from analytics.warehouse.generations import Busy
from bot.erased_key import erased_file

UNPACKED = FileLimits(size=128 * 1024 * 1024, rows=1_000_000)
"""Limits of one file from chat, tighter than on the bot's own machine."""


_WHY: dict[type[Exception], str] = {
    Busy: "drop-busy",
    Superseded: "drop-stale",
    MemoryError: "drop-too-heavy",
    ErasedKeyLost: "drop-cannot",
    NotBuilt: "drop-cannot",
    OSError: "drop-cannot",
}
_REASONS = tuple(_WHY)


@dataclass(frozen=True, slots=True)
class DropTask:
    """Files to be read, and where they would be saved."""

    files: Sequence[tuple[str, Path]]
    terms: ReadingTerms
    site: ImportSite
    secret: str
    """The installation's secret key, which opens the list of those who were erased."""


@dataclass(frozen=True, slots=True)
class NotDone:
    """The reason why a task was not done: a catalogue id and its values."""

    why: str
    values: dict[str, object]
    error: str = ""
    """The kind of the error, for the log; empty where the files are at fault."""


Done = ImportPlan | Published | NotDone


def plan_task(task: DropTask) -> Done:
    """Return what saving the files would change; nothing is saved."""
    return _outcome(task, None)


def save_task(task: DropTask, number: int) -> Done:
    """Import the files over the generation of this number; return what was published."""
    return _outcome(task, number)


def _outcome(task: DropTask, number: int | None) -> Done:
    erased = erased_file(task.site.facts, task.secret)
    try:
        with erased.hold() as listed:
            if number is None:
                return import_plan(task.files, task.terms, listed, task.site)
            return import_planned(task.files, task.terms, listed, task.site, number)
    except BadFile as bad:
        return NotDone(bad.problem, bad.values)
    except _REASONS as error:
        why = next(why for kind, why in _WHY.items() if isinstance(error, kind))
        return NotDone(why, {}, type(error).__name__)
