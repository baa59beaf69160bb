"""The snapshots that a question about all customers rests on: those of the day asked for, and those
of the eve of its period.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from analytics.questions.stamp import newest
from analytics.questions.topics import Topic
from analytics.tables import DEPLOYMENT
from analytics.values import Period
from analytics.warehouse.building.rollups import USUAL_DAYS
from analytics.warehouse.facts import Facts

SnapshotKey = tuple[str, str, date]
"""Dataset, service and processing day."""

_LISTING = """
    SELECT DISTINCT 'deployment' AS dataset, service, day FROM {deployment}
    SEMI JOIN (SELECT unnest($services::VARCHAR[]) AS service, unnest($days::DATE[]) AS day)
        USING (service, day)
    UNION ALL
    SELECT DISTINCT 'usage' AS dataset, service, day FROM {usage}
    SEMI JOIN (SELECT unnest($services::VARCHAR[]) AS service, unnest($days::DATE[]) AS day)
        USING (service, day)"""

_HOLDING = """
    SELECT DISTINCT 'deployment' AS dataset, service, day FROM {deployment}
    SEMI JOIN (SELECT unnest($services::VARCHAR[]) AS service, unnest($days::DATE[]) AS day)
        USING (service, day)
    SEMI JOIN (SELECT unnest($products::VARCHAR[]) AS product) USING (product)
    UNION ALL
    SELECT DISTINCT 'usage' AS dataset, service, day FROM {usage}
    SEMI JOIN (SELECT unnest($services::VARCHAR[]) AS service, unnest($days::DATE[]) AS day)
        USING (service, day)
    SEMI JOIN (SELECT unnest($products::VARCHAR[]) AS product) USING (product)"""


@dataclass(frozen=True, slots=True)
class SnapshotDays:
    """The whole snapshots of a question's day, and of the eve of its period.

    `now` are each service's newest ones up to the day that list a customer whom the reader may see;
    `then` the newest ones up to the eve, empty where none is so old.
    """

    now: frozenset[SnapshotKey]
    then: frozenset[SnapshotKey]
    fresh: frozenset[SnapshotKey]
    """Those of `now` that are of a day in the period; all of them without a period."""
    late: frozenset[SnapshotKey]
    """Those of `now` whose service has no snapshot as old as the eve."""
    usual: bool
    """True if these are the days that the rollups hold."""

    @property
    def since(self) -> date | None:
        """The newest day among the earlier snapshots of services in the figures; None without."""
        keys = {(dataset, service) for dataset, service, _ in self.now}
        return max((key[2] for key in self.then if key[:2] in keys), default=None)

    @property
    def has_seats_then(self) -> bool:
        """Check whether licence deployment is known as of the eve."""
        return any(dataset == DEPLOYMENT.name for dataset, _, _ in self.then)


def snapshot_days(facts: Facts, period: Period | None) -> SnapshotDays:
    """Return the snapshots to compare. Without a period: the newest ones, and those of the eve of
    the 90 days that end with the newest day of all.
    """
    now = _listing(facts, _upto(facts, period.last)) if period else frozenset(newest(facts))
    last = max((day for _, _, day in now), default=None)
    if last is None:
        return SnapshotDays(now, frozenset(), now, frozenset(), usual=period is None)
    eve = period.eve if period else last - timedelta(days=USUAL_DAYS)
    then = _upto(facts, eve)
    old = {(dataset, service) for dataset, service, _ in then}
    late = frozenset(key for key in now if key[:2] not in old)
    first = period.first if period else date.min
    fresh = frozenset(key for key in now if key[2] >= first)
    whole = period is None and last == _newest_of_all(facts) and not (then and late)
    return SnapshotDays(now, then, fresh, late, usual=whole)


def holding_snapshots(facts: Facts, now: Collection[SnapshotKey], topic: Topic) -> set[SnapshotKey]:
    """Return those of the snapshots that list one of the topic's products; all if none does."""
    held = _rows(facts.rows(_HOLDING, **_days(now), products=sorted(topic.products)))
    return held & {*now} or {*now}


def are_newest_of_months(facts: Facts, keys: Iterable[SnapshotKey]) -> bool:
    """Check whether each of the whole snapshots is the newest one of its service in its month, as
    those up to the end of a month are.
    """
    return all(_is_newest_of_month(facts, *key) for key in keys)


def _is_newest_of_month(facts: Facts, dataset: str, service: str, day: date) -> bool:
    """Check whether no later snapshot of the service is of the day's month."""
    days = facts.days(dataset, service)
    later = days[bisect_right(days, day) :][:1]
    return all((each.year, each.month) != (day.year, day.month) for each in later)


def _upto(facts: Facts, day: date) -> frozenset[SnapshotKey]:
    """Return the newest whole snapshot of each dataset and service up to a day."""
    upto = {key: bisect_right(days, day) for key, days in facts.generation.days.items()}
    return frozenset((*key, facts.days(*key)[at - 1]) for key, at in upto.items() if at)


def _listing(facts: Facts, snapshots: frozenset[SnapshotKey]) -> frozenset[SnapshotKey]:
    """Return those of the snapshots that list a customer whom the reader may see."""
    if facts.sees_all:  # every snapshot lists a customer
        return snapshots
    return snapshots & _rows(facts.rows(_LISTING, **_days(snapshots)))


def _days(snapshots: Iterable[SnapshotKey]) -> dict[str, object]:
    pairs = sorted({(service, day) for _, service, day in snapshots})
    return {"services": [service for service, _ in pairs], "days": [day for _, day in pairs]}


def _rows(rows: list[tuple[object, ...]]) -> set[SnapshotKey]:
    return {*cast("list[SnapshotKey]", rows)}


def _newest_of_all(facts: Facts) -> date:
    return max(days[-1] for days in facts.generation.days.values())
