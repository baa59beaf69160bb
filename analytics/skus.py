"""Names and contents of products: a trimmed copy of Microsoft's table of SKUs."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("skus.csv")


@dataclass(frozen=True, slots=True)
class Sku:
    """One product that is sold by the seat."""

    id: str
    """The product's GUID, in lower case."""
    name: str
    """Its friendly name: `Office 365 E3`, which licence data writes as OFFICE 365 E3."""
    family: str
    """Family such as `Office`, `Microsoft365`, `EMS`, `PowerBI`, `Dynamics` or `free`."""
    workloads: tuple[str, ...]
    """Workloads that a seat entitles to, such as `Exchange`; empty if none is measured."""
    part: str
    """Its part number, such as `ENTERPRISEPACK`."""

    @property
    def free(self) -> bool:
        """True for a free or viral product, whose thousands of seats were never bought."""
        return self.family == "free"


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


@cache
def _by_id() -> dict[str, Sku]:
    with _TABLE.open(encoding="utf-8", newline="") as table:
        return {row["product_id"]: _sku(row) for row in csv.DictReader(table)}


def _sku(row: dict[str, str]) -> Sku:
    return Sku(
        id=row["product_id"],
        name=row["friendly_name"],
        family=row["family"],
        workloads=tuple(word for word in row["workloads"].split("|") if word),
        part=row["part_number"],
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
