"""All customers together: sums by customer and product, who is absent, and who may see whom."""

import pytest

from analytics.demo.pages import CLEO_SEES
from analytics.questions.portfolio import PortfolioResult, portfolio
from analytics.questions.stamp import free_products
from analytics.questions.usage import usage
from analytics.values import Customer, Seats, Share, TenantId, Unknown, Why, total
from analytics.warehouse.facts import Facts
from tests.questions.asking import E5, FREE, NOT_MEASURED, november
from tests.questions.conftest import Told
from tests.questions.stamps import as_of
from tests.warehouse.rows import seats, tenant, use
from tests.warehouse.sights import sight

FABRIKAM = {"customer": "Fabrikam"}
CRM = {"service": "crm", "service_name": "Microsoft Dynamics"}


def figures(result: PortfolioResult) -> dict[str, tuple[Seats, Seats, Seats]]:
    """Sold, assigned and unassigned of each customer, in the order they come."""
    return {c.customer.name: (c.sold, c.assigned, c.unassigned) for c in result.customers}


def test_customers_come_by_unassigned_seats_and_their_sums_are_the_totals(told: Told) -> None:
    result = portfolio(told(seats(50, 40), seats(9, 2, product=E5), seats(30, 5, **FABRIKAM)))

    assert list(figures(result).items()) == [("Fabrikam", (30, 5, 25)), ("Contoso", (59, 42, 17))]
    assert (result.sold, result.assigned, result.unassigned) == (89, 47, 42)


def test_a_surplus_of_one_product_or_customer_fills_no_seats_of_another(told: Told) -> None:
    over = [seats(5, 9, product=E5), seats(10, 30, **FABRIKAM)]
    result = portfolio(told(seats(10, 4), *over))

    assert figures(result) == {"Contoso": (15, 13, 6), "Fabrikam": (10, 30, 0)}
    assert result.unassigned == 6


def test_channels_of_a_product_are_one_before_what_is_unassigned(told: Told) -> None:
    result = portfolio(told(seats(10, 4), seats(5, 9, channel="direct")))
    assert figures(result) == {"Contoso": (15, 13, 2)}


def test_no_seats_sold_are_no_share(told: Told) -> None:
    (contoso,) = portfolio(told(seats(0, 3))).customers
    assert (contoso.deployment, contoso.unassigned) == (Share(3, 0), 0)


def test_free_products_are_set_apart_and_counted_once(told: Told) -> None:
    free = {"product": FREE}
    rows = [seats(10_000, 40, **free), use(35, 10_000, **free), seats(5_000, 2, **FABRIKAM, **free)]
    result = portfolio(told(seats(50, 40), use(30, 50), *rows))

    assert figures(result) == {"Contoso": (50, 40, 10), "Fabrikam": (0, 0, 0)}
    assert result.active == 30
    assert result.stamp.left_out == free_products(1, 15_000)


def test_active_seats_are_each_products_busiest_workload_within_its_entitlement(told: Told) -> None:
    contoso = [use(30, 50), use(41, 50, workload="spo"), use(68, 50, workload="yammer")]
    fabrikam = [use(12, 10, **FABRIKAM), use(14, 10, workload="spo", **FABRIKAM)]
    direct = [use(2, 5, workload="spo", channel="direct")]

    assert portfolio(told(seats(1), *contoso, *fabrikam, *direct)).active == 43 + 14


def test_without_usage_rows_active_seats_are_unknown(told: Told) -> None:
    assert portfolio(told(seats(50, 40))).active == Unknown(Why.NEVER_CAME, "usage")


def test_only_each_services_newest_snapshot_counts(told: Told) -> None:
    facts = told(
        seats(40, day=november(13)),
        seats(50, day=november(20)),
        seats(6, day=november(11), product="d", **CRM),
        seats(5, day=november(18), product="d", **CRM),
    )
    result = portfolio(facts)

    assert figures(result) == {"Contoso": (55, 0, 55)}
    assert result.stamp.rests_on == (
        *as_of("Microsoft Dynamics", november(18), None),
        *as_of("Microsoft Office 365", november(20), None),
    )


def test_customers_of_an_earlier_snapshot_left_and_others_never_had_licences(told: Told) -> None:
    facts = told(
        seats(9, day=november(13), **FABRIKAM),
        seats(50, day=november(20)),
        use(3, 9, customer="Adatum"),
    )
    result = portfolio(facts)

    assert figures(result) == {"Contoso": (50, 0, 50)}
    assert (result.left, result.without) == (1, 1)


def test_a_limited_reader_gets_their_customers_only(told: Told) -> None:
    rows = [seats(50, 40), use(30, 50), seats(30, 5, **FABRIKAM), use(4, 30, **FABRIKAM)]
    rows += [seats(5, customer="Adatum", day=november(18), **CRM), seats(9, product=FREE)]
    result = portfolio(told(*rows, visible=frozenset({tenant("Fabrikam")})))

    assert figures(result) == {"Fabrikam": (30, 5, 25)}
    assert (result.active, result.left, result.stamp.left_out) == (4, 0, ())
    assert {each.service for each in result.stamp.rests_on} == {"Microsoft Office 365"}


def test_a_reader_of_nobody_gets_nothing(told: Told) -> None:
    result = portfolio(told(seats(50, 40), use(30, 50), visible=frozenset()))

    assert (result.customers, result.left, result.without) == ((), 0, 0)
    assert result.active == NOT_MEASURED
    assert not result.everyone
    assert result.stamp.rests_on == ()


@pytest.mark.parametrize("visible", [None, frozenset(CLEO_SEES)])
def test_totals_are_the_sums_over_the_customers_own_answers(
    sample: Facts, visible: frozenset[TenantId] | None
) -> None:
    facts = Facts(sample.generation, sight(visible))
    together = portfolio(facts)
    alone = [usage(facts, each.customer, None, None) for each in together.customers]
    now = [(each.latest, each.stamp.left_out) for each in alone if each.latest]

    assert len(now) == len(alone) == (62 if visible is None else len(CLEO_SEES))
    assert together.sold == total(standing.sold for standing, _ in now)
    assert together.assigned == total(standing.assigned for standing, _ in now)
    assert together.unassigned == total(standing.unassigned for standing, _ in now)
    active = [standing.active for standing, _ in now]
    assert together.active == total(each for each in active if each != NOT_MEASURED)
    apart = [each.values["sold"] for _, left_out in now for each in left_out]
    assert [each.values["sold"] for each in together.stamp.left_out] == (
        [sum(apart)] if apart else []
    )


def test_each_customers_row_is_their_own_answer(sample: Facts) -> None:
    def own(customer: Customer) -> tuple[Seats, Seats, Seats]:
        standing = usage(sample, customer, None, None).latest
        assert standing is not None
        return standing.sold, standing.assigned, standing.unassigned

    rows = portfolio(sample).customers
    assert [(c.sold, c.assigned, c.unassigned) for c in rows] == [own(c.customer) for c in rows]


def test_the_made_up_partner_says_so_and_knows_who_left(sample: Facts) -> None:
    result = portfolio(sample)
    assert (result.stamp.made_up, result.left, result.without, result.stamp.gaps) == (
        True,
        2,
        0,
        (),
    )
