"""Files that an answer hands to its asker: where they are written, and why one is not."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from handlers.chat.refusals import Refusal
from handlers.chat.reply import Attachment


class FileRefused(Refusal):
    """A file that is not made, or not kept. `why` is a catalogue id; `values` are its values."""

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = why


@dataclass(frozen=True, slots=True)
class Gone:
    """A file that is not handed out; `why` is the catalogue id of the sentence that says why."""

    why: str


class OutgoingFiles(Protocol):
    """The keeping of files on their way to the people who asked for them: bot.outbox.Outbox."""

    @property
    def largest(self) -> int:
        """The bytes that one file may have."""
        ...

    def new_file(self) -> AbstractContextManager[Path]:
        """Lend an empty file, readable by this program's user alone, to write into; it is deleted
        where the block raises. May block. Raises FileRefused where no more files are kept, or the
        disk is full.
        """
        ...

    def attachment(self, path: Path, name: str, media_type: str, sentence: str) -> Attachment:
        """Return the part of a reply that hands a written file over. Raises FileRefused, and
        deletes the file, where it is larger than `largest`.
        """
        ...

    def discard(self, path: Path) -> None:
        """Delete a file of ours, if it is still there."""
        ...

    def offer(self, file: Attachment, owner: str, rights: str) -> str:
        """Keep a file until its owner claims it; return the token that claims it, 32 hexadecimal
        digits. Raises OSError.
        """
        ...

    def claim(self, token: str, owner: str, rights: str) -> Attachment | Gone:
        """Return an offered file to its owner, to the first claim only, and not with other rights
        than it was offered with; else the reason why not. The caller discards a claimed
        file.
        """
        ...
