"""The one case that a subscription's end is, in the order in which it is decided: a pure function
of one row's traits.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from analytics.questions.renewals.cases import (
    Certainty,
    Remedy,
    RenewalCase,
    RenewalDoubt,
    RenewalOutcome,
    SetApartReason,
)
from analytics.questions.renewals.traits import EndAction, RenewalTraits, Told


class DeadlineBasis(Enum):
    """The instant that `act_by` is counted from."""

    END = "end"
    """The last second of the day on which the term ends."""
    NOTICE = "notice"
    """The same, less the time that a choice for the end may take."""
    EXCLUSIVE = "exclusive"
    """The last second before that day: the end is the first day without it."""
    CHOSEN = "chosen"
    """The last second of the day chosen for the cancellation, at latest of the term's last day."""
    WINDOW = "window"
    """The instant up to which it can be cancelled."""
    ANY_DAY = "any-day"
    """That instant where it is on the last day of the term, else the last second of that day."""


@dataclass(frozen=True, slots=True)
class CaseDecision:
    """A row's case, and what follows from it."""

    case: RenewalCase
    doubts: tuple[RenewalDoubt, ...]
    outcome: RenewalOutcome
    remedies: tuple[Remedy, ...]
    basis: DeadlineBasis

    @property
    def certainty(self) -> Certainty:
        """*Will*, unless there is a doubt."""
        return Certainty.MAY if self.doubts else Certainty.WILL


def decision_of(traits: RenewalTraits) -> CaseDecision | SetApartReason:
    """Return a row's one case, or why it has none."""
    for reason, applies in _APART:
        if applies(traits):
            return reason
    case = next(case for case, applies in _CASES if applies(traits))
    return CaseDecision(
        case, tuple(_doubts(case, traits)), _outcome(case, traits), _remedies(case, traits),
        _basis(case, traits),
    )  # fmt: skip


_Test = Callable[[RenewalTraits], bool]

_APART: tuple[tuple[SetApartReason, _Test], ...] = (
    (SetApartReason.SUSPENDED, lambda its: its.state == "suspended"),
    (SetApartReason.OTHER_STATE, lambda its: its.state != "active"),
    (SetApartReason.NO_END, lambda its: its.endless),
    (SetApartReason.LONG_PAST, lambda its: its.long_past),
    (SetApartReason.NOT_ASKED_YET, lambda its: its.unasked),
)
"""Reasons to have no case, the first one that applies."""

_NEW_TERMS = (EndAction.NEW_TERM, EndAction.TRANSITION)

_CASES: tuple[tuple[RenewalCase, _Test], ...] = (
    (RenewalCase.IN_EXTENSION, lambda its: its.in_extension),
    (RenewalCase.TRIAL, lambda its: its.trial),
    (RenewalCase.LEGACY, lambda its: its.legacy),
    (RenewalCase.WINDOW_OPEN, lambda its: its.window_open and not its.monthly),
    (RenewalCase.CANCELS, lambda its: its.action is EndAction.CANCEL),
    (RenewalCase.EXTENSION_CHOSEN, lambda its: its.action is EndAction.EXTENSION),
    (RenewalCase.SCHEDULED, lambda its: its.scheduled or its.action in _NEW_TERMS),
    (RenewalCase.EXTENSION, lambda its: its.auto_renew is Told.NO and its.may_extend),
    (RenewalCase.NOT_ELIGIBLE, lambda its: its.auto_renew is Told.NO),
    (RenewalCase.QUIET, lambda its: its.monthly and its.auto_renew is Told.YES),
    (RenewalCase.RENEWS, lambda _: True),
)
"""The cases, the first one that applies. What does not tell whether it renews is none of the quiet
ones.
"""

_UNSEEN = (EndAction.NOT_TOLD, EndAction.UNKNOWN)


def _doubts(case: RenewalCase, its: RenewalTraits) -> Iterator[RenewalDoubt]:
    """Yield why it says *may*; nothing where the source told all that the case rests on."""
    found = {
        RenewalCase.IN_EXTENSION: {RenewalDoubt.ACTIONS_NOT_TOLD: its.action in _UNSEEN},
        RenewalCase.TRIAL: {RenewalDoubt.BY_OFFER: True},
        RenewalCase.LEGACY: {RenewalDoubt.BY_OFFER: True},
        RenewalCase.CANCELS: {RenewalDoubt.CONTRADICTION: its.auto_renew is Told.YES},
        RenewalCase.SCHEDULED: {
            RenewalDoubt.CONTRADICTION: _is_switched_off(its),
            RenewalDoubt.AUTO_RENEW_NOT_TOLD: its.action not in _NEW_TERMS
            and its.auto_renew is Told.NOT_TOLD,
        },
        RenewalCase.EXTENSION: {
            RenewalDoubt.ACTIONS_NOT_TOLD: its.action in _UNSEEN,
            RenewalDoubt.OLDER_PURCHASE: its.covered_purchase is Told.NOT_TOLD,
            RenewalDoubt.KIND_NOT_TOLD: its.covered_kind is Told.NOT_TOLD,
        },
        RenewalCase.NOT_ELIGIBLE: {RenewalDoubt.BY_OFFER: True},
        RenewalCase.RENEWS: {
            RenewalDoubt.AUTO_RENEW_NOT_TOLD: its.auto_renew is Told.NOT_TOLD,
            RenewalDoubt.ACTIONS_NOT_TOLD: its.action is EndAction.UNKNOWN,
        },
    }
    yield from (doubt for doubt, holds in found.get(case, {}).items() if holds)


def _is_switched_off(its: RenewalTraits) -> bool:
    """Check whether a change is scheduled for a renewal that auto-renew says will not come."""
    return its.action not in _NEW_TERMS and its.auto_renew is Told.NO


_OUTCOMES: Mapping[RenewalCase, RenewalOutcome] = {
    RenewalCase.IN_EXTENSION: RenewalOutcome.STAYS_EXTENDED,
    RenewalCase.TRIAL: RenewalOutcome.CONVERTS_OR_ENDS,
    RenewalCase.LEGACY: RenewalOutcome.OLD_GRACE,
    RenewalCase.WINDOW_OPEN: RenewalOutcome.LOCKED,
    RenewalCase.CANCELS: RenewalOutcome.ENDS,
    RenewalCase.EXTENSION_CHOSEN: RenewalOutcome.EXTENDS,
    RenewalCase.SCHEDULED: RenewalOutcome.RENEWS_AS_SCHEDULED,
    RenewalCase.EXTENSION: RenewalOutcome.EXTENDS,
    RenewalCase.NOT_ELIGIBLE: RenewalOutcome.OLD_GRACE,
    RenewalCase.QUIET: RenewalOutcome.RENEWS,
    RenewalCase.RENEWS: RenewalOutcome.RENEWS,
}


def _outcome(case: RenewalCase, its: RenewalTraits) -> RenewalOutcome:
    """Return what happens if nothing is done; what is in the extension may have another choice."""
    if case is RenewalCase.IN_EXTENSION and its.action is EndAction.CANCEL:
        return RenewalOutcome.ENDS
    if case is RenewalCase.IN_EXTENSION and (its.scheduled or its.action in _NEW_TERMS):
        return RenewalOutcome.RENEWS_AS_SCHEDULED
    return _OUTCOMES[case]


_REMEDIES: Mapping[RenewalCase, tuple[Remedy, ...]] = {
    RenewalCase.IN_EXTENSION: (Remedy.CANCEL, Remedy.RENEW),
    RenewalCase.TRIAL: (Remedy.BUY,),
    RenewalCase.LEGACY: (Remedy.RENEW,),
    RenewalCase.WINDOW_OPEN: (Remedy.CANCEL, Remedy.REMOVE_SEATS),
    RenewalCase.CANCELS: (Remedy.RENEW,),
    RenewalCase.EXTENSION_CHOSEN: (Remedy.CANCEL_AT_END, Remedy.RENEW),
    RenewalCase.SCHEDULED: (Remedy.SCHEDULE, Remedy.CANCEL_AT_END, Remedy.CUT_AFTER),
    RenewalCase.EXTENSION: (Remedy.CANCEL_AT_END, Remedy.RENEW),
    RenewalCase.NOT_ELIGIBLE: (Remedy.RENEW,),
    RenewalCase.RENEWS: (Remedy.SCHEDULE, Remedy.CANCEL_AT_END, Remedy.CUT_AFTER),
}

_REMEDIES_AFTER: Mapping[RenewalCase, tuple[Remedy, ...]] = {
    RenewalCase.IN_EXTENSION: (Remedy.CANCEL, Remedy.RENEW),
    RenewalCase.WINDOW_OPEN: (Remedy.CANCEL, Remedy.REMOVE_SEATS),
    RenewalCase.EXTENSION_CHOSEN: (Remedy.CANCEL, Remedy.RENEW),
    RenewalCase.SCHEDULED: (Remedy.CUT_AFTER,),
    RenewalCase.EXTENSION: (Remedy.CANCEL, Remedy.RENEW),
    RenewalCase.RENEWS: (Remedy.CUT_AFTER,),
}
"""Once the term is over: an extension can be cancelled on any day; what was cancelled cannot be
brought back.
"""


def _remedies(case: RenewalCase, its: RenewalTraits) -> tuple[Remedy, ...]:
    if case is RenewalCase.LEGACY and its.auto_renew is Told.YES:
        return () if its.over else (Remedy.TURN_OFF,)
    return (_REMEDIES_AFTER if its.over else _REMEDIES).get(case, ())


_BASES: Mapping[RenewalCase, DeadlineBasis] = {
    RenewalCase.IN_EXTENSION: DeadlineBasis.ANY_DAY,
    RenewalCase.LEGACY: DeadlineBasis.EXCLUSIVE,
    RenewalCase.WINDOW_OPEN: DeadlineBasis.WINDOW,
    RenewalCase.CANCELS: DeadlineBasis.CHOSEN,
    RenewalCase.EXTENSION_CHOSEN: DeadlineBasis.NOTICE,
    RenewalCase.EXTENSION: DeadlineBasis.NOTICE,
}


def _basis(case: RenewalCase, its: RenewalTraits) -> DeadlineBasis:
    """Return what the deadline is counted from. An extension is to be turned a day before the end;
    that of a term of a month on its last day.
    """
    if its.monthly and case in {RenewalCase.EXTENSION, RenewalCase.EXTENSION_CHOSEN}:
        return DeadlineBasis.END
    return _BASES.get(case, DeadlineBasis.END)
