"""Verbs of `/digest`, and the digest that is meant: `pause 3`, `reprendre la main sur 3`."""

import re
from dataclasses import dataclass

from handlers.input.fold import fold
from handlers.input.languages import MIXED
from handlers.input.phrases import either, meanings

_VERBS = meanings(MIXED.digests.verbs)
"""Verbs in all languages, whatever the asker's own is, each with its English name."""

_ALONE = {"list", "ops", "remind"}
"""Verbs that name no digest."""

_SIGN = either(MIXED.digests.number)
_NUMBER = re.compile(rf"{_SIGN}?([0-9]{{1,9}})[.,;!?]?")


@dataclass(frozen=True, slots=True)
class Instruction:
    """An instruction: the verb, the digest's number, and the words behind it."""

    verb: str
    number: int | None
    rest: tuple[str, ...]


def read_verb(words: tuple[str, ...]) -> Instruction | None:
    """Read the instruction that the words begin with, its verb in English; None where they begin
    with none, and then they are a question to be made a digest.

    >>> read_verb(("lancer", "maintenant", "3"))
    Instruction(verb='run', number=3, rest=())
    """
    plain = [fold(word[:20]) for word in words]
    for length in range(min(4, len(words)), 0, -1):
        verb = _VERBS.get(" ".join(plain[:length]), "")
        rest = words[length:]
        if verb in _ALONE:
            return Instruction(verb, None, rest)
        if verb:
            number = _NUMBER.fullmatch(rest[0]) if rest else None
            return Instruction(
                verb, int(number[1]) if number else None, rest[1:] if number else rest
            )
    number = _NUMBER.fullmatch(words[0]) if len(words) == 1 else None
    return Instruction("show", int(number[1]), ()) if number else None


def verb_names() -> tuple[str, ...]:
    """All verbs of one word, to suggest for a mistyped one."""
    return tuple(verb for verb in _VERBS if " " not in verb)
