"""A made-up partner of any size: licence rows by the million, to see how Seatwise bears them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.demo.stories import made_up_tenant
from analytics.demo.workloads import WORKLOADS
from analytics.skus import SKUS
from analytics.tables import DEPLOYMENT, USAGE
from analytics.warehouse.building.staging import Columns, Staging

AT_ONCE = 250
"""Customers made at once: half a million rows of a year."""

_PLANS = (
    (("O365_BUSINESS_PREMIUM", "Exchange SharePoint Teams"), ("POWER_BI_PRO", "PowerBI")),
    (("ENTERPRISEPACK", "Exchange SharePoint Teams Yammer"), ("EMS", "Intune EntraIDPremium")),
    (("SPB", "Exchange Teams OfficeApps Intune"), ("O365_BUSINESS", "OfficeApps")),
)
"""Products of a customer by plan, with the workloads measured: five rows a day on average."""

_LINES = tuple((p, part, use) for p, plan in enumerate(_PLANS) for part, use in plan)
_USES = tuple((at, word) for at, (_, _, use) in enumerate(_LINES) for word in use.split())
_FIRST = ("Adatum", "Contoso", "Fabrikam", "Lamna", "Northwind", "Proseware", "Tailspin", "Wingtip")
_SECOND = ("Bikes", "Clinic", "Energy", "Foods", "Hotels", "Labs", "Logistics", "School", "Toys")
_SERVICE = {"service": "o365", "service_name": "Microsoft Office 365", "channel": "reseller"}


@dataclass(frozen=True, slots=True)
class Size:
    """The amount of data to make. The same size and seed make the same rows."""

    customers: int
    days: int
    newest: date
    seed: int = 1


def stage_demo_data(file: Path, size: Size) -> Iterator[int]:
    """Write the rows to a staging file as a finished fetch; yield from time to time how many
    customers are done. Memory use does not depend on the size.
    """
    names = [f"{_FIRST[n % 8]} {_SECOND[n // 8 % 9]} {n:05}" for n in range(size.customers)]
    whole = sorted((made_up_tenant(f"{name} of {size.seed}"), name) for name in names)
    chance = np.random.default_rng(size.seed)
    with Staging(file) as staging:
        staging.start_day(size.newest + timedelta(days=1))
        for start in range(0, size.customers, AT_ONCE):
            some = whole[start : start + AT_ONCE]
            words = _words(some)
            held = _random_holdings(chance, len(some), size)
            staging.add_coded(DEPLOYMENT, "", held.deployment(), words)
            staging.add_coded(USAGE, "", held.usage(), {**words, **_workloads()})
            yield start + len(some)
        for dataset in (DEPLOYMENT, USAGE):
            staging.add(dataset, "", (), "")


@dataclass(frozen=True, slots=True)
class _Held:
    """Seats of a few customers, by line (customer and product) and day."""

    whose: NDArray[np.int64]
    line: NDArray[np.int64]
    days: NDArray[np.datetime64]
    sold: NDArray[np.int64]
    assigned: NDArray[np.int64]
    eager: NDArray[np.float64]
    """Eagerness of each line's customer to use what it has."""

    def deployment(self) -> Columns:
        """Return a row for each line and day."""
        return self._rows(np.arange(len(self.line))) | {
            "assigned": self.assigned.ravel(),
            "sold": self.sold.ravel(),
        }

    def usage(self) -> Columns:
        """Return a row for each line, workload and day."""
        pairs = [np.nonzero(self.line == line)[0] for line, _ in _USES]
        rows = np.concatenate(pairs)
        use = np.repeat(np.arange(len(_USES)), [len(each) for each in pairs])
        usual = [WORKLOADS[word] for _, word in _USES]
        rate = np.array([each.rate for each in usual])[use] * self.eager[rows]
        trend = np.array([each.trend for each in usual])[use]
        active = self.assigned[rows] * (rate[:, None] + trend[:, None] * self._progress())
        return self._rows(rows) | {
            "workload_at": np.repeat(use, len(self.days)),
            "active": np.rint(active * self._season()).astype(np.int64).ravel(),
            "entitled": self.sold[rows].ravel(),
        }

    def _rows(self, lines: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
        count = len(self.days)
        return {
            "day": np.tile(self.days.astype("datetime64[us]"), len(lines)),
            "whose": np.repeat(self.whose[lines], count),
            "line": np.repeat(self.line[lines], count),
        }

    def _progress(self) -> NDArray[np.float64]:
        return np.linspace(0, 1, len(self.days))

    def _season(self) -> NDArray[np.float64]:
        """Return the season's factor by day: less in summer, and a little less at weekends, as 28
        days are counted together.
        """
        number = self.days.astype("datetime64[D]").astype(np.int64)
        summer = np.abs((number % 365.25) - 225)
        season: NDArray[np.float64] = 1 - 0.1 * np.exp(-((summer / 21) ** 2))
        return season + 0.004 * np.cos(2 * np.pi * (number % 7) / 7)


def _random_holdings(chance: "np.random.Generator", customers: int, size: Size) -> _Held:
    plan = chance.integers(0, len(_PLANS), customers)
    pairs = [
        (c, at) for c in range(customers) for at, (p, _, _) in enumerate(_LINES) if p == plan[c]
    ]
    whose, line = (np.array(each, np.int64) for each in zip(*pairs, strict=True))
    first = np.datetime64(size.newest, "D") - size.days + 1
    days = np.arange(first, first + size.days)
    seats = np.exp(chance.normal(3.2, 1.0, len(whose)))[:, None] + 1
    grown = 1 + chance.normal(0.1, 0.2, (len(whose), 1)) * np.linspace(0, 1, size.days)
    steps = np.maximum(np.rint(seats * grown), 1).astype(np.int64)
    share = chance.uniform(0.55, 1.0, (len(whose), 1)) + 0.1 * np.linspace(0, 1, size.days)
    assigned = np.rint(steps * np.minimum(share, 1)).astype(np.int64)
    return _Held(whose, line, days, steps, assigned, chance.uniform(0.6, 1.05, len(whose)))


def _words(customers: Sequence[tuple[str, str]]) -> dict[str, Columns]:
    """Return the words behind the codes: the customers, and the products with common fields."""
    skus = {sku.part: sku for sku in SKUS.values()}
    held = [skus[part] for _, part, _ in _LINES]
    fixed = {name: _texts([text] * len(held)) for name, text in _SERVICE.items()}
    return {
        "whose": {
            "tenant": _texts([tenant for tenant, _ in customers]),
            "customer": _texts([name for _, name in customers]),
        },
        "line": fixed
        | {
            "product": _texts([sku.id for sku in held]),
            "product_name": _texts([sku.name.upper() for sku in held]),
        },
    }


def _workloads() -> Mapping[str, Columns]:
    usual = [WORKLOADS[word] for _, word in _USES]
    codes, names = [each.code.lower() for each in usual], [each.name for each in usual]
    return {"workload_at": {"workload": _texts(codes), "workload_name": _texts(names)}}


def _texts(texts: list[str]) -> NDArray[np.generic]:
    return np.array(texts, dtype=object)
