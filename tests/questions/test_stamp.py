"""What figures rest on: whose dates, which gaps, and when all of it was fetched."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pytest

from analytics.questions.stamp import (
    IGNORED,
    LICENCE_BASIS,
    Basis,
    Exclusion,
    ExclusionPart,
    Gap,
    RestsOn,
    Stamp,
    newest,
    portfolio_basis,
    stamp,
)
from analytics.tables import AZURE_SPEND, CUSTOMERS, DEPLOYMENT, LICENCES, USAGE
from analytics.values import Customer, TenantId
from analytics.warehouse.customer_directory import CustomerDirectory
from analytics.warehouse.facts import Facts, Generation
from analytics.warehouse.marks import Mark, Reason
from analytics.warehouse.snapshots import Snapshot
from tests.constancy import constant
from tests.questions.stamps import as_of
from tests.warehouse.sights import sight

NAMES = {"services": {"o365": "Office"}, "products": {}, "workloads": {}}
CONTOSO = Customer(TenantId("contoso"), "Contoso")
NO_FILE = (Reason("stamp-no-file"),)


def on(day: int) -> date:
    return date(2026, 11, day)


@pytest.fixture
def lake() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database without tables."""
    with duckdb.connect() as connection:
        yield connection


def _facts(
    lake: duckdb.DuckDBPyConnection,
    *snapshots: Snapshot,
    marks: Mapping[str, Mark] | None = None,
    made_up: bool = False,
    whose: tuple[Customer, ...] = (CONTOSO,),
) -> Facts:
    """A generation of these snapshots, oldest first."""
    days: dict[tuple[str, str], list[date]] = {}
    for each in snapshots:
        if not each.missing:
            days.setdefault((each.dataset, each.service), []).append(each.day)
    people = CustomerDirectory.of(whose)
    built = datetime(2026, 11, 22, tzinfo=UTC)
    given = Generation(1, made_up, built, people, NAMES, snapshots, days, lake, marks or {})
    return Facts(given, sight())


def _seats(day: int, missing: int = 0, service: str = "o365") -> Snapshot:
    """Its words are read from a file, like all that a generation knows."""
    return Snapshot(b"deployment".decode(), service, on(day), missing)


def _use(day: int, missing: int = 0, service: str = "o365") -> Snapshot:
    return Snapshot(b"usage".decode(), service, on(day), missing)


def _stamped(facts: Facts, *used: tuple[str, str, date], upto: date = date.max) -> Stamp:
    return stamp(facts, LICENCE_BASIS, used, upto=upto)


def test_each_service_has_its_dates_by_its_name_or_its_code(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    used = (("deployment", "o365", on(16)), ("usage", "o365", on(17)), ("usage", "crm", on(9)))
    found = _stamped(_facts(lake, _seats(16), _use(17)), *used)
    assert found.rests_on == (*as_of("Office", on(16), on(17)), *as_of("crm", None, on(9)))
    assert (found.made_up, found.left_out, found.looked) == (False, (), None)


def test_dates_stand_by_service_before_dataset_and_those_of_none_first(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    used = (("usage", "o365", on(16)), ("deployment", "crm", on(17)), ("usage", "", on(9)))
    found = _stamped(_facts(lake), *used)
    assert found.rests_on == (
        RestsOn("usage", None, on(9)),
        RestsOn("usage", "Office", on(16)),
        RestsOn("deployment", "crm", on(17)),
    )


def test_made_up_figures_say_so(lake: duckdb.DuckDBPyConnection) -> None:
    assert _stamped(_facts(lake, made_up=True)).made_up is True


def test_what_is_whole_and_fetched_is_marked_with_nothing(lake: duckdb.DuckDBPyConnection) -> None:
    marks = {"deployment": Mark("deployment", on(20)), "usage": Mark("usage", on(19))}
    facts = _facts(lake, _seats(16), _use(16), marks=marks)
    both = (("deployment", "o365", on(16)), ("usage", "o365", on(16)))
    found = _stamped(facts, *both)
    assert (found.marks, found.gaps, found.incomplete, found.whole) == ((), (), (), True)
    assert found.fetched == on(19)
    assert _stamped(facts, both[0]).fetched == on(20)
    assert _stamped(facts).fetched is None


def test_what_was_imported_in_part_was_not_fetched(lake: duckdb.DuckDBPyConnection) -> None:
    marks = {"deployment": Mark("deployment", on(20))}
    facts = _facts(lake, _seats(16), _use(16), marks=marks)
    both = (("deployment", "o365", on(16)), ("usage", "o365", on(16)))
    assert (_stamped(facts, *both).fetched, _stamped(facts, *both).marks) == (None, ())
    never = {**marks, "usage": Mark("usage", None)}
    assert _stamped(_facts(lake, _seats(16), _use(16), marks=never), *both).fetched is None


def test_what_no_file_and_no_sync_ever_brought_is_marked_so(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    found = _stamped(_facts(lake, _use(16)))
    assert found.marks == (Mark("deployment", None, NO_FILE),)
    assert (found.incomplete, found.whole) == (("deployment",), False)
    assert _stamped(_facts(lake, _seats(16))).marks == (Mark("usage", None, NO_FILE),)
    nothing = _stamped(_facts(lake))
    assert nothing.marks == (Mark("deployment", None, NO_FILE), Mark("usage", None, NO_FILE))


def test_what_a_sync_says_itself_is_not_said_again(lake: duckdb.DuckDBPyConnection) -> None:
    empty, denied = Mark("deployment", on(20)), Mark("usage", None, (Reason("sync-why-denied"),))
    found = _stamped(_facts(lake, marks={"deployment": empty, "usage": denied}))
    assert (found.marks, found.incomplete) == ((denied,), ("usage",))


def test_what_a_check_found_is_marked_though_all_of_it_came(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    wrong = Mark("usage", on(20), mismatch="check-total")
    found = _stamped(_facts(lake, _seats(16), _use(16), marks={"usage": wrong}))
    assert (found.marks, found.incomplete) == ((wrong,), ())


def test_a_newest_snapshot_that_is_short_is_a_gap(lake: duckdb.DuckDBPyConnection) -> None:
    crm = _seats(18, 2, service="crm")
    found = _stamped(_facts(lake, _seats(13), _seats(16, 5), _use(16), crm))
    assert found.gaps == (
        Gap("deployment", "Office", on(16), 5),
        Gap("deployment", "crm", on(18), 2),
    )
    assert (found.incomplete, found.whole) == (("deployment",), False)


def test_a_snapshot_that_is_short_before_one_that_is_whole_is_none(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    assert _stamped(_facts(lake, _seats(13, 5), _seats(16), _use(16))).gaps == ()


def test_a_question_about_earlier_days_has_the_gaps_of_these(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    facts = _facts(lake, _seats(13, 5), _seats(16), _use(16))
    short = (Gap("deployment", "Office", on(13), 5),)
    found = [_stamped(facts, upto=on(day)).gaps for day in (12, 13, 15, 16)]
    assert found == [(), short, short, ()]


def test_a_dataset_that_files_brought_without_a_mark_came(lake: duckdb.DuckDBPyConnection) -> None:
    basis = Basis((AZURE_SPEND,), "licences")
    never = _facts(lake)
    assert stamp(never, basis, ()).marks == (Mark("azure_spend", None, NO_FILE),)
    imported = Facts(replace(never.generation, tables=frozenset({"azure_spend"})), sight())
    found = stamp(imported, basis, [("azure_spend", "", on(20))])
    assert (found.marks, found.whole) == ((), True)
    assert found.rests_on == (RestsOn("azure_spend", None, on(20)),)


@pytest.mark.parametrize("as_of", [None, on(20)])
def test_what_came_once_is_whole_though_it_is_not_complete_now(
    lake: duckdb.DuckDBPyConnection, as_of: date | None
) -> None:
    marks = {"azure_spend": Mark("azure_spend", as_of, (Reason("sync-why-timeout"),))}
    facts = _facts(lake, marks=marks)
    there = Facts(replace(facts.generation, tables=frozenset({"azure_spend"})), sight())
    found = stamp(there, Basis((AZURE_SPEND,), "licences"), ())
    assert (found.whole, found.incomplete) == (as_of is not None, ("azure_spend",))


def test_gaps_and_marks_of_other_datasets_are_not_told(lake: duckdb.DuckDBPyConnection) -> None:
    facts = _facts(lake, _seats(16, 5), _use(16, 3), marks={"usage": Mark("usage", None, NO_FILE)})
    found = stamp(facts, Basis((DEPLOYMENT,), "licences"), ())
    assert (found.gaps, found.marks) == ((Gap("deployment", "Office", on(16), 5),), ())
    usage = stamp(facts, basis=Basis((USAGE,), "licences"), used=())
    assert usage.incomplete == ("usage",)


def test_all_customers_together_rest_on_their_list_too_where_none_is_known(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    assert portfolio_basis(_facts(lake)).datasets == LICENCES
    assert portfolio_basis(_facts(lake, whose=())).datasets == (*LICENCES, CUSTOMERS)


def test_the_newest_days_are_those_of_the_newest_rows(lake: duckdb.DuckDBPyConnection) -> None:
    lake.execute("""
        CREATE TABLE newest_deployment AS SELECT 'o365' AS service, DATE '2026-11-16' AS day;
        CREATE TABLE newest_usage AS SELECT 'o365' AS service, DATE '2026-11-17' AS day""")
    there = frozenset({"deployment", "usage", "newest_deployment", "newest_usage"})
    people, built = CustomerDirectory.of([]), datetime(2026, 11, 22, tzinfo=UTC)
    given = Generation(1, False, built, people, NAMES, (), {}, lake, {}, there)  # noqa: FBT003
    assert sorted(newest(Facts(given, sight()))) == [
        ("deployment", "o365", on(16)),
        ("usage", "o365", on(17)),
    ]


@pytest.mark.parametrize(
    ("left_out", "count"),
    [
        ((), 0),
        ((Exclusion("stamp-free", {"n": 7}), Exclusion("stamp-units", {})), 0),
        ((Exclusion("stamp-placeholder", {"n": 3}), Exclusion(IGNORED, {"n": 2})), 2),
        ((Exclusion(IGNORED, {"n": 1}), Exclusion(IGNORED, {"n": 4})), 5),
    ],
)
def test_products_left_out_by_admins_are_counted_and_no_others(
    left_out: tuple[Exclusion, ...], count: int
) -> None:
    stamp = Stamp(LICENCE_BASIS, (), made_up=False, left_out=left_out, gaps=())
    assert stamp.ignored_products == count


@pytest.mark.parametrize(
    "value",
    [
        RestsOn("usage", "Office", on(16)),
        Gap("usage", "Office", on(16), 1),
        Exclusion("stamp-free", {}),
        ExclusionPart("apart-more", {"n": 1}),
        LICENCE_BASIS,
        Stamp(LICENCE_BASIS, (), made_up=False, left_out=(), gaps=()),
    ],
)
def test_what_figures_rest_on_is_not_changed_afterwards(value: object) -> None:
    assert constant(value)
