"""Output of the command line: its language, and complaints on standard error."""

import sys
from collections.abc import Mapping

from handlers.input.rights_row import yes_or_no
from handlers.messages.speaker import Speaker, speaker


def language(asked: str | None, environment: Mapping[str, str]) -> Speaker:
    """The language asked for, else the environment's, else English."""
    spoken = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    return speaker(asked or (spoken or "en").split(".")[0])


def tell(line: str) -> None:
    """Print a complaint or a remark on standard error, apart from the output."""
    print(line, file=sys.stderr)


def says_yes(say: Speaker) -> bool:
    """Ask on the terminal whether to save; anything but a yes is a no, an interruption too."""
    print(say("rights-plan-save"), end=" ", flush=True)
    try:
        return yes_or_no(sys.stdin.readline()) is True
    except KeyboardInterrupt:
        return False
