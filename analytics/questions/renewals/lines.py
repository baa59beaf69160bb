"""Decisions about the end of subscriptions, one line each."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Annotated

from analytics.questions.renewals.cases import (
    Certainty,
    Remedy,
    RenewalCase,
    RenewalDoubt,
    RenewalOutcome,
    SetApartReason,
)
from analytics.questions.results import Measure
from analytics.tables import DEPLOYMENT, SUBSCRIPTIONS, USAGE
from analytics.values import Customer, PartnerId, Seats, TenantId, combine

RenewalSeats = Annotated[int | None, Measure("seats", SUBSCRIPTIONS, "quantity")]
RenewalCount = Annotated[Seats, Measure("subscriptions", SUBSCRIPTIONS, "subscription")]
RenewalSum = Annotated[Seats, Measure("seats", SUBSCRIPTIONS, "quantity")]


class RenewalRule(Enum):
    """The rule that a subscription's line is found by: a part of its identity."""

    TERM = "renewal-term"
    """The end of the term, or the window after its start."""
    REFUND = "renewal-refund"
    """Seats added in mid-term, with a window of their own."""


@dataclass(frozen=True, slots=True)
class TermIdentity:
    """The identity that a decision is kept under: it survives syncs, renames and changed seats, and
    ends with the term.
    """

    partner: PartnerId
    rule: RenewalRule
    tenant: TenantId
    subscription: str
    """Its GUID, in lower case."""
    term_end: date

    @property
    def key(self) -> str:
        """The identity without the partner as one text: rule/tenant/subscription/day."""
        return f"{self.rule.value}/{self.tenant}/{self.subscription}/{self.term_end}"


@dataclass(frozen=True, slots=True)
class ScheduledTerm:
    """The next term as it is scheduled; None or empty where the source does not tell."""

    seats: RenewalSeats
    offer: str
    """product:sku:availability."""
    term: str
    """P1M, P1Y or P3Y."""
    ends: date | None


@dataclass(frozen=True, slots=True)
class SpareSeats:
    """Seats of the line's product in the customer's tenant, all partners' and direct: the least
    of the 28 days up to the newest report.
    """

    product: str
    """The licence product's GUID."""
    sold: Annotated[Seats, Measure("seats", DEPLOYMENT, "sold")]
    """Seats sold as of the newest day."""
    unassigned: Annotated[Seats, Measure("seats", DEPLOYMENT, "assigned")]
    """The fewest seats without a user on any known day of the 28."""
    unused: Annotated[Seats, Measure("seats", USAGE, "active")]
    """The fewest seats without an active user on any known day of the 28: unassigned ones are among
    them. Not measured where Microsoft measures no usage of the product.
    """
    days: int
    """Number of days with a whole report, of the 28; 0 where none is known."""
    first: date | None
    last: date | None
    """First and last of these days."""


@dataclass(frozen=True, slots=True)
class TermDecision:
    """A person's decision about a term, while it stands: the store knows it, no dataset does."""

    kind: str
    """`done`, `keep` or `snooze`."""
    until: date | None
    """The day on which a snoozed one comes back."""
    why: str
    by: str
    """The person's name; empty for a reader who may not see people's names."""
    at: datetime
    is_own: bool
    """True if the reader made it."""
    may_undo: bool


@dataclass(frozen=True, slots=True)
class RenewalLine:
    """One decision: of a subscription's term, or of seats with a window of their own."""

    customer: Customer
    identity: TermIdentity
    subscription: str
    """Its GUID, in lower case."""
    offer: str
    """product:sku:availability; a GUID in legacy."""
    product: str
    nickname: str
    """What the partner calls it; empty where the product's name begins so."""
    seats: RenewalSeats
    """Seats that the decision is about: of the subscription, or those that may be given back."""
    case: RenewalCase
    """The subscription's case; the same on both its lines."""
    certainty: Certainty
    doubts: tuple[RenewalDoubt, ...]
    """Why it says *may*; empty where it says *will*."""
    outcome: RenewalOutcome
    remedies: tuple[Remedy, ...]
    """What can still be done; empty where the facts tell nothing that can."""
    act_by: datetime
    """The last second to act in, UTC; in the past where the term is over (`renewing`)."""
    then_until: datetime | None
    """The last second of what can be done after `act_by`: the days after a renewal, or the last
    part of seats that may be given back. None if nothing can.
    """
    term: str
    """P1M, P1Y or P3Y; empty where the source does not tell."""
    next_term: str
    """The term that follows if nothing is done; empty where none does, or it is not told."""
    term_end: date
    """The last day of the term; in legacy (`ends_exclusive`) the first day without it."""
    ends_exclusive: bool
    scheduled: ScheduledTerm | None
    """Only where something is scheduled."""
    by_distributor: bool
    """True for indirect business: the distributor's platform may cancel it by itself."""
    is_refund_window: bool
    """True for the second line of a subscription: seats added in mid-term."""
    renewing: bool
    """True if the term is over, and no fetch shows yet what came of it: nothing is known closed."""
    fetched: date | None
    """Day on which the customer's subscriptions were last fetched whole. Where the last fetch
    failed, or they were imported, that of the dataset: of its oldest part, or its file.
    """
    spare: SpareSeats | None
    """None where no source tells which licence product the offer is."""
    decided: TermDecision | None = None
    """The decision that stands about it; None while there is none."""

    @property
    def could_go(self) -> Annotated[Seats | None, Measure("seats", DEPLOYMENT, "assigned")]:
        """Seats of ours that were assigned to no user in 28 days; None where no source pairs the
        offer with a product, or the subscription's seats are not known.
        """
        if self.spare is None or self.seats is None:
            return None
        own = self.seats
        return combine(lambda free: min(free, own), self.spare.unassigned)


@dataclass(frozen=True, slots=True)
class RenewalsApart:
    """Subscriptions without a line, for one reason."""

    reason: SetApartReason
    count: Annotated[int, Measure("subscriptions", SUBSCRIPTIONS, "subscription")]
    seats: Annotated[int, Measure("seats", SUBSCRIPTIONS, "quantity")]


@dataclass(frozen=True, slots=True)
class RenewalsOfCase:
    """The lines of one case in the period."""

    case: RenewalCase
    count: Annotated[int, Measure("subscriptions", SUBSCRIPTIONS, "subscription")]
    seats: Annotated[int, Measure("seats", SUBSCRIPTIONS, "quantity")]


@dataclass(frozen=True, slots=True)
class RenewalDot:
    """A decision, as the picture has it."""

    day: date
    """The UTC day of `act_by`; of a term that is over, the first day of the picture."""
    seats: RenewalSeats
    case: RenewalCase


@dataclass(frozen=True, slots=True)
class RenewalWeek:
    """Decisions with their `act_by` in one of 13 weeks."""

    first: date
    """Its first day: the first week begins on the first day of the period."""
    last: date
    decisions: Annotated[int, Measure("subscriptions", SUBSCRIPTIONS, "subscription")]
    seats: Annotated[int, Measure("seats", SUBSCRIPTIONS, "quantity")]
    extensions: Annotated[int, Measure("subscriptions", SUBSCRIPTIONS, "subscription")]
    extension_seats: Annotated[int, Measure("seats", SUBSCRIPTIONS, "quantity")]
    dots: tuple[RenewalDot, ...]
    """Its largest decisions, extensions first: at most twelve."""
