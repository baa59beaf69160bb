"""Orders about a subscription's term: done, keep, snooze until a day, and undo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.chat.decision_refusals import NotDecided
from handlers.chat.refusals import PastEnd, UnreadableEnd
from handlers.input.command_line import CommandLine
from handlers.input.end_dates import last_day
from handlers.input.fold import fold
from handlers.input.languages import MIXED
from handlers.input.phrases import meanings

RENEWALS, DECIDE, DECISIONS, DIGEST = "renewals", "decide", "decisions", "digest"
UNDO, WHY = "undo", "why"
"""Verbs about a decision that was made."""

_VERBS = meanings({**MIXED.decisions.verbs, UNDO: MIXED.grants.undo, WHY: (WHY,)})
_DECIDED = frozenset(MIXED.decisions.decided)
_REMIND = frozenset(MIXED.digests.verbs["remind"])
_KEYWORDS = meanings(MIXED.grants.keywords)
_THAT = tuple(MIXED.grants.that)
_LONGEST_DAY = 4
"""Words of a day: `the 15 December 2026`."""


@dataclass(frozen=True, slots=True)
class TypedDecision:
    """An order as it was typed or pressed; nothing in it was looked up yet."""

    verb: str
    """`done`, `keep`, `snooze`, `undo` or `why`."""
    about: str
    """The term's key."""
    until: date | None
    """The day to snooze until; None where none was named."""
    why: str


def read_decision(words: Sequence[str], said: str, today: date) -> TypedDecision:
    """Read `snooze KEY until 15 December because …`; `said` is the text of a form behind it.

    Raises NotDecided: `unread` without a verb and what it is about, `bad-day` or `past-day`.

    >>> read_decision(("keep", "a/b/c/2026-12-13", "because", "they", "pay"), "", date.min).why
    'they pay'
    """
    verb = _VERBS.get(fold(words[0]), "") if words else ""
    if not verb or len(words) < 2:
        raise NotDecided("unread")
    tail = [*words[2:], *said.split()]
    if verb != "snooze":
        return TypedDecision(verb, words[1], None, _reason(tail))
    until, rest = _day(tail, today) if tail else (None, tail)
    return TypedDecision(verb, words[1], until, _reason(rest))


def decision_line(typed: CommandLine) -> CommandLine:
    """Return the command that `/renewals done …`, `/renewals decided …` and `/renewals remind …`
    mean; the line as it is for any other.

    >>> decision_line(CommandLine("renewals", ("decided", "last", "month"))).command
    'decisions'
    """
    if typed.command != RENEWALS or not typed.words:
        return typed
    first, *rest = typed.words
    first = fold(first)
    if first in _DECIDED:
        return CommandLine(DECISIONS, tuple(rest))
    if first in _REMIND:
        return CommandLine(DIGEST, typed.words)
    orders = first in _VERBS and bool(rest) and _names_term(rest[0])
    return CommandLine(DECIDE, typed.words) if orders else typed


def _names_term(word: str) -> bool:
    """Check whether a word is a term's key, and no customer's name."""
    return word.count("/") == 3


def _day(words: list[str], today: date) -> tuple[date, list[str]]:
    """Return the day at the front, and the words behind it: the longest that can be read."""
    if _keyword(words[0]) == "until":
        words = words[1:]
    ends = [at for at, word in enumerate(words) if _keyword(word) == "because"]
    longest = min([len(words), _LONGEST_DAY, *ends])
    for length in range(longest, 0, -1):
        try:
            return last_day(" ".join(words[:length]).rstrip(","), today), words[length:]
        except UnreadableEnd:
            continue
        except PastEnd as past:
            raise NotDecided("past-day", **past.values) from past
    raise NotDecided("bad-day", found=" ".join(words[:_LONGEST_DAY]))


def _reason(words: Sequence[str]) -> str:
    """Return the reason without the word before it."""
    if words and _keyword(words[0]) == "because":
        said = " ".join(words[1:])
        return next((said[len(that) :] for that in _THAT if fold(said).startswith(that)), said)
    return " ".join(words)


def _keyword(word: str) -> str:
    return _KEYWORDS.get(fold(word).rstrip(","), "")
