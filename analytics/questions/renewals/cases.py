"""Cases that the end of a subscription's term can be, and what can follow from them."""

from enum import Enum


class RenewalCase(Enum):
    """The case that the end of a term is: exactly one, in the order of the decision."""

    IN_EXTENSION = "in-extension"
    """It is in a paid extension already, billed by the month until it is cancelled."""
    TRIAL = "trial"
    """A trial: it converts or ends; which, differs by offer and is unsure."""
    LEGACY = "legacy"
    """Sold before new commerce: by old rules. Its end is the first day without it."""
    WINDOW_OPEN = "window-open"
    """Bought or renewed days ago, for more than a month: it can still be cancelled whole."""
    CANCELS = "cancels"
    """Cancellation at the end of the term was chosen."""
    EXTENSION_CHOSEN = "extension-chosen"
    """The paid extension was chosen."""
    SCHEDULED = "scheduled"
    """It renews, as something else than it is: seats, product, term or end are scheduled."""
    EXTENSION = "extension"
    """Auto-renew is off, and nothing else was chosen: the paid extension follows (or may)."""
    NOT_ELIGIBLE = "not-eligible"
    """Auto-renew is off, and no paid extension is offered for it: old grace, or it ends."""
    QUIET = "quiet"
    """A term of a month that renews by itself: counted, never a line."""
    RENEWS = "renews"
    """It renews by itself."""

    @property
    def is_extension(self) -> bool:
        """Check whether it leads into a paid extension, or is in one."""
        return self in {
            RenewalCase.IN_EXTENSION,
            RenewalCase.EXTENSION_CHOSEN,
            RenewalCase.EXTENSION,
        }


class Certainty(Enum):
    """The certainty of what happens if nothing is done."""

    WILL = "will"
    """The source told all that it rests on."""
    MAY = "may"
    """Something that it rests on was not told, or Microsoft's rule is not settled."""


class RenewalDoubt(Enum):
    """The reason why a line says *may*."""

    ACTIONS_NOT_TOLD = "actions-not-told"
    """Auto-renew is off, and the source did not tell whether cancellation was chosen."""
    OLDER_PURCHASE = "older-purchase"
    """Bought before the rule and renewed since, or the day is not known: sources differ."""
    KIND_NOT_TOLD = "kind-not-told"
    """The source did not tell the kind of product, which decides whether the rule covers it."""
    AUTO_RENEW_NOT_TOLD = "auto-renew-not-told"
    CONTRADICTION = "contradiction"
    """Auto-renew says one thing and what is scheduled another."""
    BY_OFFER = "by-offer"
    """What becomes of a trial, and of what no rule of new commerce covers, differs by offer."""


class RenewalOutcome(Enum):
    """The thing that happens if nothing is done."""

    RENEWS = "renews"
    """The same seats for the next term: `next_term`."""
    RENEWS_AS_SCHEDULED = "renews-as-scheduled"
    """A change in mid-term deletes the schedule."""
    EXTENDS = "extends"
    """Paid and billed by the month, until cancelled."""
    STAYS_EXTENDED = "stays-extended"
    """Billed for another month."""
    ENDS = "ends"
    """Users lose access that day; it cannot be reactivated; data is kept for a time."""
    LOCKED = "locked"
    """The seats cannot be given back before the term is over."""
    OLD_GRACE = "old-grace"
    """By old rules: grace without a charge, then it is suspended; or it ends."""
    CONVERTS_OR_ENDS = "converts-or-ends"


class Remedy(Enum):
    """A thing that can still be done."""

    CANCEL = "cancel"
    """Cancel it now."""
    REMOVE_SEATS = "remove-seats"
    """Give seats back now."""
    SCHEDULE = "schedule"
    """Schedule other seats, another product or term for the renewal, or change the schedule."""
    TURN_OFF = "turn-off"
    """Turn auto-renew off: in legacy alone, since elsewhere a paid extension could follow."""
    CANCEL_AT_END = "cancel-at-end"
    """Choose cancellation at the end of the term."""
    RENEW = "renew"
    """Turn auto-renew on, or choose a new term."""
    CUT_AFTER = "cut-after"
    """Cancel or give seats back in the days after the renewal: until `then_until`."""
    BUY = "buy"
    """Buy it before the trial ends."""


class SetApartReason(Enum):
    """Why a standing subscription has no line."""

    SUSPENDED = "suspended"
    NO_END = "no-end"
    OTHER_STATE = "other-state"
    """A state that is none of ours, such as a purchase that is not done."""
    LONG_PAST = "long-past"
    """Active, and its end is more than the window and a day ago: the source shows no new term."""
    NOT_ASKED_YET = "not-asked-yet"
    """Its row does not tell what is scheduled: fetched by an earlier version, imported, or of a
    form that could not be read. It is fetched again first.
    """
