"""Units of a product's licences: by Microsoft's table, else by its name alone."""

import re
from functools import cache

from analytics.folded_text import folded_text
from analytics.skus import SKUS, Unit, unit_of
from analytics.warehouse.facts import Facts

_SAYING = tuple(
    (unit, re.compile(words))
    for unit, words in (
        (Unit.OTHER, r"\bstorage\b.* \d+ [gt]b\b"),
        (Unit.GIGABYTE, r"\bstorage\b|\b(database|file|log) capacity\b"),
        (Unit.ROOM, r"\brooms?\b"),
        (Unit.DEVICE, r"\bdevices?\b"),
        (Unit.SERVER, r"(?<!exchange )\bservers?$"),
        (Unit.MINUTE, r"\bpay per minute\b"),
        (Unit.CREDIT, r"\bcredits?\b"),
        (Unit.TENANT, r"\b(instance|environment)\b"),
        (
            Unit.OTHER,
            r"\bper (app plan|flow|process|bot)\b|\b(page view|login|builder) capacity\b"
            r"|\bcapacity pack\b|\brights request\b|\b(unattended|shared use|resource account)\b",
        ),
    )
)
"""Words of a name that say a unit. The first that fits holds: of storage in packs of 500 GB, packs
are counted. Where Microsoft's table has such a name, it says the same.
"""


def product_unit(facts: Facts, product: str) -> Unit:
    """Return what a product's licences are counted in; of a product that the table does not know,
    what its name says; unknown where that says nothing.
    """
    if product.lower() in SKUS:
        return unit_of(product)
    return unit_by_name(facts.name("products", product))


@cache
def unit_by_name(name: str) -> Unit:
    """Return the unit that a product's name says; unknown where it says none.

    >>> unit_by_name("Extra File Storage").value, unit_by_name("Teams Rooms Pro Plus").value
    ('gigabyte', 'room')
    >>> unit_by_name("Office 365 E9").value
    'unknown'
    """
    plain = folded_text(name)
    return next((unit for unit, words in _SAYING if words.search(plain)), Unit.UNKNOWN)
