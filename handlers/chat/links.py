"""Links to pages elsewhere."""

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"https://[a-z0-9.-]+(?:/[A-Za-z0-9._~-]+)*/?")
"""A host and a path without anything that markup, a query or a browser reads as more."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page elsewhere: what the link says, and its address. Raises ValueError for an address that
    is not https, or has more than a host and a plain path.

    >>> Link("Page", "https://example.com/a/1").address
    'https://example.com/a/1'
    """

    label: str
    address: str

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.address):
            raise ValueError(f"no plain https address: {self.address!r}")
