"""`python -m tests.mutation [guard …]`: tries the mutants of all guards, or of these. Fails where
too few are killed, or one survives unexplained.
"""

import os
import sys
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from tests.mutation.guards import GUARDED, RATE, Guarded
from tests.mutation.sessions import Found, Mutant, copy_tree, hunt
from tests.mutation.survivors import FILE, explained


def hunted(wanted: Sequence[Guarded], folder: Path) -> list[Found]:
    """What became of them: as many at a time as there are cores, each in a copy of the tree."""
    trees = SimpleQueue[Path]()
    cores = min(os.cpu_count() or 1, len(wanted))
    for number in range(cores):
        copy_tree(folder / str(number))
        trees.put(folder / str(number))

    def one(guarded: Guarded) -> Found:
        tree = trees.get()
        try:
            return hunt(guarded, tree)
        finally:
            trees.put(tree)

    with ThreadPoolExecutor(cores) as pool:
        return list(pool.map(one, wanted))


def table(found: Sequence[Found]) -> tuple[list[str], list[str]]:
    """A line a guard, and the guards of which too few mutants were killed."""
    lines = [f"{'guard':10}{'mutants':>8}{'killed':>8}{'survived':>10}{'rate':>8}{'minutes':>9}"]
    poor = []
    for guard in sorted({each.guarded.guard for each in found}):
        its = [each for each in found if each.guarded.guard == guard]
        killed, alive = sum(e.killed for e in its), sum(len(e.survived) for e in its)
        rate, minutes = killed / (killed + alive), sum(e.minutes for e in its)
        lines.append(
            f"{guard:10}{killed + alive:8}{killed:8}{alive:10}{rate:8.1%}{minutes:9.1f}",
        )
        poor += [guard] if rate < RATE else []
    return lines, poor


def told(heading: str, mutants: Collection[Mutant]) -> None:
    """Prints them under the heading, if there are any."""
    if mutants:
        print(f"\n{heading}")
    for each in sorted(mutants, key=str):
        print(f"  {each.file}\n    - {each.before}\n    + {each.after}")


def main(guards: Sequence[str]) -> int:
    """The exit code, after everything was printed."""
    wanted = [each for each in GUARDED if not guards or each.guard in guards]
    known = explained(FILE.read_text("utf-8"), {each.file for each in wanted})
    with TemporaryDirectory() as folder:
        found = hunted(wanted, Path(folder))
    lines, poor = table(found)
    alive = {mutant for each in found for mutant in each.survived}
    print("\n".join(lines))
    told("Survivors without a reason in survivors.toml:", alive - known)
    told("In survivors.toml, and killed by now, or no longer there:", known - alive)
    if poor:
        print(f"\nFewer than {RATE:.0%} killed: {', '.join(poor)}")
    return 1 if poor or alive - known else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
