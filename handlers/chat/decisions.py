"""Decisions about what a subscription's end needs: done, keep, or snooze until a day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from analytics.values import PartnerId, TenantId
from handlers.chat.access import Access
from handlers.chat.asking import UserRef

LONGEST_WHY = 200
"""Most characters of the reason why: it stands in a line of each list."""


class DecisionKind(Enum):
    """The decision about one term of a subscription."""

    DONE = "done"
    """What was to be done at Microsoft is done."""
    KEEP = "keep"
    """It stays as it is: what happens by itself may happen."""
    SNOOZE = "snooze"
    """It is left until a day."""


@dataclass(frozen=True, slots=True)
class DecisionSubject:
    """The term that a decision is about. It survives syncs, renames and changed seats, and ends
    with the term: the next one has another end, and so another subject.
    """

    rule: str
    """The kind of line, such as `renewal-term`."""
    customer: TenantId
    subscription: str
    """Its GUID, in lower case."""
    term_end: date

    @property
    def key(self) -> str:
        """The subject as one word: rule/customer/subscription/day."""
        return f"{self.rule}/{self.customer}/{self.subscription}/{self.term_end}"

    @classmethod
    def parse(cls, text: str) -> "DecisionSubject":
        """Read `key`; ValueError where a part is missing or the day is none.

        >>> DecisionSubject.parse("renewal-term/c1/s1/2026-12-13").term_end
        datetime.date(2026, 12, 13)
        """
        rule, customer, subscription, day = text.split("/")
        if not (rule and customer and subscription):
            raise ValueError(text)
        return cls(rule, TenantId(customer), subscription, date.fromisoformat(day))


@dataclass(frozen=True, slots=True)
class TermState:
    """The state of a term that a decision was made upon: only a change of it asks anew."""

    case: str
    """What the term's end is, such as `extension`."""
    act_by: date
    """The last day to act on, UTC."""


@dataclass(frozen=True, slots=True)
class DecisionOrder:
    """A decision to be kept."""

    partner: PartnerId
    about: DecisionSubject
    state: TermState
    kind: DecisionKind
    until: date | None
    """The day, in UTC, on which a snoozed one comes back: at most the term's end. None for other
    kinds.
    """
    why: str
    by: UserRef
    at: datetime
    instead_of: int | None = None
    """The number of the standing decision that it replaces; None for none."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """The end of a decision by a person."""

    by: str
    """A UserRef as text, or `forgotten`."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is kept."""

    number: int
    """Its number among the partner's, which never comes twice. It stays in the store."""
    about: DecisionSubject
    state: TermState
    kind: DecisionKind
    until: date | None
    why: str
    by: str
    """Who made it: a UserRef as text, or `forgotten`."""
    at: datetime
    undone: Undoing | None = None

    def stands(self, state: TermState, today: date) -> bool:
        """Check whether it still stands on a day (UTC) for its term in this state. Changed seats
        are no change of state; a snoozed one comes back on its day.
        """
        if self.undone or self.state != state:
            return False
        return self.until is None or today < self.until


@dataclass(frozen=True, slots=True)
class DecisionWord:
    """A decision as a button or a person names it. Numbers are no names: they would tell a reader
    how much was decided about customers whom they may not see.
    """

    about: DecisionSubject
    made: str
    """When it was made, as ISO 8601; empty for the newest, whichever it is."""


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision as one reader may know it."""

    decision: Decision
    by: str
    """The name of the person who made it; empty for a reader who may not see people's names, and
    for a person who was forgotten.
    """
    undone_by: str
    """The same of the person who undid it."""
    is_own: bool
    """True if the reader made it."""


class VisibleDecisions(Protocol):
    """Decisions about the customers whom a reader may see, lent to one request:
    handlers.decisions_of_reader.DecisionsOfReader.
    """

    async def standing(self, access: Access) -> tuple[ShownDecision, ...]:
        """Return the newest decision about each term whose end is not long past, unless it was
        undone. Whether one still stands, its term's state and the day decide.
        """
        ...

    async def history(
        self, access: Access, since: datetime, until: datetime
    ) -> tuple[ShownDecision, ...]:
        """Return the decisions made from `since` to before `until`, the newest first, with who
        undid which.
        """
        ...

    async def decide(self, order: DecisionOrder) -> Decision:
        """Keep a decision with its audit row. Raises AlreadyDecided where one stands."""
        ...

    async def explain(self, access: Access, word: DecisionWord, why: str) -> Decision:
        """Keep the reason of the key's holder's own decision. Raises DecisionGone as undo() does,
        and NotOwnDecision for another person's.
        """
        ...

    async def undo(self, access: Access, word: DecisionWord) -> Decision:
        """End a decision with its audit row. Raises DecisionGone where there is none that the key's
        holder may see, or it was undone or is not the newest about its term; and NotOwnDecision
        where another person made it and the holder is no partner admin.
        """
        ...


class Decisions(Protocol):
    """The keeper of decisions: bot.store.decisions.DecisionStore. Raises what the store raises."""

    async def standing(self, of: PartnerId, today: date) -> tuple[Decision, ...]:
        """Return the newest decision about each term that ended no longer than two months ago,
        unless it was undone.
        """
        ...

    async def history(
        self, of: PartnerId, since: datetime, until: datetime
    ) -> tuple[Decision, ...]:
        """Return the decisions made from `since` to before `until`, the newest first."""
        ...

    async def newest(self, of: PartnerId, about: DecisionSubject) -> Decision | None:
        """Return the newest decision about a term; None where none was made, or it was undone."""
        ...

    async def decide(self, order: DecisionOrder) -> Decision:
        """Keep a decision with its audit row: both or neither. Of two people who decide at the same
        moment one is told: raises AlreadyDecided where one stands.
        """
        ...

    async def undo(self, of: PartnerId, number: int, by: UserRef, at: datetime) -> Decision:
        """End a decision with its audit row. Raises DecisionGone where it is not the newest about
        its term, or was undone.
        """
        ...
