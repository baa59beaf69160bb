"""Seats in words, the same for one customer and for many: the idle ones, and three figures."""

from datetime import date
from typing import Protocol

from analytics.questions.portfolio import PortfolioResult
from analytics.questions.seats_on_day import NOT_MEASURED
from analytics.values import Seats, Share, Unknown, Why, combine, share
from handlers.chat.reply import Figures, Paragraph, Safe
from handlers.chat.services import Say
from handlers.output.unknowns import figure, why


class SeatTotals(Protocol):
    """Seats of one customer (`SeatsOnDay`), or of many together (`PortfolioResult`)."""

    @property
    def sold(self) -> Seats:
        """Seats sold."""
        ...

    @property
    def assigned(self) -> Seats:
        """Seats assigned to users."""
        ...

    @property
    def active(self) -> Seats:
        """Seats in use, of the measured ones."""
        ...

    @property
    def measured(self) -> Seats:
        """Seats sold whose use is measured."""
        ...

    @property
    def idle(self) -> Seats:
        """Measured seats that are not in use."""
        ...

    @property
    def beyond(self) -> Seats:
        """People active beyond the seats sold of their product."""
        ...

    @property
    def surplus(self) -> Seats:
        """Seats assigned beyond what was sold of their product."""
        ...


def gap_counts(seats: SeatTotals) -> dict[str, Seats]:
    """Return the counts that say why the figures do not add up, by catalogue id."""
    unmeasured = combine(lambda sold, known: sold - known, seats.sold, seats.measured)
    return {
        "usage-unmeasured": 0 if isinstance(seats.active, Unknown) else unmeasured,
        "usage-beyond": seats.beyond,
        "usage-surplus": seats.surplus,
    }


def idle_finding(words: str, seats: SeatTotals, say: Say, **values: object) -> str:
    """Say how many of the measured seats are idle, or why that is not known. `words` begins the
    catalogue's ids; the values are theirs besides.
    """
    if isinstance(seats.sold, Unknown):
        return say(f"{words}-seats-unknown", why=why(seats.sold, say), **values)
    if not seats.sold:
        return say(f"{words}-none-sold", assigned=seats.assigned, **values)
    if isinstance(seats.idle, int) and isinstance(seats.measured, int) and seats.measured:
        return say(f"{words}-finding", n=seats.idle, measured=seats.measured, **values)
    reason = seats.idle if isinstance(seats.idle, Unknown) else NOT_MEASURED
    return say(f"{words}-use-unknown", n=seats.sold, why=why(reason, say), **values)


class SeatMove(Protocol):
    """A change of seats: SeatsChange of one customer, PortfolioChange of many."""

    @property
    def since(self) -> date:
        """The day of the earlier figures."""
        ...

    @property
    def sold(self) -> Seats:
        """Difference in seats sold."""
        ...

    @property
    def assigned(self) -> Seats:
        """Difference in seats assigned."""
        ...


def change_lines(moved: SeatMove | None, say: Say) -> list[str]:
    """Say by how much seats changed, in one sentence; nothing where that is not known."""
    if moved is None or isinstance(moved.sold, Unknown) or isinstance(moved.assigned, Unknown):
        return []
    if not (moved.sold or moved.assigned):
        return [say("usage-unchanged", day=moved.since)]
    by = {"sold": say.signed_number(moved.sold), "assigned": say.signed_number(moved.assigned)}
    return [say("usage-change", day=moved.since, **by)]


def seat_figures(seats: SeatTotals, say: Say, beside_sold: str = "") -> Figures:
    """Seats sold, assigned and used, each beside what it is a part of."""
    part = share(seats.assigned, seats.sold)
    known = isinstance(part, Share) and part.value is not None
    assigned = say("figure-of-sold", share=part) if known else ""
    measured, used = seats.measured, seats.active
    if not measured and not used:  # a 0 that nothing was measured for says nothing
        used = NOT_MEASURED
    beside_used = say("figure-of-measured", n=measured) if isinstance(measured, int) else ""
    return Figures(
        (
            figure(say("figure-sold"), seats.sold, beside_sold, say),
            figure(say("figure-assigned"), seats.assigned, assigned, say),
            figure(say("figure-used"), used, beside_used, say),
        )
    )


def figures_of_all(seats: PortfolioResult, say: Say) -> Figures:
    """The same figures of all customers, beside how many of them have seats."""
    paying = seats.paying_count
    beside = "" if isinstance(paying, Unknown) else say("figure-of-customers", n=paying)
    return seat_figures(seats, say, beside)


def without_names(words: str, seats: SeatTotals, say: Say) -> Safe | None:
    """Shares that name no customer, or why they are not known; None where no seat is sold."""
    if seats.sold == 0:
        return None
    if isinstance(seats.sold, Unknown):
        said = say(f"{words}-unknown", why=why(seats.sold, say))
    else:
        said = say(f"{words}-assigned", share=share(seats.assigned, seats.sold))
    return Safe((Paragraph(" ".join((said, *_safe_use(seats, say)))),))


def _safe_use(seats: SeatTotals, say: Say) -> list[str]:
    """Say the share in use, or why it is not known; nothing where the source measures none."""
    if isinstance(seats.active, Unknown):
        missing = seats.active.why is not Why.NOT_MEASURED
        return [say("safe-use-unknown", why=why(seats.active, say))] if missing else []
    used = share(seats.active, seats.measured)
    known = isinstance(used, Share) and used.value is not None
    return [say("safe-used", share=used)] if known else []
