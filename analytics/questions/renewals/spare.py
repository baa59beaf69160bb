"""Seats beside the lines of renewals that nobody was assigned, or used, in four weeks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from analytics.questions.absences import unknowns
from analytics.questions.licenses.products import LicenceProduct, licence_products
from analytics.questions.renewals.lines import RenewalLine, SpareSeats
from analytics.tables import DEPLOYMENT, USAGE
from analytics.values import Seats, Unknown, Why
from analytics.warehouse.facts import Facts

_SPARE = """
    SELECT tenant, product, sold, unassigned, unused, days, first, last FROM {spare_seats}
    WHERE tenant IN (SELECT unnest($tenants)) AND product IN (SELECT unnest($products))"""

_Key = tuple[str, str]


def with_spare_seats(facts: Facts, listed: Sequence[RenewalLine]) -> tuple[RenewalLine, ...]:
    """Return the lines with the spare seats of their products beside them. A line whose offer no
    source pairs with a licence product has none: a name is never compared.
    """
    bridge = licence_products(facts, {each.offer for each in listed})
    products = {
        offer: its.product for offer, its in bridge.items() if isinstance(its, LicenceProduct)
    }
    wanted = {
        (str(each.customer.id), products[each.offer]) for each in listed if each.offer in products
    }
    spare = _spare_seats(facts, wanted)
    return tuple(
        replace(each, spare=spare[each.customer.id, products[each.offer]])
        if each.offer in products
        else each
        for each in listed
    )


def _spare_seats(facts: Facts, wanted: set[_Key]) -> Mapping[_Key, SpareSeats]:
    """Return the spare seats of each customer and product; unknown where no report has them."""
    if not wanted:
        return {}
    rows = facts.rows(
        _SPARE,
        tenants=sorted({tenant for tenant, _ in wanted}),
        products=sorted({product for _, product in wanted}),
    )
    lacking = unknowns(facts)
    not_told = {name: lacking.get(name, Unknown(Why.NOT_MEASURED, name)) for name in _DATASETS}
    found = {
        (str(tenant), str(product)): _spare(str(product), not_told, *cells)
        for tenant, product, *cells in rows
    }
    missing = {key: _unknown(key[1], not_told) for key in wanted - found.keys()}
    return {key: each for key, each in (found | missing).items() if key in wanted}


_DATASETS = (DEPLOYMENT.name, USAGE.name)


def _spare(product: str, not_told: Mapping[str, Unknown], *cells: object) -> SpareSeats:
    sold, unassigned, unused, *days = cells
    return SpareSeats(
        product,
        _seats(sold, not_told[DEPLOYMENT.name]),
        _seats(unassigned, not_told[DEPLOYMENT.name]),
        _seats(unused, not_told[USAGE.name]),
        *days,  # type: ignore[arg-type]  # in the query's order
    )


def _seats(cell: object, not_told: Unknown) -> Seats:
    return not_told if cell is None else cast("int", cell)


def _unknown(product: str, not_told: Mapping[str, Unknown]) -> SpareSeats:
    seats = not_told[DEPLOYMENT.name]
    return SpareSeats(product, seats, seats, not_told[USAGE.name], 0, None, None)
