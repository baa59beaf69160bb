"""Subscriptions in as few words as a test needs, and the worlds that tests ask about."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.questions.subscriptions import SubscriptionsResult, subscriptions
from analytics.questions.subscriptions.filters import SubscriptionFilter
from analytics.tables import CUSTOMERS, SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS, Cell, Dataset, Row
from analytics.values import Customer, Period
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark
from tests.warehouse.rows import opened, tenant
from tests.warehouse.staged import row, sync

TODAY = date(2026, 11, 30)
EVE = date(2026, 11, 29)
FIRST, SECOND = date(2026, 11, 10), date(2026, 11, 12)
"""Days of the everyday world's first syncs."""

_OFFER = "CFQ7TTC0LH18:0001:CFQ7TTC0ABCD"
_LEGACY = "796b6b5f-613c-4e24-a17c-eba730d49c02"
_PLAN: dict[str, Cell] = {"subscription_type": "Azure", "quantity": None, "auto_renew": None}


def line(name: str, status: str = "active", **cells: Cell) -> Row:
    """A line of the analytics: s1 of a, ten seats bought long ago, unless told otherwise."""
    whose, _, number = name.partition("/")
    usual: dict[str, Cell] = {
        "tenant": tenant(whose),
        "customer": whose,
        "subscription": number,
        "status": status,
        "product_name": "MICROSOFT 365 E3",
        "subscription_type": "Office",
        "auto_renew": True,
        "quantity": 10,
        "created": date(2024, 3, 1),
        "ends": date(2027, 2, 28),
    }
    return row(SUBSCRIPTION_INSIGHTS, **usual | cells)


def own(name: str, status: str = "active", **cells: Cell) -> Row:
    """The same subscription in the customer's own list."""
    whose, _, number = name.partition("/")
    usual: dict[str, Cell] = {
        "tenant": tenant(whose),
        "subscription": number,
        "status": status,
        "offer": _OFFER,
        "product_name": "Microsoft 365 E3",
        "quantity": 10,
        "unit": "Licenses",
        "billing": "license",
        "term": "P1Y",
        "auto_renew": True,
        "trial": False,
        "ends": date(2027, 2, 28),
    }
    return row(SUBSCRIPTIONS, **usual | cells)


def told(
    folder: Path,
    *lines: Row,
    lists: dict[str, list[Row]] | None = None,
    customers: tuple[str, ...] | None = None,
    day: date = TODAY,
    marks: tuple[Mark, ...] = (),
) -> Facts:
    """Facts of a sync of that day, for a reader of everything."""
    given: dict[Dataset, dict[str, list[Row] | None]] = {SUBSCRIPTION_INSIGHTS: {"": list(lines)}}
    fetched = [Mark(SUBSCRIPTION_INSIGHTS.name, day)]
    if lists is not None:
        given[SUBSCRIPTIONS] = {tenant(each): rows for each, rows in lists.items()}
        fetched.append(Mark(SUBSCRIPTIONS.name, day))
    if customers is not None:
        known = [row(CUSTOMERS, tenant=tenant(each), customer=each) for each in customers]
        given[CUSTOMERS] = {"": known}
        fetched.append(Mark(CUSTOMERS.name, day))
    sync(folder, day, given, *(marks or fetched))
    return opened(folder / "facts")


def reference(day: date) -> Iterator[Row]:
    """The rows of the specification's examples, as the analytics told them on a day."""
    yield line("a/s1", quantity=100)
    yield line("a/s2", "deprovisioned", deprovisioned=date(2026, 2, 9), ends=date(2026, 2, 9))
    yield line("b/s3", quantity=20, created=date(2026, 11, 15), ends=date(2027, 11, 14))
    yield line("c/s4", "suspended", quantity=30, ends=date(2026, 5, 31))
    yield line("d/s5", "deprovisioned", deprovisioned=date(2026, 11, 10), ends=date(2026, 11, 9))
    trial = date(2026, 12, 20)
    yield line("e/s6", quantity=25, created=date(2026, 9, 5), ends=trial, trial_ends=trial)
    plan: dict[str, Cell] = {"subscription_type": "Azure", "ends": date(9999, 12, 31)}
    yield line("f/s7", quantity=None, **plan)
    state = "active" if day < date(2026, 11, 21) else "suspended"
    yield line("g/s8", state, quantity=8, ends=date(2026, 11, 20))


@cache
def example_facts() -> Facts:
    """The facts of those rows after three syncs."""
    for day in (date(2026, 11, 20), date(2026, 11, 21), TODAY):
        told(_folder("example"), *reference(day), day=day)
    return opened(_folder("example") / "facts")


def _everyday(day: date) -> Iterator[Row]:
    """One customer for each thing that is tried, as the analytics tell of them on a day."""
    yield from (
        line(
            "held/1", "active" if day == FIRST else "suspended", quantity=10 if day < TODAY else 3
        ),
        line("held/2", "suspended", quantity=10 if day < TODAY else 3),
        line("far/1", ends=date(9999, 12, 31)),
        line("far/2", ends=date(2066, 12, 31)),
        line("far/3", ends=date(2060, 1, 1)),
        line("far/4", ends=None),
        line("window/1", ends=EVE, created=date(2026, 10, 31)),
        line("window/2", ends=TODAY, created=date(2026, 11, 1)),
        line("window/3", ends=date(2026, 12, 30), created=EVE),
        line("window/4", ends=date(2026, 12, 31), created=TODAY),
        line("own/1"),
        line("own/2"),
        line("own/3"),
        line("odd/1"),
        line("odd/2", "warned", created=EVE),
        line("odd/3", "frozen"),
        line("left/1"),
        line("left/2", "deprovisioned", deprovisioned=EVE),
    )
    soon, past = date(2026, 12, 9), date(2026, 11, 9)
    yield from (
        line("trying/1", quantity=25, trial_ends=soon, ends=soon),
        line("trying/2", quantity=5, trial_ends=past, converted=past),
        line("azure/1", **_PLAN),
        line("azure/2"),
        line("words/1", ends=EVE),
        line("words/2", ends=date(2026, 12, 5), auto_renew=False),
        line("words/3", created=EVE, renewed=EVE),
        line("words/4", "deprovisioned", deprovisioned=date(2026, 1, 3)),
        line("months/1", created=EVE),
        line(
            "months/2", "deprovisioned", created=date(2025, 12, 1), deprovisioned=date(2026, 1, 31)
        ),
        line("months/3", created=date(2025, 11, 30)),
        line("named/1"),
        line("named/2"),
        line("named/3", "suspended", product_name="VISIO"),
    )


def _lists() -> dict[str, list[Row]]:
    """The customers' own lists there."""
    until = datetime(2026, 12, 4, 10, 12)  # noqa: DTZ001 as the column has it, in UTC
    return {
        "own": [
            own("own/1", cancellable_until=until, billing_cycle="annual", nickname="Sales"),
            own("own/2", offer=_LEGACY, term=""),
            own("own/4", "pending"),
        ],
        "azure": [own("azure/2", billing="usage", quantity=1, unit="Usage-based")],
        "words": [
            own("words/1", ends=EVE),
            own("words/2", term="P1M", auto_renew=False, ends=date(2026, 12, 5)),
            own("words/3"),
            own("words/4", "deleted"),
        ],
        "named": [own("named/1"), own("named/2", parent="1", quantity=4)],
    }


@cache
def everyday_facts() -> Facts:
    """The facts of the everyday world after three syncs; before the last a customer left."""
    known = sorted({*_lists(), "held", "far", "window", "odd", "trying", "months"})
    for day in (FIRST, SECOND, TODAY):
        names = (*known, *(["left"] if day < TODAY else []))
        rows = _everyday(day)
        told(_folder("everyday"), *rows, lists=_lists(), customers=names, day=day)
    return opened(_folder("everyday") / "facts")


@cache
def _home() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


def _folder(name: str) -> Path:
    folder = Path(_home().name) / name
    folder.mkdir(exist_ok=True)
    return folder


def asked(name: str, period: Period | None = None, **words: object) -> SubscriptionsResult:
    """The subscriptions of a customer of the everyday world."""
    chosen = SubscriptionFilter(**words)  # type: ignore[arg-type]  # by the caller's words
    return subscriptions(everyday_facts(), Customer(tenant(name), name), period, chosen)


def listed(name: str, period: Period | None = None, **words: object) -> list[str]:
    """Their numbers."""
    return [each.subscription for each in asked(name, period, **words).rows]
