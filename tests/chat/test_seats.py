"""Seats in words: the idle ones as the finding, three figures, and a summary without names."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.values import Seats, Share, Unknown, Why
from handlers.chat.reply import Figures, Paragraph, Safe
from handlers.messages.speaker import speaker
from handlers.output.seats import idle_finding, seat_figures, without_names
from handlers.output.unknowns import why
from tests.questions.asking import NOT_MEASURED

SAY = speaker("en")


@dataclass(frozen=True)
class Totals:
    sold: Seats
    assigned: Seats
    active: Seats
    measured: Seats
    idle: Seats
    beyond: Seats = 0
    surplus: Seats = 0


NO_SEATS = Unknown(Why.NEVER_CAME, "deployment")
NO_USE = Unknown(Why.NOT_WHOLE, "usage")
KNOWN = Totals(sold=1_250, assigned=1_119, active=914, measured=1_205, idle=291)

counts = st.integers(0, 10**9)
any_seats = counts | st.builds(
    Unknown, st.sampled_from(Why), st.sampled_from(["deployment", "usage"])
)
any_totals = st.builds(Totals, any_seats, any_seats, any_seats, any_seats, any_seats)


def finding(seats: Totals) -> str:
    return idle_finding("usage", seats, SAY, customer="Contoso")


def tiles(figures: Figures) -> list[tuple[str, str]]:
    """Value and note of each figure."""
    return [(each.value, each.note) for each in figures.items]


def safe_words(safe: Safe | None) -> str:
    assert safe is not None
    (said,) = safe.parts
    assert isinstance(said, Paragraph)
    return said.text


def test_the_idle_seats_are_told_of_the_measured_ones() -> None:
    assert finding(KNOWN) == SAY("usage-finding", n=291, measured=1_205, customer="Contoso")
    assert idle_finding("portfolio", KNOWN, SAY) == SAY("portfolio-finding", n=291, measured=1_205)


def test_no_idle_seat_is_a_finding_too() -> None:
    full = Totals(5, 5, 5, 5, 0)
    assert finding(full) == SAY("usage-finding", n=0, measured=5, customer="Contoso")


def test_seats_that_are_not_known_are_said_with_why_whatever_else_is_known() -> None:
    seats = Totals(NO_SEATS, NO_SEATS, 914, NO_SEATS, NO_SEATS)
    assert finding(seats) == SAY("usage-seats-unknown", why=why(NO_SEATS, SAY), customer="Contoso")


def test_seats_whose_use_is_not_known_are_counted_with_why() -> None:
    seats = Totals(50, 40, NO_USE, NO_USE, NO_USE)
    assert finding(seats) == SAY(
        "usage-use-unknown", n=50, why=why(NO_USE, SAY), customer="Contoso"
    )


def test_seats_of_which_none_is_measured_are_not_called_idle() -> None:
    seats = Totals(50, 40, NOT_MEASURED, 0, 0)
    assert finding(seats) == SAY(
        "usage-use-unknown", n=50, why=why(NOT_MEASURED, SAY), customer="Contoso"
    )


def test_without_seats_sold_those_still_assigned_are_told() -> None:
    seats = Totals(0, 7, NOT_MEASURED, 0, NOT_MEASURED)
    assert finding(seats) == SAY("usage-none-sold", assigned=7, customer="Contoso")


def test_each_figure_stands_beside_what_it_is_a_part_of() -> None:
    figures = seat_figures(KNOWN, SAY, beside_sold="at 9 customers")
    assert tiles(figures) == [
        ("1,250", "at 9 customers"),
        ("1,119", SAY("figure-of-sold", share=Share(1_119, 1_250))),
        ("914", SAY("figure-of-measured", n=1_205)),
    ]


def test_nobody_uses_seats_of_which_none_is_measured_is_not_said() -> None:
    seats = Totals(50, 40, 0, 0, 0)
    assert tiles(seat_figures(seats, SAY))[2] == (SAY("not-known"), why(NOT_MEASURED, SAY))


def test_assigned_seats_of_none_sold_are_a_share_of_nothing() -> None:
    seats = Totals(0, 7, 3, 0, 0)
    assert tiles(seat_figures(seats, SAY))[:2] == [("0", ""), ("7", "")]


@given(any_totals)
def test_no_unknown_figure_is_a_number_and_each_says_why(seats: Totals) -> None:
    used = seats.active or (0 if seats.measured else NOT_MEASURED)
    for shown, count in zip(
        seat_figures(seats, SAY, "at 9 customers").items,
        (seats.sold, seats.assigned, used),
        strict=True,
    ):
        if isinstance(count, Unknown):
            assert (shown.value, shown.unknown) == (SAY("not-known"), count)
            assert shown.note == why(count, SAY)
        else:
            assert (shown.value, shown.unknown) == (SAY.number(count), None)


@given(any_totals)
def test_seats_are_idle_only_where_idle_and_measured_ones_are_known(seats: Totals) -> None:
    known = all(isinstance(each, int) for each in (seats.sold, seats.idle, seats.measured))
    claimed = known and seats.sold and seats.measured
    wanted = {"n": seats.idle, "measured": seats.measured, "customer": "Contoso"}
    assert (finding(seats) == SAY("usage-finding", **wanted)) is bool(claimed) if known else True
    if not known:
        assert "idle" not in finding(seats)


@pytest.mark.parametrize("words", ["safe-customer", "safe-all"])
def test_a_summary_for_all_readers_has_shares_alone(words: str) -> None:
    said = safe_words(without_names(words, KNOWN, SAY))
    assert said == " ".join(
        (
            SAY(f"{words}-assigned", share=Share(1_119, 1_250)),
            SAY("safe-used", share=Share(914, 1_205)),
        )
    )


@pytest.mark.parametrize("words", ["safe-customer", "safe-all"])
def test_a_summary_says_which_shares_are_not_known_and_why(words: str) -> None:
    unsold = Totals(NO_SEATS, NO_SEATS, 914, NO_SEATS, NO_SEATS)
    unused = Totals(50, 40, NO_USE, NO_USE, NO_USE)
    assert safe_words(without_names(words, unsold, SAY)) == SAY(
        f"{words}-unknown", why=why(NO_SEATS, SAY)
    )
    assert safe_words(without_names(words, unused, SAY)) == " ".join(
        (
            SAY(f"{words}-assigned", share=Share(40, 50)),
            SAY("safe-use-unknown", why=why(NO_USE, SAY)),
        )
    )


@pytest.mark.parametrize(("used", "measured"), [(NOT_MEASURED, 0), (3, 0)])
def test_a_summary_has_no_share_of_seats_that_are_not_measured(
    used: Seats, measured: Seats
) -> None:
    seats = Totals(50, 40, used, measured, 0)
    assert safe_words(without_names("safe-all", seats, SAY)) == SAY(
        "safe-all-assigned", share=Share(40, 50)
    )


def test_a_summary_says_why_neither_seats_nor_use_are_known() -> None:
    seats = Totals(NO_SEATS, NO_SEATS, NO_USE, NO_SEATS, NO_SEATS)
    assert safe_words(without_names("safe-all", seats, SAY)) == " ".join(
        (
            SAY("safe-all-unknown", why=why(NO_SEATS, SAY)),
            SAY("safe-use-unknown", why=why(NO_USE, SAY)),
        )
    )


def test_where_none_is_sold_there_is_no_summary() -> None:
    assert without_names("safe-customer", Totals(0, 7, 0, 0, 0), SAY) is None
