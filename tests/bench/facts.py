"""Facts at size: ingest beside PostgreSQL and SQLite, one customer's answer as rows grow, and
readers while a generation is built.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from analytics.demo.at_scale import Size, stage_demo_data
from analytics.questions.portfolio import portfolio
from analytics.questions.usage import usage
from analytics.values import Period
from analytics.warehouse.building.build import build
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from tests.bench import ingesting
from tests.bench.measuring import Row, part, spread
from tests.warehouse.sights import sight

ROOT = Path(__file__).parents[2]
NEWEST = date(2026, 11, 24)
META = {"made_up": "yes", "built": "2026-11-25T00:00:00+00:00"}
SMALL, MIDDLE, LARGE, DAYS = 50, 1_000, 50_000, 365
FLAT, QUIET, MEMORY = 2.5, 2.0, 400

BUILD = """
import os, sys
from pathlib import Path
os.nice(10)
from analytics.warehouse.building.build import build
build(Path(sys.argv[1]), (), {meta}, staged=Path(sys.argv[2]))
told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(told["VmHWM"].split()[0]) // 1024)
"""
"""A build gives way to those who answer."""


def rows(*, quick: bool) -> list[Row]:
    """About a million rows a side."""
    return _measured(MIDDLE // 4 if quick else MIDDLE, 100 if quick else 400)


def large_rows(*, quick: bool) -> list[Row]:
    """91 million usage rows: some ten minutes and 4 GB of disk."""
    return _measured(LARGE, 100 if quick else 400)


def _measured(customers: int, samples: int) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="seatwise-bench-") as name:
        folder = Path(name)
        small = _built(folder / "small", SMALL)
        big = _built(folder / "big", customers)
        return [
            *ingesting.rows(folder),
            _flat(small, big, samples),
            portfolio_row(big, samples // 10),
            _memory(big),
            *_meanwhile(big, customers),
        ]


def _built(folder: Path, customers: int) -> Path:
    staged, facts = folder / "staged.duckdb", folder / "facts"
    list(stage_demo_data(staged, Size(customers, DAYS, NEWEST)))
    build(facts, (), META, anew=True, staged=staged)
    staged.unlink()
    return facts


def _facts(folder: Path) -> Facts:
    generation = Warehouse(folder).current()
    assert generation is not None
    return Facts(generation, sight())


def _asked(folder: Path) -> Iterator[float]:
    """Milliseconds of one customer's `usage` after another, without end; none asked twice soon."""
    facts, period = _facts(folder), Period(date(2026, 8, 27), NEWEST)
    at = 0
    while True:
        customer = facts.people.customers[at * 7919 % len(facts.people.customers)]
        started = time.perf_counter()
        usage(facts, customer, period, None)
        yield (time.perf_counter() - started) * 1000
        at += 1


def _flat(small: Path, big: Path, samples: int) -> Row:
    few, many = _asked(small), _asked(big)
    pairs = [(next(few), next(many)) for _ in range(samples)][10:]
    of_few, of_many = ([pair[side] for pair in pairs] for side in (0, 1))
    ratio = part(of_many, 0.5) / part(of_few, 0.5)
    count = _count(big)
    said = f"one customer's usage at {count:,} rows, beside {_count(small):,}"
    met = ratio <= FLAT
    return Row(said, spread(of_many), spread(of_few), 1 / ratio, f"p50 ≤ {FLAT}x", met)


def portfolio_row(folder: Path, samples: int) -> Row:
    """All customers with a period of three months beside the same without one, by turns."""
    facts, period = _facts(folder), Period(date(2026, 8, 27), NEWEST)
    spans: dict[Period | None, list[float]] = {period: [], None: []}
    for _ in range(samples):
        for asked, its in spans.items():
            started = time.perf_counter()
            portfolio(facts, asked)
            its.append((time.perf_counter() - started) * 1000)
    with_period, without = spans[period], spans[None]
    ratio = part(without, 0.5) / part(with_period, 0.5)
    count = len(facts.people.customers)
    said = f"portfolio of {count:,} customers with a period, beside one without, {DAYS} days"
    return Row(said, spread(with_period), spread(without), ratio)


def _count(folder: Path) -> int:
    row = _facts(folder).generation.connection.execute("SELECT count(*) FROM usage").fetchone()
    return int(row[0]) if row else 0


READ = """
import sys
from pathlib import Path
from tests.bench.facts import _asked
asked = _asked(Path(sys.argv[1]))
[next(asked) for _ in range(300)]
told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(told["VmHWM"].split()[0]) // 1024)
"""
"""`getrusage` would tell what the process that started it has used."""


def _memory(big: Path) -> Row:
    """A process that asks 300 times, by itself."""
    words = [sys.executable, "-c", READ, str(big)]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 our own words
    used = int(done.stdout)
    said = f"a reader's resident memory at {_count(big):,} rows"
    return Row(said, f"{used} MB", "", None, f"≤ {MEMORY} MB", used <= MEMORY)


def _meanwhile(folder: Path, customers: int) -> list[Row]:
    """A reader here while another process lays one more day over it all; an error ends the run."""
    staged = folder / "next-day.duckdb"
    list(stage_demo_data(staged, Size(customers, 1, NEWEST + timedelta(days=1))))
    before, asked = _count(folder), _asked(folder)
    quiet = [next(asked) for _ in range(300)]
    words = [sys.executable, "-c", BUILD.format(meta=META), str(folder), str(staged)]
    busy: list[float] = []
    started = time.perf_counter()
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 our own words
        while process.poll() is None:
            busy.append(next(asked))
        used = int(process.communicate()[0])
    took = time.perf_counter() - started
    assert process.returncode == 0
    ratio = part(busy, 0.99) / part(quiet, 0.99)
    said = f"p99 of a reader while a day is laid over that ({len(busy)} answers), and in quiet"
    times = [f"{part(side, 0.99):.1f} ms" for side in (busy, quiet)]
    laid = f"{_count(folder) - before:,} rows of one more day laid over {before:,}"
    return [
        Row(said, *times, 1 / ratio, f"≤ {QUIET:.0f}x", ratio <= QUIET),
        Row(laid, f"{took:.0f} s, {used} MB", "", None, f"≤ {MEMORY} MB", used <= MEMORY),
    ]
