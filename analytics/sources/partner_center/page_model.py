"""A call and a page of its answer, in words that do not depend on how the endpoint pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from analytics.values import TenantId


class SignIn(Enum):
    """Whose consent a refresh token is."""

    PARTNER = "partner"
    INSIGHTS = "insights"
    """The partner-programme account, which alone sees the Insights workspace (domain 3b)."""


class Bearer(Enum):
    """Which token an endpoint takes."""

    APP = "app"
    """The application's own; wherever it is enough."""
    USER = "user"
    """Of the person who consented, with MFA."""
    INSIGHTS = "insights"


class Paging(Enum):
    """How the next page is asked for (domain 6a)."""

    NONE = "none"
    SEEK = "seek"
    """`links.next`, a continuation token as a header, seekOperation=Next."""
    OFFSET = "offset"
    TOP_SKIP = "top-skip"
    NEXT_LINK = "next-link"


@dataclass(frozen=True, slots=True)
class Call:
    """A GET of everything at a path, however many pages it has."""

    path: str
    """From the slash on, such as `/v1/customers`."""
    paging: Paging
    bearer: Bearer
    query: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    """Items a page; 0 leaves it to the source."""
    customer: TenantId | None = None
    """Whom it is about: the source counts calls by partner, and by partner and customer."""


@dataclass(frozen=True, slots=True)
class Page:
    """One answer. `items` are JSON objects; numbers with a point are Decimal."""

    items: tuple[Mapping[str, object], ...]
    total: int | None
    """How many items there are in all pages, says the source; None where it does not say."""
    following: str
    """What to hand back for the next page, after a restart too; empty at the end."""
