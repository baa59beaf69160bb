"""Answers of 50,000 customers and two years: the time of their queries, beside pandas with the same
rows in memory; and what the rows worked out for them cost a build.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd

from analytics.questions.activity import activity
from analytics.questions.adoption import adoption
from analytics.questions.customers import matching_customers
from analytics.questions.growth import growth
from analytics.questions.portfolio import portfolio
from analytics.questions.subscriptions import subscriptions
from analytics.questions.usage import usage
from analytics.values import Customer, Period
from analytics.warehouse.building.derived_tables import DERIVED, write_derived
from analytics.warehouse.facts import Facts, Generation
from analytics.warehouse.result_cache import ResultCache
from tests.bench.measuring import Row, part, spread
from tests.bench.world_at_size import NEWEST, build_at_size
from tests.warehouse.sights import sight

CUSTOMERS, WEEKS, QUICK = 50_000, 104, 2_000
ROUNDS = 9
MOST_OF_ALL, MOST_OF_ONE, MORE = 100, 10, 1.25
"""Milliseconds of query for all customers, and for one; times as long a build, as large a file."""

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
    "customers, a page": lambda facts: matching_customers(facts, ""),
}
OF_ONE: dict[str, Callable[[Facts, Customer], object]] = {
    "usage": lambda facts, who: usage(facts, who, None, None),
    "subscriptions": lambda facts, who: subscriptions(facts, who, None),
    "activity": lambda facts, who: activity(facts, who, None),
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
        frames = _frames(generation)
        found = [
            _of_all(
                generation, what, ask, partial(RIVALS[what], frames) if what in RIVALS else None
            )
            for what, ask in OF_ALL.items()
        ]
        found += [_of_one(generation, what, ask) for what, ask in OF_ONE.items()]
        return [*found, *_costs(file, took)]


def _of_all(
    generation: Generation, what: str, ask: Asked, rival: Callable[[], object] | None
) -> Row:
    """One question, nothing kept from the round before."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_query(generation, ask))
        if rival:
            started = time.thread_time()
            rival()
            theirs.append((time.thread_time() - started) * 1000)
    said = f"{what}, {len(generation.people.customers):,} customers: CPU time of its queries"
    met, target = part(ours, 0.5) <= MOST_OF_ALL, f"≤ {MOST_OF_ALL} ms"
    if not rival:
        return Row(said, spread(ours), "", None, target, met)
    ratio = part(theirs, 0.5) / part(ours, 0.5)
    return Row(said, spread(ours), spread(theirs), ratio, target, met)


def _of_one(generation: Generation, what: str, ask: Callable[[Facts, Customer], object]) -> Row:
    people = generation.people.customers
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
        for table in sorted(DERIVED):
            con.execute(f"DROP TABLE IF EXISTS {table}")
        con.execute("DROP TYPE IF EXISTS tenant_code")
        con.execute("CHECKPOINT")
        bare = _used(con)
        started = time.process_time()
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


Frames = dict[str, pd.DataFrame]


def _frames(generation: Generation) -> Frames:
    """The rows in memory that a bot on pandas would keep."""
    asked = {
        "seats": "FROM newest_deployment",
        "use": "FROM newest_usage",
        "subscriptions": "SELECT tenant, subscription, status, created, deprovisioned, since,"
        " until, quantity, product_name FROM subscription_insights",
        "activity": "SELECT moment, tenant, operation, status FROM activity"
        " WHERE moment >= (SELECT max(moment) FROM activity) - INTERVAL 30 DAY",
    }
    return {name: generation.connection.execute(sql).df() for name, sql in asked.items()}


def _portfolio_in_pandas(frames: Frames) -> object:
    keys = ["tenant", "product"]
    seats = frames["seats"].groupby(keys, observed=True)[["sold", "assigned"]].sum()
    people = frames["use"].groupby(keys, observed=True)["active"].max()
    joined = seats.join(people)
    joined["idle"] = (joined["sold"] - joined["active"]).clip(lower=0)
    return joined.groupby("tenant").sum().sort_values("idle", ascending=False).to_dict("records")


def _growth_in_pandas(frames: Frames) -> object:
    every = frames["subscriptions"]
    bought = every.groupby("tenant")["created"].min()
    gone = every["deprovisioned"].fillna(pd.Timestamp("2199-01-01"))
    left = gone.groupby(every["tenant"]).max()
    days = pd.date_range(end=pd.Timestamp(NEWEST), periods=13, freq="ME")
    return [int(((bought <= day) & (left > day)).sum()) for day in days]


def _subscriptions_in_pandas(frames: Frames) -> object:
    standing = frames["subscriptions"]
    standing = standing[standing["until"].isna()]
    by_product = standing.groupby(["product_name", "status"])["quantity"].agg(["count", "sum"])
    return by_product.reset_index().to_dict("records")


def _activity_in_pandas(frames: Frames) -> object:
    log = frames["activity"]
    by_day = log.groupby(log["moment"].dt.date)["status"].agg(["count"])
    return by_day, log.groupby(["operation", "status"]).size(), log.nlargest(15, "moment")


RIVALS: dict[str, Callable[[Frames], object]] = {
    "growth": _growth_in_pandas,
    "adoption": _portfolio_in_pandas,
    "usage of all": _portfolio_in_pandas,
    "subscriptions": _subscriptions_in_pandas,
    "activity": _activity_in_pandas,
}
"""A part of each answer alone, from rows of the newest day."""
