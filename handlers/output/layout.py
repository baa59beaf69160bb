"""The order of every answer: finding, figures, picture, stamp; then its details, and what is asked
next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics.questions.stamp import Stamp
from handlers.chat.asking import View
from handlers.chat.reply import Choice, Choices, Details, Headline, Part, Reply, Safe, Stamped
from handlers.chat.services import Say
from handlers.output.stamps import stamp_line, stamp_lines


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """The texts by which an answer's buttons ask its question again."""

    dated: str
    """For what is to be about the same days."""
    digest: str = ""
    """The text that begins a digest of it; empty where it cannot be one, or is one."""
    has_rows: bool = False
    """True if the answer has rows for a file."""
    has_deadlines: bool = False
    """True if the answer has deadlines for a calendar."""


def laid_out(reply: Reply, stamp: Stamp | None, again: AskedAgain, say: Say) -> Reply:
    """Return an answer with all that belongs to it among its parts, in reading order. Without a
    stamp it rests on no figures, and nothing is added but its own headline and details.
    """
    parts: list[Part] = [Headline(reply.headline)] if reply.headline else []
    parts += reply.parts
    parts += [stamp_line(stamp, say)] if stamp else []
    details = (*reply.details, *([_small_print(stamp, say)] if stamp else []))
    if details:
        button = Choice(say("details"), again.dated, by_reader=True, view=View.DETAILS)
        parts.append(Details(details, button))
    follow_ups = [*reply.follow_ups, *(_kit(again, say) if stamp else [])]
    parts += [Choices("", tuple(follow_ups))] if follow_ups else []
    safe = reply.safe and _safe(reply.safe, stamp, again, say)
    return replace(reply, parts=tuple(parts), safe=safe, headline="", details=(), follow_ups=())


def details_of(reply: Reply) -> Sequence[Part]:
    """Return what lies behind an answer that was laid out; the whole of it where nothing does."""
    folded = [part.parts for part in reply.parts if isinstance(part, Details)]
    return folded[0] if folded else reply.parts


def _kit(again: AskedAgain, say: Say) -> list[Choice]:
    """Return the follow-ups that every answer with figures has; its files come last."""
    digest = [Choice(say("follow-digest"), again.digest)] if again.digest else []
    wrong = Choice(say("follow-wrong"), again.dated, by_reader=True, view=View.REPORT)
    export = Choice(say("follow-export"), again.dated, by_reader=True, view=View.XLSX)
    calendar = Choice(say("follow-calendar"), again.dated, by_reader=True, view=View.ICS)
    files = [*([export] if again.has_rows else []), *([calendar] if again.has_deadlines else [])]
    return [*digest, wrong, *files]


def _safe(safe: Safe, stamp: Stamp | None, again: AskedAgain, say: Say) -> Safe:
    small_print = (stamp_lines(stamp, say),) if stamp else ()
    return replace(safe, parts=(*safe.parts, *small_print), question=again.dated)


def _small_print(stamp: Stamp, say: Say) -> Stamped:
    return replace(stamp_lines(stamp, say), made_up=False)  # the line before the fold says that
