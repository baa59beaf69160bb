"""`/decide`: keeps what was decided about a subscription's term, or takes it back. Buttons ask it;
`/renewals done …` means it too.
"""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from analytics.questions.renewals.lines import RenewalLine
from analytics.questions.renewals.terms import renewal_term, subscription_titles
from analytics.values import Customer, plain
from handlers.chat.access import Permission
from handlers.chat.asking import Ask
from handlers.chat.command import Request
from handlers.chat.decision_refusals import AlreadyDecided, NotDecided
from handlers.chat.decisions import (
    LONGEST_WHY,
    Decision,
    DecisionKind,
    DecisionOrder,
    DecisionSubject,
    DecisionWord,
)
from handlers.chat.reply import Paragraph, Part, Reply
from handlers.chat.services import Services
from handlers.input.decision_order import UNDO, WHY, TypedDecision, read_decision
from handlers.output.decisions import (
    decision_sentence,
    latest_snooze,
    snooze_form,
    state_word,
    term_state,
    term_words,
    why_form,
    with_undo,
)

_UNAUDITED = "decision-saved-unaudited"


@dataclass(frozen=True, slots=True)
class DecideArgs:
    """The order as typed or pressed; decision_order.py reads it."""

    order: str


async def ask(request: Request[DecideArgs], services: Services) -> Reply:
    """Keep a decision of a reader who may see the customer, or take one back. Raises NotDecided,
    DecisionGone and NotOwnDecision; then nothing was changed.
    """
    if not request.args.order.split():
        return Reply((Paragraph(services.say("decide-how")),))
    today = services.now.astimezone(ZoneInfo(request.ask.zone)).date()
    order = read_decision(request.args.order.split(), request.ask.said, today)
    if order.verb == UNDO:
        return await _undo(_word(order, request.ask), services)
    if order.verb == WHY:
        return await _explain(order, _word(order, request.ask), services)
    line = await _line(_subject(order.about), services)
    if request.ask.confirms not in ("", state_word(line)):
        raise NotDecided("changed")
    kind = DecisionKind(order.verb)
    if kind is DecisionKind.SNOOZE and order.until is None:
        said = Paragraph(services.say("decide-until", term=_term(line, services)))
        return Reply((said, snooze_form(line, services.say)))
    return await _decide(line, kind, order, services)


async def _decide(
    line: RenewalLine, kind: DecisionKind, order: TypedDecision, services: Services
) -> Reply:
    _check_day(order.until, line, services)
    access = services.data.access
    wish = DecisionOrder(
        partner=access.partner,
        about=_subject(line.identity.key),
        state=term_state(line),
        kind=kind,
        until=order.until,
        why=_why(order),
        by=access.asker,
        at=services.now,
    )
    try:
        kept = await services.data.kept.decisions.decide(wish)
    except AlreadyDecided:
        said = Paragraph(services.say("decision-stands", term=_term(line, services)))
        return Reply((said, *await _newest_part(line, services)))
    said = Paragraph(services.say(f"decide-{kind.value}", term=_term(line, services)))
    more: tuple[Part, ...] = () if kept.why else (why_form(kept, services.say),)
    return Reply((said, *await _newest_part(line, services), *more), saved=_UNAUDITED)


async def _newest_part(line: RenewalLine, services: Services) -> tuple[Part, ...]:
    """Say the newest decision about a line's term, with the button that takes it back."""
    data, key = services.data, line.identity.key
    shown = (await data.decisions_about((key,))).get(key)
    if shown is None:
        return ()
    may = shown.is_own or data.access.may(Permission.GRANT)
    return (with_undo(decision_sentence(shown, services.say), shown, services.say, may=may),)


async def _undo(word: DecisionWord, services: Services) -> Reply:
    ended = await services.data.kept.decisions.undo(services.data.access, word)
    said = services.say("decide-undone", term=await _term_of(ended, services))
    return Reply((Paragraph(said),), saved=_UNAUDITED)


async def _explain(order: TypedDecision, word: DecisionWord, services: Services) -> Reply:
    """Keep the reason of the reader's own decision."""
    data, why = services.data, _why(order)
    if not why:
        raise NotDecided("no-why")
    explained = await data.kept.decisions.explain(data.access, word, why)
    said = services.say("decide-why", why=why, term=await _term_of(explained, services))
    return Reply((Paragraph(said),), saved=_UNAUDITED)


async def _line(about: DecisionSubject, services: Services) -> RenewalLine:
    """Return the term's line as it is now. Raises NotDecided for a term that is over, and alike for
    one of a customer whom the reader may not see.
    """
    names = await services.data.names((about.customer,))
    if about.customer not in names:
        raise NotDecided("changed")
    customer = Customer(about.customer, names[about.customer])
    found = await services.data.of(customer, renewal_term, about.key, about.term_end, services.now)
    if found is None:
        raise NotDecided("changed")
    return found


def _check_day(until: date | None, line: RenewalLine, services: Services) -> None:
    """Refuse a day that is too early to come back on, or too late to act on."""
    if until is None:
        return
    if until <= services.now.date():
        raise NotDecided("past-day", day=until)
    if until > latest_snooze(line):
        raise NotDecided("late-day", day=until, latest=latest_snooze(line))


def _subject(key: str) -> DecisionSubject:
    try:
        return DecisionSubject.parse(key)
    except ValueError:
        raise NotDecided("unread") from None


def _word(order: TypedDecision, ask: Ask) -> DecisionWord:
    """Return the decision that is meant: a button means the one it stood under."""
    return DecisionWord(_subject(order.about), ask.confirms)


def _why(order: TypedDecision) -> str:
    why = plain(order.why)
    if len(why) > LONGEST_WHY:
        raise NotDecided("long-why", most=LONGEST_WHY)
    return why


def _term(line: RenewalLine, services: Services) -> str:
    titles = (line.product, line.nickname, line.offer, line.subscription)
    return term_words(line.customer.name, titles, _subject(line.identity.key), services.say)


async def _term_of(its: Decision, services: Services) -> str:
    """Name the term of a decision, which may be over by now."""
    about = its.about
    names = await services.data.names((about.customer,))
    customer = Customer(about.customer, names.get(about.customer, about.customer))
    titles = await services.data.over(
        frozenset({about.customer}), subscription_titles, (about.subscription,)
    )
    named = (titles.get(about.subscription, ""), about.subscription)
    return term_words(customer.name, named, about, services.say)
