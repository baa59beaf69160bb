"""`python -m tests.breaks [AREA…]`: breaks the product on purpose, one spot at a time; 1 where a
break is not noticed by the test that must fail.
"""

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence

from tests.breaks.entry import Break
from tests.breaks.runner import MISSED, NOTICED, Outcome, outcomes, unbroken
from tests.breaks.table import AREAS
from tests.rules.source import ROOT


def main(arguments: Sequence[str]) -> int:
    """Tries the areas named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.breaks", description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="AREA", help=", ".join(AREAS))
    names = parser.parse_args(arguments).areas or list(AREAS)
    if unknown := set(names).difference(AREAS):
        parser.error(f"no such area: {', '.join(sorted(unknown))}")
    areas = {each: name for name in names for each in AREAS[name]}
    if trouble := asyncio.run(unbroken(ROOT, list(areas))):
        print(trouble)
        return 1
    return _tried(areas)


def _tried(areas: dict[Break, str]) -> int:
    begun = time.monotonic()
    ended = asyncio.run(outcomes(ROOT, list(areas), lambda each: _tell(areas[each.its], each)))
    counts = Counter(each.became for each in ended)
    wrong = len(ended) - counts[NOTICED] - counts[MISSED]
    print(
        f"{len(ended)} breaks: {counts[NOTICED]} noticed, {counts[MISSED]} not noticed,"
        f" {wrong} in error; {time.monotonic() - begun:.0f} seconds"
    )
    return int(counts[NOTICED] < len(ended))


def _tell(area: str, ended: Outcome) -> None:
    print(f"{area:<10} {ended.its.says:<64} {ended.seconds:5.1f} s  {ended.became}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
