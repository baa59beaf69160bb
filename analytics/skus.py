"""Microsoft's table of products: what each is called, was called, contains and is counted in.

`skus.csv` has Microsoft's *Product names and service plan identifiers for licensing* whole (see
docs/figures.md). Its ids, part numbers, names and services are Microsoft's; in what a licence is
counted, and whether it is paid for, are judgements of ours.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("skus.csv")


class Unit(Enum):
    """The thing that one licence of a product is counted in."""

    PEOPLE = "people"
    GIGABYTE = "gigabyte"
    SERVER = "server"
    DEVICE = "device"
    ROOM = "room"
    MINUTE = "minute"
    CREDIT = "credit"
    TENANT = "tenant"
    """Bought once for a tenant, or for one environment in it."""
    OTHER = "other"
    """Flows, robots, per-app passes, page views and the like: nothing that a person sits on."""
    UNKNOWN = "unknown"
    """The name does not say; it counts as people's, as a product that the table lacks does."""


class Price(Enum):
    """Price of a product: paid, free, a trial, or not known."""

    YES = "yes"
    FREE = "free"
    TRIAL = "trial"
    UNKNOWN = "unknown"
    """It counts as paid, as a product that the table lacks does."""


@dataclass(frozen=True, slots=True)
class Sku:
    """One product that licence reports count."""

    id: str
    """The product's GUID, in lower case."""
    name: str
    """Its friendly name: `Office 365 E3`, which licence data writes as OFFICE 365 E3."""
    family: str
    """Family such as `Office`, `Microsoft365`, `EMS`, `PowerBI` or `Dynamics`."""
    workloads: tuple[str, ...]
    """Workloads that a seat entitles to, such as `Exchange`; empty if none is measured."""
    part: str
    """Its part number, such as `ENTERPRISEPACK`: it may hold another plan's word, and is matched as
    a whole alone.
    """
    unit: Unit = Unit.PEOPLE
    price: Price = Price.YES
    former: tuple[str, ...] = ()
    """Names that it was sold under earlier."""

    @property
    def free(self) -> bool:
        """True for a free, viral or trial product, whose thousands of seats were never bought."""
        return self.price in (Price.FREE, Price.TRIAL)


def counts_people(unit: Unit) -> bool:
    """Check whether licences counted so are seats of people, or may be."""
    return unit in (Unit.PEOPLE, Unit.UNKNOWN)


def friendly_name(product_id: str) -> str | None:
    """Return a product's name as people write it; None if the table has no such product.

    >>> friendly_name("6FD2C87F-B296-42F0-B197-1E91E994B900")
    'Office 365 E3'
    """
    sku = _by_id().get(product_id.lower())
    return sku.name if sku else None


def is_free(product_id: str) -> bool:
    """Check whether a product is free; one that the table does not know counts as paid."""
    sku = _by_id().get(product_id.lower())
    return sku is not None and sku.free


def unit_of(product_id: str) -> Unit:
    """Return what a product's licences are counted in; unknown if the table has no such product.

    >>> unit_of("99049c9c-6011-4908-bf17-15f496e6519d").value
    'gigabyte'
    """
    sku = _by_id().get(product_id.lower())
    return sku.unit if sku else Unit.UNKNOWN


@cache
def _by_id() -> dict[str, Sku]:
    with _TABLE.open(encoding="utf-8", newline="") as table:
        return {row["sku_id"]: _sku(row) for row in csv.DictReader(table)}


def _sku(row: dict[str, str]) -> Sku:
    return Sku(
        id=row["sku_id"],
        name=row["name"],
        family=row["family"],
        workloads=tuple(word for word in row["workloads"].split(";") if word),
        part=row["part_number"],
        unit=Unit(row["unit"]),
        price=Price(row["paid"]),
        former=tuple(name.strip() for name in row["renamed_from"].split(";") if name.strip()),
    )


class _Skus(Mapping[str, Sku]):
    def __getitem__(self, product_id: str) -> Sku:
        return _by_id()[product_id]

    def __iter__(self) -> Iterator[str]:
        return iter(_by_id())

    def __len__(self) -> int:
        return len(_by_id())


SKUS = _Skus()
"""Every product by its GUID in lower case, in the table's order; read on first use."""
