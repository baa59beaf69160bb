"""Output of the command line: its language, and complaints on standard error."""

import errno
import sys
from collections.abc import Mapping

from handlers.messages.speaker import Speaker, speaker

SCRATCH = ".seatwise-"
"""Beginning of the names of temporary folders, which no message names."""

_WHY_NOT = {
    errno.ENOENT: "file-absent",
    errno.EACCES: "file-forbidden",
    errno.EPERM: "file-forbidden",
    errno.EROFS: "file-read-only",
    errno.ENOSPC: "file-no-space",
    errno.EISDIR: "file-is-folder",
    errno.ENOTDIR: "file-no-folder",
}


def language(asked: str | None, environment: Mapping[str, str]) -> Speaker:
    """The language asked for, else the environment's, else English."""
    spoken = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    return speaker(asked or (spoken or "en").split(".")[0])


def tell(line: str) -> None:
    """Print a complaint or a remark on standard error, apart from the output."""
    print(line, file=sys.stderr)


def why_not(error: OSError, say: Speaker) -> str:
    """Say why a file cannot be read or written; the system's words for a rare reason."""
    if error.errno in _WHY_NOT:
        return say(_WHY_NOT[error.errno])
    return error.strerror or str(error)
