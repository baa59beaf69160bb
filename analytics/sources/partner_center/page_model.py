"""A call and a page of its answer, in terms that do not depend on the endpoint's paging."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from analytics.values import TenantId


class SignIn(Enum):
    """The account whose consent a refresh token stands for."""

    PARTNER = "partner"
    INSIGHTS = "insights"
    """The partner-programme account, which alone sees the Insights workspace (domain 3b)."""


class Bearer(Enum):
    """The kind of token that an endpoint takes."""

    APP = "app"
    """The application's own token, used wherever it is enough."""
    USER = "user"
    """The token of the person who consented, with MFA."""
    INSIGHTS = "insights"


class Paging(Enum):
    """The way in which the next page is requested (domain 6a)."""

    NONE = "none"
    ONE = "one"
    """The answer is one object, no list."""
    SEEK = "seek"
    """`links.next`, a continuation token as a header, seekOperation=Next."""
    OFFSET = "offset"
    TOP_SKIP = "top-skip"
    NEXT_LINK = "next-link"


@dataclass(frozen=True, slots=True)
class Call:
    """A GET of all items at a path, on any number of pages."""

    path: str
    """The path from its first slash on, such as `/v1/customers`."""
    paging: Paging
    bearer: Bearer
    query: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    """Items of a page; 0 leaves it to the source."""
    customer: TenantId | None = None
    """The customer the call is about: the source counts by partner, and by partner and customer."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer. `items` are JSON objects; numbers with a point are Decimal."""

    items: tuple[Mapping[str, object], ...]
    total: int | None
    """The number of items in all pages as the source announces it; None if it does not."""
    following: str
    """Continuation to hand back for the next page, also after a restart; empty at the end."""
    place: str = ""
    """What the source is asked for to give the next page; empty at the end."""
    gap: bool = False
    """True if it says that it is another page than was asked for, or that the next one does not
    begin where it ends.
    """
    by_link: bool = False
    """True if only the source's link tells where the next page begins, not a count of items."""
