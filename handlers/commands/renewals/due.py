"""`/renewals due`: the decisions that a reminder names; by hand, all of the next 30 days."""

from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

from analytics.questions.renewals import SHOWN
from analytics.questions.renewals.due import DueRenewals, Morning, due_renewals, renewals_ahead
from analytics.values import Customer, Unknown
from handlers.chat.access import Permission
from handlers.chat.asking import Ask
from handlers.chat.reply import Audience, Choice, Paragraph, Part, Reply, Safe
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.output.decisions import line_parts, with_decisions
from handlers.output.remarks import count_lines, paragraphs
from handlers.output.renewals import both_clocks, entry, whose
from handlers.output.unknowns import why


async def due(ask: Ask, customer: Customer | None, services: Services) -> DueRenewals:
    """Find what is due and was not decided by the time of the message; what was decided since then
    stays, with the decision.
    """
    data, reminded = services.data, ask.reminded
    at = reminded.at if reminded else services.now
    now = at.astimezone(UTC).replace(second=0, microsecond=0)
    if customer is None:
        found = await data.over(EVERYBODY, renewals_ahead, None, now)
    else:
        found = await data.of(customer, renewals_ahead, now)
    decided = await data.decisions_about([line.identity.key for line in found.lines])
    admin = data.access.may(Permission.GRANT)
    lines = with_decisions(found.lines, decided, services.now, admin=admin)
    left = tuple(each for each in lines if each.decided is None or each.decided.at > at)
    morning = Morning(ask.day_at(at), ZoneInfo(ask.zone))
    if reminded:
        untils = {key: each.decision.until for key, each in decided.items()}
        back = {key: until for key, until in untils.items() if until}
        morning = replace(morning, told=reminded.told, back=back, looked=reminded.looked)
    return due_renewals(replace(found, lines=left), morning)


def tell_due(result: DueRenewals, say: Say) -> Reply:
    """Say what is due, what is most urgent first; or why nothing is known."""
    its = whose(result, say)
    if isinstance(result.decisions, Unknown):
        unknown = say("renewals-unknown", whose=its, why=why(result.decisions, say))
        return Reply((), Audience.ROOM, headline=unknown)
    monthly = count_lines({"due-monthly": result.monthly}, say)
    if not result.decisions:
        said = monthly[0] if monthly else say("due-none", whose=its, last=result.period.last)
        return Reply((), Audience.ROOM, headline=said, nothing_due=not monthly)
    first = both_clocks(result.lines[0].act_by, say)
    return Reply(
        (
            *_first_lines(result, result.decisions, say),
            *paragraphs([*monthly, *count_lines({"renewals-quiet": result.quiet}, say)]),
        ),
        Audience.ROOM,
        safe=Safe((Paragraph(say("safe-due", n=result.decisions)),)),
        headline=say("due-decisions", n=result.decisions, whose=its, first=first),
        follow_ups=(Choice(say("follow-all-renewals"), f"/renewals{_subject(result)}"),),
    )


def _first_lines(result: DueRenewals, decisions: int, say: Say) -> list[Part]:
    """Return the ten most urgent decisions with their buttons; where there are more, how many."""
    shown = result.lines[:SHOWN]
    cut = Paragraph(say("due-first", shown=len(shown), rows=decisions))
    parts: list[Part] = [cut] if decisions > len(shown) else []
    for line in shown:
        parts.append(entry(line, result.now, say, names_customer=result.customer is None))
        parts += line_parts(line, result.now, say)
    return parts


def _subject(result: DueRenewals) -> str:
    return f" {result.customer.id}" if result.customer else ""
