"""Activity: which records are counted and shown, to whom, and when it is not known."""

from datetime import date
from pathlib import Path

import pytest

from analytics.questions.activity import activity
from analytics.tables import AUDIT, Batch, Row
from analytics.values import Period, Unknown, Why
from analytics.warehouse.building.build import build
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark, Reason
from tests.questions.acting import FABRIKAM, TODAY, operations, record, synced
from tests.questions.asking import CONTOSO, between, november
from tests.warehouse.rows import META, opened, publish, seats
from tests.warehouse.sights import sight

OWN_ACCOUNT = None
LATE = Mark(AUDIT.name, november(18), (Reason("sync-why-unfinished"),))


def imported(folder: Path, *rows: Row) -> Facts:
    """Facts of an imported export with these records."""
    build(folder, [Batch(AUDIT, rows)], META)
    return opened(folder)


def test_the_usual_period_is_the_30_days_up_to_the_sync(tmp_path: Path) -> None:
    old = record("old", moment=date(2026, 10, 23))
    facts = synced(tmp_path, old, record("in", moment=date(2026, 10, 24)), record("new"))
    result = activity(facts, CONTOSO, None)
    assert result.period == Period(date(2026, 10, 24), TODAY)
    assert (result.total, operations(result)) == (2, ["new", "in"])


def test_the_newest_fifteen_are_shown_and_all_counted(tmp_path: Path) -> None:
    facts = synced(tmp_path, *(record(f"e{day:02}", day) for day in range(1, 21)))
    result = activity(facts, CONTOSO, None)
    assert result.total == 20
    assert operations(result) == [f"e{day:02}" for day in range(20, 5, -1)]


def test_both_ends_of_a_period_are_in_it(tmp_path: Path) -> None:
    facts = synced(tmp_path, *(record(f"e{day:02}", day) for day in range(1, 21)))
    assert operations(activity(facts, None, between(3, 5))) == ["e05", "e04", "e03"]


def test_a_customer_has_their_own_records_only(tmp_path: Path) -> None:
    others = (record("f", tenant=FABRIKAM), record("own", tenant=OWN_ACCOUNT))
    facts = synced(tmp_path, record("c"), *others)
    assert operations(activity(facts, CONTOSO, None)) == ["c"]
    assert sorted(operations(activity(facts, None, None))) == ["c", "f", "own"]


def test_a_limited_reader_counts_nothing_of_others_nor_of_the_partners_account(
    tmp_path: Path,
) -> None:
    synced(tmp_path, record("c"), record("f", tenant=FABRIKAM), record("own", tenant=OWN_ACCOUNT))
    result = activity(opened(tmp_path / "facts", frozenset({FABRIKAM})), None, None)
    assert (result.total, operations(result), result.everyone) == (1, ["f"], False)


def test_persons_are_for_readers_who_see_persons(tmp_path: Path) -> None:
    facts = synced(tmp_path, record("c"))
    everything = activity(facts, CONTOSO, None)
    fenced = activity(Facts(facts.generation, sight(persons=False)), CONTOSO, None)
    assert (everything.names_persons, everything.newest[0].lead.who) == (
        True,
        "ann@partner.example",
    )
    assert (fenced.names_persons, fenced.newest[0].lead.who) == (False, "")


def test_a_record_says_the_customers_name_whether_it_has_it_or_not(tmp_path: Path) -> None:
    rows = (record("a", customer="Con\u202etoso"), record("b"), record("c", tenant=OWN_ACCOUNT))
    result = activity(synced(tmp_path, *rows), None, None)
    assert [each.lead.customer for each in result.newest] == ["Contoso", "Contoso", ""]


def test_texts_of_others_come_without_controls(tmp_path: Path) -> None:
    (found,) = activity(synced(tmp_path, record("x\ny", who="a\u202eb")), None, None).newest
    assert (found.lead.operation, found.lead.who) == ("x y", "ab")


def test_no_record_in_known_days_is_zero(tmp_path: Path) -> None:
    assert activity(synced(tmp_path, record("c")), CONTOSO, between(1, 5)).total == 0


@pytest.mark.parametrize(
    ("period", "why"),
    [
        (Period(date(2026, 1, 1), date(2026, 8, 24)), Why.LATER),
        (Period(date(2026, 11, 23), date(2026, 11, 30)), Why.NEVER_CAME),
    ],
)
def test_days_that_no_sync_told_of_are_unknown(tmp_path: Path, period: Period, why: Why) -> None:
    result = activity(synced(tmp_path, record("c")), CONTOSO, period)
    assert (result.total, result.newest) == (Unknown(why, AUDIT.name), ())
    assert result.known == Period(date(2026, 8, 25), TODAY)


def test_a_log_that_never_came_is_unknown(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    result = activity(opened(tmp_path), CONTOSO, None)
    assert result.total == Unknown(Why.NEVER_CAME, AUDIT.name)
    assert [mark.dataset for mark in result.stamp.marks] == [AUDIT.name]


def test_a_log_that_never_came_whole_is_unknown_whatever_came(tmp_path: Path) -> None:
    never = Mark(AUDIT.name, None, (Reason("sync-why-unfinished"),))
    result = activity(synced(tmp_path, record("c"), mark=never), CONTOSO, None)
    assert (result.total, result.newest) == (Unknown(Why.NOT_WHOLE, AUDIT.name), ())


def test_an_incomplete_log_is_known_up_to_its_last_whole_sync(tmp_path: Path) -> None:
    facts = synced(tmp_path, record("old", 17), record("after", 20), mark=LATE)
    result = activity(facts, CONTOSO, None)
    assert (result.period.last, operations(result)) == (november(18), ["old"])
    assert result.stamp.incomplete == (AUDIT.name,)
    later = activity(facts, CONTOSO, between(19, 22))
    assert later.total == Unknown(Why.NEVER_CAME, AUDIT.name)


def test_an_export_is_known_from_its_first_record_to_its_last(tmp_path: Path) -> None:
    facts = imported(tmp_path, record("a", 3), record("b", 9))
    assert activity(facts, CONTOSO, None).known == between(3, 9)


def test_an_export_without_a_record_of_a_customer_tells_nothing_about_them(tmp_path: Path) -> None:
    imported(tmp_path, record("a"))
    facts = opened(tmp_path, frozenset({FABRIKAM}))
    assert activity(facts, None, None).total == Unknown(Why.NOT_WHOLE, AUDIT.name)


def test_days_that_were_not_fetched_whole_are_named(tmp_path: Path) -> None:
    facts = synced(tmp_path, record("c"), days=(20, 17, 18, 22))
    assert activity(facts, None, None).missing == (november(19), november(21))
    assert activity(facts, CONTOSO, between(20, 22)).missing == (november(21),)
    limited = activity(opened(tmp_path / "facts", frozenset({FABRIKAM})), None, between(20, 22))
    assert limited.missing == (november(21),)
    assert activity(facts, None, between(1, 17)).missing == ()


def test_an_export_names_no_day_as_not_fetched(tmp_path: Path) -> None:
    assert activity(imported(tmp_path, record("a", 3), record("b", 9)), None, None).missing == ()


def test_earlier_than_the_source_tells_is_remembered_since_the_first_record(tmp_path: Path) -> None:
    facts = synced(tmp_path, record("c"), record("old", moment=date(2026, 3, 7)))
    assert activity(facts, None, None).remembered_since is None
    assert activity(facts, None, Period(date(2026, 1, 1), TODAY)).remembered_since == date(
        2026, 3, 7
    )
    told = Period(date(2026, 8, 25), TODAY)
    assert activity(facts, None, told).remembered_since is None
