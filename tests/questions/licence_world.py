"""A world of seats sold: each customer is one case, told by six syncs in November 2026."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from analytics.questions.licenses import LicensesResult, licenses
from analytics.questions.licenses.flows import SeatFlow
from analytics.questions.licenses.rows import LicenceChange
from analytics.tables import (
    AUDIT,
    CUSTOMERS,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    Cell,
    Dataset,
    Row,
)
from analytics.values import Customer, Period, Seats
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark
from tests.questions.acting import done
from tests.questions.asking import between, november
from tests.questions.subscribing import line, own
from tests.run_cache import built_once
from tests.warehouse.rows import opened, tenant
from tests.warehouse.staged import row, sync

LONG_AGO = date(2024, 3, 1)
SYNCED = (1, 9, 13, 15, 20, 30)
"""Days of November on which the world is told."""
E5 = "Microsoft 365 E5"
LEGACY = "796b6b5f-613c-4e24-a17c-eba730d49c02"


@dataclass(frozen=True)
class Case:
    """A customer's subscriptions as they are told from some days of November on; analytics beside
    them, and records of the last sync.
    """

    lists: Mapping[int, list[Row]]
    lines: Mapping[int, list[Row]] = field(default_factory=dict)
    records: tuple[Row, ...] = ()
    left: int = 31
    """The day on which the customer is no longer on the partner's list."""


def seats(number: str, quantity: int, status: str = "active", **cells: Cell) -> Row:
    """A subscription of so many seats, bought long ago."""
    usual: dict[str, Cell] = {"created": LONG_AGO, "starts": LONG_AGO, "ends": None}
    return own(f"X/{number}", status, quantity=quantity, **usual | cells)


def recorded(day: int, number: str, before: int | None, after: int, **cells: Cell) -> Row:
    """A record of a change of seats on a day of November."""
    counts: dict[str, Cell] = {"quantity_before": before, "quantity_after": after}
    what = {"subscription": number, "moment": november(day), **counts, **cells}
    return done(f"{number} {day} {before}", "update_subscription", **what)


def _changed(*records: Row) -> Case:
    """460 seats on 1 November, 475 found on the 20th."""
    return Case({1: [seats("s1", 460)], 20: [seats("s1", 475)]}, records=records)


def _cut(**cells: Cell) -> Case:
    """A seat less on 13 November, and one more gone on the 15th."""
    told = {day: [seats("s1", count, **cells)] for day, count in ((1, 20), (13, 19), (15, 18))}
    return Case(told)


def _not_moved(bought: int, quantity: int, product: str) -> Case:
    """20 seats of E3 gone on 13 November, and another subscription since a later day."""
    gained = seats("s2", quantity, created=november(bought), product_name=product)
    less = seats("s1", 80)
    return Case({1: [seats("s1", 100)], 13: [less], 20: [less, gained]})


_PLAN = seats("azure", 1, billing="usage", unit="Usage-based")
_TRIAL = seats("t", 25, trial=True)
_NEW = {"created": november(12), "product_name": "Office 365 E3"}

CASES: Mapping[str, Case] = {
    "worked example": Case(
        {1: [seats("s1", 460)], 13: [seats("s1", 475)], 20: [seats("s1", 470)]},
        records=(recorded(12, "s1", 460, 475),),
    ),
    "newest": Case(
        {
            1: [seats("s1", 10), seats("s2", 1)],
            13: [seats("s1", 11), seats("s2", 1)],
            30: [seats("s1", 13), seats("s2", 0)],
        }
    ),
    "first load": Case({1: [seats("s1", 10, created=november(1)), seats("s2", 5)]}),
    "bought": Case(
        {1: [seats("s1", 10)], 13: [seats("s1", 10), seats("s2", 20, created=november(11))]}
    ),
    "joined": Case({13: [seats("s1", 7), seats("s2", 20, created=november(11))]}),
    "found": Case({1: [seats("s1", 10)], 13: [seats("s1", 10), seats("s2", 5)]}),
    "eight days": _changed(recorded(12, "s1", 460, 475)),
    "nine days": _changed(recorded(11, "s1", 460, 475)),
    "other difference": _changed(recorded(12, "s1", 460, 476)),
    "other subscription": _changed(recorded(12, "s2", 460, 475)),
    "failed record": _changed(recorded(12, "s1", 460, 475, status="failed")),
    "without before": _changed(recorded(12, "s1", None, 15)),
    "later record": _changed(recorded(21, "s1", 460, 475)),
    "unlogged": Case(
        {1: [seats("s1", 10)], 13: [seats("s1", 11)], 20: [seats("s1", 12)]},
    ),
    "narrowed": Case(
        {1: [seats("s1", 10)], 20: [seats("s1", 12)]},
        {1: [line("X/s1")], 20: [line("X/s1", quantity=12)]},
    ),
    "analysed": Case({1: []}, {1: [line("X/s9")], 9: [line("X/s9", quantity=11)]}),
    "migrated": Case({1: [seats("old", 30, offer=LEGACY)], 13: [], 15: [seats("new", 30, **_NEW)]}),
    "upgraded": Case(
        {
            1: [seats("e3", 100), seats("e5", 50, product_name=E5)],
            13: [seats("e3", 80), seats("e5", 50, product_name=E5)],
            15: [seats("e3", 80), seats("e5", 70, product_name=E5)],
        }
    ),
    "four days": _not_moved(17, 20, E5),
    "other seats": _not_moved(16, 21, E5),
    "other family": _not_moved(16, 20, "Visio Plan 2"),
    "carried over": Case(
        {
            1: [seats("old", 30)],
            13: [seats("new", 30, **_NEW | {"product_name": "Teams", "migrated_from": "old"})],
        }
    ),
    "moves out": Case({1: [seats("s1", 33)], 13: []}),
    "moves in": Case({1: [seats("s3", 1)], 13: [seats("s3", 1), seats("s2", 33)]}),
    "no seats": Case(
        {1: [seats("s1", 10), _PLAN, _TRIAL]},
        {1: [line("X/azure", subscription_type="Azure", quantity=5)]},
    ),
    "converted": Case({1: [_TRIAL], 13: [seats("t", 25)]}),
    "suspended": Case(
        {
            1: [seats("s1", 10), seats("s2", 4)],
            13: [seats("s1", 10, "suspended"), seats("s2", 4, "deleted")],
        }
    ),
    "left": Case({1: [seats("s1", 7)]}, left=13),
    "unlisted number": Case({1: [seats("s1", 10)], 13: [own("X/s1", quantity=None)]}),
    "long ago": _cut(),
    "window over": _cut(created=november(5)),
    "window open": _cut(created=november(7)),
    "renewed": _cut(starts=november(8)),
    "legacy": _cut(offer=LEGACY),
    "term over": _cut(ends=november(13)),
    "term over before": _cut(ends=november(4)),
    "given back": Case(
        {1: [seats("s1", 20)], 13: [seats("s1", 30)], 20: [seats("s1", 25)]},
    ),
}


def world() -> Facts:
    """The facts after the six syncs, for a reader of everything."""
    return opened(built_once("licensing", _make) / "facts")


def of_case(name: str, period: Period | None = None, **asked: object) -> LicensesResult:
    """The seats of a case, by default of the days from 2 November on."""
    customer = Customer(tenant(name), name)
    return licenses(world(), customer, period or between(2, 30), **asked)  # type: ignore[arg-type]  # by the caller's words


def _make(folder: Path) -> None:
    for day in SYNCED:
        here = [name for name, case in CASES.items() if min(case.lists) <= day]
        listed = [
            row(CUSTOMERS, tenant=tenant(name), customer=name)
            for name in here
            if day < CASES[name].left
        ]
        given: dict[Dataset, dict[str, list[Row] | None]] = {
            SUBSCRIPTIONS: {tenant(name): _told(name, CASES[name].lists, day) for name in here},
            SUBSCRIPTION_INSIGHTS: {
                "": [each for name in here for each in _told(name, CASES[name].lines, day)]
            },
            CUSTOMERS: {"": listed},
            AUDIT: {str(november(day)): _records() if day == SYNCED[-1] else []},
        }
        sync(folder, november(day), given, *(Mark(each.name, november(day)) for each in given))


def _told(name: str, told: Mapping[int, list[Row]], day: int) -> list[Row]:
    """The newest rows of those that are told, as this customer's own."""
    days = [each for each in told if each <= day]
    return [_own(SUBSCRIPTIONS, name, each) for each in told[max(days)]] if days else []


def _records() -> list[Row]:
    found = [(name, record) for name, case in CASES.items() for record in case.records]
    numbered = [(f"{name} {at}", name, record) for at, (name, record) in enumerate(found)]
    return [
        _with(AUDIT, _own(AUDIT, name, record), "event", event) for event, name, record in numbered
    ]


def _own(dataset: Dataset, name: str, told: Row) -> Row:
    return _with(dataset, told, "tenant", tenant(name))


def _with(dataset: Dataset, told: Row, column: str, cell: Cell) -> Row:
    at = dataset.at(column)
    return (*told[:at], cell, *told[at + 1 :])


def figures(flow: SeatFlow) -> tuple[Seats, ...]:
    """Start, adds, reductions and end."""
    return flow.start, flow.adds, flow.reductions, flow.end


def short(change: LicenceChange) -> tuple[object, ...]:
    """Its subscription, day, seats before and after, and how it is known."""
    found = (change.subscription, change.day, change.before, change.after)
    return (*found, change.known_by.value)
