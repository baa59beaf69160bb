"""Names of products as people say them: short forms in full, plans as P1, and what a name excludes
(`(no Teams)`) apart from what it holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from analytics.folded_text import folded_text

_SHORT = {
    **{"m365": "microsoft 365", "microsoft365": "microsoft 365"},
    **{"o365": "office 365", "office365": "office 365", "d365": "dynamics 365"},
    **{"w365": "windows 365", "ems": "enterprise mobility security"},
    **{"bp": "business premium", "bs": "business standard", "bb": "business basic"},
    **{"pbi": "power bi", "powerbi": "power bi", "ppu": "premium per user"},
    **{"powerapps": "power apps", "powerautomate": "power automate", "bc": "business central"},
    **{"aad": "entra id", "azuread": "entra id", "azure ad": "entra id"},
    **{"azure active directory": "entra id", "entra id premium": "entra id"},
    **{"aad premium": "entra id", "azure ad premium": "entra id"},
    **{"azure active directory premium": "entra id"},
    **{"exo": "exchange online", "spo": "sharepoint online", "mtr": "teams rooms"},
    **{"mdo": "defender for office 365", "mde": "defender for endpoint"},
    **{"mdb": "defender for business", "mdi": "defender for identity"},
    **{"atp": "advanced threat protection", "aip": "azure information protection"},
    **{f"plan {number}": f"p{number}" for number in range(1, 6)},
    **{f"plan{number}": f"p{number}" for number in range(1, 6)},
}
"""Words in full by what partners write for them; a plan's number as Microsoft shortens it."""

_IN_FULL = {tuple(short.split()): tuple(words.split()) for short, words in _SHORT.items()}
_LONGEST = max(map(len, _IN_FULL))

_WITHOUT = re.compile(r"(?<![^\W_])w/o(?:ut)?(?![^\W_])", re.IGNORECASE)
_SEGMENT = re.compile(r"[()\[\]]|_(?=HUB\b)|\s[-–]\s")
"""Between the parts of a name: what is excluded in one says nothing of the next."""

_FAR = frozenset(("without", "wo", "ohne", "sans", "excluding", "excl", "not"))
"""Words that exclude all that follows them in their part of the name."""
_NEAR = frozenset(("no", "non"))
"""Words that exclude the next word alone."""
_ENDS = frozenset(("for", "gcc", "with", "pour", "avec", "fur", "mit"))
"""Words that end what is excluded."""


@dataclass(frozen=True, slots=True)
class SpokenName:
    """A name, or words of one, in the form in which they are compared."""

    words: tuple[str, ...]
    """The words that it holds, in their order."""
    without: frozenset[str] = frozenset()
    """The words that it excludes."""

    def stands_in(self, name: "SpokenName") -> bool:
        """Check whether a name holds each of these words, and excludes each that they exclude."""
        return {*self.words} <= {*name.words} and self.without <= name.without

    def is_phrase_of(self, name: "SpokenName") -> bool:
        """Check whether these words stand in a name side by side, in their order."""
        size = len(self.words)
        starts = range(len(name.words) - size + 1)
        return any(name.words[at : at + size] == self.words for at in starts)

    def begins_words_of(self, name: "SpokenName") -> bool:
        """Check whether each of these words begins a word of a name."""
        begun = all(any(word.startswith(each) for word in name.words) for each in self.words)
        return begun and self.without <= name.without


@lru_cache(maxsize=4096)
def spoken_name(text: str) -> SpokenName:
    """Return a product's name in the form in which it is compared.

    >>> spoken_name("O365 E3 EEA (no Teams)").words, spoken_name("E3 (no Teams)").without
    (('office', '365', 'e3', 'eea'), frozenset({'teams'}))
    >>> spoken_name("AAD Plan 1") == spoken_name("Entra ID P1")
    True
    """
    return _read(text, _FAR)


def readings(said: str) -> Iterator[SpokenName]:
    """Yield what typed words may mean: `without` excludes all that follows, or the next word."""
    far = spoken_name(said)
    yield far
    near = _read(said, frozenset())
    if near != far:
        yield near


def _read(text: str, far: frozenset[str]) -> SpokenName:
    words: list[str] = []
    without: set[str] = set()
    for segment in _SEGMENT.split(_WITHOUT.sub(" without ", text)):
        excludes = 0
        for word in _in_full(tuple(folded_text(segment).split())):
            if word in _FAR | _NEAR:
                excludes = len(text) if word in far else 1
            elif excludes and word not in _ENDS:
                without.add(word)
                excludes -= 1
            else:
                words.append(word)
                excludes = 0
    return SpokenName(tuple(words), frozenset(without))


def _in_full(words: tuple[str, ...]) -> Iterator[str]:
    """Yield the words with short forms in full, the longest first."""
    at = 0
    while at < len(words):
        for size in range(_LONGEST, 0, -1):
            full = _IN_FULL.get(words[at : at + size])
            if full and len(words[at : at + size]) == size:
                yield from full
                at += size
                break
        else:
            yield words[at]
            at += 1
