"""Questions and grants to be written down, saying only what matters."""

from datetime import UTC, datetime, timedelta

from analytics.values import OWN, PartnerId, TenantId
from handlers.backend import JournalEntry, Outcome
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Ask, Room, RoomKind, UserRef

SECRET = "a phrase for tests alone: 9f2c7be41d"
ADA = UserRef("slack", "T1", "ADA")
BEN = UserRef("slack", "T1", "BEN")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def question(text: str = "/usage contoso", *, partner: PartnerId = OWN, at: datetime = NOW) -> Ask:
    """Ada's question to a partner's bot."""
    return Ask(f"at {at:%H:%M}", ADA, Room("a room", RoomKind.PRIVATE, partner), text, "en", "UTC")


def entry(
    text: str = "/usage contoso", *, partner: PartnerId = OWN, at: datetime = NOW, why: str = ""
) -> JournalEntry:
    """Ada's question and what became of it: answered, or refused with a reason."""
    outcome = Outcome.REFUSED if why else Outcome.ANSWERED
    customers = (TenantId("0112a436-b14e-4888-967b-ca4bb2cf1234"),)
    return JournalEntry(
        question(text, partner=partner, at=at), "usage", outcome, why, customers, at
    )


def grant(
    role: Role = Role.VIEWER,
    *,
    until: datetime | None = None,
    customers: frozenset[TenantId] | None = None,
    partner: PartnerId = OWN,
) -> Grant:
    """A right for all customers, without end, given by Ada."""
    return Grant(role, partner, customers, until, "a trial", str(ADA), NOW)
