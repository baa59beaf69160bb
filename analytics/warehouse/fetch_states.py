"""States of a dataset after a sync: complete, failed, or one that may last and is no failure."""

from collections.abc import Mapping
from enum import Enum


class FetchState(Enum):
    """The way a dataset stands after a sync. All but FAILED and KEPT may last; FAILED alone needs
    an operator.
    """

    COMPLETE = "complete"
    FAILED = "failed"
    WAITING = "waiting"
    """Its first report is being prepared."""
    KEPT = "kept"
    """It came, and lists far fewer than before: earlier rows stay until a second fetch agrees."""
    NO_ACCESS_FOR_SOME = "no-access-for-some"
    """Complete but for customers or columns that the account may not see."""
    LIMITED = "limited"
    """Complete but for parts beyond the number that is asked for in a day."""
    NOT_OFFERED = "not-offered"
    """The account's catalogue of reports does not have it."""
    NOT_CONNECTED = "not-connected"
    """It needs a sign-in that was never made."""
    NOT_FOR_PROGRAM = "not-for-program"
    NOT_ASKED = "not-asked"
    """A replacement that was not needed."""


STATES: Mapping[str, FetchState] = {
    "sync-why-first-report": FetchState.WAITING,
    "sync-why-kept": FetchState.KEPT,
    "sync-why-kept-uncounted": FetchState.KEPT,
    "sync-why-kept-customers": FetchState.KEPT,
    "sync-why-kept-products": FetchState.KEPT,
    "sync-why-kept-workloads": FetchState.KEPT,
    "sync-why-service-gone": FetchState.KEPT,
    "sync-why-no-gdap": FetchState.NO_ACCESS_FOR_SOME,
    "sync-why-no-gdap-uncounted": FetchState.NO_ACCESS_FOR_SOME,
    "sync-why-redacted": FetchState.NO_ACCESS_FOR_SOME,
    "sync-why-denied-plans": FetchState.NO_ACCESS_FOR_SOME,
    "sync-why-denied-plans-uncounted": FetchState.NO_ACCESS_FOR_SOME,
    "sync-why-denied-offers": FetchState.NO_ACCESS_FOR_SOME,
    "sync-why-denied-offers-uncounted": FetchState.NO_ACCESS_FOR_SOME,
    "sync-why-offers-later": FetchState.LIMITED,
    "sync-why-offers-later-uncounted": FetchState.LIMITED,
    "sync-why-azure-plans": FetchState.LIMITED,
    "sync-why-azure-plans-uncounted": FetchState.LIMITED,
    "sync-why-not-offered": FetchState.NOT_OFFERED,
    "sync-why-insights-not-connected": FetchState.NOT_CONNECTED,
    "sync-why-not-for-program": FetchState.NOT_FOR_PROGRAM,
    "sync-why-not-asked": FetchState.NOT_ASKED,
}
"""The reasons that are no failure, by their sentence. Any other reason is one."""

CAME = frozenset({FetchState.COMPLETE, FetchState.NO_ACCESS_FOR_SOME, FetchState.LIMITED})
"""States of a dataset that was fetched as far as its source gives it."""

LOST_IF_KNOWN = frozenset({FetchState.NOT_OFFERED, FetchState.NOT_CONNECTED})
"""States that are a failure where rows were fetched before: they grow old."""
