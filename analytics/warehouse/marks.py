"""The completeness of each dataset, with reasons: the findings of a sync or a check."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from analytics.warehouse.fetch_states import LOST_IF_KNOWN, STATES, FetchState


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a dataset is not complete."""

    sentence: str
    """Id of the sentence in the catalogue."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Values for the sentence; never a customer's name."""

    @property
    def without_counts(self) -> "Reason":
        """The same reason without a count of parts: a dataset's parts are often its customers."""
        told = UNCOUNTED.get(self.sentence, self.sentence)
        inner = self.values.get("why", "")
        if told == self.sentence and inner not in UNCOUNTED:
            return self
        values = {name: value for name, value in self.values.items() if name not in _COUNTS}
        return Reason(told, values | ({"why": UNCOUNTED.get(inner, inner)} if inner else {}))

    @property
    def state(self) -> FetchState:
        """The state that this reason tells of: what rests on a list that is kept waits with it."""
        own = STATES.get(self.sentence)
        if own is None and STATES.get(self.cause.sentence) is FetchState.KEPT:
            return FetchState.KEPT
        return own or FetchState.FAILED

    @property
    def cause(self) -> "Reason":
        """The reason behind this one: why another dataset, or parts of this, are missing."""
        if "why" not in self.values:
            return self
        deeper = {k: v for k, v in self.values.items() if k not in _COUNTS | {"why"}}
        return Reason(self.values["why"], deeper)

    @property
    def counts_parts(self) -> bool:
        """Check whether it tells of some parts of its dataset, not of all."""
        counts = {self.values.get("missing"), self.values.get("of")}
        return self.sentence in UNCOUNTED and None not in counts and len(counts) > 1


_COUNTS = frozenset({"missing", "of", "listed", "standing", "asked"})

UNCOUNTED = {
    "sync-why-no-gdap": "sync-why-no-gdap-uncounted",
    "sync-why-denied-plans": "sync-why-denied-plans-uncounted",
    "sync-why-azure-plans": "sync-why-azure-plans-uncounted",
    "sync-why-denied-offers": "sync-why-denied-offers-uncounted",
    "sync-why-offers-later": "sync-why-offers-later-uncounted",
    "sync-why-parts": "sync-why-parts-uncounted",
    "sync-why-kept": "sync-why-kept-uncounted",
    "sync-why-kept-customers": "sync-why-kept-uncounted",
    "sync-why-kept-products": "sync-why-kept-uncounted",
    "sync-why-kept-workloads": "sync-why-kept-uncounted",
}
"""Sentences that count parts or rows, each with the one that does not."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The completeness of a dataset in a generation, for every stamp that rests on the dataset."""

    dataset: str
    as_of: date | None
    """Day of the last fetch that was complete; None before the first."""
    reasons: tuple[Reason, ...] = ()
    """Reasons why it is not complete now, the gravest first; empty if it is."""
    calls: int = 0
    """Number of calls that its last sync took."""
    mismatch: str = ""
    """Id of what `check` found wrong in it; empty if all figures agree."""

    @property
    def without_counts(self) -> "Mark":
        """The same mark for readers who do not see all customers, and may not count them."""
        told = tuple(reason.without_counts for reason in self.reasons)
        return replace(self, reasons=told, calls=0)

    @property
    def state(self) -> FetchState:
        """The state of the dataset, by the gravest of its reasons. What was fetched once and is now
        not offered or not connected has failed.
        """
        if not self.reasons:
            return FetchState.COMPLETE
        states = [reason.state for reason in self.reasons]
        if FetchState.FAILED in states or (self.as_of and LOST_IF_KNOWN.intersection(states)):
            return FetchState.FAILED
        return states[0]


def by_cause(marks: Iterable[Mark]) -> list[tuple[Mark, ...]]:
    """Return the marks that are not complete, those of one state and the same causes together, in
    the order in which they come. What has not failed is of one day too. A mark that counts lost
    parts stands alone, unless another dataset has the same cause.
    """
    lacking = [mark for mark in marks if mark.reasons]
    shared = {_cause_key(mark) for mark in lacking if not _counts_parts(mark)}
    found: dict[object, list[Mark]] = {}
    for mark in lacking:
        alone = _counts_parts(mark) and _cause_key(mark) not in shared
        found.setdefault(mark.dataset if alone else _cause_key(mark), []).append(mark)
    return [tuple(together) for together in found.values()]


def _counts_parts(mark: Mark) -> bool:
    return any(reason.counts_parts for reason in mark.reasons)


def _cause_key(mark: Mark) -> tuple[object, ...]:
    causes = [(each.cause.sentence, *each.cause.values.items()) for each in mark.reasons]
    day = None if mark.state is FetchState.FAILED else mark.as_of
    return mark.state, day, frozenset(causes)


def mark_text(mark: Mark) -> str:
    """Return a mark as text, for a table to keep."""
    fields = asdict(mark) | {"as_of": mark.as_of and mark.as_of.isoformat()}
    return json.dumps(fields, sort_keys=True)


def mark_of(text: str) -> Mark:
    """Return the mark in a text of `mark_text`, or of an earlier version, which kept one reason as
    `because` and `values`.
    """
    fields = json.loads(text)
    day, because, values = (fields.pop(name, None) for name in ("as_of", "because", "values"))
    old = ({"sentence": because, "values": values or {}},) if because else ()
    reasons = tuple(Reason(**each) for each in fields.pop("reasons", old))
    return Mark(as_of=date.fromisoformat(day) if day else None, reasons=reasons, **fields)
