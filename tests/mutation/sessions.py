"""cosmic-ray at work on one file, in a copy of the tree."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

from tests.mutation.guards import SAME, Guarded

ROOT = Path(__file__).parents[2]
COPIED = ("analytics", "bot", "handlers", "tests", "pyproject.toml")
BIN = Path(sys.executable).parent
PYTEST = (
    *(sys.executable, "-m", "pytest", "-x", "-q", "--noconftest"),
    *("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:xdist"),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed line."""

    file: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one file's mutants."""

    guarded: Guarded
    killed: int
    survived: tuple[Mutant, ...]
    minutes: float


def copy_tree(to: Path) -> None:
    """Copies what the tests need to where it may be changed; the checkout never is."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "node_modules")
            shutil.copytree(ROOT / name, to / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, to / name)


def hunt(guarded: Guarded, tree: Path) -> Found:
    """Tries every mutant of a file in a copy of the tree."""
    begun = time.monotonic()
    session = f"{Path(guarded.file).stem}.sqlite"
    config = _configured(guarded, tree)
    for words in (
        (BIN / "cosmic-ray", "init", config, session),
        (BIN / "cr-filter-operators", session, config),
        (sys.executable, "-m", "tests.mutation.shams", session),
        (BIN / "cosmic-ray", "exec", config, session),
    ):
        _run(words, tree)
    with use_db(tree / session, WorkDB.Mode.open) as db:
        done = [(i, r) for i, r in db.completed_work_items if r.worker_outcome != "skipped"]
    return _found(guarded, done, (time.monotonic() - begun) / 60)


def _configured(guarded: Guarded, tree: Path) -> str:
    """Writes cosmic-ray's configuration; a mutant may take five times as long as the code."""
    command = shlex.join((*PYTEST, *guarded.tests))
    begun = time.monotonic()
    _run(shlex.split(command), tree)
    patience = 5 * (time.monotonic() - begun) + 5
    name = f"{Path(guarded.file).stem}.toml"
    lines = (
        "[cosmic-ray]",
        f"module-path = {json.dumps(guarded.file)}",
        f"timeout = {patience:.1f}",
        "excluded-modules = []",
        f"test-command = {json.dumps(command)}",
        "[cosmic-ray.distributor]",
        'name = "local"',
        "[cosmic-ray.filters.operators-filter]",
        f"exclude-operators = {json.dumps([f'{each}$' for each in SAME])}",
    )
    (tree / name).write_text("\n".join(lines), "utf-8")
    return name


def _run(words: tuple[object, ...] | list[str], tree: Path) -> None:
    """Runs a command in the copy, whose packages come before the checkout's. Compiled files may be
    kept: cosmic-ray's own runs write none, and a file it changed is newer than its compiled one.
    """
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(  # noqa: S603 words of our own
        [str(word) for word in words],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")


def _found(guarded: Guarded, done: list[tuple[WorkItem, WorkResult]], minutes: float) -> Found:
    untried = [r.output for _, r in done if r.worker_outcome is not WorkerOutcome.NORMAL]
    if untried:
        raise RuntimeError(f"{guarded.file}: {untried[0]}")
    alive = [r for _, r in done if r.test_outcome is TestOutcome.SURVIVED]
    survived = tuple(_mutant(guarded.file, result.diff or "") for result in alive)
    return Found(guarded, len(done) - len(alive), survived, minutes)


def _mutant(file: str, diff: str) -> Mutant:
    """The lines that differ, without their indentation."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    before = [line[1:].strip() for line in lines if line.startswith("-")]
    after = [line[1:].strip() for line in lines if line.startswith("+")]
    return Mutant(file, " ".join(before).strip(), " ".join(after).strip())
