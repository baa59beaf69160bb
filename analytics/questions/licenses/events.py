"""Events in the seats that the partner sold: steps of single subscriptions, and moves of seats from
one subscription to another, which are neither added nor reduced.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.questions.product_families import product_family
from analytics.questions.seat_steps import SeatStep, StepKind
from analytics.rules import dated_rule

MOVED_WITHIN = timedelta(days=3)
"""Most days between the two steps of a move."""

_RULE = dated_rule("cancellation-window")
_WINDOW = timedelta(days=_RULE.numbers["days"])
_ONE = timedelta(days=1)
_NOT_MOVED = frozenset({StepKind.CONVERTED})
"""Gains whose seats were there before, as a trial's."""


@dataclass(frozen=True, slots=True)
class LicenceEvent:
    """A step, or the step by which seats came from another subscription (`source`)."""

    step: SeatStep
    source: SeatStep | None = None
    """The step by which they left the other one; None if nothing moved."""
    unusual: bool = False
    """True of a reduction that no partner can make: outside of the days in which Microsoft lets one
    cancel, and not at a renewal. Microsoft or a migration did it.
    """

    @property
    def day(self) -> date:
        """The day that it counts on: of a move that on which the seats arrived."""
        return self.step.day

    @property
    def moves(self) -> int:
        """Seats moved; 0 if none."""
        return self.step.change if self.source else 0

    @property
    def adds(self) -> int:
        """Seats added: none by a move."""
        return 0 if self.source else max(self.step.change, 0)

    @property
    def reductions(self) -> int:
        """Seats reduced: none by a move."""
        return 0 if self.source else max(-self.step.change, 0)

    def moves_into(self, counts: Callable[[str], bool]) -> int:
        """Return the seats that moved into the products that count, without those out of them."""
        if not self.source:
            return 0
        return self.moves * (counts(self.step.product) - counts(self.source.product))


def licence_events(steps: Sequence[SeatStep]) -> list[LicenceEvent]:
    """Return the events that the steps are, by day; a step is in one event alone."""
    sources = {id(gain): loss for gain, loss in _moves(steps)}
    gone = {id(loss) for loss in sources.values()}
    found = [
        LicenceEvent(step, source, unusual=source is None and is_unusual(step))
        for step in steps
        if id(step) not in gone
        for source in (sources.get(id(step)),)
    ]
    return sorted(found, key=lambda each: each.day)


def is_unusual(step: SeatStep) -> bool:
    """Check whether a reduction lies outside of every window that is known: seven days from the
    purchase, a renewal, the end of a term, and from days on which seats were added. What
    was sold before new commerce may be reduced on any day.
    """
    if step.change >= 0 or step.legacy or step.kind is StepKind.LEFT or not _RULE.holds(step.day):
        return False
    renewed = step.was_end + _ONE if step.was_end else None
    known = [day for day in (step.created, step.starts, step.renewed, renewed) if day]
    gained = [step.gained] if step.gained else []
    first = step.day if step.moment or step.told_day else step.seen
    return bool(known) and not any(
        begin <= step.day and first <= begin + _WINDOW for begin in (*known, *gained)
    )


def _moves(steps: Sequence[SeatStep]) -> Iterator[tuple[SeatStep, SeatStep]]:
    """Yield gains with the losses that they came from: those that the source names first, then the
    nearest of the same customer, family and number of seats within three days.
    """
    gains = [each for each in steps if each.change > 0 and each.kind not in _NOT_MOVED]
    losses = defaultdict[tuple[str, int], list[SeatStep]](list)
    for step in steps:
        if step.change < 0 and step.kind is not StepKind.LEFT:
            losses[step.tenant, -step.change].append(step)
    for fits in (_was_carried_over, _is_of_family):
        for gain in [*gains]:
            own = losses[gain.tenant, gain.change]
            near = [each for each in own if _is_near(gain, each) and fits(gain, each)]
            if near:
                loss = min(near, key=lambda each: (abs(gain.day - each.day), each.subscription))
                own.remove(loss)
                gains.remove(gain)
                yield gain, loss


def _is_near(gain: SeatStep, loss: SeatStep) -> bool:
    apart = gain.subscription != loss.subscription
    return apart and abs(gain.day - loss.day) <= MOVED_WITHIN


def _was_carried_over(gain: SeatStep, loss: SeatStep) -> bool:
    return gain.kind is StepKind.BOUGHT and gain.migrated_from == loss.subscription


def _is_of_family(gain: SeatStep, loss: SeatStep) -> bool:
    return product_family(gain.product) == product_family(loss.product)
