"""Makes each break in a copy of the tree, and looks whether its test notices."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.breaks.copies import Copy, Ran
from tests.breaks.entry import Break

AT_ONCE = 2
LONGEST = 60.0
"""Seconds that one test may take."""

NOTICED, MISSED = "noticed", "NOT NOTICED"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one break."""

    its: Break
    became: str
    """NOTICED, MISSED, or what is wrong with the table."""
    seconds: float


async def unbroken(tree: Path, breaks: Sequence[Break]) -> str:
    """Why the breaks prove nothing: a text that is not found once, or a test that fails without
    any break; empty where all is well.
    """
    troubles = [f"{each.says}: {why}" for each in breaks if (why := each.trouble(tree))]
    if troubles:
        return "\n".join(troubles)
    with TemporaryDirectory() as folder:
        copy = Copy.of(tree, Path(folder).resolve() / "copy")
        await copy.check_own()
        tests = dict.fromkeys(each.node for each in breaks)
        ran = await copy.tested(*tests, seconds=LONGEST * len(tests))
    return "" if ran.code == 0 else f"without any break: {ran.said or 'too slow'}"


async def outcomes(
    tree: Path, breaks: Sequence[Break], told: Callable[[Outcome], None]
) -> list[Outcome]:
    """What becomes of each, told as it ends: AT_ONCE at a time, in as many copies."""
    waiting, ended = iter(breaks), list[Outcome]()

    async def work(copy: Copy) -> None:
        for each in waiting:
            ended.append(await _tried(copy, each))
            told(ended[-1])

    with TemporaryDirectory() as folder:
        roots = [Path(folder).resolve() / str(at) for at in range(AT_ONCE)]
        copies = [Copy.of(tree, root) for root in roots]
        await asyncio.gather(*(copy.check_own() for copy in copies))
        await asyncio.gather(*map(work, copies))
    return ended


async def _tried(copy: Copy, its: Break) -> Outcome:
    """Breaks the copy, runs the test, and mends the copy."""
    file, whole, begun = copy.root / its.file, its.read(copy.root), time.monotonic()
    file.write_text(its.broken(copy.root), "utf-8")
    try:
        ran = await copy.tested(its.node, seconds=LONGEST)
    finally:
        file.write_text(whole, "utf-8")
    return Outcome(its, _became(ran, its.node), time.monotonic() - begun)


def _became(ran: Ran, node: str) -> str:
    """Only the test's own failure counts: no test, a fixture that breaks and a test without an end
    are faults of the table.
    """
    if ran.code == 0:
        return MISSED
    if ran.code == 1 and ran.failed(node):
        return NOTICED
    why = "too slow" if ran.code is None else f"pytest ended with {ran.code}"
    return f"ERROR, {why}: {' '.join(ran.said.split())[-200:]}"
