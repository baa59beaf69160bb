"""A product that a partner admin ignores is in no total of its customer, and answers say so."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.questions.identities import identities
from analytics.questions.portfolio import portfolio
from analytics.questions.results import figures_word
from analytics.questions.set_apart import WhyApart
from analytics.questions.topics import find_topics
from analytics.questions.usage import usage
from analytics.values import Customer, IgnoredProduct, Secrecy, TenantId
from analytics.warehouse.facts import Facts
from tests.questions.asking import CONTOSO, E5, between
from tests.questions.conftest import Told
from tests.warehouse.rows import E3, seats, tenant, use

FABRIKAM = Customer(tenant("Fabrikam"), "Fabrikam")
GIFT = IgnoredProduct(CONTOSO.id, E5, "a gift", "Ada", date(2027, 6, 30))


@pytest.fixture
def facts(told: Told) -> Facts:
    e5 = {"product": E5, "product_name": "OFFICE 365 E5"}
    return told(
        *(seats(50, 40), use(30, 50), seats(9, 1, **e5), use(1, 9, **e5)),
        *(seats(7, 7, customer="Fabrikam", **e5), seats(20, 10, customer="Fabrikam")),
    )


def with_gift(facts: Facts, *more: IgnoredProduct) -> Facts:
    return replace(facts, ignored=(GIFT, *more))


def sums(facts: Facts) -> list[tuple[object, object]]:
    """Return seats sold and assigned: Contoso's, Fabrikam's, all customers', and of a period."""
    own = [usage(facts, each, None, None).latest for each in (CONTOSO, FABRIKAM)]
    together = (*own, portfolio(facts), portfolio(facts, between(10, 30)))
    return [(each.sold, each.assigned) for each in together if each]


def test_it_is_in_no_total_of_that_customer_and_in_those_of_others(facts: Facts) -> None:
    assert sums(facts) == [(59, 41), (27, 17), (86, 58), (86, 58)]
    assert sums(with_gift(facts)) == [(50, 40), (27, 17), (77, 57), (77, 57)]
    assert [each for each in identities(with_gift(facts)) if each.wrong] == []


def test_an_answer_of_before_is_not_served_after(facts: Facts) -> None:
    asked = [each.result_of(usage, CONTOSO, None, None)[0] for each in (facts, with_gift(facts))]
    assert [each.latest and each.latest.sold for each in asked] == [59, 50]
    assert figures_word(asked[0]) != figures_word(asked[1])


def test_the_stamp_says_which_by_whom_why_and_until_when(facts: Facts) -> None:
    own, everybody = usage(with_gift(facts), CONTOSO, None, None), portfolio(with_gift(facts))
    for result, name in ((own, "Office 365 E5"), (everybody, "Contoso, Office 365 E5")):
        (line,) = result.stamp.left_out
        assert (line.sentence, line.values) == ("stamp-ignored", {"n": 1})
        (part,) = line.parts
        assert part.values == {
            **{"product": name, "reason": "a gift"},
            **{"until": date(2027, 6, 30), "by": "Ada"},
        }
    assert [(e.why, e.sold) for e in (*own.apart, *everybody.apart)] == [
        (WhyApart.IGNORED, 9),
        (WhyApart.IGNORED, 9),
    ]
    assert usage(with_gift(facts), FABRIKAM, None, None).stamp.left_out == ()


def test_a_product_that_is_named_is_shown_although_it_is_ignored(facts: Facts) -> None:
    (topic,) = find_topics(with_gift(facts), CONTOSO, "e5")
    latest = usage(with_gift(facts), CONTOSO, None, topic).latest
    assert latest
    assert latest.sold == 9


def test_a_name_in_the_stamp_is_noted_as_a_persons(facts: Facts) -> None:
    _, secrets = with_gift(facts).result_of(portfolio)
    assert secrets == {Secrecy.PERSON}
    _, secrets = replace(facts, ignored=(replace(GIFT, by=""),)).result_of(portfolio)
    assert secrets == frozenset()


def test_what_a_customer_does_not_have_touches_no_stamp(facts: Facts) -> None:
    elsewhere = replace(GIFT, tenant=TenantId("nobody"))
    other = replace(GIFT, product="0e000000-0000-4000-8000-000000000009")
    assert portfolio(replace(facts, ignored=(elsewhere, other))).stamp.left_out == ()


def test_a_reader_of_some_customers_hears_of_theirs_alone(facts: Facts) -> None:
    some = with_gift(facts).only(frozenset({FABRIKAM.id}))
    assert some.ignored == ()
    assert portfolio(some).stamp.left_out == ()


def test_many_are_counted_beyond_three(told: Told) -> None:
    ids = [f"0e000000-0000-4000-8000-00000000000{n}" for n in range(5)]
    rows = [seats(n + 1, product=each, product_name=f"P{n}") for n, each in enumerate(ids)]
    ignored = tuple(replace(GIFT, product=each) for each in ids)
    (line,) = portfolio(replace(told(seats(50), *rows), ignored=ignored)).stamp.left_out
    assert (line.values, [each.sentence for each in line.parts]) == (
        {"n": 5},
        [*["apart-ignored-by"] * 3, "apart-more"],
    )


def test_the_other_product_of_the_customer_still_counts(facts: Facts) -> None:
    both = with_gift(facts, replace(GIFT, product=E3))
    assert sums(both)[0] == (0, 0)
