"""Partner Center's list of subscriptions configured for a paid extension: which file is one."""

import re

_TELLS = re.compile(
    r"extended.?service|service.?extension|(?<![a-z])est(?![a-z])|service.{0,3}étendu|prolongation",
    re.IGNORECASE,
)
_HEAD = 10
"""Lines at the top in which a title may stand."""


def says_extension(name: str, text: str) -> bool:
    """Check whether a file's name, or a line at its top that holds one cell, says that it lists
    paid extensions. The columns cannot tell: other lists of subscriptions have the same two.

    >>> says_extension("extended-service-terms.csv", "Id,End date")
    True
    >>> says_extension("best customers.csv", "Id,End date")
    False
    """
    lines = text.lstrip("\ufeff").split("\n", _HEAD)[:_HEAD]
    titles = [line for line in lines if line.strip() and not re.search(r"[,;\t]\S", line)]
    return any(_TELLS.search(each.replace("_", " ")) for each in (name, *titles))
