"""Answers about all customers say how many were erased; others say nothing of it."""

from dataclasses import replace

import pytest

from analytics.questions.activity import activity
from analytics.questions.customers import matching_customers
from analytics.questions.portfolio import portfolio
from analytics.questions.stamp import Exclusion, Stamp
from analytics.questions.usage import usage
from analytics.values import Period
from analytics.warehouse.facts import Facts
from handlers.messages.speaker import speaker
from handlers.output.stamps import stamp_lines
from tests.questions.asking import CONTOSO, between
from tests.questions.conftest import Told
from tests.warehouse.rows import seats, tenant


@pytest.fixture
def facts(told: Told) -> Facts:
    """Two customers who are left of five."""
    found = told(seats(50), seats(7, customer="Fabrikam"))
    return replace(found, generation=replace(found.generation, erased=3))


def stamps_of_all(facts: Facts, period: Period) -> list[Stamp]:
    return [
        portfolio(facts).stamp,
        portfolio(facts, period).stamp,
        matching_customers(facts, "").stamp,
        activity(facts, None, period).stamp,
    ]


def test_those_who_were_erased_are_left_out_of_all(facts: Facts) -> None:
    for found in stamps_of_all(facts, between(1, 30)):
        assert Exclusion("stamp-erased", {"n": 3}) in found.left_out
        said = stamp_lines(found, speaker("en")).sentences
        assert "3 customers who were erased are left out." in said


def test_of_some_customers_nothing_is_said_of_them(facts: Facts) -> None:
    some = facts.only(frozenset({CONTOSO.id, tenant("Fabrikam")}))
    found = [*stamps_of_all(some, between(1, 30)), usage(some, CONTOSO, None, None).stamp]
    assert "stamp-erased" not in [line.sentence for each in found for line in each.left_out]
