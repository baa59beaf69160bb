"""Datasets that tell the same thing: what cannot be true in both is found, with its rows; what lag
or another day explains is not.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.tables import (
    AUDIT,
    CUSTOMERS,
    SUBSCRIBED_SKUS,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    Batch,
    Cell,
    Dataset,
)
from analytics.values import OWN
from analytics.warehouse.building.agreements import NAMED_ROWS
from analytics.warehouse.building.build import build
from analytics.warehouse.marks import Mark, Reason
from bot.cli import run_verb
from bot.partners import facts_folder
from tests.warehouse.agreeing import (
    ALL,
    DAY,
    LATER,
    WHO,
    agreements_in,
    customers,
    late,
    logged,
    many,
    own,
    synced,
    told,
    whole,
    world,
    wrong,
)
from tests.warehouse.rows import META, opened
from tests.warehouse.staged import row, sync


def test_what_agrees_is_compared_and_nothing_isagreements_in(tmp_path: Path) -> None:
    held = {WHO[0]: [own("a"), own("z", status="deleted")], WHO[1]: [own("b", WHO[1])]}
    synced(tmp_path, DAY, world(held, [told("a"), told("b", WHO[1])]))
    assert (wrong(tmp_path), late(tmp_path)) == ({}, {})
    assert {each.pair.what: each.same for each in agreements_in(tmp_path)} == {
        "check-customerless-subscriptions": 3,
        "check-other-state": 2,
        "check-other-quantity": 2,
        "check-other-end": 2,
        "check-not-in-insights": 2,
        "check-not-in-list": 2,
        "check-customerless-insights": 2,
        "check-changed-since": 0,
    }


@pytest.mark.parametrize("lost", [1, 9])
def test_insights_that_lost_rows_at_the_first_sync_are_found_with_their_rows(
    tmp_path: Path, lost: int
) -> None:
    names = many(20)
    insights = [told(name) for name in names[lost:]]
    synced(tmp_path, DAY, world({WHO[0]: list(map(own, names))}, insights))
    assert wrong(tmp_path) == {"check-not-in-insights": tuple(names[: min(lost, NAMED_ROWS)])}
    marks = opened(tmp_path / "facts").marks
    assert marks["subscriptions"].mismatch == "check-not-in-insights"
    assert marks["subscription_insights"].mismatch == "check-not-in-insights"
    assert marks["customer_list"].mismatch == ""


def test_a_customers_own_list_that_lost_a_row_isagreements_in(tmp_path: Path) -> None:
    synced(tmp_path, DAY, world({WHO[0]: [own("a")]}, [told("a"), told("b")]))
    assert wrong(tmp_path) == {"check-not-in-list": ("b",)}


@pytest.mark.parametrize("dataset", [SUBSCRIPTIONS, SUBSCRIBED_SKUS])
def test_what_stands_of_a_customer_who_is_not_on_the_list_isagreements_in(
    tmp_path: Path, dataset: Dataset
) -> None:
    rows = {
        SUBSCRIPTIONS: own("b", WHO[2]),
        SUBSCRIBED_SKUS: row(SUBSCRIBED_SKUS, tenant=WHO[2], product="p"),
    }
    synced(tmp_path, DAY, {CUSTOMERS: customers(WHO[0]), dataset: {WHO[2]: [rows[dataset]]}})
    (found,) = wrong(tmp_path).values()
    assert found == ("b" if dataset is SUBSCRIPTIONS else f"{WHO[2]} p",)


def test_what_customers_held_who_left_the_list_ends(tmp_path: Path) -> None:
    lists = {who: [own(f"of-{who}", who)] for who in WHO}
    synced(tmp_path, DAY, world(lists, []))
    synced(tmp_path, LATER, {CUSTOMERS: customers(WHO[0])})
    standing = "SELECT tenant, until FROM {subscriptions} ORDER BY until NULLS FIRST"
    assert [until for _, until in opened(tmp_path / "facts").rows(standing)] == [None, LATER, LATER]
    assert "check-customerless-subscriptions" not in wrong(tmp_path)


@pytest.mark.parametrize("fetched", [False, True])
def test_customers_who_never_were_on_a_list_keep_what_they_hold_until_one_is_fetched(
    tmp_path: Path, *, fetched: bool
) -> None:
    synced(tmp_path, DAY, {SUBSCRIPTIONS: {WHO[2]: [own("b", WHO[2])]}})
    listed = customers(WHO[0])
    if fetched:
        synced(tmp_path, LATER, {CUSTOMERS: listed})
    else:
        build(tmp_path / "facts", [Batch(CUSTOMERS, tuple(listed[""] or ()))], META)
    ended = LATER if fetched else None
    assert opened(tmp_path / "facts").rows("SELECT until FROM {subscriptions}") == [(ended,)]


STALE: dict[str, tuple[str, dict[str, Cell]]] = {
    "ended": ("check-other-state", {"status": "deprovisioned"}),
    "halted": ("check-other-state", {"status": "suspended"}),
    "more": ("check-other-quantity", {"quantity": 12}),
    "fewer": ("check-other-quantity", {"quantity": 9}),
    "renewed": ("check-other-end", {"ends": date(2028, 2, 28)}),
}
"""Subscriptions whose insights changed, and what no longer agrees with the customer's own list."""


def stale(folder: Path, *marks: Mark) -> None:
    """Lists of one day, and insights that changed nine days later."""
    names = [*STALE, "same"]
    synced(folder, DAY, world({WHO[0]: list(map(own, names))}, list(map(told, names))))
    changed = [told(name, **cells) for name, (_, cells) in STALE.items()]
    sync(folder, LATER, {SUBSCRIPTION_INSIGHTS: {"": [*changed, told("same")]}}, *marks)


def test_lists_said_to_be_of_today_though_insights_changed_areagreements_in(tmp_path: Path) -> None:
    stale(tmp_path, *whole(LATER, *ALL))
    assert wrong(tmp_path) == {
        "check-other-state": ("ended", "halted"),
        "check-other-quantity": ("fewer", "more"),
        "check-other-end": ("renewed",),
    }


def test_lists_that_say_their_own_older_day_are_not_wrong(tmp_path: Path) -> None:
    stale(tmp_path, *whole(LATER, SUBSCRIPTION_INSIGHTS))
    assert wrong(tmp_path) == {}
    wanted = {"check-other-state": 2, "check-other-quantity": 2, "check-other-end": 1}
    assert late(tmp_path) == wanted


@pytest.mark.parametrize("back", [0, 2])
def test_a_change_that_analytics_do_not_know_yet_is_no_contradiction(
    tmp_path: Path, back: int
) -> None:
    """A list that shows a change of two days ago, or of today, while analytics lag behind."""
    synced(tmp_path, DAY, world({WHO[0]: [own("a")]}, [told("a")]))
    changed = LATER - timedelta(days=back)
    synced(tmp_path, changed, {SUBSCRIPTIONS: {WHO[0]: [own("a", quantity=12), own("n")]}})
    sync(tmp_path, LATER, {}, *whole(LATER, *ALL))
    assert wrong(tmp_path) == {}
    assert late(tmp_path) == {"check-other-quantity": 1, "check-not-in-insights": 1}


def test_one_that_analytics_do_not_know_after_days_is_a_contradiction(tmp_path: Path) -> None:
    synced(tmp_path, DAY, world({WHO[0]: [own("a")]}, [told("a")]))
    changed = LATER - timedelta(days=4)
    synced(tmp_path, changed, {SUBSCRIPTIONS: {WHO[0]: [own("a", quantity=12)]}})
    sync(tmp_path, LATER, {}, *whole(LATER, *ALL))
    assert wrong(tmp_path) == {"check-other-quantity": ("a",)}


def test_the_last_days_explain_a_difference_at_the_first_sync(tmp_path: Path) -> None:
    busy, moved, quiet = WHO
    lists = {
        busy: [own("changed", busy, quantity=30)],
        moved: [own("moved", moved)],
        quiet: [
            own("bought", quiet, created=DAY),
            own("expired", quiet, status="expired", ends=DAY),
            own("renewed", quiet, ends=date(2027, 11, 9)),
        ],
    }
    yesterday = DAY - timedelta(days=1)
    insights = [
        told("changed", busy),
        told("expired", quiet, ends=DAY),
        told("renewed", quiet, ends=yesterday),
    ]
    log = (logged(busy, DAY), logged(moved, DAY - timedelta(days=2)))
    synced(tmp_path, DAY, world(lists, insights, *log))
    assert wrong(tmp_path) == {}
    assert late(tmp_path) == {
        "check-other-quantity": 1,
        "check-other-state": 1,
        "check-other-end": 1,
        "check-not-in-insights": 2,
    }


def test_what_is_written_in_another_way_is_no_difference(tmp_path: Path) -> None:
    pairs = [
        (own("a", status="pending"), told("a")),
        (own("b", quantity=1, billing="usage"), told("b", quantity=None)),
        (own("c", ends=date(2027, 3, 1)), told("c", ends=date(2027, 2, 28))),
        (own("d", ends=date(9999, 12, 31)), told("d", ends=date(9999, 12, 29))),
        (own("e", ends=None), told("e")),
        (own("f", status="expired", quantity=0), told("f", status="deprovisioned")),
        (own("g", status="disabled"), told("g", status="suspended")),
    ]
    mine, analysed = zip(*pairs, strict=True)
    synced(tmp_path, DAY, world({WHO[0]: list(mine)}, list(analysed)))
    assert (wrong(tmp_path), late(tmp_path)) == ({}, {})


def test_a_customer_whom_the_log_names_was_asked_again(tmp_path: Path) -> None:
    changed = LATER - timedelta(days=1)
    synced(tmp_path, DAY, world({WHO[0]: [own("a")]}, [told("a")]))
    synced(tmp_path, LATER, {AUDIT: {"log": [logged(WHO[0], changed)]}})
    assert wrong(tmp_path) == {"check-changed-since": (WHO[0],)}
    synced(tmp_path, LATER, {SUBSCRIPTIONS: {WHO[0]: [own("a")]}})
    assert wrong(tmp_path) == {}


def test_insights_that_never_came_whole_are_not_asked_what_they_lack(tmp_path: Path) -> None:
    never = Mark("subscription_insights", None, (Reason("sync-why-total"),))
    given = world({WHO[0]: [own("a"), own("b")]}, [told("a", quantity=99)])
    sync(tmp_path, DAY, given, *whole(DAY, CUSTOMERS, SUBSCRIPTIONS, AUDIT), never)
    assert wrong(tmp_path) == {"check-other-quantity": ("a",)}
    lacking = {each.pair.what: each.lacking for each in agreements_in(tmp_path) if each.lacking}
    assert lacking == {"check-not-in-insights": "subscription_insights"}


def test_the_command_names_both_their_days_and_the_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = many(8)
    given = world({WHO[0]: list(map(own, names))}, [told(names[0])])
    home = facts_folder(tmp_path, OWN).parent
    home.mkdir(parents=True)
    sync(home, DAY, given, *whole(DAY, *ALL))
    assert run_verb(["check", "--data", str(tmp_path), "--lang", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (
        "subscriptions (10 Nov 2026) and subscription insights (10 Nov 2026) cannot both be right: "
        "a subscription of the customer’s own list is missing from the insights (7): "
        "s01, s02, s03, s04, s05 and 2 more." in lines
    )
    assert "subscriptions (10 Nov 2026) and customers (10 Nov 2026): 1 comparison, all agree." in (
        lines
    )
    assert run_verb(["check", "--data", str(tmp_path), "--lang", "fr"]) == 1
    assert "ne peuvent pas être vrais à la fois" in capsys.readouterr().out
    assert run_verb(["check", "--data", str(tmp_path), "--json"]) == 1
    assert '"wrong": 7' in capsys.readouterr().out
