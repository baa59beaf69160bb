"""Answers with deadlines, as events of a calendar."""

from analytics.calendars.ics_file import Deadline
from analytics.questions.renewals import Renewals
from analytics.questions.renewals.due import DueRenewals
from analytics.questions.renewals.lines import RenewalLine
from handlers.chat.services import Say
from handlers.output.renewals import entry

_SUFFIX = "seatwise"
"""What follows the identity of an event, as RFC 5545 has it."""


def deadlines_of(result: object, say: Say) -> tuple[Deadline, ...] | None:
    """Return the deadlines of an answer, in its order; None for one that has no such thing. A term
    that is over has none: what came of it is not known yet.
    """
    if not isinstance(result, Renewals | DueRenewals):
        return None
    return tuple(_deadline(line, result, say) for line in result.lines if not line.renewing)


def _deadline(line: RenewalLine, result: Renewals | DueRenewals, say: Say) -> Deadline:
    """Return a decision as an event: what the answer says of it, and nothing else."""
    said = entry(line, result.now, say, names_customer=True)
    page = said.link.address if said.link else ""
    return Deadline(
        uid=f"{line.identity.key}@{_SUFFIX}",
        moment=line.act_by,
        summary=say("calendar-act-by", what=said.title),
        description="\n".join((*said.lines, *([page] if page else []))),
        page=page,
    )
