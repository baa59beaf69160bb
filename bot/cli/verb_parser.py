"""The parser of a verb's arguments, with its complaints in the reader's language."""

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from bot.cli.console import tell
from handlers.messages.speaker import Speaker, speaker

_NAMED = r"argument (?P<name>.+?): "
_COMPLAINTS = {
    "arguments-missing": r"the following arguments are required: (?P<name>.+)",
    "arguments-one-of": r"one of the arguments (?P<name>.+) is required",
    "arguments-unknown": r"unrecognized arguments: (?P<name>.+)",
    "argument-choice": _NAMED + r"invalid choice: (?P<found>.+) \(choose from (?P<choices>.+)\)",
    "argument-without": _NAMED + r"expected (?:one|at least one|\d+) arguments?",
    "argument-form": _NAMED + r"invalid .+ value: (?P<found>.+)",
    "argument-beside": _NAMED + r"not allowed with argument (?P<other>.+)",
    "argument-flag": _NAMED + r"ignored explicit argument (?P<found>.+)",
    "argument-ambiguous": r"ambiguous option: (?P<found>.+) could match (?P<choices>.+)",
}
"""Catalogue ids, each with argparse's own text of the complaint."""


class VerbParser(argparse.ArgumentParser):
    """An ArgumentParser that complains in a language."""

    say: Speaker = speaker("en")

    def error(self, message: str) -> NoReturn:
        """Print the usage and the complaint on standard error, and end with 2."""
        tell(self.format_usage().rstrip())
        tell(complaint(message, self.say))
        self.exit(2)


def verb_parser(say: Speaker | None = None) -> VerbParser:
    """Make the parser of the whole program."""
    top = VerbParser(
        prog="seatwise", description="Customer analytics of a Microsoft cloud reseller, in chat."
    )
    top.say = say or top.say
    return top


def complaint(message: str, say: Speaker) -> str:
    """Return argparse's complaint in a language; its own text where it is none that is known.

    >>> complaint("the following arguments are required: FILE", speaker("en"))
    'Missing: FILE. Nothing was done.'
    """
    for sentence, pattern in _COMPLAINTS.items():
        if found := re.fullmatch(pattern, message):
            return say(sentence, **found.groupdict())
    return message


def asked_language(words: Sequence[str]) -> str | None:
    """Return the language that the words ask for, before they are parsed; None if they ask for
    none.
    """
    for at, word in enumerate(words):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and at + 1 < len(words):
            return words[at + 1]
    return None
