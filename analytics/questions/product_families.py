"""Families of products, within which seats move by an upgrade or a migration."""

import re
from functools import cache

from analytics.folded_text import folded_text

_BESIDE = re.compile(r"\([^)]*\)")
"""Words beside a name, such as `(Extended Service Term)` or `(New Commerce)`."""

_PLAN = re.compile(r"[aefgp]\d|\d")
_PLANS = frozenset(
    {
        *("plan", "basic", "standard", "premium", "pro", "professional", "essentials"),
        *("business", "enterprise", "frontline", "per", "user", "nce", "eea"),
    }
)
"""Words that tell plans of one family apart."""

_MAKERS = {"office": "microsoft"}
"""A name's first word as products are called today: Office 365 E3 is upgraded to Microsoft 365."""


@cache
def product_family(name: str) -> str:
    """Return the words that the plans of one family share; the whole name if nothing would remain.

    >>> product_family("Office 365 E3"), product_family("MICROSOFT 365 E5 (New Commerce)")
    ('microsoft 365', 'microsoft 365')
    >>> product_family("Visio Plan 2"), product_family("Microsoft Teams Essentials")
    ('visio', 'microsoft teams')
    """
    words = folded_text(_BESIDE.sub(" ", name)).split()
    words = [_MAKERS.get(word, word) if at == 0 else word for at, word in enumerate(words)]
    kept = [word for word in words if word not in _PLANS and not _PLAN.fullmatch(word)]
    return " ".join(kept or words)
