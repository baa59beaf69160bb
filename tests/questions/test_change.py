"""What changed against the end of the period before, what makes it, and when nothing is claimed."""

from datetime import date, timedelta

import pytest

from analytics.questions.usage import Ended, ProductShare
from analytics.values import Period
from tests.questions.asking import FREE, NOT_MEASURED, asked, between, change, november, sold
from tests.questions.conftest import Told
from tests.warehouse.rows import E3, Line, seats, use

CRM = {"service": "crm", "product": "d"}
DAY = timedelta(days=1)


def test_the_end_of_the_period_is_held_against_its_eve(told: Told) -> None:
    days = {8: (40, 30, 20), 10: (44, 35, 22), 12: (50, 39, 31), 20: (99, 99, 99)}
    rows = [
        (seats(s, a, day=november(d)), use(u, s, day=november(d))) for d, (s, a, u) in days.items()
    ]
    found = change(told(*(line for pair in rows for line in pair)), between(10, 16))

    assert (found.before.day, found.before.sold) == (november(9), 40)
    assert (found.after.day, found.after.sold) == (november(12), 50)
    assert (found.sold, found.assigned, found.active) == (10, 9, 11)
    assert found.since == november(8)


def test_the_parts_of_a_change_add_up_to_it_largest_first(told: Told) -> None:
    eve = [("a", 10), ("b", 20), ("c", 5), ("gone", 8), (FREE, 10_000)]
    end = [("a", 12), ("b", 13), ("c", 5), ("new", 3), (FREE, 25_000)]
    rows = [seats(sold, product=name, day=november(9)) for name, sold in eve]
    rows += [seats(sold, product=name, day=november(16)) for name, sold in end]
    found = change(told(*rows), between(10, 16))

    assert found.parts == (
        ProductShare("gone", -8),
        ProductShare("b", -7),
        ProductShare("new", 3),
        ProductShare("a", 2),
    )
    assert found.sold == sum(part.sold for part in found.parts) == -10


def test_a_product_that_is_gone_still_has_its_name(told: Told) -> None:
    facts = told(
        seats(8, product="gone", product_name="VISIO", day=november(9)),
        seats(9, day=november(9)),
        seats(9, day=november(16)),
    )
    assert asked(facts, between(10, 16)).names["gone"] == "VISIO"


def test_no_change_of_active_seats_where_one_side_has_no_usage(told: Told) -> None:
    facts = told(
        use(1, 9, day=november(9), customer="Fabrikam"),
        seats(50, day=november(9)),
        seats(60, day=november(16)),
        use(30, 60, day=november(16)),
    )
    found = change(facts, between(10, 16))
    assert (found.sold, found.before.active, found.after.active, found.active) == (
        10,
        NOT_MEASURED,
        30,
        NOT_MEASURED,
    )


def test_nothing_is_claimed_of_a_customer_first_seen_within_the_period(told: Told) -> None:
    facts = told(
        seats(5, customer="Fabrikam", day=november(9)),
        seats(50, day=november(10)),
        seats(55, day=november(16)),
    )
    assert asked(facts, between(10, 16)).change is None
    assert change(facts, between(11, 16)).sold == 5


def test_nothing_is_claimed_where_a_service_was_first_read_within_the_period(told: Told) -> None:
    facts = told(
        seats(50, day=november(9)),
        seats(55, day=november(16)),
        seats(7, day=november(12), **CRM),
    )
    assert asked(facts, between(10, 16)).change is None
    assert change(facts, between(13, 16)).sold == 5


@pytest.mark.parametrize("late", [seats(7, day=november(12), **CRM), use(3, 7, day=november(12))])
@pytest.mark.parametrize("days", [1, 7, 30])
def test_nothing_is_claimed_while_a_figure_of_today_was_not_measured_at_the_eve(
    told: Told, late: Line, days: int
) -> None:
    """However near to the eve: what was never measured then may have been there all the same."""
    old = [seats(50, day=november(12) - days * DAY), seats(55, day=november(16))]
    facts = told(*old, late)

    assert asked(facts, between(12, 16)).change is None
    assert change(facts, between(13, 16)).sold == 5


def test_a_service_that_the_customer_took_within_the_period_is_a_change(told: Told) -> None:
    crm = {"service": "crm", "product": "d"}
    facts = told(
        seats(50, day=november(9)),
        seats(2, day=november(8), customer="Fabrikam", **crm),
        seats(50, day=november(16)),
        seats(7, day=november(15), **crm),
    )
    assert change(facts, between(10, 16)).parts == (ProductShare("d", 7),)


def test_nothing_is_claimed_from_a_single_snapshot(told: Told) -> None:
    result = asked(told(seats(50, 40), use(30, 50)))

    assert result.change is None
    assert result.courses.days == (november(20),)
    assert result.history == Period(november(20), november(20))
    assert result.period == Period(date(2026, 8, 23), november(20))


def test_a_period_before_any_data_has_no_figures_but_knows_where_they_begin(told: Told) -> None:
    facts = told(seats(50, day=november(10)), seats(55, day=november(16)))
    result = asked(facts, between(1, 9))

    assert (result.latest, result.change, result.courses.days, result.ended) == (None, None, (), ())
    assert result.stamp.rests_on == ()
    assert result.history == between(10, 16)


def test_a_period_after_the_data_has_no_figures(told: Told) -> None:
    result = asked(told(seats(50, day=november(10))), between(11, 16))
    assert (result.latest, result.change) == (None, None)


def test_a_customer_without_rows_has_no_figures_and_no_history(told: Told) -> None:
    fabrikam = {"customer": "Fabrikam"}
    result = asked(told(seats(50, **fabrikam), use(3, 50, **fabrikam)))

    assert (result.latest, result.change, result.history) == (None, None, None)
    assert result.period.last == november(22)  # the day the facts were built


def test_a_service_that_lists_the_customer_no_more_has_ended(told: Told) -> None:
    crm = {"service": "crm", "service_name": "Dynamics", "product": "d"}
    facts = told(
        seats(7, day=november(5), **crm),
        seats(2, day=november(12), customer="Fabrikam", **crm),
        *(seats(50, day=november(day)) for day in (5, 12)),
    )
    result = asked(facts, between(1, 12))

    assert result.ended == (Ended("Dynamics", november(5)),)
    assert sold(result) == [{november(5): 57, november(12): 50}]


def test_what_ended_before_the_period_adds_nothing_to_either_side(told: Told) -> None:
    crm = {"service": "crm", "product": "d"}
    facts = told(
        seats(7, day=november(3), **crm),
        seats(2, day=november(8), customer="Fabrikam", **crm),
        *(seats(50, day=november(day)) for day in (9, 16)),
    )
    assert (change(facts, between(10, 16)).before.sold, change(facts, between(10, 16)).sold) == (
        50,
        0,
    )


def test_a_customer_who_is_the_newest_snapshots_customer_has_not_ended(told: Told) -> None:
    assert asked(told(seats(50, day=november(5)), seats(50))).ended == ()


def test_a_day_in_the_midst_without_the_customer_claims_nothing(told: Told) -> None:
    facts = told(
        seats(40, day=november(2)),
        seats(1, day=november(9), customer="Fabrikam"),
        seats(50, day=november(16)),
    )
    result = asked(facts, between(10, 16))

    assert result.change is None  # on the eve the source listed no seats of theirs
    assert sold(asked(facts, between(1, 16))) == [{november(2): 40}, {november(16): 50}]


def test_the_usual_period_is_the_90_days_up_to_the_customers_newest_snapshot(told: Told) -> None:
    facts = told(
        seats(40, day=date(2026, 8, 13)),
        seats(44, day=date(2026, 8, 14)),
        seats(50, day=november(11)),
        seats(1, customer="Fabrikam", day=november(20)),
    )
    result = asked(facts)

    assert result.period == Period(date(2026, 8, 14), november(11))
    assert result.change is not None
    assert (result.change.since, result.change.sold) == (date(2026, 8, 13), 10)
    assert result.change.parts == (ProductShare(E3, 10),)
