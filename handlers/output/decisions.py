"""Decisions about terms in words, and the buttons with which a reader decides."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from analytics.questions.renewals import SHOWN
from analytics.questions.renewals.due import DueRenewals
from analytics.questions.renewals.lines import RenewalLine, RenewalRule, TermDecision
from handlers.chat.asking import View
from handlers.chat.decisions import (
    Decision,
    DecisionKind,
    DecisionSubject,
    ShownDecision,
    TermState,
)
from handlers.chat.reply import Choice, Choices, Paragraph, Part, TextInput, every_choice
from handlers.chat.services import Say

_COMMAND = "/decide"


def term_state(line: RenewalLine) -> TermState:
    """Return the state of a line's term, upon which a decision is made."""
    return TermState(line.case.value, line.act_by.date())


def latest_snooze(line: RenewalLine) -> date:
    """Return the last day until which a line can be snoozed: its last day to act on, and never
    beyond its term.
    """
    return min(line.act_by.date(), line.term_end)


def state_word(line: RenewalLine) -> str:
    """Return what a button agrees to: once it is otherwise, the button decides nothing."""
    state = term_state(line)
    return f"{state.case}:{state.act_by}"


def with_decisions(
    lines: Sequence[RenewalLine], found: Mapping[str, ShownDecision], now: datetime, *, admin: bool
) -> tuple[RenewalLine, ...]:
    """Return the lines with the decisions that stand about them; an `admin` may undo each."""
    return tuple(
        replace(line, decided=_standing(line, found.get(line.identity.key), now, admin=admin))
        for line in lines
    )


def _standing(
    line: RenewalLine, shown: ShownDecision | None, now: datetime, *, admin: bool
) -> TermDecision | None:
    if shown is None or not shown.decision.stands(term_state(line), now.date()):
        return None
    its = shown.decision
    return TermDecision(
        kind=its.kind.value,
        until=its.until,
        why=its.why,
        by=shown.by,
        at=its.at,
        is_own=shown.is_own,
        may_undo=shown.is_own or admin,
    )


def line_parts(line: RenewalLine, now: datetime, say: Say) -> tuple[Part, ...]:
    """Return what stands behind a line: its buttons, or the decision with the one to undo it."""
    if line.decided:
        said = standing_sentence(line.decided, say)
        undo = (
            _undo_choices(line.identity.key, line.decided.at, say) if line.decided.may_undo else ()
        )
        return (Choices(said, undo) if undo else Paragraph(said),)
    return (Choices("", line_choices(line, now, say)),)


def line_choices(line: RenewalLine, now: datetime, say: Say) -> tuple[Choice, ...]:
    """Return the buttons to decide about a line. Who may see the customer may press them, also
    where the answer is shared.
    """
    kinds = [DecisionKind.DONE, DecisionKind.KEEP]
    kinds += [DecisionKind.SNOOZE] if latest_snooze(line) > now.date() else []
    return tuple(
        Choice(
            say(f"button-decide-{kind.value}"),
            f"{_COMMAND} {kind.value} {line.identity.key}",
            state_word(line),
            by_reader=True,
            lasts=line.act_by,
        )
        for kind in kinds
    )


def terms_to_decide(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the keys of the terms that an answer's buttons decide about, each once."""
    found = (choice.text.split() for choice in every_choice(parts))
    return tuple(dict.fromkeys(words[2] for words in found if words[:1] == [_COMMAND]))


def due_terms(result: object) -> tuple[str, ...]:
    """Return the keys of the terms that a reminder names, or counts in a summary without names;
    none for another answer. Those beyond the ten that have room come another morning.
    """
    if not isinstance(result, DueRenewals):
        return ()
    return tuple(line.identity.key for line in result.lines[:SHOWN])


def _undo_choices(key: str, made: datetime, say: Say) -> tuple[Choice, ...]:
    return (Choice(say("button-decide-undo"), f"{_COMMAND} undo {key}", made.isoformat()),)


def with_undo(said: str, shown: ShownDecision, say: Say, *, may: bool) -> Part:
    """Return a sentence about a decision, with the button to undo it for those who `may`."""
    its = shown.decision
    undo = _undo_choices(its.about.key, its.at, say) if may else ()
    return Choices(said, undo) if undo and not its.undone else Paragraph(said)


def snooze_form(line: RenewalLine, say: Say) -> Part:
    """Return the form that asks until which day, and why."""
    text = f"{_COMMAND} {DecisionKind.SNOOZE.value} {line.identity.key}"
    send = Choice(say("button-snooze"), text, state_word(line), view=View.FORM)
    return TextInput(say("decide-snooze-prompt", day=latest_snooze(line)), send)


def why_form(its: Decision, say: Say) -> Part:
    """Return the form that asks for the reason of a decision that was made."""
    text, made = f"{_COMMAND} why {its.about.key}", its.at.isoformat()
    send = Choice(say("button-why"), text, made, view=View.FORM)
    return TextInput(say("decide-why-prompt"), send)


def decision_sentence(shown: ShownDecision, say: Say) -> str:
    """Say what was decided, by whom and when, why, and whether it was undone."""
    its = shown.decision
    by = say("decision-you") if shown.is_own else shown.by
    said = _what_and_why((its.kind.value, its.until, its.why), (by, its.at), say)
    if its.undone:
        return f"{said} {_who_and_when('decision-undone', shown.undone_by, its.undone.at, say)}"
    return said


def standing_sentence(its: TermDecision, say: Say) -> str:
    """Say what was decided about a line, by whom and when, and why."""
    by = say("decision-you") if its.is_own else its.by
    return _what_and_why((its.kind, its.until, its.why), (by, its.at), say)


def _what_and_why(what: tuple[str, date | None, str], who: tuple[str, datetime], say: Say) -> str:
    kind, until, why = what
    words = say(f"decision-{kind}", until=until) if until else say(f"decision-{kind}")
    said = _who_and_when("decision-made", *who, say, what=words)
    return f"{said} {say('decision-why', why=why)}" if why else said


def term_words(customer: str, titles: Sequence[str], about: DecisionSubject, say: Say) -> str:
    """Name a term: whose, of which product, and its last day; or the seats added during it."""
    values = {"customer": customer, "product": next(filter(None, titles), "")}
    refund = about.rule == RenewalRule.REFUND.value
    return say("decision-term-refund" if refund else "decision-term", end=about.term_end, **values)


def _who_and_when(sentence: str, by: str, at: datetime, say: Say, **values: object) -> str:
    if by:
        return say(f"{sentence}-by", by=by, at=say.clock(at), **values)
    return say(sentence, at=say.clock(at), **values)
