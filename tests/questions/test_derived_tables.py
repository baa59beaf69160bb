"""Rows worked out with the generation answer as the datasets do that they were made of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from analytics.questions.activity import activity
from analytics.questions.adoption import adoption
from analytics.questions.customer_spells import first_sync
from analytics.questions.growth import growth
from analytics.questions.portfolio import portfolio
from analytics.questions.renewals import renewals
from analytics.values import Period, Sight, TenantId
from analytics.warehouse.building.derived_tables import DERIVED
from analytics.warehouse.building.subscription_lines import LINES
from analytics.warehouse.facts import Facts
from analytics.warehouse.result_cache import ResultCache
from tests.conftest import NOW
from tests.warehouse.sights import sight

TABLES = DERIVED - {LINES}
"""The lines of subscriptions have tests of their own."""
PERIODS = {
    "none": None,
    "whole months": Period(date(2026, 9, 1), date(2026, 10, 31)),
    "other days": Period(date(2026, 9, 3), date(2026, 11, 11)),
    "before the first sync": Period(date(2025, 1, 1), date(2026, 3, 31)),
}
QUESTIONS: dict[str, Callable[[Facts, Period | None], object]] = {
    "growth": growth,
    "adoption": adoption,
    "portfolio": portfolio,
    "activity": lambda facts, period: activity(facts, None, period),
    "renewals": lambda facts, _: renewals(facts, None, NOW),
}


def without_them(facts: Facts) -> Facts:
    """The same facts in a generation as an earlier version wrote it."""
    generation = facts.generation
    earlier = replace(generation, tables=generation.tables - TABLES, remembered=ResultCache())
    return replace(facts, generation=earlier)


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
    earlier = without_them(facts)

    for question in QUESTIONS.values():
        assert question(facts, PERIODS[period]) == question(earlier, PERIODS[period])


def test_the_made_up_generation_has_them_all(sample: Facts) -> None:
    assert sample.generation.tables >= TABLES


def test_who_sees_only_later_customers_has_spells_of_their_own_first_sync(sample: Facts) -> None:
    later = replace(sample, sight=sight(youngest(sample)))

    assert first_sync(sample, date.max).kept
    assert later.rows("SELECT 1 FROM {subscribed_customers}")
    assert not first_sync(later, date.max).kept


@pytest.mark.parametrize("table", sorted(TABLES))
def test_kept_rows_are_cut_to_the_customers_that_a_reader_sees(sample: Facts, table: str) -> None:
    some = every_third(sample)
    limited = replace(sample, sight=sight(some))
    asked = "SELECT DISTINCT tenant FROM {TABLE}".replace("TABLE", table)
    seen = {tenant for (tenant,) in limited.rows(asked)}

    assert seen == {tenant for (tenant,) in sample.rows(asked)} & some
    assert seen
