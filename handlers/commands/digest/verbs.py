"""Verbs of `/digest`, and the digest that is meant: `pause 3`, `reprendre la main sur 3`."""

import re
import unicodedata
from dataclasses import dataclass

_VERBS = {
    **dict.fromkeys(("list", "mine", "liste", "les miens"), "list"),
    **dict.fromkeys(("show", "montrer", "montre", "afficher", "voir"), "show"),
    **dict.fromkeys(("pause", "suspendre", "mettre en pause"), "pause"),
    **dict.fromkeys(("resume", "reprendre", "relancer"), "resume"),
    **dict.fromkeys(("change", "edit", "modifier", "changer"), "change"),
    **dict.fromkeys(("delete", "remove", "end", "supprimer", "terminer"), "delete"),
    **dict.fromkeys(("run now", "run", "lancer maintenant", "lancer"), "run"),
    **dict.fromkeys(("history", "historique"), "history"),
    **dict.fromkeys(("take over", "reprendre la main sur", "reprendre la main"), "take over"),
    **dict.fromkeys(("ops", "supervision"), "ops"),
}
"""Verbs in both languages, whatever the asker's own is, each with its English name."""

_ALONE = {"list", "ops"}
"""Verbs that name no digest."""

_NUMBER = re.compile(r"(?:#|n°|no\.?)?([0-9]{1,9})[.,;!?]?")


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
    plain = [_plain(word) for word in words]
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


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word[:20].casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
