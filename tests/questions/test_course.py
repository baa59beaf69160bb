"""The course of a customer's seats: from where all services are known, broken where one was not
measured.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from analytics.questions.course import Hole
from analytics.questions.usage import UsageResult
from analytics.values import Period
from tests.questions.asking import E5, asked, between, november, sold
from tests.questions.conftest import Told
from tests.warehouse.rows import DAY, Line, seats, use

CRM = {"service": "crm", "service_name": "Microsoft Dynamics", "product": "d"}
WEEK = timedelta(days=7)


def ago(days: int) -> date:
    """So many days before 20 November 2026, the last day of most facts here."""
    return DAY - timedelta(days=days)


def weekly(weeks: Iterable[int]) -> list[date]:
    """Days that are so many weeks ago, oldest first."""
    return [ago(7 * week) for week in sorted(weeks, reverse=True)]


def office(days: Iterable[date], count: int = 50) -> list[Line]:
    """Office 365 on these days: all seats assigned, 30 in use."""
    return [line for d in days for line in (seats(count, count, day=d), use(30, count, day=d))]


def dynamics(days: Iterable[date], count: int = 7) -> list[Line]:
    """Dynamics on these days: all seats assigned, 3 in use."""
    return [
        line
        for d in days
        for line in (
            seats(count, count, day=d, **CRM),
            use(3, count, day=d, workload="crm", workload_name="CRM", **CRM),
        )
    ]


def figures(result: UsageResult) -> set[tuple[int, ...]]:
    """Every different triple of sold, assigned and active that the course shows on a day."""
    courses = (result.courses.sold, result.courses.assigned, result.courses.active)
    by_day = [{point.day: point.seats for point in course.points} for course in courses]
    days = {day for each in by_day for day in each}
    return {tuple(each.get(day, -1) for each in by_day) for day in days}


@pytest.mark.parametrize("apart", [1, 7, 31])
def test_a_course_begins_on_the_first_day_on_which_all_its_services_are_known(
    told: Told, apart: int
) -> None:
    every = [ago(days) for days in range(apart + 14, -1, -1)]
    result = asked(told(*office(every), *dynamics(every[apart:])))

    assert figures(result) == {(57, 57, 33)}, "nothing was sold, so nothing rises"
    assert result.courses.sold.points[0].day == every[apart]
    assert [course.late for _, course in result.courses.nonempty_courses] == [True] * 3


@pytest.mark.parametrize("apart", [1, 7, 31])
def test_it_begins_so_too_where_each_service_was_measured_twice(told: Told, apart: int) -> None:
    result = asked(told(*office([ago(apart), DAY]), *dynamics([DAY])))

    assert sold(result) == [{DAY: 57}]
    assert not result.courses.drawable
    assert result.courses.days == (ago(apart), DAY)


def test_a_course_begins_on_the_day_that_the_period_is_compared_with(told: Told) -> None:
    lines = [*office([november(4), november(11), november(18)]), *dynamics([november(2)])]
    result = asked(told(*lines), between(10, 20))

    assert sold(result) == [{november(4): 57, november(11): 57, november(18): 57}]
    assert not result.courses.sold.late


def test_seats_bought_of_a_service_that_was_measured_before_are_a_rise(told: Told) -> None:
    others = [seats(2, day=d, customer="Fabrikam", **CRM) for d in weekly((3, 2))]
    result = asked(told(*office(weekly((3, 2, 1, 0))), *others, *dynamics(weekly((1, 0)))))

    assert [point.seats for point in result.courses.sold.points] == [50, 50, 57, 57]
    assert not result.courses.sold.late
    assert [point.seats for point in result.courses.active.points] == [33, 33], "use began then"


def test_a_service_that_begins_after_the_period_is_no_part_of_it(told: Told) -> None:
    days = [november(3), november(10), november(17)]
    facts = told(*office(days), *dynamics([november(17)]))

    assert sold(asked(facts, between(1, 16))) == [{november(3): 50, november(10): 50}]
    assert sold(asked(facts, between(1, 17))) == [{november(17): 57}]


def test_a_topic_has_the_course_of_its_own_services(told: Told) -> None:
    days = weekly((3, 2, 1, 0))
    lines = [seats(5, product=E5, product_name="M365 E5", day=d) for d in days[2:]]
    facts = told(*office(days), *lines, *dynamics(days[3:]))

    assert [p.seats for p in asked(facts, said="E5").courses.sold.points] == [0, 0, 5, 5]
    assert len(asked(facts, said="exchange").courses.active.points) == 4
    assert sold(asked(facts)) == [{DAY: 62}]


def test_nothing_is_known_of_a_products_use_before_its_first_usage_rows(told: Told) -> None:
    days = weekly((3, 2, 1, 0))
    lines = [seats(5, product=E5, product_name="M365 E5", day=d) for d in days]
    facts = told(*office(days), *lines, *(use(4, 5, product=E5, day=d) for d in days[2:]))

    assert [p.day for p in asked(facts, said="E5").courses.active.points] == days[2:]


@pytest.mark.parametrize("snapshots", [weekly(range(13)), [ago(days) for days in range(90)]])
def test_a_course_breaks_where_nothing_was_measured_for_six_weeks(
    told: Told, snapshots: list[date]
) -> None:
    first, last = ago(63), ago(21)
    kept = sorted(d for d in snapshots if not first < d < last)
    result = asked(told(*office(kept), *dynamics(kept)))
    hole = Hole(first + timedelta(days=1), last - timedelta(days=1), partly=False)

    for _, course in result.courses.nonempty_courses:
        before, after = course.runs
        assert (before[-1].day, after[0].day) == (first, last)
    assert result.courses.holes == ((hole, ("sold", "assigned", "active")),)


def test_a_course_breaks_where_one_of_its_services_was_not_measured(told: Told) -> None:
    kept = weekly([*range(9, 13), *range(3)])
    result = asked(told(*office(weekly(range(13))), *dynamics(kept)))

    assert [list(run) for run in sold(result)] == [weekly(range(9, 13)), weekly(range(3))]
    assert result.courses.sold.holes == (Hole(ago(62), ago(15), partly=True),)
    assert len(result.courses.days) == 13, "the snapshots of the other service are there"


def test_a_hole_of_services_with_days_of_their_own_is_what_they_share(told: Told) -> None:
    kept = weekly([*range(9, 13), *range(3)])
    result = asked(told(*office(kept), *dynamics([d + timedelta(days=3) for d in kept[:-1]])))

    assert result.courses.sold.holes == (Hole(ago(59), ago(15), partly=False),)
    before, after = sold(result)
    assert (max(before), min(after)) == (ago(63), ago(11))


def test_seats_and_use_break_each_where_they_were_not_measured(told: Told) -> None:
    lines = [seats(50, day=d) for d in weekly([*range(9, 13), *range(3)])]
    result = asked(told(*lines, *(use(30, 50, day=d) for d in weekly(range(13)))))

    assert [len(course.runs) for _, course in result.courses.nonempty_courses] == [2, 2, 1]
    assert result.courses.holes == ((Hole(ago(62), ago(15), partly=False), ("sold", "assigned")),)


@pytest.mark.parametrize(
    ("days", "pieces"),
    [
        ([0, 7, 14, 28], 1),
        ([0, 7, 14, 29], 2),
        ([0, 1, 2, 3, 11], 1),
        ([0, 1, 2, 3, 12], 2),
        ([0, 30, 61, 121], 1),
        ([0, 30, 61, 124], 2),
    ],
    ids=["a week missed", "more", "8 days of daily", "9 days", "a month missed", "more"],
)
def test_a_hole_is_wider_than_twice_the_rhythm_and_than_eight_days(
    told: Told, days: list[int], pieces: int
) -> None:
    facts = told(*office([ago(130 - day) for day in days]))
    result = asked(facts, Period(ago(130), DAY))

    assert len(result.courses.sold.runs) == pieces


def test_daily_and_weekly_services_make_no_hole_together(told: Told) -> None:
    daily = [ago(days) for days in range(60, -1, -1)]
    result = asked(told(*office(daily), *dynamics(weekly(range(9)))))

    assert result.courses.holes == ()
    assert [len(run) for run in sold(result)] == [57], "from the first day of Dynamics on"


@pytest.mark.parametrize("apart", [1, 9, 60])
def test_two_snapshots_are_joined_as_they_are_all_the_rhythm_there_is(
    told: Told, apart: int
) -> None:
    result = asked(told(*office([ago(apart), DAY])))

    assert sold(result) == [{ago(apart): 50, DAY: 50}]
    assert result.courses.drawable


def test_a_service_whose_newest_snapshot_is_old_makes_no_hole(told: Told) -> None:
    result = asked(told(*office(weekly(range(9))), *dynamics([ago(56), ago(49)])))

    assert result.courses.holes == ()
    assert len(result.courses.sold.points) == 9


def test_a_hole_of_a_service_that_the_customer_had_not_is_none_of_theirs(told: Told) -> None:
    kept = [*range(12, 15), *range(4)]
    others = [seats(2, day=d, customer="Fabrikam", **CRM) for d in weekly(kept)]
    result = asked(told(*office(weekly(range(15))), *others, *dynamics([DAY])))

    assert len(result.courses.sold.runs) == 1
    assert result.courses.holes == ()


def test_the_hole_that_a_period_begins_in_is_not_drawn(told: Told) -> None:
    facts = told(*office(weekly([*range(9, 13), *range(3)])), *dynamics(weekly(range(13))))
    result = asked(facts, Period(ago(40), DAY))

    assert [list(run) for run in sold(result)] == [weekly(range(3))]
    assert result.courses.holes == ()


def test_a_day_that_lists_nothing_of_the_customer_breaks_without_a_hole(told: Told) -> None:
    facts = told(*office(weekly((4, 3, 1, 0))), seats(9, customer="Fabrikam", day=ago(14)))
    result = asked(facts)

    assert [len(run) for run in sold(result)] == [2, 2]
    assert result.courses.sold.holes == ()


def test_active_seats_of_a_course_are_those_of_the_figures(told: Told) -> None:
    days = weekly((1, 0))
    lines = [
        use(people, of, workload=name, day=d)
        for d in days
        for name, people, of in (("exo", 20, 50), ("spo", 31, 50), ("engage", 70, 50))
    ]
    result = asked(told(*office(days), *lines, *dynamics(days)))

    assert result.latest is not None
    assert result.courses.active.points[-1].seats == result.latest.active == 34
