"""Answers of 50,000 customers and two years: the time of their queries, beside pandas with the same
rows in memory; and what the rows worked out for them cost a build.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from analytics.questions.activity import activity
from analytics.questions.adoption import adoption
from analytics.questions.azure import azure
from analytics.questions.customers import matching_customers
from analytics.questions.growth import growth
from analytics.questions.licenses import licenses
from analytics.questions.portfolio import portfolio
from analytics.questions.subscriptions import subscriptions
from analytics.questions.usage import usage
from analytics.values import Customer, Period
from analytics.warehouse.building.derived_tables import DERIVED, write_derived
from analytics.warehouse.building.rollups import PAIRS, STANDING_PAIRS
from analytics.warehouse.facts import Facts, Generation
from analytics.warehouse.result_cache import ResultCache
from tests.bench.frames_at_size import RIVALS, Figures, figures, frames_of
from tests.bench.measuring import Row, part, spread
from tests.bench.world_at_size import NEWEST, build_at_size
from tests.warehouse.sights import sight

CUSTOMERS, WEEKS, QUICK = 50_000, 104, 2_000
ROUNDS = 9
MOST_OF_ALL, MOST_OF_ONE, MORE = 100, 10, 1.25
"""Milliseconds of query for all customers, and for one; times as long a build, as large a file."""

_EVE = NEWEST.replace(month=8, day=31)
_PAIRS = STANDING_PAIRS.format(standing="standing", standing_before="standing_before")
LAST_MONTHS = Period(NEWEST.replace(month=9, day=1), NEWEST.replace(month=10, day=31))

Asked = Callable[[Facts], object]

OF_ALL: dict[str, Asked] = {
    "growth": growth,
    "adoption": adoption,
    "adoption of two months": partial(adoption, period=LAST_MONTHS),
    "usage of all": portfolio,
    "usage of all, two months": partial(portfolio, period=LAST_MONTHS),
    "subscriptions": lambda facts: subscriptions(facts, None, None),
    "activity": lambda facts: activity(facts, None, None),
    "licenses": lambda facts: licenses(facts, None, None),
    "azure": lambda facts: azure(facts, None, None),
    "customers, a page": lambda facts: matching_customers(facts, ""),
}
OF_ONE: dict[str, Callable[[Facts, Customer], object]] = {
    "usage": lambda facts, who: usage(facts, who, None, None),
    "subscriptions": lambda facts, who: subscriptions(facts, who, None),
    "activity": lambda facts, who: activity(facts, who, None),
    "licenses": lambda facts, who: licenses(facts, who, None),
    "azure": lambda facts, who: azure(facts, who, None),
}


@dataclass(frozen=True, slots=True)
class TimedFacts(Facts):
    """Facts that note how long their queries take."""

    def rows(self, sql: str, /, **values: object) -> list[tuple[object, ...]]:
        """The rows; milliseconds of this thread are added to SPENT."""
        started = time.thread_time()
        found = Facts.rows(self, sql, **values)
        SPENT.append((time.thread_time() - started) * 1000)
        return found


SPENT: list[float] = []


def rows(*, quick: bool) -> list[Row]:
    """Each question of all customers beside pandas, by turns; then those of one; then the build."""
    customers = QUICK if quick else CUSTOMERS
    with TemporaryDirectory(prefix="seatwise-bench-") as name:
        file, took = build_at_size(Path(name), customers, WEEKS)
        generation = Generation.open(file)
        frames = frames_of(generation, *_ends(generation), NEWEST + timedelta(days=1))
        found = [
            _of_all(generation, what, ask, partial(RIVALS[what], frames))
            for what, ask in OF_ALL.items()
        ]
        found += [_of_one(generation, what, ask) for what, ask in OF_ONE.items()]
        return [*found, *_costs(file, took)]


def _ends(generation: Generation) -> tuple[date, date]:
    """The newest snapshots up to the end of LAST_MONTHS, and up to its eve."""
    days = next(iter(generation.days.values()))
    now, then = ([each for each in days if each <= day] for day in (LAST_MONTHS.last, _EVE))
    return now[-1], then[-1]


def _of_all(generation: Generation, what: str, ask: Asked, rival: Callable[[], Figures]) -> Row:
    """One question, nothing kept from the round before; some of its figures are compared."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_query(generation, ask))
        started = time.thread_time()
        told = rival()
        theirs.append((time.thread_time() - started) * 1000)
    own = figures(ask(Facts(generation, sight())))
    said = f"{what}, {len(generation.people.customers):,} customers: CPU time of its queries"
    same = f"; {len(own)} figures compared" if own else ""
    met = part(ours, 0.5) <= MOST_OF_ALL and (not own or own == told)
    ratio = part(theirs, 0.5) / part(ours, 0.5)
    return Row(said + same, spread(ours), spread(theirs), ratio, f"≤ {MOST_OF_ALL} ms", met)


def _of_one(generation: Generation, what: str, ask: Callable[[Facts, Customer], object]) -> Row:
    people = generation.people.customers
    if what == "azure":
        rows = generation.connection.execute("SELECT DISTINCT tenant FROM azure_spend").fetchall()
        places = generation.people.places
        people = tuple(people[places[tenant]] for (tenant,) in sorted(rows))
    every = [people[at * 7919 % len(people)] for at in range(ROUNDS * 5)]
    ours = [_query(generation, partial(ask, who=who)) for who in every]
    met = part(ours, 0.5) <= MOST_OF_ONE
    return Row(f"{what} of one of them", spread(ours), "", None, f"≤ {MOST_OF_ONE} ms", met)


def _query(generation: Generation, ask: Asked) -> float:
    object.__setattr__(generation, "remembered", ResultCache())
    SPENT.clear()
    ask(TimedFacts(generation, sight()))
    return sum(SPENT)


def _costs(file: Path, took: float) -> Iterator[Row]:
    """Cost that the rows add to the build that wrote them, and to its file."""
    copy = file.with_name("copy.duckdb")
    shutil.copy(file, copy)
    with duckdb.connect(copy, config={"memory_limit": "200MB"}) as con:
        con.execute("SET enable_progress_bar = false")
        whole = _used(con)
        for table in sorted({*DERIVED, PAIRS}):
            con.execute(f"DROP TABLE IF EXISTS {table}")
        con.execute("DROP TYPE IF EXISTS tenant_code")
        con.execute("CHECKPOINT")
        bare = _used(con)
        started = time.process_time()
        con.execute(f"CREATE TABLE {PAIRS} AS {_PAIRS} ORDER BY tenant, product")
        write_derived(con)
        con.execute("CHECKPOINT")
        more = time.process_time() - started
    times = took / (took - more), whole / bare
    seconds = f"{took:.0f} s of CPU, {more:.1f} s of it for them"
    yield Row("a build with these rows", seconds, "", None, f"≤ {MORE}x", times[0] <= MORE)
    size = f"{whole / 1e6:.0f} MB, {(whole - bare) / 1e6:.0f} MB of it theirs"
    yield Row("its file", size, "", None, f"≤ {MORE}x", times[1] <= MORE)


def _used(con: duckdb.DuckDBPyConnection) -> int:
    """Bytes of a file that hold anything."""
    row = con.execute("SELECT used_blocks * block_size FROM pragma_database_size()").fetchone()
    assert row
    return int(row[0])
