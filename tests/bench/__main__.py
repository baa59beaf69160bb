"""`python -m tests.bench [PART…] [--quick]`: measures, prints a table; 1 where a goal is missed."""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from typing import Protocol

from tests.bench import (
    answers,
    at_size,
    digests,
    digests_killed,
    drawing,
    exports,
    facts,
    grants,
    limited_readers,
    loop_lag,
    names,
    slack,
    starts,
    teams,
)
from tests.bench.measuring import Row


class Part(Protocol):
    """One file's measurements."""

    def __call__(self, *, quick: bool) -> list[Row]: ...


PARTS: dict[str, Part] = {
    "answers": answers.rows,
    "drawing": drawing.rows,
    "exports": exports.rows,
    "loop-lag": loop_lag.rows,
    "names": names.rows,
    "slack": slack.rows,
    "teams": teams.rows,
    "grants": grants.rows,
    "starts": starts.rows,
    "digests": digests.rows,
    "digests-killed": digests_killed.rows,
    "facts": facts.rows,
    "limited-readers": limited_readers.rows,
    "facts-large": facts.large_rows,
    "at-size": at_size.rows,
}

ON_DEMAND = {"at-size", "digests-killed", "facts-large"}
"""Parts that take long, and are measured where they are named."""


def main(arguments: Sequence[str]) -> int:
    """Measures the parts named, or all but those on demand."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="fewer samples, rougher figures")
    options = parser.parse_args(arguments)
    if unknown := set(options.parts).difference(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    found: list[Row] = []
    for name in options.parts or [part for part in PARTS if part not in ON_DEMAND]:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        found += PARTS[name](quick=options.quick)
    print(table(found))
    missed = [row for row in found if row.met is False]
    for row in missed:
        print(f"MISSED: {row.what}: {row.target}", file=sys.stderr)
    return 1 if missed else 0


def table(found: Sequence[Row]) -> str:
    """Markdown, to be put in the README as it is."""
    cores = os.cpu_count()
    return "\n".join(
        [
            f"Python {platform.python_version()}, {cores} cores; p50 / p95; "
            "both sides by turns in one run.",
            "",
            "| what | ours | rival | ratio | target | met |",
            "|---|---|---|---|---|---|",
            *map(str, found),
        ]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
