"""Partner Center's own list of paid extensions is a second witness: each difference is named."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.questions.renewals.extension_agreements import NAMED, extension_agreements
from analytics.tables import EXTENSION_LIST, Cell, Row
from analytics.warehouse.facts import Facts
from tests.questions.renewing import END, TODAY, fetched, sold
from tests.warehouse.rows import opened, publish, seats
from tests.warehouse.staged import row, sync

OFF: dict[str, Cell] = {"auto_renew": False, "scheduled_actions": "[]"}
CANCEL: dict[str, Cell] = {"auto_renew": False, "scheduled_actions": "[{}]", "end_action": "Cancel"}
LATER = END + timedelta(days=31)


def listed(*names: str, ends: date = END) -> list[Row]:
    return [row(EXTENSION_LIST, subscription=name, ends=ends) for name in names]


def compared(folder: Path, subscriptions: list[Row], *extensions: Row) -> Facts:
    """Facts in which both came on one day."""
    return fetched(folder, *subscriptions, more={EXTENSION_LIST: {"": list(extensions)}})


def wrong(facts: Facts) -> dict[str, tuple[str, ...]]:
    return {each.pair.what: each.rows for each in extension_agreements(facts) if each.wrong}


def test_a_list_that_says_the_same_agrees_row_by_row(tmp_path: Path) -> None:
    open_window = {**OFF, "created": TODAY - timedelta(days=3), "starts": TODAY - timedelta(days=3)}
    facts = compared(
        tmp_path,
        [
            sold("off/a", **OFF),
            sold("chosen/b", scheduled_actions="[{}]", end_action="RenewToExtendedServiceTerm"),
            sold("perhaps/c", auto_renew=False),
            sold("young/d", **open_window),
            sold("renews/e"),
            sold("cancelled/f", **CANCEL),
        ],
        *listed("a", "b", "c", "d"),
    )
    found = extension_agreements(facts)
    assert [(each.wrong, each.late, each.same) for each in found] == [(0, 0, 4)] * 4
    assert {each.days for each in found} == {(TODAY, TODAY)}


def test_each_difference_is_named_by_its_subscription(tmp_path: Path) -> None:
    held = [
        sold("missed/a", **OFF),
        sold("perhaps/b", auto_renew=False),
        sold("cancelled/c", **CANCEL),
        sold("renews/d"),
        sold("moved/e", **OFF),
        sold("suspended/f", **OFF, status="suspended"),
    ]
    facts = compared(tmp_path, held, *listed("c", "d", "f", "x"), *listed("e", ends=LATER))
    assert wrong(facts) == {
        "check-extension-unknown": ("x",),
        "check-extension-not-listed": ("a",),
        "check-extension-other-case": ("c", "d", "f"),
        "check-extension-other-end": (f"e ({LATER}, {END})",),
    }


def test_an_extension_that_has_begun_may_be_on_the_list_or_not(tmp_path: Path) -> None:
    name = "Microsoft 365 E3 (Extended Service Term)"
    begun = [sold("one/a", product_name=name, term="P1M"), sold("two/b", product_name=name)]
    assert wrong(compared(tmp_path, begun, *listed("a"))) == {}


def test_what_is_not_asked_yet_contradicts_nothing(tmp_path: Path) -> None:
    facts = compared(tmp_path, [sold("early/a", form=None)], *listed("a"))
    assert wrong(facts) == {}


@pytest.mark.parametrize(("days", "found"), [(1, "wrong"), (2, "late")])
def test_a_subscription_fetched_on_another_day_than_the_list_may_have_changed_between(
    tmp_path: Path, days: int, found: str
) -> None:
    fetched(tmp_path, sold("renews/a"))
    sync(tmp_path, TODAY + timedelta(days=days), {EXTENSION_LIST: {"": listed("a")}})
    (other,) = (
        each
        for each in extension_agreements(opened(tmp_path / "facts"))
        if each.pair.what == "check-extension-other-case"
    )
    assert (other.wrong, other.late) == ((1, 0) if found == "wrong" else (0, 1))


def test_no_more_are_named_than_can_be_read(tmp_path: Path) -> None:
    names = [f"s{number:03}" for number in range(NAMED + 3)]
    facts = compared(tmp_path, [sold("renews/z")], *listed(*names))
    (unknown,) = (each for each in extension_agreements(facts) if each.wrong)
    assert (unknown.wrong, unknown.rows) == (NAMED + 3, tuple(names[:NAMED]))


def test_without_the_list_or_without_subscriptions_nothing_is_compared(tmp_path: Path) -> None:
    assert extension_agreements(fetched(tmp_path / "one", sold("renews/a"))) == ()
    publish(tmp_path / "two", seats(60))
    assert extension_agreements(opened(tmp_path / "two")) == ()
