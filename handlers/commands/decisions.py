"""`/decisions`: what was decided about the ends of subscriptions' terms, by whom, when and why;
`/renewals decided` means it too.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from analytics.questions.renewals.terms import subscription_titles
from analytics.values import Customer, Period
from handlers.chat.access import Permission
from handlers.chat.command import Request
from handlers.chat.decisions import ShownDecision
from handlers.chat.reply import Paragraph, Part, Reply
from handlers.chat.services import Services
from handlers.output.decisions import decision_sentence, term_words, with_undo

SHOWN = 30
"""Decisions that are listed: as many as a message of any platform has room for with a button."""
_USUAL = timedelta(days=90)
"""Time that is listed where none is named."""


@dataclass(frozen=True, slots=True)
class DecisionsArgs:
    """The period in which decisions were made; None for the last 90 days."""

    period: Period | None


async def ask(request: Request[DecisionsArgs], services: Services) -> Reply:
    """List the newest decision about each term, and those that were undone, of the customers whom
    the reader may see; the reader's own with a button that takes it back, each for an admin.
    """
    say, data = services.say, services.data
    today = request.ask.day_at(services.now)
    period = request.args.period or Period(today - _USUAL, today)
    zone = ZoneInfo(request.ask.zone)
    since = datetime.combine(period.first, time(), zone)
    until = datetime.combine(period.last + timedelta(days=1), time(), zone)
    found = _newest(await data.decisions_made(since, until))
    values = {"first": period.first, "last": period.last}
    if not found:
        return Reply((Paragraph(say("decisions-none", **values)),))
    tenants = frozenset(customer.id for _, customer in found)
    subscriptions = tuple({each.decision.about.subscription for each, _ in found})
    titles = await data.over(tenants, subscription_titles, subscriptions)
    lines = [_line(each, customer, titles, services) for each, customer in found[:SHOWN]]
    more = len(found) - SHOWN
    rest = [Paragraph(say("decisions-more", n=more))] if more > 0 else []
    return Reply((Paragraph(say("decisions-list", n=len(found), **values)), *lines, *rest))


def _newest(
    made: list[tuple[ShownDecision, Customer]],
) -> list[tuple[ShownDecision, Customer]]:
    """Return the decisions that were undone, and of each term the newest other one: an earlier one
    was replaced by it.
    """
    seen, found = set[str](), []
    for each, customer in made:
        key = each.decision.about.key
        if each.decision.undone or key not in seen:
            found.append((each, customer))
        seen.add(key)
    return found


def _line(
    shown: ShownDecision, customer: Customer, titles: dict[str, str], services: Services
) -> Part:
    about, access = shown.decision.about, services.data.access
    named = (titles.get(about.subscription, ""), about.subscription)
    term = term_words(customer.name, named, about, services.say)
    what = decision_sentence(shown, services.say)
    said = services.say("decisions-line", term=term, what=what)
    may = shown.is_own or access.may(Permission.GRANT)
    return with_undo(said, shown, services.say, may=may)
