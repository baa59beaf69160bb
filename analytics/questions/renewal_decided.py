"""What is decided of the rows that questions about renewals find, and how many are of each case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from analytics.questions.renewal_cases import RenewalCase, SetApartReason
from analytics.questions.renewal_order import CaseDecision, decision_of
from analytics.questions.renewal_span import RenewalSpan
from analytics.questions.renewal_traits import RenewalTraits
from analytics.warehouse.facts import Facts

_SIGNATURES = "SELECT DISTINCT signature FROM {renewal_rows} ORDER BY signature"

_COUNTS = """
    SELECT label, extends, in_period, week, count(*) AS rows,
        coalesce(sum(seats), 0)::BIGINT AS seats, count(DISTINCT tenant) AS customers
    FROM {renewal_due} GROUP BY ALL ORDER BY ALL"""

_NO_REFUND_LINE = (
    RenewalCase.IN_EXTENSION,
    RenewalCase.TRIAL,
    RenewalCase.LEGACY,
    RenewalCase.QUIET,
)
"""Cases whose seats can be given back on any day, or are locked for a month at most."""


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
    customers: int


@dataclass(frozen=True, slots=True)
class DecidedSignatures:
    """The decision about each signature that the rows have."""

    span: RenewalSpan
    by_signature: Mapping[str, CaseDecision | SetApartReason]

    @property
    def values(self) -> Mapping[str, object]:
        """Values of `{renewal_due}`."""
        told = self.by_signature.values()
        cases = [each.case if isinstance(each, CaseDecision) else None for each in told]
        return {
            **self.span.values,
            "signatures": list(self.by_signature),
            "labels": [_label(each) for each in told],
            "bases": [_basis(each) for each in told],
            "extending": [bool(case and case.is_extension) for case in cases],
            "refunding": [
                _has_refund_line(traits_text, case)
                for traits_text, case in zip(self.by_signature, cases, strict=True)
            ],
        }

    def groups(self, facts: Facts) -> tuple[RenewalGroup, ...]:
        """Return how many rows there are of each case, week by week."""
        found = facts.rows(_COUNTS, **self.values)
        return tuple(_group(*each) for each in found)


def decided_signatures(facts: Facts, span: RenewalSpan) -> DecidedSignatures:
    """Return the decisions about all rows of a span: one for each signature, of which thousands of
    rows have the same.
    """
    found = cast("list[tuple[str]]", facts.rows(_SIGNATURES, **span.row_values))
    return DecidedSignatures(span, {text: decision_of(RenewalTraits.of(text)) for (text,) in found})


def _label(decided: CaseDecision | SetApartReason) -> str:
    return decided.case.value if isinstance(decided, CaseDecision) else decided.value


def _basis(decided: CaseDecision | SetApartReason) -> str:
    if isinstance(decided, CaseDecision):
        return decided.basis.value
    return "unasked" if decided is SetApartReason.NOT_ASKED_YET else "apart"


def _has_refund_line(signature: str, case: RenewalCase | None) -> bool:
    """Check whether seats that were added are a line of their own: in terms longer than a month."""
    return bool(case) and case not in _NO_REFUND_LINE and not RenewalTraits.of(signature).monthly


def _group(label: object, *cells: object) -> RenewalGroup:
    known: Iterable[RenewalCase | SetApartReason] = (*RenewalCase, *SetApartReason)
    decided = next(each for each in known if each.value == label)
    return RenewalGroup(decided, *cells)  # type: ignore[arg-type]  # in the query's order
