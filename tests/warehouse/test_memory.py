"""What becomes of old rows when a sync brings new ones: kept by key, by span, or replaced."""

from datetime import date
from pathlib import Path

from analytics.tables import (
    AUDIT,
    AZURE_METERS,
    CUSTOMERS,
    ROLE_MEMBERS,
    SUBSCRIPTIONS,
    Batch,
    Row,
)
from analytics.tables import DEPLOYMENT as SEATS
from analytics.warehouse.building.build import build
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.fetched_parts import known_parts
from analytics.warehouse.marks import Mark, Reason
from tests.warehouse.rows import META, opened, publish, seats, tenant
from tests.warehouse.staged import row, sync

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (23, 24, 25))
CONTOSO, FABRIKAM = tenant("Contoso"), tenant("Fabrikam")


def has(folder: Path, sql: str) -> list[tuple[object, ...]]:
    return opened(folder / "facts").rows(sql)


def bought(subscription: str, quantity: int, whose: str = CONTOSO) -> Row:
    return row(SUBSCRIPTIONS, subscription=subscription, quantity=quantity, tenant=whose)


_SPANS = "SELECT subscription, quantity, since, until FROM {subscriptions} ORDER BY ALL"


def test_a_subscription_is_remembered_with_the_days_it_was_first_seen_and_first_missed(
    tmp_path: Path,
) -> None:
    sync(tmp_path, MONDAY, {SUBSCRIPTIONS: {CONTOSO: [bought("a", 5), bought("b", 7)]}})
    second = {SUBSCRIPTIONS: {CONTOSO: [bought("a", 6), bought("c", 1)]}}
    brought = sync(tmp_path, TUESDAY, second).brought

    assert has(tmp_path, _SPANS) == [
        ("a", 5, MONDAY, TUESDAY),
        ("a", 6, TUESDAY, None),
        ("b", 7, MONDAY, TUESDAY),
        ("c", 1, TUESDAY, None),
    ]
    assert (brought.new, brought.changed, brought.same) == (1, 2, 0)
    standing = "SELECT subscription FROM {newest_subscriptions} ORDER BY ALL"
    assert has(tmp_path, standing) == [("a",), ("c",)]


def test_a_row_that_is_as_it_was_stays_as_it_is(tmp_path: Path) -> None:
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        sync(tmp_path, day, {SUBSCRIPTIONS: {CONTOSO: [bought("a", 5)]}})
    assert has(tmp_path, _SPANS) == [("a", 5, MONDAY, None)]


def test_a_part_that_was_asked_for_in_vain_is_known_no_more_and_its_rows_stay(
    tmp_path: Path,
) -> None:
    sync(tmp_path, MONDAY, {SUBSCRIPTIONS: {CONTOSO: [bought("a", 5)]}})
    file = tmp_path / "staging.duckdb"
    with Staging(file) as staging:
        staging.start_day(TUESDAY)
        staging.add(SUBSCRIPTIONS, CONTOSO, [bought("a", 6)], "more")
        staging.miss(SUBSCRIPTIONS, CONTOSO)
    assert build(tmp_path / "facts", (), META, staged=file).generation == 2

    assert known_parts(tmp_path / "facts").get("subscriptions") is None
    assert has(tmp_path, _SPANS) == [("a", 5, MONDAY, None)]


def test_customers_are_told_of_parts_that_are_done_alone(tmp_path: Path) -> None:
    with Staging(tmp_path / "staging.duckdb") as staging:
        staging.add(SUBSCRIPTIONS, CONTOSO, [bought("a", 5)], "")
        staging.add(SUBSCRIPTIONS, FABRIKAM, [bought("f", 9, FABRIKAM)], "more")
        assert staging.texts(SUBSCRIPTIONS, "tenant") == [CONTOSO]


def test_a_second_sync_of_a_day_that_brings_nothing_new_publishes_nothing(tmp_path: Path) -> None:
    given = {SUBSCRIPTIONS: {CONTOSO: [bought("a", 5)]}}
    sync(tmp_path, MONDAY, given, Mark("subscriptions", MONDAY, calls=7))
    again = sync(tmp_path, MONDAY, given, Mark("subscriptions", MONDAY, calls=1))
    assert again.generation == 1
    other = sync(tmp_path, MONDAY, given, Mark("subscriptions", MONDAY, (Reason("sync-why-busy"),)))
    assert other.generation == 2


def test_a_customer_who_was_not_fetched_whole_keeps_what_is_known(tmp_path: Path) -> None:
    both = {CONTOSO: [bought("a", 5)], FABRIKAM: [bought("f", 9, FABRIKAM)]}
    sync(tmp_path, MONDAY, {SUBSCRIPTIONS: both})
    sync(tmp_path, TUESDAY, {SUBSCRIPTIONS: {CONTOSO: [bought("a", 6)], FABRIKAM: None}})

    assert has(tmp_path, _SPANS)[-1] == ("f", 9, MONDAY, None)
    assert known_parts(tmp_path / "facts")["subscriptions"] == {
        CONTOSO: TUESDAY,
        FABRIKAM: MONDAY,
    }


def test_a_customer_fetched_whole_without_any_has_none_left(tmp_path: Path) -> None:
    sync(tmp_path, MONDAY, {SUBSCRIPTIONS: {CONTOSO: [bought("a", 5)]}})
    sync(tmp_path, TUESDAY, {SUBSCRIPTIONS: {CONTOSO: []}})
    assert has(tmp_path, _SPANS) == [("a", 5, MONDAY, TUESDAY)]


def test_a_row_that_changes_twice_in_a_day_leaves_no_span_without_days(tmp_path: Path) -> None:
    for quantity in (5, 6, 7):
        sync(tmp_path, MONDAY, {SUBSCRIPTIONS: {CONTOSO: [bought("a", quantity)]}})
    assert has(tmp_path, _SPANS) == [("a", 7, MONDAY, None)]


def test_a_customer_who_comes_back_has_two_spans(tmp_path: Path) -> None:
    listed = row(CUSTOMERS, tenant=CONTOSO, customer="Contoso")
    for day, rows in {MONDAY: [listed], TUESDAY: [], WEDNESDAY: [listed]}.items():
        sync(tmp_path, day, {CUSTOMERS: {"": rows}})
    spans = has(tmp_path, "SELECT since, until FROM {customer_list} ORDER BY since")
    assert spans == [(MONDAY, TUESDAY), (WEDNESDAY, None)]


def test_a_part_of_rows_without_a_key_takes_the_old_parts_place(tmp_path: Path) -> None:
    one, two = row(AZURE_METERS, day=MONDAY), row(AZURE_METERS, day=TUESDAY)
    sync(tmp_path, TUESDAY, {AZURE_METERS: {"2026-11-23": [one, one], "2026-11-24": [two]}})
    brought = sync(tmp_path, WEDNESDAY, {AZURE_METERS: {"2026-11-23": [one]}}).brought

    days = has(tmp_path, "SELECT day FROM {azure_meters} ORDER BY ALL")
    assert days == [(MONDAY,), (TUESDAY,)]
    assert (brought.new, brought.changed, brought.same) == (0, 1, 1)
    assert has(tmp_path, "SELECT day FROM {newest_azure_meters}") == [(TUESDAY,)]


def test_an_audit_record_fetched_twice_is_one_and_old_ones_go_when_their_months_are_over(
    tmp_path: Path,
) -> None:
    said = [row(AUDIT, event=f"e{n}", moment=date(2026, n, 24), tenant=None) for n in (8, 11)]
    sync(tmp_path, MONDAY, {AUDIT: {"a": said}})
    sync(tmp_path, TUESDAY, {AUDIT: {"b": said[1:]}}, keep_months="3")
    assert has(tmp_path, "SELECT event FROM {activity} ORDER BY ALL") == [("e11",), ("e8",)]

    sync(tmp_path, WEDNESDAY, {AUDIT: {"b": said[1:]}}, keep_months="3")
    assert has(tmp_path, "SELECT event FROM {activity}") == [("e11",)]


def test_the_last_word_of_a_sync_on_a_dataset_stays_until_the_next(tmp_path: Path) -> None:
    short = Mark("subscriptions", MONDAY, (Reason("sync-why-denied", {"n": "3"}),), calls=7)
    whole = Mark("customer_list", TUESDAY, calls=1)
    sync(tmp_path, MONDAY, {SUBSCRIPTIONS: {CONTOSO: None}}, short)
    sync(tmp_path, TUESDAY, {CUSTOMERS: {"": [row(CUSTOMERS)]}}, whole)

    assert opened(tmp_path / "facts").marks == {"subscriptions": short, "customer_list": whole}


def test_a_sync_that_brings_nothing_but_another_day_is_worth_a_generation(tmp_path: Path) -> None:
    given = {CUSTOMERS: {"": [row(CUSTOMERS, customer="Contoso")]}}
    assert sync(tmp_path, MONDAY, given, Mark("customer_list", MONDAY)).generation == 1
    assert sync(tmp_path, MONDAY, given, Mark("customer_list", MONDAY)).generation == 1
    assert sync(tmp_path, TUESDAY, given, Mark("customer_list", TUESDAY)).generation == 2


def test_the_customer_list_names_customers_who_have_no_seats(tmp_path: Path) -> None:
    sync(tmp_path, MONDAY, {CUSTOMERS: {"": [row(CUSTOMERS, customer="Contoso")]}})
    assert [c.name for c in opened(tmp_path / "facts").people.customers] == ["Contoso"]


def test_an_import_after_a_sync_leaves_what_the_sync_brought(tmp_path: Path) -> None:
    licence = row(SEATS, day=MONDAY, sold=3, product="p")
    sync(tmp_path, MONDAY, {SUBSCRIPTIONS: {CONTOSO: [bought("a", 5)]}, SEATS: {"": [licence]}})
    publish(tmp_path / "facts", seats(50))

    assert has(tmp_path, _SPANS) == [("a", 5, MONDAY, None)]
    assert has(tmp_path, "SELECT sum(sold)::INT FROM {deployment}") == [(53,)]
    assert known_parts(tmp_path / "facts")["deployment"] == {"": MONDAY}


def test_rows_of_everybody_together_are_for_those_who_see_everybody(tmp_path: Path) -> None:
    from_both = [bought("a", 5), bought("f", 9, FABRIKAM)]
    told = [row(AUDIT, event="e", moment=MONDAY, tenant=None)]
    sync(tmp_path, MONDAY, {SUBSCRIPTIONS: {CONTOSO: from_both}, AUDIT: {"d": told}})
    facts = opened(tmp_path / "facts", frozenset({CONTOSO}))

    assert facts.rows("SELECT subscription FROM {newest_subscriptions}") == [("a",)]
    assert facts.rows("FROM {activity}") == []


def test_what_names_no_customer_is_for_those_who_see_everybody(tmp_path: Path) -> None:
    sync(tmp_path, MONDAY, {ROLE_MEMBERS: {"": [row(ROLE_MEMBERS, member="b0b")]}})
    asked = "SELECT member FROM {role_members}"

    assert has(tmp_path, asked) == [("b0b",)]
    assert opened(tmp_path / "facts", frozenset({CONTOSO})).rows(asked) == []


def test_a_dataset_that_never_came_is_empty(tmp_path: Path) -> None:
    publish(tmp_path / "facts", seats(50))
    assert has(tmp_path, "SELECT subscription, until FROM {subscriptions}") == []
    assert has(tmp_path, "SELECT cost FROM {newest_azure_spend}") == []


def exported(event: str, day: date) -> Row:
    """A line of the portal's activity log, which has no ids, and says neither of these."""
    return row(AUDIT, event=event, moment=day, resource=None, status=None)


def test_an_event_that_the_portals_export_tells_too_is_read_once(tmp_path: Path) -> None:
    """Of a day the API was asked for its word counts; of older ones there is the export's alone."""
    told = (exported("m1", MONDAY), exported("m2", date(2026, 8, 3)))
    build(tmp_path / "facts", [Batch(AUDIT, told)], META)
    fetched = [row(AUDIT, event="id-1", moment=MONDAY, resource="license", status="succeeded")]
    sync(tmp_path, TUESDAY, {AUDIT: {str(MONDAY): fetched}})

    assert has(tmp_path, "SELECT event FROM {activity} ORDER BY event") == [("id-1",), ("m2",)]
    generation = Warehouse(tmp_path / "facts").current()
    assert generation
    assert generation.connection.execute("SELECT count(*) FROM activity").fetchone() == (3,)


def test_a_day_that_is_not_over_hides_no_export(tmp_path: Path) -> None:
    build(tmp_path / "facts", [Batch(AUDIT, (exported("m1", TUESDAY),))], META)
    sync(tmp_path, TUESDAY, {AUDIT: {str(TUESDAY): []}})

    assert has(tmp_path, "SELECT event FROM {activity}") == [("m1",)]
