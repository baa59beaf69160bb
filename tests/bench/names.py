"""Name look-up among 50,000 names, beside scanning them all: `python -m tests.bench.names`."""

import random
import string
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from analytics.folding import folded
from analytics.warehouse.names import NameIndex

NAMES = 50_000
QUERIES = 200
ROUND = 10
"""Queries each one answers before the other's turn, so that each has its own data in the caches.

Taking turns after every query, the scan empties the caches of the index, and a look-up takes
two and a half times as long: about 48 times quicker than the scan.
"""
AT_LEAST = 50.0
"""How many times dearer, in CPU time, scanning them all must be at the median."""

_ONSETS = (
    *("b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "kl", "l", "m", "n"),
    *("p", "pl", "qu", "r", "s", "sk", "st", "t", "tr", "v", "w", "z"),
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "io", "ou")
_ENDS = (
    *("n", "r", "l", "x", "nd", "rt", "m", "ck"),
    *("ston", "well", "by", "mar", "dale", "tek", "via"),
)
_TRADES = (
    *("Aerospace", "Bakery", "Bikes", "Boats", "Books", "Brewing", "Cars", "Catering", "Cleaning"),
    *("Clinic", "Coffee", "Consulting", "Design", "Energy", "Farms", "Films", "Finance", "Foods"),
    *("Freight", "Furniture", "Gardens", "Glass", "Health", "Hotels", "Importers", "Insurance"),
    *("Interiors", "Labs", "Law", "Legal", "Logistics", "Machines", "Marine", "Media", "Metals"),
    *("Mills", "Mining", "Motors", "Music", "Optics", "Packaging", "Partners", "Pharmaceuticals"),
    *(
        "Plumbing",
        "Power",
        "Printing",
        "Properties",
        "Publishing",
        "Recruitment",
        "Retail",
        "School",
    ),
    *(
        "Security",
        "Shipping",
        "Software",
        "Solar",
        "Steel",
        "Studios",
        "Systems",
        "Textiles",
        "Toys",
    ),
)
_PLACES = (
    *("Alpine", "Baltic", "Central", "City"),
    *("Coastal", "Eastern", "Global", "Metro", "Northern"),
)
_FORMS = ("AB", "AG", "BV", "GmbH", "Group", "Holding", "Inc", "Limited", "Ltd", "SA", "SARL", "SE")


@dataclass(slots=True)
class Searcher:
    """Something that gives its first hit for a query; CPU milliseconds and right answers so far."""

    first: Callable[[str], str]
    spent: list[float] = field(default_factory=list)
    right: int = 0

    def ask(self, query: str, meant: str) -> str:
        """The first hit, timed on this thread's own clock and compared with the name meant."""
        started = time.thread_time_ns()
        found = self.first(query)
        self.spent.append((time.thread_time_ns() - started) / 1e6)
        self.right += found == meant
        return found

    def quantile(self, share: float) -> float:
        """The CPU milliseconds that this share of the questions stayed below."""
        return sorted(self.spent)[int(share * (len(self.spent) - 1))]


def company_names(count: int, chance: random.Random) -> list[str]:
    """Distinct made-up company names of two to five words; the same ones for the same seed."""
    stems = [_stem(chance) for _ in range(6_000)]
    names: dict[str, None] = {}
    while len(names) < count:
        parts = [chance.choice(stems)]
        parts += [f"& {chance.choice(stems)}"] * (chance.random() < 0.15)
        parts += [chance.choice(_PLACES)] * (chance.random() < 0.25)
        parts += [chance.choice(_TRADES)]
        parts += [chance.choice(_FORMS)] * (chance.random() < 0.5)
        names[" ".join(parts)] = None
    return list(names)


def mistyped(name: str, chance: random.Random) -> str:
    """The name with one letter left out, added, replaced or swapped with the next."""
    at = chance.choice([at for at in range(1, len(name) - 1) if name[at : at + 2].isalpha()])
    other = chance.choice(string.ascii_lowercase.replace(name[at].lower(), ""))
    before, letter, after = name[:at], name[at], name[at + 1 :]
    swapped = before + after[0] + letter + after[1:]
    return chance.choice(
        [before + after, before + other + name[at:], before + other + after, swapped]
    )


def _stem(chance: random.Random) -> str:
    syllables = chance.choice([1, 2, 2])
    start = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables))
    return (start + chance.choice(_ENDS)).capitalize()


def _ours(names: Sequence[str]) -> Searcher:
    started = time.process_time()
    index = NameIndex(names)
    took = time.process_time() - started
    print(f"index of {len(names):,} names: {took:.2f} s, {index.nbytes / 2**20:.1f} MiB of arrays")

    def first(query: str) -> str:
        hits = index.find(query).positions
        return names[hits[0]] if hits else ""

    return Searcher(first)


def _rival(names: Sequence[str]) -> Searcher:
    plain = [folded(name) for name in names]

    def first(query: str) -> str:
        _, _, at = process.extractOne(folded(query), plain, scorer=fuzz.WRatio, processor=None)
        return names[at]

    return Searcher(first)


def main() -> int:
    """Prints the table; 1 when the look-up is too slow, or less often right than the scan."""
    chance = random.Random(20261122)  # noqa: S311  a benchmark must repeat itself
    names = company_names(NAMES, chance)
    ours, rival = _ours(names), _rival(names)
    asked_for = [(mistyped(meant, chance), meant) for meant in chance.sample(names, QUERIES)]
    same = sum(_round(ours, rival, asked_for[at : at + ROUND]) for at in range(0, QUERIES, ROUND))
    for label, asked in (("look-up", ours), ("scan with WRatio", rival)):
        print(
            f"{label:17} p50 {asked.quantile(0.5):8.3f} ms  p99 {asked.quantile(0.99):8.3f} ms  "
            f"the name meant first: {asked.right / QUERIES:.1%}"
        )
    ratio = rival.quantile(0.5) / ours.quantile(0.5)
    print(f"same first hit: {same / QUERIES:.1%}; {ratio:.0f} times quicker at the median")
    return _verdict(ratio, ours.right, rival.right)


def _round(ours: Searcher, rival: Searcher, queries: Sequence[tuple[str, str]]) -> int:
    """Asks one, then the other, the same few queries; how often their first hits are the same."""
    met = [ours.ask(query, meant) for query, meant in queries]
    return sum(name == rival.ask(*asked) for name, asked in zip(met, queries, strict=True))


def _verdict(ratio: float, ours: int, rival: int) -> int:
    if ratio < AT_LEAST:
        print(f"FAILED: {ratio:.0f} times quicker, {AT_LEAST:.0f} are wanted")
    if ours < rival:
        print(f"FAILED: {ours} of {QUERIES} names met first, the scan meets {rival}")
    return int(ratio < AT_LEAST or ours < rival)


if __name__ == "__main__":
    sys.exit(main())
