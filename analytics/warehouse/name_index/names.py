"""Search of customers by names as people type them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from analytics.folded_text import folded_text
from analytics.warehouse.name_index.everyday_words import EVERYDAY, are_no_name, is_everyday
from analytics.warehouse.name_index.inverted_index import Ids, Postings
from analytics.warehouse.name_index.legal_forms import bare_name
from analytics.warehouse.name_index.other_names import OtherNames, Placed
from analytics.warehouse.name_index.sorted_texts import Sorted, WordIndex
from analytics.warehouse.name_index.trigrams import Spellings

MOST = 50
"""Most hits returned at once."""

_SMALL_WORDS = frozenset(
    [
        *("a", "an", "and", "at", "for", "in", "of", "on", "the"),
        *("d", "de", "des", "du", "et", "l", "la", "le", "les"),
        *("da", "das", "der", "di", "die", "do", "e", "und", "y"),
    ]
)
_LEADING = 3
_MOST_INITIALS = 6
_INSIDE_ASKED = 5
"""Fewest letters of a question that are looked for within words: any four are in some name."""
_Tiers = Sequence[Ids]
_Cut = Callable[[Ids], Ids]
"""Leaves the names that the reader may see."""
_Way = Callable[[str, _Cut], _Tiers]

Visible = NDArray[np.bool_]
"""True at the position of each name that a reader may see."""


class How(Enum):
    """The way in which a name matched, best first."""

    EXACT = "exact"
    PREFIX = "prefix"
    PART = "part"
    INITIALS = "initials"
    FORM = "legal form"
    DOMAIN = "domain"
    FORMER = "former name"
    FORMER_START = "beginning of a former name"
    TYPO = "typo"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Hits:
    """Positions of the names that matched in the best way found, best first, as many as wanted."""

    how: How
    positions: tuple[int, ...] = ()
    more: int = 0
    """Number of further names that matched in the same way."""


class NameIndex:
    """An index of names; a name's position in `names` is its identity, so names may repeat.

    A reader who may see some names only searches it as if it held no others: hidden ones are left
    out of each step, so that none can push a visible one out. A name without letters or digits
    never matches.
    """

    def __init__(
        self, names: Sequence[str], others: Iterable[Placed] = (), domains: Iterable[Placed] = ()
    ) -> None:
        """Index the names; `others` and `domains` are further names and the domains of their
        customers, each by a position in `names`.
        """
        self._count = len(names)
        self._plain = plain = [folded_text(name) for name in names]
        tight = [name.replace(" ", "") for name in plain]
        self._whole, self._tight, self._words = Sorted(plain), Sorted(tight), WordIndex(plain)
        self._initials = Postings(map(_initials, plain))
        self._beginnings = sorted({start for name in plain for start in _beginnings(name)})
        self._spellings = Spellings(
            [*tight, *(start.replace(" ", "") for start in self._beginnings)]
        )
        self._rank = _ranks(plain)
        self._other = OtherNames(plain, others, domains)

    def find(
        self,
        query: str,
        visible: Visible | None = None,
        *,
        asked: bool = False,
        most: int = MOST,
    ) -> Hits:
        """Return the first `most` names that match `query`, in the first of these ways that has any
        match; of the `visible` names, or of all.

        EXACT: the same name but for case, accents, punctuation and blanks. PREFIX: the name starts
        with the query. PART: each word starts some word of the name; after these, names that
        contain the letters, three or more, anywhere. INITIALS: two to six letters, with or without
        small words. FORM: the same name, or one found in a way above, but for a legal form at the
        end, and for `and` or `&`. DOMAIN, FORMER, FORMER_START: a domain of the customer, a name
        that it has or had besides, or the first words of that. TYPO: one edit away, two from ten
        letters on, of the whole name or of as many of its first words as were typed; only the
        nearest names, and of equally near ones a whole name before a longer one. NOTHING: none of
        these, or a query without letters or digits.

        Letters inside words alone are a PART only if no INITIALS match: `wwi` is Wide World
        Importers sooner than it is Crowwing.

        With `asked` the query is part of a question, and not what is typed to look through a list:
        an everyday word alone finds the name that is equal to it, and no other; everyday words and
        products' words together find names that begin with them.
        """
        wanted = folded_text(query)
        cut: _Cut = _nothing_hidden if visible is None else lambda ids: ids[visible[ids]]
        for how, way in self._ways(wanted, query, asked=asked) if wanted else ():
            tiers = way(wanted, cut)
            if any(map(len, tiers)):
                return self._best(how, tiers, most)
        return Hits(How.NOTHING)

    def _ways(self, wanted: str, query: str, *, asked: bool) -> Iterator[tuple[How, _Way]]:
        """Yield the ways in which a query may match, best first."""
        words = wanted.split()
        yield How.EXACT, self._exact
        if asked and is_everyday(words):
            return
        if asked and are_no_name(words):
            yield How.PREFIX, self._whole_words
            return
        yield How.PREFIX, self._prefix
        yield How.PART, self._part_asked if asked else self._part
        yield How.INITIALS, self._by_initials
        if not asked or len(wanted) >= _INSIDE_ASKED:
            yield How.PART, self._inside
        yield How.FORM, self._without_form
        yield How.DOMAIN, lambda _wanted, cut: (cut(self._other.domain(query)),)
        yield How.FORMER, lambda wanted, cut: (cut(self._other.former(wanted)),)
        yield How.FORMER_START, lambda text, cut: (cut(self._other.former_beginning(text)),)
        yield How.TYPO, self._typo

    def holds(self, name: str, visible: Visible | None = None) -> bool:
        """Check whether a name, of the `visible` ones or of all, is equal to this one but for case,
        accents and punctuation.
        """
        equal = self._whole.equal(folded_text(name))
        return bool(len(equal) if visible is None else visible[equal].any())

    def _exact(self, wanted: str, cut: _Cut) -> _Tiers:
        """Match the name, then the name but for blanks; where the second finds none, nor does the
        first.
        """
        tight = cut(self._tight.equal(wanted.replace(" ", "")))
        return (cut(self._whole.equal(wanted)), tight) if len(tight) else ()

    def _prefix(self, wanted: str, cut: _Cut) -> _Tiers:
        """Match whole words, then the beginning of a word; if neither matches, ignore blanks: a
        name that starts so with blanks starts so without them.
        """
        tight = cut(self._tight.texts_with_prefix(wanted.replace(" ", "")))
        starting = cut(self._whole.texts_with_prefix(wanted)) if len(tight) else tight
        if len(starting):
            return (cut(self._whole.texts_with_prefix(f"{wanted} ")), starting)
        return (tight,)

    def _whole_words(self, wanted: str, cut: _Cut) -> _Tiers:
        return (cut(self._whole.texts_with_prefix(f"{wanted} ")),)

    def _part(self, wanted: str, cut: _Cut) -> _Tiers:
        return self._with_words(wanted, cut, self._words.names_with_prefix)

    def _part_asked(self, wanted: str, cut: _Cut) -> _Tiers:
        """Match as `_part`, but an everyday word is a whole one: `for` is not Forest."""
        return self._with_words(wanted, cut, self._holders_asked)

    def _holders_asked(self, word: str) -> Ids:
        return (self._words.equal if word in EVERYDAY else self._words.names_with_prefix)(word)

    def _with_words(self, wanted: str, cut: _Cut, holders: Callable[[str], Ids]) -> _Tiers:
        """Match the very words, then words that start so, then the letters within names."""
        words = wanted.split()
        starting = cut(self._words.names_with_words(words, holders))
        if not len(starting):
            return ()
        very = cut(self._words.names_with_words(words, self._words.equal))
        return (very, starting, *self._inside(wanted, cut))

    def _by_initials(self, wanted: str, cut: _Cut) -> _Tiers:
        return (cut(self._initials.of(wanted)),) if len(wanted) <= _MOST_INITIALS else ()

    def _inside(self, wanted: str, cut: _Cut) -> _Tiers:
        """Match letters within a word, or from a word's beginning on: `teams` is not in Wiosteam
        School.
        """
        tight = wanted.replace(" ", "")
        found = cut(self._spellings.texts_with_letters(tight, self._count))
        return (found[[_has_letters(self._plain[at], tight) for at in found.tolist()]],)

    def _without_form(self, wanted: str, cut: _Cut) -> _Tiers:
        bare = bare_name(wanted)
        same = cut(self._other.without_form(bare))
        if bare == wanted:
            return (same,)
        ways = (self._exact, self._prefix, self._part)
        return (same, *next(filter(_any, (way(bare, cut) for way in ways)), ()))

    def _typo(self, wanted: str, cut: _Cut) -> _Tiers:
        bare = bare_name(wanted)
        found = self._nearly_spelled_names(wanted, cut)
        return found if bare == wanted or _any(found) else self._nearly_spelled_names(bare, cut)

    def _nearly_spelled_names(self, wanted: str, cut: _Cut) -> _Tiers:
        met: defaultdict[tuple[int, bool], list[Ids]] = defaultdict(list)
        keep = None if cut is _nothing_hidden else lambda at: len(cut(self._names_of(at))) > 0
        for edits, at in self._spellings.near(wanted.replace(" ", ""), keep):
            if at < self._count:
                met[edits, False].append(self._names_of(at))
            elif self._beginnings[at - self._count].count(" ") == wanted.count(" "):
                met[edits, True].append(cut(self._names_of(at)))
        return met[min(met)] if met else ()

    def _names_of(self, at: int) -> Ids:
        """Return the names that a spelling stands for: itself, or those with this beginning."""
        if at < self._count:
            return np.array([at], np.int32)
        return self._whole.texts_with_prefix(f"{self._beginnings[at - self._count]} ")

    def _best(self, how: How, tiers: _Tiers, most: int) -> Hits:
        """Return each tier's names by rank, the tiers in turn, every name once."""
        ordered = dict.fromkeys(chain.from_iterable(map(self._by_rank, tiers)))
        return Hits(how, tuple(islice(ordered, most)), max(0, len(ordered) - most))

    def _by_rank(self, ids: Ids) -> list[int]:
        ranked: list[int] = (ids[self._rank[ids].argsort()] if len(ids) > 1 else ids).tolist()
        return ranked


def _nothing_hidden(ids: Ids) -> Ids:
    return ids


def _any(tiers: _Tiers) -> bool:
    return any(map(len, tiers))


def _has_letters(name: str, tight: str) -> bool:
    """Check whether a name holds the letters within one of its words, or from a word's beginning
    on.
    """
    words = name.split()
    tails = ("".join(words[at:]) for at in range(len(words)))
    return any(tight in word for word in words) or any(tail.startswith(tight) for tail in tails)


def _beginnings(name: str) -> Iterator[str]:
    """Yield the first one, two and three words of a name that has more words."""
    words = name.split(" ", _LEADING)
    for count in range(1, len(words)):
        yield " ".join(words[:count])


def _initials(name: str) -> list[str]:
    """Return a name's initials, with small words and without; only those of two to six letters."""
    words = name.split()
    every = "".join(word[0] for word in words)
    large = "".join(word[0] for word in words if word not in _SMALL_WORDS)
    return [letters for letters in {every, large} if 2 <= len(letters) <= _MOST_INITIALS]


def _ranks(names: Sequence[str]) -> Ids:
    """Return each name's rank: shortest first, then alphabetical, then by position."""
    ordered = sorted(range(len(names)), key=lambda at: (len(names[at]), names[at]))
    ranks = np.empty(len(names), np.int32)
    ranks[ordered] = np.arange(len(names), dtype=np.int32)
    return ranks
