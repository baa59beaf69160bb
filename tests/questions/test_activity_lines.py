"""Lines of the activity log: records of one request are one line, with what they tell of seats; no
record is told twice.
"""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from analytics.questions.activity import activity
from analytics.questions.activity.operations import (
    ActivityFilter,
    ActivityKind,
    ActivityOutcome,
)
from analytics.tables import Row
from analytics.values import Customer
from analytics.warehouse.facts import Facts
from tests.questions.acting import (
    FABRIKAM,
    OFFER,
    SEATS,
    at,
    done,
    long_ago,
    operations,
    record,
    synced,
    with_products,
)
from tests.questions.asking import CONTOSO, between
from tests.warehouse.rows import opened
from tests.warehouse.sights import sight

ORDER = {"resource": "order", "correlation": "r1", "quantity_after": 5, **SEATS}


def example() -> list[Row]:
    """The specification's: an order, the subscription it made, and the seats given to a user."""
    return [
        done("b", "update_subscription", moment=at(10, 0, 2), correlation="r1", **SEATS),
        done("c", "update_customer_user_licenses", moment=at(10, 0, 3), correlation="r1"),
        done("a", "create_order", moment=at(10, 0, 1), **ORDER),
    ]


def test_three_records_of_one_request_are_one_line_that_tells_the_order(tmp_path: Path) -> None:
    result = activity(with_products(tmp_path, *example()), CONTOSO, None)
    (line,) = result.newest
    assert (result.total, result.lines, line.count, line.failed) == (3, 1, 3, 0)
    assert (line.lead.operation, line.lead.moment) == ("create_order", at(10, 0, 1))
    assert (line.lead.after, line.lead.product) == (5, "Visio Plan 2")
    assert [each.operation for each in line.records] == [
        *("create_order", "update_subscription", "update_customer_user_licenses")
    ]


def test_an_order_without_seats_tells_those_of_its_request(tmp_path: Path) -> None:
    rows = (
        done("a", "create_order", correlation="r1"),
        done("b", "update_subscription", correlation="r1", quantity_after=7, offer=OFFER),
    )
    (line,) = activity(with_products(tmp_path, *rows), CONTOSO, None).newest
    assert (line.lead.operation, line.lead.after) == ("create_order", 7)
    assert line.lead.product == "Visio Plan 2"


def test_a_request_that_concerns_two_customers_is_a_line_of_each(tmp_path: Path) -> None:
    rows = (
        done("a", "create_order", correlation="r1"),
        done("b", "create_order", correlation="r1", tenant=FABRIKAM),
    )
    facts = synced(tmp_path, *rows)
    assert activity(facts, None, None).lines == 2
    assert [each.count for each in activity(facts, CONTOSO, None).newest] == [1]


def test_records_without_a_request_are_lines_of_their_own(tmp_path: Path) -> None:
    rows = (record("a", correlation=None), record("b", correlation=""), record("c"))
    result = activity(synced(tmp_path, *rows), CONTOSO, None)
    assert (result.total, result.lines) == (3, 3)


def test_products_are_named_by_subscription_before_offer_even_if_ended(tmp_path: Path) -> None:
    rows = (
        done("a", "update_subscription", subscription="s1"),
        done("b", "update_subscription", subscription="s2", offer=OFFER),
        done("c", "update_subscription", subscription="s3", offer=OFFER),
        done("d", "update_subscription", subscription="s4", offer="NOBODY:0001"),
    )
    found = activity(with_products(tmp_path, *rows), CONTOSO, None).newest
    assert [each.lead.product for each in found] == [
        *("Visio Plan 2", "POWER BI PRO", "Visio Plan 2", "")
    ]


def test_a_limited_reader_gets_no_product_name_from_others(tmp_path: Path) -> None:
    rows = (done("a", "create_order", tenant=FABRIKAM, offer=OFFER, quantity_after=3),)
    with_products(tmp_path, *rows)
    whole = activity(opened(tmp_path / "facts"), None, None)
    limited = activity(opened(tmp_path / "facts", frozenset({FABRIKAM})), None, None)
    assert whole.newest[0].lead.product == "Visio Plan 2"
    assert limited.newest[0].lead.product == ""


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (ActivityFilter(ActivityKind.ORDER), ["create_order", "create_order"]),
        (ActivityFilter(ActivityKind.ORDER, ActivityOutcome.FAILED), ["create_order"]),
        (ActivityFilter(None, ActivityOutcome.FAILED), ["create_order", "add_user_member"]),
        (ActivityFilter(None, ActivityOutcome.IN_PROGRESS), ["update_order_later"]),
        (ActivityFilter(ActivityKind.OTHER), ["update_order_later"]),
        (ActivityFilter(ActivityKind.DEVICE), []),
        (ActivityFilter(person="bo@partner.example"), ["add_user_member"]),
        (ActivityFilter(ActivityKind.ROLE, person="bo"), ["add_user_member"]),
        (ActivityFilter(person="b"), []),
        (ActivityFilter(person="partner.example"), []),
    ],
)
def test_words_narrow_the_log(mixed: Facts, chosen: ActivityFilter, found: list[str]) -> None:
    facts = mixed
    result = activity(facts, None, None, chosen)
    assert (result.total, operations(result)) == (len(found), found)
    fenced = activity(Facts(facts.generation, sight(persons=False)), None, None, chosen)
    assert fenced.total == (0 if chosen.person else len(found))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Orders, one of which failed; a role that was declined; and what nobody documents."""
    rows = [
        done("a", "create_order", moment=at(12)),
        done("b", "create_order", moment=at(11), status="failed"),
        done("c", "add_user_member", moment=at(10), status="decline", who="Bo@Partner.example"),
        done("d", "update_order_later", moment=at(9), status="progress"),
    ]
    return synced(tmp_path_factory.mktemp("mixed"), *rows)


def test_what_failed_changed_no_role_and_ended_no_admin_access(tmp_path: Path) -> None:
    rows = (
        done("a", "add_user_member", status="failed"),
        done("b", "remove_user_member", tenant=None),
        done("c", "add_user_member", status="progress"),
        done("d", "granular_admin_relationship_expired", tenant=FABRIKAM, status=None),
        done("e", "dap_admin_relationship_terminated", status="decline"),
        done("f", "granular_admin_relationship_termination_requested"),
    )
    result = activity(synced(tmp_path, *rows), None, None)
    assert (result.role_changes, result.gdap_endings) == (1, 1)
    assert (result.failed, result.in_progress) == (2, 1)
    assert [(each.customer, each.failed) for each in result.failures] == [("Contoso", 2)]
    kinds = [(each.kind.value, each.records, each.failed) for each in result.kinds]
    assert kinds == [("role", 3, 1), ("gdap", 3, 1)]


def test_a_program_is_told_from_a_person_whose_name_was_emptied(tmp_path: Path) -> None:
    program = {"who": None, "application": "p"}
    rows = (
        record("old", moment=long_ago(60), **program),
        record("named", moment=long_ago(50)),
        record("program", **program),
        record("nobody", who=None),
    )
    facts = synced(tmp_path, *rows)
    told = {each.lead.operation: each.lead for each in activity(facts, None, between(1, 22)).newest}
    assert (told["program"].by_program, told["nobody"].by_program) == (True, False)
    ancient = activity(facts, None, replace(between(1, 22), first=long_ago(70))).newest[-1].lead
    assert (ancient.operation, ancient.who, ancient.by_program) == ("old", "", False)
    fenced = activity(Facts(facts.generation, sight(persons=False)), None, None)
    assert not any(each.lead.by_program for each in fenced.newest)


def test_a_days_records_are_each_told_once_whatever_their_order(tmp_path: Path) -> None:
    chance = Random(6)  # noqa: S311 the same each time
    rows = [
        record(
            f"e{number:03}",
            chance.randint(1, 22),
            correlation=chance.choice(["", "r1", "r2", f"r{number % 40 + 9}"]),
            tenant=chance.choice([CONTOSO.id, FABRIKAM, None]),
            status=chance.choice(["succeeded", "failed", None]),
        )
        for number in range(60)
    ]
    result = activity(synced(tmp_path / "once", *rows), None, between(1, 22))
    again = chance.sample(rows, len(rows)) + rows[:20]
    assert (
        activity(synced(tmp_path / "twice", *again), None, between(1, 22)).newest == result.newest
    )
    assert sum(each.records for each in result.days) == result.total == 60
    assert sum(each.records for each in result.kinds) == 60
    shares = [activity(opened(tmp_path / "once" / "facts"), each, between(1, 22)) for each in BOTH]
    nobody = sum(1 for row in rows if row[2] is None)
    assert sum(int(each.total) for each in shares if isinstance(each.total, int)) + nobody == 60
    told = [each.moment for line in result.newest for each in line.records]
    assert len(told) == sum(min(line.count, 10) for line in result.newest)


BOTH = (CONTOSO, Customer(FABRIKAM, "Fabrikam"))
