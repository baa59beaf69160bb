"""What the case of a subscription's end depends on."""

from dataclasses import dataclass
from enum import Enum


class EndAction(Enum):
    """The choice for the end of the term, as the source tells it."""

    NOT_TOLD = "not-told"
    """The key never came."""
    NONE = "none"
    """The key came, and holds no choice."""
    CANCEL = "Cancel"
    NEW_TERM = "RenewToNewTerm"
    EXTENSION = "RenewToExtendedServiceTerm"
    TRANSITION = "Transition"
    UNKNOWN = "unknown"
    """A word that no rule knows, or several of them: as if the key never came."""


class Told(Enum):
    """An answer that a row gives, or does not."""

    YES = "yes"
    NO = "no"
    NOT_TOLD = "not-told"


@dataclass(frozen=True, slots=True)
class RenewalTraits:
    """All of a row that its case depends on."""

    state: str
    """active, suspended or other; ended ones are no rows."""
    endless: bool
    long_past: bool
    unasked: bool
    in_extension: bool
    trial: bool
    legacy: bool
    window_open: bool
    action: EndAction
    scheduled: bool
    """Seats, product, term or end of the next term are scheduled."""
    auto_renew: Told
    covered_kind: Told
    """Whether the extension covers its kind of product."""
    covered_purchase: Told
    """Whether it covers the day of purchase; not told where that is before the rule's and a
    renewal is not: sources differ.
    """
    covered_end: bool
    monthly: bool
    over: bool
    """The term is over."""

    @classmethod
    def of(cls, text: str, window_open: object, long_past: object, over: object) -> "RenewalTraits":
        """Read the traits of `{renewal_terms}`, with those of the day beside them. Raises
        ValueError for another text.
        """
        state, action, auto_renew, kind, purchase, *flags = text.split("/")
        names = (
            *("endless", "unasked", "in_extension", "trial", "legacy", "scheduled"),
            *("covered_end", "monthly"),
        )
        return cls(
            state=state,
            action=EndAction(action),
            auto_renew=Told(auto_renew),
            covered_kind=Told(kind),
            covered_purchase=Told(purchase),
            window_open=bool(window_open),
            long_past=bool(long_past),
            over=bool(over),
            **{name: flag == "true" for name, flag in zip(names, flags, strict=True)},
        )

    @property
    def may_extend(self) -> bool:
        """Check whether nothing that was told rules the paid extension out."""
        covered = (self.covered_kind, self.covered_purchase)
        return self.covered_end and Told.NO not in covered
