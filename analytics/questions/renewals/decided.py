"""What is decided of the rows that questions about renewals find, and how many are of each case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from analytics.questions.renewals.cases import RenewalCase, SetApartReason
from analytics.questions.renewals.order import CaseDecision, decision_of
from analytics.questions.renewals.span import RenewalSpan
from analytics.questions.renewals.traits import RenewalTraits
from analytics.warehouse.facts import Facts

_SIGNATURES = """
    SELECT signature, any_value(traits), any_value(window_open), any_value(long_past),
        any_value(is_over)
    FROM {renewal_rows} GROUP BY signature ORDER BY signature"""

_COUNTS = """
    SELECT label, extends, in_period, week, count(*) AS rows,
        coalesce(sum(seats), 0)::BIGINT AS seats
    FROM {renewal_due} GROUP BY ALL ORDER BY ALL"""

_NO_REFUND_LINE = (
    RenewalCase.IN_EXTENSION,
    RenewalCase.TRIAL,
    RenewalCase.LEGACY,
    RenewalCase.QUIET,
)
"""Cases whose seats can be given back on any day, or are locked for a month at most: so are those
of all terms of a month.
"""


@dataclass(frozen=True, slots=True)
class RenewalGroup:
    """Rows of `{renewal_due}` of one case or reason, one week, and in the period or not."""

    decided: RenewalCase | SetApartReason
    extends: bool
    in_period: bool
    week: int | None
    """Number of the week of 13, from 0; None for later ones, and for rows without a deadline."""
    rows: int
    seats: int


@dataclass(frozen=True, slots=True)
class DecidedSignatures:
    """The decision about each signature that the rows have."""

    span: RenewalSpan
    by_signature: Mapping[int, CaseDecision | SetApartReason]
    monthly: frozenset[int]
    """The signatures of terms of a month."""

    @property
    def values(self) -> Mapping[str, object]:
        """Values of `{renewal_due}` for all rows."""
        return self._values(self.by_signature)

    @property
    def line_values(self) -> Mapping[str, object]:
        """Values of `{renewal_due}` for the rows that are lines: cases that are not quiet."""
        return self._values([at for at in self.by_signature if self._is_line(at)])

    def _is_line(self, signature: int) -> bool:
        its = self.by_signature[signature]
        return isinstance(its, CaseDecision) and its.case is not RenewalCase.QUIET

    def _values(self, signatures: Iterable[int]) -> Mapping[str, object]:
        told = {at: self.by_signature[at] for at in signatures}
        cases = {at: each.case for at, each in told.items() if isinstance(each, CaseDecision)}
        return {
            **self.span.values,
            "signatures": list(told),
            "labels": [_label(each) for each in told.values()],
            "bases": [_basis(each) for each in told.values()],
            "extending": [at in cases and cases[at].is_extension for at in told],
            "refunding": [
                at in cases and cases[at] not in _NO_REFUND_LINE and at not in self.monthly
                for at in told
            ],
        }

    def groups(self, facts: Facts) -> tuple[RenewalGroup, ...]:
        """Return how many rows there are of each case, week by week."""
        return tuple(_group(*each) for each in facts.rows(_COUNTS, **self.values))


def decided_signatures(facts: Facts, ahead: RenewalSpan) -> DecidedSignatures:
    """Return the decisions about all rows of a span: one for each signature, of which thousands of
    rows have the same.
    """
    found = facts.rows(_SIGNATURES, **ahead.row_values)
    traits = {
        cast("int", at): RenewalTraits.of(str(text), *of_the_day) for at, text, *of_the_day in found
    }
    return DecidedSignatures(
        ahead,
        {at: decision_of(its) for at, its in traits.items()},
        frozenset(at for at, its in traits.items() if its.monthly),
    )


def _label(decided: CaseDecision | SetApartReason) -> str:
    return decided.case.value if isinstance(decided, CaseDecision) else decided.value


def _basis(decided: CaseDecision | SetApartReason) -> str:
    if isinstance(decided, CaseDecision):
        return decided.basis.value
    return "unasked" if decided is SetApartReason.NOT_ASKED_YET else "apart"


def _group(label: object, *cells: object) -> RenewalGroup:
    known: Iterable[RenewalCase | SetApartReason] = (*RenewalCase, *SetApartReason)
    decided = next(each for each in known if each.value == label)
    return RenewalGroup(decided, *cells)  # type: ignore[arg-type]  # in the query's order
