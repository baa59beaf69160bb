"""Name look-up among 50,000 names, beside scanning them all with rapidfuzz."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from analytics.folded_text import folded_text
from analytics.warehouse.name_index.names import NameIndex
from tests.bench.company_names import company_names, mistyped
from tests.bench.measuring import Row, compared

NAMES = 50_000
QUERIES, QUICK_QUERIES = 400, 100
AT_LEAST = 50.0
"""How many times dearer, in CPU time, scanning them all must be at the median."""
ORDERS = {"each query by turns": 1, "ten queries by turns": 10}
"""How many queries one side answers before it is the other's turn.

After a single one the scan has emptied the processor's caches, and a look-up takes three times as
long as when the index's own data are still in them: as dear as a look-up can be.
"""


@dataclass(slots=True)
class Searcher:
    """Something that gives its first hit for a query, and the CPU milliseconds each took."""

    first: Callable[[str], str]
    spent: list[float] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def ask(self, query: str) -> None:
        """The first hit, timed on this thread's own clock: what else runs is not counted."""
        started = time.thread_time_ns()
        found = self.first(query)
        self.spent.append((time.thread_time_ns() - started) / 1e6)
        self.found.append(found)


def rows(*, quick: bool) -> list[Row]:
    """The CPU time by either order of turns, then how often the first hits are the same."""
    chance = random.Random(20261122)  # noqa: S311  a benchmark must repeat itself
    names = company_names(NAMES, chance)
    meant = chance.sample(names, QUICK_QUERIES if quick else QUERIES)
    queries = [mistyped(name, chance) for name in meant]
    look_up, scan = _look_up(names), _scan(names)
    found: list[Row] = []
    for order, size in ORDERS.items():
        ours, theirs = Searcher(look_up), Searcher(scan)
        for start in range(0, len(queries), size):
            for side in (ours, theirs):
                for query in queries[start : start + size]:
                    side.ask(query)
        what = f"a mistyped name among {NAMES:,}, CPU time; {order}"
        found.append(compared(what, ours.spent, theirs.spent, AT_LEAST))
    return [*found, *_agreement(queries, meant, ours.found, theirs.found)]


def _look_up(names: Sequence[str]) -> Callable[[str], str]:
    index = NameIndex(names)

    def first(query: str) -> str:
        hits = index.find(query).positions
        return names[hits[0]] if hits else ""

    return first


def _scan(names: Sequence[str]) -> Callable[[str], str]:
    """Names folded beforehand, to its advantage."""
    plain = [folded_text(name) for name in names]

    def first(query: str) -> str:
        _, _, at = process.extractOne(folded_text(query), plain, scorer=fuzz.WRatio, processor=None)
        return names[at]

    return first


def _agreement(
    queries: Sequence[str], meant: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[Row]:
    """The name meant, and the same first hit: where they differ, ours must be as near by letters.

    A slip can make another name, or be as near to a second one: then both hits are right.
    """
    count = len(queries)
    pairs = list(zip(queries, ours, theirs, strict=True))
    same = sum(our == their for _, our, their in pairs)
    farther = [
        query
        for query, our, their in pairs
        if our != their and edits(query, our) > edits(query, their)
    ]
    right = [sum(map(str.__eq__, side, meant)) / count for side in (ours, theirs)]
    ours_right, their_right = (f"{share:.1%}" for share in right)
    yield Row("the name meant comes first", ours_right, their_right, None)
    what = "the same first hit, or one as near to what was typed"
    said = f"{same / count:.1%} the same, {(count - len(farther)) / count:.1%} as near"
    yield Row(what, said, "", None, "100% as near", not farther)


def edits(query: str, name: str) -> int:
    """Letters between what was typed and a name; none where each word typed is in the name."""
    typed, plain = folded_text(query), folded_text(name)
    if all(word in plain for word in typed.split()):
        return 0
    return OSA.distance(typed.replace(" ", ""), plain.replace(" ", ""))
