"""Readers limited to 5,000 of 50,000 customers: their first look-up, their portfolio, and the
memory that 200 of them take.
"""

import gc
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.demo.at_scale import Size, stage_demo_data
from analytics.questions.portfolio import portfolio
from analytics.values import Sight, TenantId
from analytics.warehouse.building.build import build
from analytics.warehouse.facts import Facts, Generation
from analytics.warehouse.generations import Generations
from tests.bench.facts import META, NEWEST
from tests.bench.measuring import Row, part, spread
from tests.warehouse.sights import sight

CUSTOMERS, SEEN, READERS = 50_000, 5_000, 200
TIMES, MEMORY = (2.0, 1.5), 50
"""How many times as long the look-up and the portfolio may take; megabytes."""
ROUNDS, QUICK = 7, 3
NAME = "Contoso Bikes"


def rows(*, quick: bool) -> list[Row]:
    """Each beside a reader who sees all, by turns; then the memory."""
    rounds = QUICK if quick else ROUNDS
    with TemporaryDirectory(prefix="seatwise-bench-") as folder:
        file = _built(Path(folder))
        limited, everything = _spent(file, rounds)
        seen = f"a reader of {SEEN:,} of {CUSTOMERS:,} customers"
        return [
            _beside(f"first look-up of {seen}, new generation", limited, everything, 0),
            _beside(f"portfolio of {seen}, behind it", limited, everything, 1),
            _memory(file),
        ]


def _built(folder: Path) -> Path:
    staged, facts = folder / "staged.duckdb", folder / "facts"
    list(stage_demo_data(staged, Size(CUSTOMERS, 1, NEWEST)))
    build(facts, (), META, anew=True, staged=staged)
    file = Generations(facts).current()
    assert file is not None
    return file


def _look_up(facts: Facts) -> object:
    return facts.find(NAME)


Spans = list[tuple[float, float]]
"""Milliseconds of a first look-up and of the portfolio behind it."""


def _spent(file: Path, rounds: int) -> tuple[Spans, Spans]:
    """A limited reader and one who sees all, by turns, each in a generation just opened."""
    limited, everything = Spans(), Spans()
    for at in range(rounds):
        for spans in (limited, everything) if at % 2 else (everything, limited):
            generation = Generation.open(file)
            facts = Facts(generation, _some(generation, at) if spans is limited else sight())
            spans.append(
                (_milliseconds(partial(_look_up, facts)), _milliseconds(partial(portfolio, facts)))
            )
            generation.connection.close()
    return limited, everything


def _beside(what: str, limited: Spans, everything: Spans, at: int) -> Row:
    """One of the two measurements of both readers."""
    ours, theirs = ([span[at] for span in spans] for spans in (limited, everything))
    ratio, times = part(ours, 0.5) / part(theirs, 0.5), TIMES[at]
    return Row(what, spread(ours), spread(theirs), 1 / ratio, f"p50 ≤ {times:.1f}x", ratio <= times)


def _some(generation: Generation, seed: int) -> Sight:
    chance = random.Random(seed)  # noqa: S311  a benchmark must repeat itself
    every = [customer.id for customer in generation.people.customers]
    return sight(frozenset[TenantId](chance.sample(every, SEEN)))


def _milliseconds(asking: Callable[[], object]) -> float:
    started = time.perf_counter()
    asking()
    return (time.perf_counter() - started) * 1000


def _memory(file: Path) -> Row:
    """What stays after each has asked once, beside a reader who sees all and asked before."""
    generation = Generation.open(file)
    everything = Facts(generation, sight())
    everything.result_of(portfolio)
    everything.find(NAME)
    before = _resident()
    for seed in range(READERS):
        facts = Facts(generation, _some(generation, seed))
        facts.find(NAME)
        facts.result_of(portfolio)
    used = _resident() - before
    what = f"memory that {READERS} such readers take, each with other customers"
    return Row(what, f"{used} MB", "", None, f"≤ {MEMORY} MB", used <= MEMORY)


def _resident() -> int:
    gc.collect()
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    told = dict(line.split(":", 1) for line in lines)
    return int(told["VmRSS"].split()[0]) // 1024
