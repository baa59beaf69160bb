"""Reports of answers that look wrong to their readers, and the interface of their store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from analytics.values import PartnerId, TenantId
from handlers.chat.asking import UserRef
from handlers.chat.refusals import Refusal

LONGEST = 2000
"""Characters of a reporter's words that are kept: longer ones are cut, and end with an ellipsis."""

A_DAY = 20
"""Reports that one person may file at one partner within 24 hours."""


class TooManyReports(Refusal):
    """A person's report beyond the number they may file in a day."""

    sentence = "report-too-many"


@dataclass(frozen=True, slots=True)
class Report:
    """One reader's report that an answer looks wrong, with what the answer rested on."""

    reporter: UserRef
    partner: PartnerId
    room: str
    """The address of the room where the answer was read."""
    question: str
    """The question as written, its customers by id."""
    command: str
    """The command's name, as in the registry."""
    customers: tuple[TenantId, ...]
    """Customers that the answer was made from."""
    stamp: tuple[str, ...]
    """Sentences of the answer's stamp, in the reporter's language."""
    generation: int | None
    """The generation of the figures; None where it is not known."""
    said: str
    """The reporter's own words."""
    at: datetime


@dataclass(frozen=True, slots=True)
class FiledReport:
    """A report under the number that its partner's store gave it."""

    number: int
    report: Report


class Reports(Protocol):
    """The keeper of reports: bot.store.reports.ReportStore."""

    async def save(self, report: Report, /) -> int:
        """Save a report with its audit row, both or neither; return its number, counted from 1 for
        each partner. The same one pressed twice is saved once. Raises TooManyReports beyond A_DAY.
        """
        ...
