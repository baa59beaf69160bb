"""The bridge from what is sold to what is used: an offer's licence product, and who says so."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from analytics.offers import offer_name, published_offers
from analytics.tables.offer_skus import OFFER_MATRIX, PROVISIONING_STATUS
from analytics.warehouse.facts import Facts

_SQL = """
    SELECT offer, sku, source, month, fewest_seats, most_seats FROM {offer_skus}
    WHERE offer IN (SELECT unnest($offers))"""


class OfferSource(Enum):
    """Sources of the licence product of an offer, the best first."""

    MATRIX = OFFER_MATRIX
    """Microsoft's monthly offer matrix, imported."""
    SUBSCRIPTION = PROVISIONING_STATUS
    """Partner Center's answer about one subscription of that offer."""
    PAGE = "page"
    """A public page of Microsoft's."""


class Unbridged(Enum):
    """The reason why the licence product of an offer is not known."""

    NO_SOURCE = "no-source"
    DISPUTED = "disputed"
    """The newest source names two products."""


@dataclass(frozen=True, slots=True)
class LicenceProduct:
    """The licence product of an offer."""

    product: str
    """Its GUID in lower case, as in licence reports. Several offers may be of one product."""
    source: OfferSource
    month: date
    """Month that the source speaks of, as its first day."""
    fewest_seats: int | None = None
    """Seats that one subscription has at least; None if the source does not tell."""
    most_seats: int | None = None
    """Seats that a customer may have, of all partners; None if the source does not tell."""
    changed: bool = False
    """True if an earlier source, or a worse one of that month, names another product."""


Bridge = LicenceProduct | Unbridged


def licence_products(facts: Facts, offers: Collection[str]) -> Mapping[str, Bridge]:
    """Return for each offer, as subscriptions name it, its licence product or why there is none.

    The newest month wins; of one month the offer matrix does. A name is never compared: an offer
    that no source tells of has no product.
    """
    names = {offer: offer_name(offer) for offer in offers}
    told = defaultdict[str, list[LicenceProduct]](list)
    for offer, sku, source, month, fewest, most in facts.rows(
        _SQL, offers=sorted({*names.values()})
    ):
        its = LicenceProduct(str(sku), OfferSource(source), month, fewest, most)  # type: ignore[arg-type]  # DuckDB's rows have no types
        told[str(offer)].append(its)
    for name in {*names.values()} & published_offers().keys():
        page = published_offers()[name]
        told[name].append(LicenceProduct(page.sku, OfferSource.PAGE, page.month))
    return {offer: _best(told[name]) for offer, name in names.items()}


def _best(told: Collection[LicenceProduct]) -> Bridge:
    if not told:
        return Unbridged.NO_SOURCE
    best = max(map(_rank, told))
    newest = [each for each in told if _rank(each) == best]
    if len({each.product for each in newest}) > 1:
        return Unbridged.DISPUTED
    first, products = newest[0], {each.product for each in told}
    return LicenceProduct(
        first.product,
        first.source,
        first.month,
        first.fewest_seats,
        first.most_seats,
        changed=len(products) > 1,
    )


def _rank(its: LicenceProduct) -> tuple[date, int]:
    return its.month, -list(OfferSource).index(its.source)
