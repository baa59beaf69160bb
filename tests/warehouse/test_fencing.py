"""What a question's tables stand for: the reader's customers alone, and nothing of what never
came.
"""

from collections.abc import Collection, Iterator
from datetime import date

import duckdb
import pytest

from analytics.tables import AZURE_SPEND, ROLE_MEMBERS, SUBSCRIPTIONS
from analytics.values import Secrecy, Sight
from analytics.warehouse.row_fence import fenced_sql, secrets_in, withheld_columns
from tests.warehouse.sights import sight

Rows = list[tuple[object, ...]]


@pytest.fixture
def lake() -> Iterator[duckdb.DuckDBPyConnection]:
    """Tables of a generation, as small as can be."""
    with duckdb.connect() as connection:
        yield connection


class Read:
    """What a reader gets who sees one of two customers, or everyone."""

    def __init__(self, lake: duckdb.DuckDBPyConnection, *tables: str) -> None:
        self._lake, self._tables = lake, tables

    def __call__(self, sql: str, *, visible: Collection[str] | None = None) -> Rows:
        """Runs it; `visible` None means everyone."""
        there = fenced_sql(sql, frozenset(self._tables), sight(visible))
        named = {"visible": sorted(visible)} if visible is not None and "$visible" in there else {}
        return self._lake.execute(there, named).fetchall()


def _sold(lake: duckdb.DuckDBPyConnection) -> None:
    """Seats and people of two customers on two days, of which the second did not come whole."""
    lake.execute("""
        CREATE TABLE deployment AS SELECT * FROM (VALUES
            ('a', 'o365', DATE '2026-11-19', 'e3', 1, 1),
            ('b', 'o365', DATE '2026-11-19', 'e3', 2, 1),
            ('a', 'o365', DATE '2026-11-20', 'e3', 9, 9))
            AS t(tenant, service, day, product, sold, assigned);
        CREATE TABLE usage AS SELECT *, 'exo' AS workload FROM (VALUES
            ('a', 'o365', DATE '2026-11-19', 'e3', 1, 1),
            ('b', 'o365', DATE '2026-11-19', 'e3', 1, 2))
            AS t(tenant, service, day, product, active, entitled);
        CREATE TABLE snapshots AS SELECT * FROM (VALUES
            ('deployment', 'o365', DATE '2026-11-19', 0),
            ('deployment', 'o365', DATE '2026-11-20', 4),
            ('usage', 'o365', DATE '2026-11-19', 0)) AS t(dataset, service, day, missing)""")


def test_whoever_sees_everyone_reads_the_table_itself(lake: duckdb.DuckDBPyConnection) -> None:
    _sold(lake)
    read = Read(lake, "deployment", "usage")
    assert read("SELECT sum(sold) FROM {deployment}") == [(12,)]
    assert read("SELECT tenant FROM {usage} ORDER BY ALL") == [("a",), ("b",)]


@pytest.mark.parametrize(("visible", "sold"), [({"a"}, 10), ({"b"}, 2), ({"a", "b"}, 12)])
def test_others_read_the_rows_of_their_customers(
    lake: duckdb.DuckDBPyConnection, visible: set[str], sold: int
) -> None:
    _sold(lake)
    read = Read(lake, "deployment")
    assert read("SELECT sum(sold) FROM {deployment}", visible=visible) == [(sold,)]
    assert read("SELECT * FROM {deployment}", visible=()) == []


def test_what_stands_in_no_braces_is_left_alone() -> None:
    sql = "SELECT 'deployment', 1"
    assert fenced_sql(sql, {"deployment"}, sight(())) == sql


def test_the_newest_seats_are_those_of_the_newest_day_that_came_whole(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    _sold(lake)
    read = Read(lake, "deployment", "usage")
    newest = "SELECT tenant, sold FROM {newest_deployment} ORDER BY ALL"
    assert read(newest) == [("a", 1), ("b", 2)]
    assert read(newest, visible={"b"}) == [("b", 2)]


def test_how_each_stands_is_worked_out_where_no_rollup_says_it(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    _sold(lake)
    read = Read(lake, "deployment", "usage")
    standing = "SELECT tenant, product, sold, assigned, active FROM {standing} ORDER BY ALL"
    assert read(standing) == [("a", "e3", 1, 1, 1), ("b", "e3", 2, 1, 1)]
    assert read(standing, visible={"a"}) == [("a", "e3", 1, 1, 1)]


def test_a_rollup_that_is_there_is_what_is_read(lake: duckdb.DuckDBPyConnection) -> None:
    lake.execute("CREATE TABLE standing AS FROM (VALUES ('a', 7), ('b', 8)) AS t(tenant, sold)")
    lake.execute(
        "CREATE TABLE newest_usage AS FROM (VALUES ('a', 5), ('b', 6)) AS t(tenant, active)"
    )
    read = Read(lake, "standing", "newest_usage", "usage")
    assert read("FROM {standing} ORDER BY ALL") == [("a", 7), ("b", 8)]
    assert read("FROM {standing}", visible={"b"}) == [("b", 8)]
    assert read("FROM {newest_usage} ORDER BY ALL") == [("a", 5), ("b", 6)]
    assert read("FROM {newest_usage}", visible={"a"}) == [("a", 5)]


def test_of_spans_those_are_newest_that_have_not_ended(lake: duckdb.DuckDBPyConnection) -> None:
    lake.execute("""CREATE TABLE subscriptions AS FROM (VALUES
        ('a', 'old', DATE '2026-11-20'), ('a', 'new', NULL), ('b', 'new', NULL))
        AS t(tenant, subscription, until)""")
    read = Read(lake, "subscriptions")
    newest = "SELECT tenant, subscription FROM {newest_subscriptions} ORDER BY ALL"
    assert read("SELECT count(*) FROM {subscriptions}") == [(3,)]
    assert read(newest) == [("a", "new"), ("b", "new")]
    assert read(newest, visible={"a"}) == [("a", "new")]


@pytest.mark.parametrize(("dataset", "time"), [("azure_spend", "day"), ("insights_seats", "month")])
def test_of_days_and_months_the_last_one_is_newest(
    lake: duckdb.DuckDBPyConnection, dataset: str, time: str
) -> None:
    lake.execute(f"""CREATE TABLE {dataset} AS FROM (VALUES
        ('a', DATE '2026-10-01'), ('a', DATE '2026-11-01'), ('b', DATE '2026-11-01'))
        AS t(tenant, {time})""")
    read = Read(lake, dataset)
    newest = f"SELECT tenant, {time} FROM {{newest_{dataset}}} ORDER BY ALL"
    november = date(2026, 11, 1)
    assert read(newest) == [("a", november), ("b", november)]
    assert read(newest, visible={"b"}) == [("b", november)]


@pytest.mark.parametrize("table", ["deployment_totals", "newest_deployment_totals", "role_members"])
def test_rows_about_nobody_are_for_those_who_see_everyone(
    lake: duckdb.DuckDBPyConnection, table: str
) -> None:
    lake.execute("CREATE TABLE deployment_totals AS SELECT DATE '2026-11-20' AS day")
    lake.execute("CREATE TABLE role_members AS SELECT 'admin' AS role")
    read = Read(lake, "deployment_totals", "role_members")
    count = f"SELECT count(*) FROM {{{table}}}"
    assert (read(count), read(count, visible={"a"})) == ([(1,)], [(0,)])


def test_activity_that_the_api_tells_too_is_read_once_and_of_ones_customers(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    lake.execute("""
        CREATE TABLE parts AS FROM (VALUES ('activity', '2026-11-19', DATE '2026-11-20'))
            AS t(dataset, part, day);
        CREATE TABLE activity AS FROM (VALUES
            ('a', 'api', TIMESTAMP '2026-11-19 08:00:00', 'license', 'done'),
            ('a', 'export', TIMESTAMP '2026-11-19 08:00:00', NULL, NULL),
            ('b', 'before', TIMESTAMP '2026-11-02 08:00:00', NULL, NULL))
            AS t(tenant, event, moment, resource, status)""")
    read = Read(lake, "activity")
    events = "SELECT event FROM {activity} ORDER BY ALL"
    assert read(events) == [("api",), ("before",)]
    assert read(events, visible={"a"}) == [("api",)]


@pytest.mark.parametrize("visible", [None, {"a"}])
@pytest.mark.parametrize(
    "columns",
    [
        "tenant, sold FROM {deployment}",
        "service, active FROM {newest_usage}",
        "quantity, since, until FROM {newest_subscriptions}",
        "event, moment FROM {activity}",
        "role FROM {role_members}",
    ],
)
def test_a_dataset_that_never_came_is_empty_and_has_its_columns(
    lake: duckdb.DuckDBPyConnection, columns: str, visible: set[str] | None
) -> None:
    assert Read(lake)(f"SELECT {columns}", visible=visible) == []


ADMIN, EXECUTIVE = sight(), sight(persons=False)
VIEWER = sight(money=False, persons=False)
NAMED = "SELECT member_name FROM {role_members}"


@pytest.mark.parametrize(
    ("its", "sql", "read"),
    [
        (ADMIN, NAMED, "Ada"),
        (EXECUTIVE, NAMED, None),
        (VIEWER, NAMED, None),
        (ADMIN, "SELECT MEMBER_NAME FROM {newest_role_members}", "Ada"),
        (VIEWER, "SELECT MEMBER_NAME FROM {newest_role_members}", None),
        (ADMIN, "SELECT m.role FROM {role_members} AS m", "r1"),
    ],
)
def test_names_of_people_are_read_by_those_who_may_see_them(
    lake: duckdb.DuckDBPyConnection, its: Sight, sql: str, read: str | None
) -> None:
    _members(lake)
    assert lake.execute(fenced_sql(sql, {"role_members"}, its)).fetchall() == [(read,)]


@pytest.mark.parametrize("its", [ADMIN, EXECUTIVE, VIEWER])
@pytest.mark.parametrize("sql", ["FROM {role_members}", "SELECT m FROM {role_members} AS m"])
def test_who_asks_for_every_column_gets_no_names(
    lake: duckdb.DuckDBPyConnection, its: Sight, sql: str
) -> None:
    _members(lake)
    said = str(lake.execute(fenced_sql(sql, {"role_members"}, its)).fetchall())
    assert "r1" in said
    assert "Ada" not in said
    assert "ada@" not in said


def test_a_column_that_is_cut_keeps_its_type(lake: duckdb.DuckDBPyConnection) -> None:
    _members(lake)
    asked = "SELECT typeof(member_name) FROM {role_members}"
    sql = fenced_sql(asked, {"role_members"}, VIEWER)
    assert lake.execute(sql).fetchall() == [("VARCHAR",)]


def test_the_secrets_of_a_question_are_those_it_names() -> None:
    assert secrets_in(NAMED) == {Secrecy.PERSON}
    assert secrets_in("SELECT Cost FROM {azure_spend}") == {Secrecy.MONEY}
    assert secrets_in("SELECT cost FROM {deployment}") == set()
    assert secrets_in("SELECT role, costs FROM {role_members}, {azure_spend}") == set()


def test_withheld_are_the_columns_of_what_is_not_seen() -> None:
    assert withheld_columns(ROLE_MEMBERS, ADMIN) == set()
    assert withheld_columns(ROLE_MEMBERS, EXECUTIVE) == {"member_name", "member_upn"}
    assert withheld_columns(AZURE_SPEND, EXECUTIVE) == set()
    assert withheld_columns(AZURE_SPEND, VIEWER) == {"cost", "cost_usd", "budget", "budget_used"}


def test_sealed_columns_are_withheld_from_everybody() -> None:
    assert withheld_columns(SUBSCRIPTIONS, ADMIN) == {"rest"}
    assert secrets_in("SELECT rest FROM {subscriptions}") == set()
    assert Secrecy.SEALED.kinds == {Secrecy.MONEY, Secrecy.PERSON}


def _members(lake: duckdb.DuckDBPyConnection) -> None:
    lake.execute("""
        CREATE TABLE role_members AS SELECT * FROM (VALUES
            ('r1', 'Admin', 'u1', 'Ada', 'ada@partner.example', NULL::DATE))
            AS t(role, role_name, member, member_name, member_upn, until)""")
