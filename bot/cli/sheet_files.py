"""CSV files that a verb plans changes by: read within a bound, and their faults told."""

from collections.abc import Collection
from pathlib import Path

from bot.cli.console import tell
from handlers.input.rights_row import CellFault
from handlers.messages.speaker import Speaker

_LARGEST = 64 * 1024 * 1024
"""Bytes of a file; a right for 10,000 customers has 370 kB."""
_SHOWN = 20
"""Faults that are told; the rest are counted."""


def sheet_bytes(file: Path, say: Speaker) -> bytes | None:
    """Read the file; None once it is told that it is too large. Raises OSError."""
    with file.open("rb") as opened:
        raw = opened.read(_LARGEST + 1)
    if len(raw) <= _LARGEST:
        return raw
    tell(say("rights-file-large", limit=_LARGEST // 1024**2) + " " + say("nothing-saved"))
    return None


def tell_faults(faults: Collection[CellFault], say: Speaker) -> None:
    """Tell the first faults of a file by line, count the rest, and say that nothing was saved."""
    for fault in sorted(faults, key=lambda fault: fault.line)[:_SHOWN]:
        tell(say(fault.sentence, **fault.values))
    if len(faults) > _SHOWN:
        tell(say("rights-file-more", n=len(faults) - _SHOWN))
    tell(say("nothing-saved"))
