"""The tables of faults: python -m tests.syncing.fault_table [seeds] [reports].

The one of the datasets takes six minutes or more a seed; with the word `reports` that of Insights'
reports alone is printed, in a few minutes.
"""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.partner_center.connecting import Kept
from tests.partner_center.faults import FAULTS
from tests.run_cache import open_cache
from tests.syncing.beset import SAID, beset, its_verdicts, runs
from tests.syncing.beset_reports import beset_reports, report_verdicts
from tests.syncing.test_insights import synced
from tests.syncing.verdicts import Verdict

Run = tuple[str, int, int]
"""A fault, a seed, and days after the first."""
AS_TOLD = "as told"
"""What the source may say: it differs from the truth, and no sync could know."""
REPORTS = "reports"
"""The word for the table of Insights' reports alone."""
_DAYS = ("first", "next")


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


def counted_reports(run: Run) -> Counter[str]:
    """How many reports of a first sync are what."""
    fault, seed, _ = run

    async def ran(file: Path) -> dict[str, Verdict]:
        standin = beset_reports(fault, seed)
        return report_verdicts(await synced(standin, file, keeper=Kept()), standin)

    with tempfile.TemporaryDirectory() as folder:
        return Counter(map(str, asyncio.run(ran(Path(folder) / "staging.duckdb")).values()))


def lines(results: Mapping[Run, Counter[str]], columns: Sequence[str]) -> Iterator[str]:
    """A table in Markdown: how many are what by fault, on first days and on next ones if any."""
    ages = sorted({age for _, _, age in results})
    heads = [f"{_DAYS[age]} day: {its}" for age in ages for its in columns]
    yield f"| fault | {' | '.join(heads)} |"
    yield "| --- " + "| ---: " * len(heads) + "|"
    faults = dict.fromkeys(fault for fault, _, _ in results)
    for fault in [*faults, ""]:
        cells = []
        for age in ages:
            its = _sum(results, fault, age)
            cells += [str(its[column]) if its else "" for column in columns]
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


def _found(wanted: Sequence[Run], count: Callable[[Run], Counter[str]]) -> dict[Run, Counter[str]]:
    with ProcessPoolExecutor(2) as pool:
        return dict(_told(zip(wanted, pool.map(count, wanted), strict=True)))


def main(seeds: int, kind: str) -> None:
    """Prints the tables, or the one of this kind."""
    close = open_cache()
    reports = [(fault, seed, 0) for seed in range(seeds) for fault in sorted(FAULTS)]
    try:
        if kind != REPORTS:
            found = _found(runs(range(seeds)), counted)
            sys.stdout.writelines(f"{line}\n" for line in lines(found, (*Verdict, AS_TOLD)))
        found = _found(reports, counted_reports)
        sys.stdout.writelines(f"{line}\n" for line in ("", *lines(found, tuple(Verdict))))
    finally:
        close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, "".join(sys.argv[2:]))
