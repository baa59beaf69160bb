"""The import as an operator starts it: files of many rows, and processes that can be killed."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.sources.building import deployed, sheet, used
from tests.warehouse.rows import tenant

ROOT = Path(__file__).parents[2]
CUSTOMERS, PRODUCTS = 500, 40

_READY = """
import json, os, sys
from bot.cli import run_verb
print("ready", flush=True)
while line := sys.stdin.readline():
    pid = os.fork()
    if not pid:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(run_verb(json.loads(line)))
    print(pid, flush=True)
    sys.stdin.readline()
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""
"""`python -m bot` up to the words typed, which starts a process of its own for each line of them:
loading the program takes longer than importing. A process's id stays its own until its end is
asked for.
"""


@dataclass(frozen=True)
class Files:
    """Files of both datasets, and what they add up to."""

    paths: tuple[str, ...]
    totals: tuple[int, int]
    """Seats sold, people active."""


def write_files(folder: Path, name: str, seats: int) -> Files:
    """20,000 rows of each dataset; every figure is another for other `seats`."""
    keys = [
        {"customerTenantId": tenant(f"Customer {customer}"), "productId": f"product-{product}"}
        for customer in range(CUSTOMERS)
        for product in range(PRODUCTS)
    ]
    sold = [seats + at % 7 for at in range(len(keys))]
    pairs = list(zip(keys, sold, strict=True))
    texts = {
        "deployment": sheet(*(deployed(**key, licensesSold=count) for key, count in pairs)),
        "usage": sheet(*(used(**key, licensesActive=3 * count) for key, count in pairs)),
    }
    paths = {dataset: folder / f"{name}-{dataset}.csv" for dataset in texts}
    for dataset, text in texts.items():
        paths[dataset].write_text(text, encoding="utf-8")
    return Files(tuple(map(str, paths.values())), (sum(sold), 3 * sum(sold)))


def typed(home: Path, files: Files) -> "subprocess.Popen[str]":
    """`python -m bot import FILE…`, just started."""
    return subprocess.Popen(  # noqa: S603 our own words
        [sys.executable, "-m", "bot", "import", *files.paths],
        cwd=ROOT,
        env=_environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@dataclass(frozen=True)
class Ready:
    """The program, loaded: imports start at once."""

    process: "subprocess.Popen[str]"

    def start(self, files: Files) -> int:
        """The id of a process that imports now; `ended` must follow."""
        return self._ask(json.dumps(["import", *files.paths]))

    def ended(self) -> int:
        """The exit code of the process started last, once it has one; -9 for a killed one."""
        return self._ask("")

    def _ask(self, line: str) -> int:
        assert self.process.stdin
        assert self.process.stdout
        print(line, file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


@contextmanager
def ready(home: Path) -> Iterator[Ready]:
    """The program loaded, with this data folder."""
    with subprocess.Popen(  # noqa: S603 our own words
        [sys.executable, "-c", _READY],
        cwd=ROOT,
        env=_environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield Ready(process)
        assert process.stdin
        process.stdin.close()


def _environment(home: Path) -> dict[str, str]:
    mine = {"SEATWISE_DATA_DIR": str(home), "LC_ALL": "en_GB.UTF-8"}
    return {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}} | mine


def await_file(file: Path, seconds: float = 20.0) -> None:
    """Returns once the file is there, or when that takes too long."""
    until = time.monotonic() + seconds
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.001)
