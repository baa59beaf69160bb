"""Several things named in one text, and how many are offered to choose from."""

import re

CHOICES = 8
"""Names offered when several fit: few enough to read at a glance, and within every platform's
limits.
"""

_BETWEEN = re.compile(r"\s*[,;+]\s*|\s+(?:and|et|&|or|ou)\s+", re.IGNORECASE)
"""Between the parts of an enumeration."""


def parts_of_enumeration(said: str) -> list[str]:
    """Return the parts of `contoso, fabrikam` or `E3 and E5`; empty where there are not several."""
    parts = [part for part in _BETWEEN.split(said) if part]
    return parts if 2 <= len(parts) <= CHOICES else []
