"""Faults in the words of a command's choices."""

from collections import defaultdict
from typing import Any

from handlers.input.choice_words import choices_of, member_words
from handlers.input.languages import LANGUAGES

CODES = ("en", "fr")
"""The languages' codes, in the order of LANGUAGES."""


def faults(kind: type[Any]) -> list[str]:
    """Members of the choices of a command's arguments that lack words, by language; and words that
    mean several of them.
    """
    found = []
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for choice in choices_of(kind):
        for code, language in zip(CODES, LANGUAGES, strict=True):
            words = member_words(choice, language.choices)
            lacking = [each for each in choice if each not in words.values()]
            found += [f"{choice.__name__}.{each.name} has no words in {code}" for each in lacking]
            for said, member in words.items():
                meant[" ".join(said)].add(f"{choice.__name__}.{member.name}")
    return found + [f"“{said}” is {sorted(its)}" for said, its in meant.items() if len(its) > 1]
