"""The table of faults, six minutes or more a seed: python -m tests.syncing.fault_table [seeds]."""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.run_cache import open_cache
from tests.syncing.beset import SAID, beset, its_verdicts, runs
from tests.syncing.verdicts import Verdict

Run = tuple[str, int, int]
"""A fault, a seed, and days after the first."""
AS_TOLD = "as told"
"""What the source may say: it differs from the truth, and no sync could know."""
_COLUMNS = (*Verdict, AS_TOLD)


def counted(run: Run) -> Counter[str]:
    """How many datasets of a run are what."""
    fault, seed, age = run

    async def ran(folder: Path) -> dict[str, Verdict]:
        return await its_verdicts(folder, beset(fault, seed, age))

    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(ran(Path(folder)))
    return Counter(
        AS_TOLD if its is Verdict.WRONG and (fault, name) in SAID else str(its)
        for name, its in found.items()
    )


def lines(results: Mapping[Run, Counter[str]]) -> Iterator[str]:
    """The table in Markdown: datasets by fault, on first days and on next ones."""
    heads = [f"{day} day: {its}" for day in ("first", "next") for its in _COLUMNS]
    yield f"| fault | {' | '.join(heads)} |"
    yield "| --- " + "| ---: " * len(heads) + "|"
    faults = dict.fromkeys(fault for fault, _, _ in results)
    for fault in [*faults, ""]:
        cells = []
        for age in (0, 1):
            its = _sum(results, fault, age)
            cells += [str(its[column]) if its else "" for column in _COLUMNS]
        yield f"| {fault or 'all'} | {' | '.join(cells)} |"


def _told(results: Iterable[tuple[Run, Counter[str]]]) -> Iterator[tuple[Run, Counter[str]]]:
    """The same, each said where one sees how far it is."""
    for run, found in results:
        sys.stderr.write(f"{run} {dict(found)}\n")
        yield run, found


def _sum(results: Mapping[Run, Counter[str]], fault: str, age: int) -> Counter[str]:
    """What came of a fault on a day with all seeds; '': of all."""
    found: Counter[str] = Counter()
    for (each, _, when), its in results.items():
        if when == age and fault in ("", each):
            found += its
    return found


def main(seeds: int) -> None:
    """Prints the table."""
    close = open_cache()
    wanted = runs(range(seeds))
    try:
        with ProcessPoolExecutor(2) as pool:
            results = dict(_told(zip(wanted, pool.map(counted, wanted), strict=True)))
    finally:
        close()
    sys.stdout.writelines(f"{line}\n" for line in lines(results))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
