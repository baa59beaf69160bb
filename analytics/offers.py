"""Offers whose licence product stands on a public page: a few, for those who have no other source.

`offers.csv` names the page of each pair, and the month that the page speaks of. A pair without such
a page has no place in it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("offers.csv")


@dataclass(frozen=True, slots=True)
class PublishedOffer:
    """An offer and its licence product, as a public page pairs them."""

    offer: str
    """ProductId:SkuId, in lower case."""
    sku: str
    """The product's GUID, in lower case."""
    month: date
    """Month that the page speaks of, as its first day."""
    source: str
    """Address of the page."""


def offer_name(offer: str) -> str:
    """Return the part of an offer's id that tells its product, in lower case: without the id of
    its availability.

    >>> offer_name("CFQ7TTC0LH18:0001:CFQ7TTC0K971")
    'cfq7ttc0lh18:0001'
    >>> offer_name("031C9E47-4802-4248-838E-778FB1D2CC05")
    '031c9e47-4802-4248-838e-778fb1d2cc05'
    """
    return ":".join(offer.strip().lower().split(":")[:2])


@cache
def published_offers() -> Mapping[str, PublishedOffer]:
    """Return the pairs of the table, by offer."""
    with _TABLE.open(encoding="utf-8", newline="") as table:
        rows = [
            PublishedOffer(
                row["offer"], row["sku"], date.fromisoformat(f"{row['month']}-01"), row["source"]
            )
            for row in csv.DictReader(table)
        ]
    return {row.offer: row for row in rows}
