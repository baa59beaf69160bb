"""How one customer stands on a day: sums, shares, what is free, what is active."""

import pytest

from analytics.questions.seats_on_day import SeatsOnDay, WorkloadUse
from analytics.questions.stamp import free_products
from analytics.values import Seats, Share
from tests.questions.asking import E5, FREE, NOT_MEASURED, asked, between, latest, november, sold
from tests.questions.conftest import Told
from tests.warehouse.rows import E3, seats, use


def workloads(standing: SeatsOnDay) -> dict[str, tuple[int, int]]:
    return {each.id: (each.active, each.entitled) for each in standing.workloads}


def active(standing: SeatsOnDay) -> dict[str, Seats]:
    return {product.id: product.active for product in standing.products}


def test_shares_are_sums_over_sums_and_no_mean_of_percents(told: Told) -> None:
    small = [seats(10, 10, product=E5), use(10, 10, product=E5)]
    standing = latest(told(seats(90, 0), use(0, 90), *small))

    assert (standing.assigned, standing.sold) == (10, 100)  # a mean of 100 % and 0 % would be half
    assert standing.workloads == (WorkloadUse("exo", 10, 100),)
    assert standing.workloads[0].usage.value == 0.1


def test_channels_and_services_of_a_product_are_added(told: Told) -> None:
    direct = [seats(7, 3, channel="direct"), use(2, 7, channel="direct")]
    crm = [seats(5, 4, service="crm"), use(1, 5, service="crm")]
    standing = latest(told(seats(50, 40), use(30, 50), *direct, *crm))

    assert [(p.id, p.sold, p.assigned, p.active) for p in standing.products] == [(E3, 62, 47, 33)]
    assert workloads(standing) == {"exo": (33, 62)}


def test_no_seats_are_no_share_rather_than_nought_percent(told: Told) -> None:
    standing = latest(told(seats(0, 4), use(4, 0)))

    assert standing.products[0].deployment == Share(4, 0)
    assert standing.workloads[0].usage.value is None
    assert (standing.sold, standing.assigned, standing.unassigned) == (0, 4, 0)


def test_usage_above_100_percent_is_not_clamped(told: Told) -> None:
    assert latest(told(seats(50, 50), use(68, 50))).workloads[0].usage.value == 1.36


def test_free_products_are_set_apart_and_counted(told: Told) -> None:
    free = [seats(1_000_000, 412, product=FREE), use(300, 1_000_000, product=FREE)]
    result = asked(told(seats(50, 40), use(30, 50), *free))

    assert result.latest is not None
    assert (result.latest.sold, result.latest.assigned, result.latest.active) == (50, 40, 30)
    assert workloads(result.latest) == {"exo": (30, 50)}
    assert result.stamp.left_out == free_products(1, 1_000_000)
    assert FREE not in result.names


def test_a_free_product_that_the_topic_names_counts(told: Told) -> None:
    facts = told(seats(50, 40), seats(1_000_000, 412, product=FREE))
    result = asked(facts, said="microsoft fabric free")

    assert result.latest is not None
    assert (result.latest.sold, result.latest.assigned) == (1_000_000, 412)
    assert result.stamp.left_out == ()


def test_free_products_that_carry_a_workload_do_not_swamp_it(told: Told) -> None:
    free = [seats(10_000, 40, product=FREE), use(35, 10_000, product=FREE)]
    result = asked(told(seats(50, 40), use(30, 50), *free), said="exchange")

    assert result.latest is not None
    assert workloads(result.latest) == {"exo": (30, 50)}
    assert result.latest.sold == 50
    assert result.stamp.left_out == free_products(1, 10_000)


def test_a_workload_says_nothing_of_free_products_that_do_not_carry_it(told: Told) -> None:
    facts = told(seats(50, 40), use(30, 50), seats(10_000, 40, product=FREE))

    assert asked(facts, said="exchange").stamp.left_out == ()


def test_a_surplus_of_one_product_fills_no_seats_of_another(told: Told) -> None:
    standing = latest(told(seats(10, 4), seats(5, 9, product=E5)))

    assert (standing.sold, standing.assigned) == (15, 13)
    assert standing.unassigned == 6


@pytest.mark.parametrize(
    ("people", "counted"),
    [
        ({"exo": (30, 50), "spo": (41, 50), "teams": (12, 50)}, 41),
        ({"exo": (30, 50), "yammer": (68, 50)}, 30),  # 68 people are no 68 seats
        ({"exo": (50, 50), "yammer": (51, 50)}, 50),
        ({"exo": (60, 50), "yammer": (68, 50)}, 68),
        ({"exo": (0, 0)}, 0),
        ({"exo": (7, 0)}, 7),
    ],
)
def test_a_products_active_seats_are_its_busiest_workload_within_its_entitlement(
    told: Told, people: dict[str, tuple[int, int]], counted: int
) -> None:
    rows = [use(*figures, workload=workload) for workload, figures in people.items()]

    assert active(latest(told(seats(50, 40), *rows))) == {E3: counted}


def test_active_seats_are_added_over_the_products_that_report_usage(told: Told) -> None:
    standing = latest(
        told(
            seats(50, 40),
            use(30, 50),
            seats(9, 9, product=E5),
            use(8, 9, product=E5),
            seats(4, 1, product="mute"),
        )
    )
    assert active(standing) == {E3: 30, E5: 8, "mute": NOT_MEASURED}
    assert standing.active == 38


def test_without_usage_rows_nothing_is_known_of_active_seats(told: Told) -> None:
    standing = latest(told(seats(50, 40), use(1, 9, customer="Fabrikam")))
    assert (standing.active, standing.workloads) == (NOT_MEASURED, ())


def test_products_come_by_idle_seats_then_what_is_over_then_unmeasured(told: Told) -> None:
    sold = (("few", 9), ("many", 30), ("none", 5), ("over", 50), ("unmeasured", 70))
    active = (("few", 7), ("many", 2), ("none", 5), ("over", 60), ("without", 3))
    standing = latest(
        told(
            *(seats(count, product=name) for name, count in sold),
            *(use(count, 60, product=name) for name, count in active),
        )
    )

    order = ["many", "few", "none", "over", "unmeasured", "without"]
    assert [product.id for product in standing.products] == order
    assert [product.id for product in standing.by_idle] == order[:-1]


def test_workloads_come_least_used_first_then_what_is_over_100_percent(told: Told) -> None:
    people = (("half", 5, 10), ("all", 9, 9), ("over", 12, 10), ("few", 1, 10), ("free", 2, 0))
    standing = latest(told(seats(10), *(use(n, of, workload=name) for name, n, of in people)))

    assert [each.id for each in standing.workloads] == ["few", "half", "all", "over", "free"]


def test_each_service_stands_as_of_its_own_newest_day(told: Told) -> None:
    days = [seats(50, day=november(20)), seats(55, day=november(21)), use(30, 55, day=november(20))]
    crm = [seats(5, service="crm", product="d", day=november(day)) for day in (11, 18)]
    standing = latest(told(*days, *crm))

    assert (standing.day, standing.sold) == (november(21), 60)
    assert standing.rests_on == (
        ("deployment", "crm", november(18)),
        ("deployment", "o365", november(21)),
        ("usage", "o365", november(20)),
    )


def test_on_a_day_between_snapshots_the_one_before_it_stands(told: Told) -> None:
    facts = told(*(seats(day, day=november(day)) for day in (6, 13, 20)))

    assert latest(facts, between(1, 19)).sold == 13
    assert sold(asked(facts, between(5, 30))) == [{november(day): day for day in (6, 13, 20)}]
