"""Decisions about the end of subscriptions in words, for answers and calendars."""

from datetime import datetime, timedelta

from analytics.charts.captions import BETWEEN
from analytics.partner_center_pages import customer_page
from analytics.questions.renewals import Renewals
from analytics.questions.renewals.cases import Remedy, RenewalOutcome
from analytics.questions.renewals.due import DueRenewals
from analytics.questions.renewals.lines import RenewalLine
from analytics.questions.subscriptions.rows import TERM_WORDS
from handlers.chat.links import Link
from handlers.chat.reply import Entry
from handlers.chat.services import Say

_OLD, _NEAR = timedelta(days=1), timedelta(days=7)
"""Age of a fetch, in whole days, from which on a deadline so near is not trusted to it."""


def whose(result: Renewals | DueRenewals, say: Say) -> str:
    """Say whose decisions they are: the customer's, all, or those that the reader may see."""
    if result.customer:
        return result.customer.name
    return say("subscriptions-your-customers" if result.everyone else "activity-seen-customers")


def entry(line: RenewalLine, now: datetime, say: Say, *, names_customer: bool) -> Entry:
    """Return a decision as an entry: what it is about, by when, what happens if nothing is done,
    what can still be done, and the customer's page of Partner Center.
    """
    lines = (
        [*deadlines(line, say), *could_go(line, say)],
        [outcome(line, say), *doubts(line, say)],
        remedies(line, say),
        unseen(line, now, say),
    )
    said = tuple(" ".join(each) for each in lines if each)
    return Entry(subject(line, say, names_customer=names_customer), said, link(line, say))


def subject(line: RenewalLine, say: Say, *, names_customer: bool) -> str:
    """Say the customer, the product by its own and the partner's name, and the seats."""
    named = {"product": line.product, "nickname": line.nickname}
    product = say("subscription-named", **named) if line.nickname else line.product
    said = [line.customer.name, product] if names_customer else [product]
    if line.seats is not None:
        kind = "renewal-added-seats" if line.is_refund_window else "renewal-seats"
        said.append(say(kind, n=line.seats))
    return " · ".join(said)


def deadlines(line: RenewalLine, say: Say) -> list[str]:
    """Say by when to act, as the reader's clock shows it and in UTC, and what is possible after."""
    if line.renewing:
        return [say("renewal-renewing", day=line.term_end)]
    return [say("renewal-act-by", moment=both_clocks(line.act_by, say))]


def both_clocks(moment: datetime, say: Say) -> str:
    """Write an instant as the reader's clock shows it, with that of UTC where that is another."""
    here, there = say.clock(moment), say.moment(moment)
    return here if here == there else say("renewal-clocks", here=here, there=there)


def outcome(line: RenewalLine, say: Say) -> str:
    """Say what happens if nothing is done, as sure as the facts are."""
    said = say(f"renewal-{line.certainty.value}-{line.outcome.value}", **_values(line, say))
    if line.by_distributor and line.outcome is RenewalOutcome.EXTENDS:
        return say("renewal-unless-distributor", what=said)
    return say("renewal-if-nothing", what=said)


def _values(line: RenewalLine, say: Say) -> dict[str, object]:
    """Return what the sentence about an outcome needs."""
    match line.outcome:
        case RenewalOutcome.RENEWS:
            return {"term": _term(line.next_term, say)}
        case RenewalOutcome.RENEWS_AS_SCHEDULED:
            return {"what": _schedule_words(line, say)}
        case RenewalOutcome.ENDS | RenewalOutcome.LOCKED:
            return {"day": line.term_end}
        case _:
            return {}


def _schedule_words(line: RenewalLine, say: Say) -> str:
    """Say what of the next term is another than now."""
    planned = line.scheduled
    said = []
    if planned and planned.seats is not None:
        said.append(say("renewal-seats", n=planned.seats))
    if planned and planned.offer and planned.offer != line.offer:
        said.append(say("renewal-another-product"))
    if planned and planned.term and planned.term != line.term:
        said.append(_term(planned.term, say))
    return say.enumeration(said) if said else say("renewal-as-scheduled")


def _term(term: str, say: Say) -> str:
    words = TERM_WORDS.get(term.lower())
    return say(f"renewal-for-{term.lower()}") if words else say("renewal-for-another-term")


def remedies(line: RenewalLine, say: Say) -> list[str]:
    """Say what can still be done; nothing where the facts tell nothing that can."""
    said = [say(f"renewal-remedy-{each.value}") for each in line.remedies if each in _NOW]
    lines = [say("renewal-can-do", what=BETWEEN.join(said))] if said else []
    if line.then_until and Remedy.CUT_AFTER in line.remedies:
        lines.append(say("renewal-cut-after", until=both_clocks(line.then_until, say)))
    elif line.then_until:
        lines.append(say("renewal-last-part", until=both_clocks(line.then_until, say)))
    return lines


_NOW = frozenset(Remedy) - {Remedy.CUT_AFTER}
"""What can be done before the deadline."""


def doubts(line: RenewalLine, say: Say) -> list[str]:
    """Say why it is *may*."""
    return [say(f"renewal-doubt-{each.value}") for each in line.doubts]


def could_go(line: RenewalLine, say: Say) -> list[str]:
    """Say how many of the seats no user had in 28 days; nothing where none, or not known."""
    free, spare = line.could_go, line.spare
    if not isinstance(free, int) or not free or spare is None or line.seats is None:
        return []
    counts = {"could": free, "seats": line.seats, "n": spare.days}
    return [say("renewal-could-go", **counts)]


def unseen(line: RenewalLine, now: datetime, say: Say) -> list[str]:
    """Say that the facts are older than a deadline so near allows; nothing where they are not."""
    if line.fetched is None or line.act_by - now > _NEAR:
        return []
    return [say("renewal-unseen", day=line.fetched)] if now.date() - line.fetched > _OLD else []


def link(line: RenewalLine, say: Say) -> Link | None:
    """Return the way to the customer's subscriptions in Partner Center."""
    page = customer_page(line.customer.id)
    return Link(say("open-in-partner-center"), page) if page else None
