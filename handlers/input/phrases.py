"""Words and phrases of typed languages as patterns and meanings."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from string import Template
from typing import TypeVar

M = TypeVar("M")

_GROUP = re.compile(r"(?<=\(\?P<)\w+")


def meanings(words: Mapping[M, Iterable[str]]) -> dict[str, M]:
    """Return the meaning of each word, from the words of each meaning.

    >>> meanings({4: ("april", "avril"), 5: ("may",)})
    {'april': 4, 'avril': 4, 'may': 5}
    """
    return {word: meaning for meaning, said in words.items() for word in said}


def either(words: Iterable[str]) -> str:
    """Return the pattern of any of the words.

    >>> either(("every", "chaque"))
    '(?:every|chaque)'
    """
    return f"(?:{'|'.join(words)})"


def any_phrase(phrases: Iterable[str], parts: Mapping[str, str]) -> str:
    """Return the pattern of any of the phrases, each `$name` in them replaced by its part.

    A longer phrase is tried before a shorter one, which may be its beginning.

    >>> any_phrase(("daily", "every $unit"), {"unit": "(?P<unit>day|jour)"})
    '(?:every (?P<unit>day|jour)|daily)'
    """
    longest_first = sorted(phrases, key=len, reverse=True)
    return either(Template(phrase).substitute(parts) for phrase in longest_first)


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which several groups may have one name; `group()` reads them.

    The second of a name gets a `_` behind it, the third two.
    """
    seen: Counter[str] = Counter()

    def unique_name(name: re.Match[str]) -> str:
        seen[name[0]] += 1
        return name[0] + "_" * (seen[name[0]] - 1)

    return re.compile(_GROUP.sub(unique_name, pattern))


def group(found: re.Match[str], name: str) -> str:
    """Return the text of the group of this name that took part in a match; empty for none.

    >>> group(compile_pattern("(?P<hour>[0-9]+)h|at (?P<hour>[0-9]+)").fullmatch("at 9"), "hour")
    '9'
    """
    said = {key.rstrip("_"): text for key, text in found.groupdict().items() if text}
    return said.get(name, "")
