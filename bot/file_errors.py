"""Why a file cannot be read or written, in the reader's language."""

import errno

from handlers.messages.speaker import Speaker

_IDS = {
    errno.ENOENT: "file-absent",
    errno.EACCES: "file-forbidden",
    errno.EPERM: "file-forbidden",
    errno.EROFS: "file-read-only",
    errno.ENOSPC: "file-no-space",
    errno.EISDIR: "file-is-folder",
    errno.ENOTDIR: "file-no-folder",
}


def file_error(error: OSError) -> str:
    """Return the catalogue id of an error's reason; the system's own words for a rare one."""
    return _IDS.get(error.errno or 0) or error.strerror or str(error)


def file_error_text(reason: str, say: Speaker) -> str:
    """Say a reason of `file_error`."""
    return say(reason) if reason in _IDS.values() else reason
