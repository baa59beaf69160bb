"""How the command line talks: its language, plain lines out, complaints on standard error."""

import sys
from collections.abc import Mapping

from handlers.messages.speaker import Speaker, speaker


def language(asked: str | None, environment: Mapping[str, str]) -> Speaker:
    """The language asked for, else the environment's, else English."""
    spoken = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    return speaker(asked or (spoken or "en").split(".")[0])


def tell(line: str) -> None:
    """A complaint or a remark, apart from the output."""
    print(line, file=sys.stderr)
