"""The case of each subscription is that of a table written by hand."""

from collections import Counter
from collections.abc import Mapping

import pytest

from analytics.questions.renewals import Renewals
from analytics.questions.renewals.cases import RenewalCase
from tests.questions.renewing import HandWritten, asked, fetched, sold, table

EXPECTED: Mapping[str, HandWritten] = {f"s{at}": each for at, each in enumerate(table())}
UNLISTED = {"quiet", "suspended", "other-state", "no-end", "ended"}


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Renewals:
    """The answer about all subscriptions of the table."""
    rows = [sold(f"customer/{name}", **each.cells) for name, each in EXPECTED.items()]
    return asked(fetched(tmp_path_factory.mktemp("table"), *rows))


def test_the_table_has_two_hundred_subscriptions_and_each_case() -> None:
    assert len(EXPECTED) >= 200
    cases = {each.case for each in EXPECTED.values()}
    assert cases == {*(each.value for each in RenewalCase), *UNLISTED}


def test_every_subscription_has_the_case_of_the_table(answer: Renewals) -> None:
    told = {each.subscription: each for each in answer.lines}
    assert len(told) == len(answer.lines), "one line each"
    expected = {name: each for name, each in EXPECTED.items() if each.case not in UNLISTED}
    assert {name: each.case.value for name, each in told.items()} == {
        name: each.case for name, each in expected.items()
    }
    assert {name: each.certainty.value for name, each in told.items()} == {
        name: each.says for name, each in expected.items()
    }
    assert {name: each.act_by for name, each in told.items()} == {
        name: each.act_by for name, each in expected.items()
    }


def test_what_is_no_line_is_counted_once(answer: Renewals) -> None:
    counted = Counter(each.case for each in EXPECTED.values())
    apart = {each.reason.value: each.count for each in answer.apart}
    assert apart == {name: counted[name] for name in ("suspended", "no-end", "other-state")}
    assert answer.quiet == counted["quiet"]
    assert answer.decisions == len(answer.lines)
    ended = counted["ended"]
    assert len(answer.lines) + answer.quiet + sum(apart.values()) + ended == len(EXPECTED)


def test_a_line_says_will_only_on_evidence(answer: Renewals) -> None:
    for each in answer.lines:
        assert (each.certainty.value == "will") == (not each.doubts)
        actions = EXPECTED[each.subscription].cells.get("scheduled_actions")
        if each.case is RenewalCase.EXTENSION and not each.doubts:
            assert actions == "[]"


def test_paid_extensions_come_first_and_then_the_nearest_deadline(answer: Renewals) -> None:
    order = [(not each.case.is_extension, each.act_by) for each in answer.lines]
    assert order == sorted(order)
