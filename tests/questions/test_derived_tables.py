"""Rows worked out with the generation answer as the datasets do that they were made of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from analytics.questions.activity import activity
from analytics.questions.activity.operations import ActivityFilter, ActivityOutcome
from analytics.questions.adoption import adoption
from analytics.questions.azure import azure
from analytics.questions.growth import growth
from analytics.questions.growth.spells import first_sync
from analytics.questions.licenses import licenses
from analytics.questions.portfolio import portfolio
from analytics.questions.renewals import renewals
from analytics.values import Customer, Period, Sight, TenantId
from analytics.warehouse.building.activity_edges import TOLD_ONCE
from analytics.warehouse.facts import Facts
from tests.conftest import NOW
from tests.questions.earlier import UNKNOWN_BEFORE, earlier
from tests.warehouse.sights import sight

TABLES = UNKNOWN_BEFORE - {TOLD_ONCE}
"""One table never has a row."""
PERIODS = {
    "none": None,
    "whole months": Period(date(2026, 9, 1), date(2026, 10, 31)),
    "other days": Period(date(2026, 9, 3), date(2026, 11, 11)),
    "before the first sync": Period(date(2025, 1, 1), date(2026, 3, 31)),
}
_FAILED = ActivityFilter(outcome=ActivityOutcome.FAILED)

QUESTIONS: dict[str, Callable[[Facts, Period | None], object]] = {
    "growth": growth,
    "adoption": adoption,
    "portfolio": portfolio,
    "activity": lambda facts, period: activity(facts, None, period),
    "failures": lambda facts, period: activity(facts, None, period, _FAILED),
    "licenses": lambda facts, period: licenses(facts, None, period),
    "azure": lambda facts, period: azure(facts, None, period),
    "renewals": lambda facts, _: renewals(facts, None, NOW),
}


def every_third(facts: Facts) -> frozenset[TenantId]:
    return frozenset(each.id for each in facts.generation.people.customers[::3])


def youngest(facts: Facts) -> frozenset[TenantId]:
    """The customers whose subscriptions came after the first sync of all."""
    sql = """
        SELECT tenant FROM {subscribed_customers}
        WHERE first_seen > (SELECT min(first_seen) FROM {subscribed_customers})"""
    return frozenset(TenantId(str(tenant)) for (tenant,) in facts.rows(sql))


SIGHTS: dict[str, Callable[[Facts], Sight]] = {
    "everyone": lambda _: sight(),
    "some": lambda facts: sight(every_third(facts)),
    "the youngest": lambda facts: sight(youngest(facts)),
    "nobody": lambda _: sight(frozenset()),
}


@pytest.mark.parametrize(
    ("who", "period"),
    [
        ("everyone", "whole months"),
        ("everyone", "before the first sync"),
        ("some", "other days"),
        ("the youngest", "none"),
        ("nobody", "none"),
    ],
)
def test_kept_rows_answer_as_those_they_were_made_of(sample: Facts, who: str, period: str) -> None:
    facts = replace(sample, sight=SIGHTS[who](sample))
    before = earlier(facts)

    for question in QUESTIONS.values():
        assert question(facts, PERIODS[period]) == question(before, PERIODS[period])


OF_ONE: dict[str, Callable[[Facts, Customer], object]] = {
    "activity": lambda facts, who: activity(facts, who, None),
    "licenses": lambda facts, who: licenses(facts, who, None),
    "azure": lambda facts, who: azure(facts, who, None),
}


@pytest.mark.parametrize("its", [sight(), sight(money=False, persons=False)])
def test_one_customer_is_answered_from_them_as_from_the_datasets(sample: Facts, its: Sight) -> None:
    facts = replace(sample, sight=its)
    before = earlier(facts)

    for customer in facts.people.customers[::5]:
        for question in OF_ONE.values():
            assert question(facts, customer) == question(before, customer)


def test_the_made_up_generation_has_them_all(sample: Facts) -> None:
    assert sample.generation.tables >= TABLES


def test_who_sees_only_later_customers_has_spells_of_their_own_first_sync(sample: Facts) -> None:
    later = replace(sample, sight=sight(youngest(sample)))

    assert first_sync(sample, date.max).kept
    assert later.rows("SELECT 1 FROM {subscribed_customers}")
    assert not first_sync(later, date.max).kept


@pytest.mark.parametrize("table", sorted(TABLES))
def test_kept_rows_are_cut_to_the_customers_that_a_reader_sees(sample: Facts, table: str) -> None:
    asked = "SELECT DISTINCT tenant FROM {TABLE}".replace("TABLE", table)
    every = {TenantId(str(tenant)) for (tenant,) in sample.rows(asked) if tenant}
    some = frozenset(sorted(every)[1::2])
    limited = replace(sample, sight=sight(some))

    assert {tenant for (tenant,) in limited.rows(asked)} == some
    assert some < every
