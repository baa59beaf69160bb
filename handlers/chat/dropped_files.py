"""Downloads of Partner Center that a person puts into their own conversation with the bot."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from analytics.sources.files.import_plan import ImportPlan
from analytics.sources.files.notation import NO_HINT, Hint
from analytics.warehouse.building.build import Published
from handlers.chat.access import Access
from handlers.chat.asking import UserRef
from handlers.chat.refusals import Refusal

KEPT_MINUTES = 30
"""Minutes for which the files of a plan are kept."""


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """A file as a platform describes it; nothing of it was fetched yet."""

    name: str
    """The name that its sender gave it, fit to be shown; it is never a path of ours."""
    size: int
    """Bytes, as the platform says; 0 where it does not say."""
    fetch: Callable[[Path, int], Awaitable[None]]
    """Write the content into a file, at most so many bytes. Raises DropRefused."""
    is_picture: bool = False
    """True for a picture, which is no report: words beside it are a question."""


class DropRefused(Refusal):
    """Files that are not fetched, not kept, or not saved; `why` is a catalogue id."""

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = why


class UnsureNotation(DropRefused):
    """A file that could be read in two ways. `readings` are the words, of which the sender says one
    to have it read so.
    """

    def __init__(self, why: str, readings: tuple[str, ...], **values: object) -> None:
        super().__init__(why, **values)
        self.readings = readings


class PlanStale(DropRefused):
    """A plan that is not the one shown any more: other figures, or another reading."""

    def __init__(self) -> None:
        super().__init__("drop-stale")


class SaveLater(DropRefused):
    """A plan that cannot be saved at this moment, and may be in a minute."""


@dataclass(frozen=True, slots=True)
class DropPlan:
    """The changes that the saving of dropped files would make."""

    changes: ImportPlan
    fingerprint: str
    """A short text that changes with the files, with how they are read, and with the figures that
    they would be laid over.
    """


class FileDrop(Protocol):
    """The way in for dropped files: bot.file_drop.drop.FileDropBox."""

    @property
    def takes_files(self) -> bool:
        """True if the operator switched it on."""
        ...

    def announce(self, files: Sequence[DroppedFile], asker: UserRef) -> str:
        """Note files for some minutes; return the token that stands for them. Nothing is fetched:
        whether their sender may have them read is still to be found out.
        """
        ...

    async def plan(self, access: Access, token: str, hint: Hint = NO_HINT) -> DropPlan:
        """Fetch the files, once, and return what they would change; the files are kept for their
        sender for KEPT_MINUTES. The audit has a row before anything is fetched. Raises DropRefused.
        """
        ...

    async def save(self, access: Access, token: str, fingerprint: str) -> Published:
        """Import the files of the plan that was shown, delete them, and return what was published.
        The audit has a row with their hashes before. Raises PlanStale, SaveLater, both of which
        keep them, and DropRefused.
        """
        ...

    async def discard(self, access: Access, token: str) -> bool:
        """Delete the files of a plan; False if they were gone."""
        ...
