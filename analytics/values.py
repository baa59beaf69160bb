"""The basic values of the field: partners, customers, days and periods."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import NewType

PartnerId = NewType("PartnerId", str)
"""A reseller's id, safe as a folder's name. `own` unless an installation serves several."""

TenantId = NewType("TenantId", str)
"""A customer's Microsoft Entra tenant: a GUID in lower case. Endpoints differ in case; we compare
without it.
"""

OWN = PartnerId("own")


class Secrecy(Enum):
    """Secrecy of a column towards readers who may see the customer (domain 11.9)."""

    OPEN = "open"
    MONEY = "money"
    PERSON = "person"
    SEALED = "sealed"
    """Money or persons, perhaps both: never read, by any question, export or frame."""

    @property
    def kinds(self) -> frozenset["Secrecy"]:
        """The rights that such a cell would need: none for OPEN, both for SEALED."""
        both = {Secrecy.MONEY, Secrecy.PERSON}
        return frozenset(both if self is Secrecy.SEALED else both & {self})


@dataclass(frozen=True, slots=True)
class Sight:
    """The part of a partner's figures that one reader may see.

    One value, so that no part of it is forgotten: facts, the fence of their SQL and the cache of
    results hold it whole. Only handlers.chat.access makes one; a rule finds any other maker.
    """

    partner: PartnerId
    customers: frozenset[TenantId] | None
    """None for all customers, empty for none."""
    money: bool
    """True if the reader may see prices and amounts."""
    persons: bool
    """True if the reader may see people's names and sign-in names."""

    @property
    def withheld(self) -> frozenset[Secrecy]:
        """The kinds of columns that the reader does not see."""
        kinds = {Secrecy.MONEY: self.money, Secrecy.PERSON: self.persons}
        return frozenset(kind for kind, seen in kinds.items() if not seen)

    def sees(self, customer: TenantId) -> bool:
        """Check whether the reader sees this customer's figures."""
        return self.customers is None or customer in self.customers

    def only(self, customers: frozenset[TenantId]) -> "Sight":
        """Return the same sight of these customers alone, without those the reader does not see."""
        seen = customers if self.customers is None else customers & self.customers
        return replace(self, customers=seen)


class Program(Enum):
    """A partner's role in the CSP programme, which decides what Partner Center gives."""

    DIRECT = "direct"
    INDIRECT_PROVIDER = "indirect-provider"
    INDIRECT_RESELLER = "indirect-reseller"
    """A partner that sells through a provider; it is not offered the API, but downloads."""


_LONGEST = 300
"""Most characters kept of a name, because names are input of others."""

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def tenant_id(text: str) -> TenantId:
    """Return a tenant's GUID in the one spelling we keep. Raises ValueError if it is none.

    >>> tenant_id(" 0112A436-B14E-4888-967B-CA4BB2CF1234 ")
    '0112a436-b14e-4888-967b-ca4bb2cf1234'
    """
    guid = text.strip().strip("{}").lower()
    if not _GUID.fullmatch(guid):
        raise ValueError(text)
    return TenantId(guid)


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer of the partner. The name is the newest one that the source gave; only the id is
    identity.
    """

    id: TenantId
    name: str


@dataclass(frozen=True, slots=True, order=True)
class IgnoredProduct:
    """A product that totals leave out for one customer, since a partner admin said so."""

    tenant: TenantId
    product: str
    """The product's GUID, in lower case."""
    reason: str
    by: str
    """The admin's name; empty where the reader may not see people's names."""
    until: date
    """The last day on which it is left out."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from first to last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.first} is after {self.last}")

    @property
    def days(self) -> int:
        """Number of days: 1 if first is last."""
        return (self.last - self.first).days + 1

    @property
    def eve(self) -> date:
        """The day before it starts: the end of the period before."""
        return self.first - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction of seats. Never clamped: above 1.0 is real (domain: usage over 100 %)."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """part / whole; None if whole is zero: no seats, not 0 %."""
        return self.part / self.whole if self.whole else None


class Why(Enum):
    """The reason why a figure is not known."""

    NEVER_CAME = "never-came"
    NOT_WHOLE = "not-whole"
    """Rows of its dataset were announced and never came."""
    LATER = "later"
    """The first whole snapshot of its dataset is of a later day."""
    NOT_IN_PERIOD = "not-in-period"
    """No whole snapshot of its dataset is of a day in the period asked for."""
    NOT_MEASURED = "not-measured"
    """Its dataset came whole, but the source measures nothing of what was asked."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The value in place of a figure that is not known: never 0, which is a figure."""

    why: Why
    dataset: str


Seats = int | Unknown
"""A count of seats, or the reason why it is not known."""


def combine(rule: Callable[..., int], *figures: Seats) -> Seats:
    """Return the rule's result, or the first unknown figure if any is unknown.

    >>> combine(max, 3, 5)
    5
    """
    unknown = next((figure for figure in figures if isinstance(figure, Unknown)), None)
    return rule(*figures) if unknown is None else unknown


def total(figures: Iterable[Seats]) -> Seats:
    """Return the sum of the figures, or the first unknown one if any is unknown."""
    return combine(lambda *known: sum(known), *figures)


def share(part: Seats, whole: Seats) -> Share | Unknown:
    """Return `part` as a fraction of `whole`, or the first unknown figure if either is unknown."""
    if isinstance(part, Unknown):
        return part
    return whole if isinstance(whole, Unknown) else Share(part, whole)


def plain(text: str) -> str:
    """Return others' text made harmless for a sentence: without controls and invisible direction
    marks, and not endless.

    >>> plain("Con\\u202etoso\\n\\ud800")
    'Contoso '
    """
    cut = text[:_LONGEST] + ("…" if len(text) > _LONGEST else "")
    spaced = cut.replace("\n", " ").replace("\t", " ")
    return "".join(
        c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )


def without_zeros(value: Decimal) -> Decimal:
    """Return a decimal without zeros at its end, and without an exponent.

    >>> without_zeros(Decimal("20.500")), without_zeros(Decimal("300.00"))
    (Decimal('20.5'), Decimal('300'))
    """
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
