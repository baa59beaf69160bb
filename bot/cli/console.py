"""Output of the command line: its language, and complaints on standard error."""

import sys
from collections.abc import Mapping

from handlers.messages.speaker import Speaker, speaker


def language(asked: str | None, environment: Mapping[str, str]) -> Speaker:
    """The language asked for, else the environment's, else English."""
    spoken = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    return speaker(asked or (spoken or "en").split(".")[0])


def tell(line: str) -> None:
    """Print a complaint or a remark on standard error, apart from the output."""
    print(line, file=sys.stderr)
