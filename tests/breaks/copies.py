"""Copies of the whole tree, in which the product may be broken, and pytest in one of them."""

import asyncio
import os
import shutil
import sys
from asyncio.subprocess import PIPE, STDOUT
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PYTEST = ("-m", "pytest", "-x", "-q", "-rfE", "--tb=no", "--color=no")
_NO_CACHE = ("-p", "no:cacheprovider")


@dataclass(frozen=True, slots=True)
class Ran:
    """What pytest said; its exit code None where it took too long."""

    code: int | None
    said: str

    def failed(self, node: str) -> bool:
        """Whether the test itself failed: not its fixtures, and no other test."""
        lines = [line for line in self.said.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        names = [line.removeprefix("FAILED ") for line in lines]
        return len(names) == 1 and f"{names[0]} ".startswith((f"{node} ", f"{node}["))


@dataclass(frozen=True, slots=True)
class Copy:
    """A tree of its own in a temporary folder."""

    root: Path

    @classmethod
    def of(cls, tree: Path, root: Path) -> "Copy":
        """Copies what Git keeps and what it would keep, but not Git's own folder."""
        ignored = (tree / ".gitignore").read_text("utf-8").split()
        names = (".git", *(Path(each).name for each in ignored))
        shutil.copytree(tree, root, ignore=shutil.ignore_patterns(*names))
        return cls(root)

    async def check_own(self) -> None:
        """Raise RuntimeError where another tree's packages would be tested: an installed one's."""
        names = ("analytics", "bot", "handlers", "tests")
        code = f"import {', '.join(names)}\nprint(*(m.__file__ for m in ({', '.join(names)})))"
        ran = await self._ran(("-c", code), 60)
        found = [Path(each).parent.parent for each in ran.said.split()]
        if found != [self.root] * len(names):
            raise RuntimeError(f"{self.root} has no packages of its own: {ran.said}")

    async def tested(self, *nodes: str, seconds: float) -> Ran:
        """Runs these tests, up to the first that fails."""
        # A time-out of pytest's own would look like a test that failed.
        more = ("-o", "timeout=0", f"--basetemp={self.root}.tests")
        return await self._ran((*_PYTEST, *_NO_CACHE, *more, *nodes), seconds)

    async def _ran(self, words: tuple[str, ...], seconds: float) -> Ran:
        """Python in the copy. No bytecode is kept: a stale one would hide a change."""
        its = {"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, *words),
            cwd=self.root,
            env=os.environ | its,
            stdout=PIPE,
            stderr=STDOUT,
        )
        try:
            async with asyncio.timeout(seconds):
                said, _ = await process.communicate()
        except TimeoutError:
            return Ran(None, "")
        finally:
            with suppress(ProcessLookupError):
                process.kill()
        return Ran(process.returncode, said.decode("utf-8", "replace"))
