"""What may stand in braces beside datasets, and tables that are about customers only by what those
bought: each is cut to the reader as the datasets are.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime

import duckdb
import pytest

from analytics.tables import AZURE_SPEND, DEPLOYMENT
from analytics.values import TenantId
from analytics.warehouse.row_fence import fenced_sql, refuse_unfenced, with_views
from tests.warehouse.sights import sight

Rows = list[tuple[object, ...]]
EVERYBODY = None


@pytest.fixture
def lake() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database without tables."""
    with duckdb.connect() as connection:
        yield connection


def _read(
    lake: duckdb.DuckDBPyConnection,
    sql: str,
    tables: Collection[str],
    visible: Collection[str] | None = EVERYBODY,
    **values: object,
) -> Rows:
    seen = None if visible is None else [TenantId(each) for each in visible]
    there = fenced_sql(sql, frozenset(tables), sight(seen))
    named = {"visible": sorted(visible)} if visible is not None and "$visible" in there else {}
    return lake.execute(there, values | named).fetchall()


@pytest.mark.parametrize("visible", [EVERYBODY, {"a"}, ()])
def test_days_that_were_fetched_are_about_no_customer_and_read_by_all(
    lake: duckdb.DuckDBPyConnection, visible: Collection[str] | None
) -> None:
    lake.execute("""
        CREATE TABLE parts AS FROM (VALUES
            ('activity', '2026-11-19'), ('activity', 'all'), ('azure_spend', '2026-11-18'))
            AS t(dataset, part)""")
    days = _read(lake, "SELECT day FROM {fetched_activity} ORDER BY ALL", (), visible)
    assert days == [(date(2026, 11, 19),), (None,)]


@pytest.mark.parametrize("visible", [EVERYBODY, {"a"}, ()])
def test_the_day_of_a_first_load_is_about_no_customer_and_of_lists_that_came(
    lake: duckdb.DuckDBPyConnection, visible: Collection[str] | None
) -> None:
    lake.execute("""
        CREATE TABLE subscriptions AS FROM (VALUES
            ('a', DATE '2026-11-19'), ('b', DATE '2026-11-18')) AS t(tenant, since)""")
    asked = "SELECT dataset, day FROM {first_loads}"
    assert _read(lake, asked, (), visible) == [(None, None)]
    came = _read(lake, asked, ["subscriptions"], visible)
    assert came == [("subscriptions", date(2026, 11, 18))]


WINDOW = {
    "first": datetime(2026, 11, 19), "after": datetime(2026, 11, 20),  # noqa: DTZ001 as kept
    "tenant": None, "kind": None, "outcome": None, "person": None,
    "only_subscription": None,
    "operations": ["add"], "kinds": ["orders"], "statuses": ["ok"], "outcomes": ["done"],
}  # fmt: skip


@pytest.mark.parametrize(("visible", "seen"), [(EVERYBODY, "ab"), ({"b"}, "b"), ((), "")])
def test_a_view_in_braces_is_written_out_and_cut_to_the_reader(
    lake: duckdb.DuckDBPyConnection, visible: Collection[str] | None, seen: str
) -> None:
    lake.execute("""
        CREATE TABLE parts (dataset VARCHAR, part VARCHAR, day DATE);
        CREATE TABLE activity AS FROM (VALUES
            ('a', '1', TIMESTAMP '2026-11-19 08:00:00', 'license', 'ok'),
            ('b', '2', TIMESTAMP '2026-11-19 09:00:00', 'license', 'ok'))
            AS t(tenant, event, moment, resource, status);
        ALTER TABLE activity ADD COLUMN operation VARCHAR;
        ALTER TABLE activity ADD COLUMN who VARCHAR;
        ALTER TABLE activity ADD COLUMN application VARCHAR;
        ALTER TABLE activity ADD COLUMN subscription VARCHAR;
        ALTER TABLE activity ADD COLUMN offer VARCHAR;
        ALTER TABLE activity ADD COLUMN quantity_before INTEGER;
        ALTER TABLE activity ADD COLUMN quantity_after INTEGER;
        ALTER TABLE activity ADD COLUMN user_count INTEGER;
        ALTER TABLE activity ADD COLUMN correlation VARCHAR""")
    sql = with_views("SELECT tenant, kind, outcome FROM {activity_window} ORDER BY ALL")
    refuse_unfenced(sql, ["activity"])
    found = _read(lake, sql, ["activity"], visible, **WINDOW)
    assert found == [(each, "other", "done") for each in seen]


@pytest.mark.parametrize(("visible", "seen"), [(EVERYBODY, "ab"), ({"b"}, "b")])
def test_lines_of_subscriptions_are_read_where_they_are_and_else_worked_out(
    lake: duckdb.DuckDBPyConnection, visible: Collection[str] | None, seen: str
) -> None:
    lake.execute("""
        CREATE TABLE subscription_lines AS FROM (VALUES ('a', 's1'), ('b', 's2'))
            AS t(tenant, subscription)""")
    lines = "SELECT tenant FROM {subscription_lines} ORDER BY ALL"
    assert _read(lake, lines, ["subscription_lines"], visible) == [(each,) for each in seen]
    assert _read(lake, lines, (), visible) == []


@pytest.mark.parametrize(
    ("visible", "offers"),
    [(EVERYBODY, ["o1:0001", "o2:0002"]), ({"a"}, ["o1:0001"]), ({"b"}, []), ((), [])],
)
def test_of_offers_those_are_read_that_ones_customers_bought(
    lake: duckdb.DuckDBPyConnection, visible: Collection[str] | None, offers: list[str]
) -> None:
    lake.execute("""
        CREATE TABLE offer_skus AS FROM (VALUES ('o1:0001'), ('o2:0002')) AS t(offer);
        CREATE TABLE subscriptions AS FROM (VALUES ('a', ' O1:0001:K971'), ('c', 'O2:0002:K971'))
            AS t(tenant, offer)""")
    asked = "SELECT offer FROM {offer_skus} ORDER BY ALL"
    both = ["offer_skus", "subscriptions"]
    assert _read(lake, asked, both, visible) == [(each,) for each in offers]
    unbought = offers if visible is EVERYBODY else []
    assert _read(lake, asked, ["offer_skus"], visible) == [(each,) for each in unbought]


def test_rows_about_nobody_are_no_offers_though_subscriptions_are_known(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    lake.execute("CREATE TABLE role_members AS SELECT 'admin' AS role, 'o1' AS offer")
    lake.execute("CREATE TABLE subscriptions AS SELECT 'a' AS tenant, 'o1' AS offer")
    count, there = "SELECT count(*) FROM {role_members}", ["role_members", "subscriptions"]
    assert [_read(lake, count, there, seen) for seen in (EVERYBODY, {"a"})] == [[(1,)], [(0,)]]


def test_a_column_that_a_generation_lacks_is_unknown_and_the_others_are_read(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    lake.execute("CREATE TABLE deployment AS SELECT 'a' AS tenant, 7 AS sold")
    sql = "SELECT tenant, sold, assigned FROM {deployment}"
    lacks = {DEPLOYMENT.name: ["assigned"], "usage": ["sold"]}
    there = fenced_sql(sql, {"deployment"}, sight(), lacks)
    assert lake.execute(there).fetchall() == [("a", 7, None)]


def test_a_column_that_is_lacking_and_withheld_too_is_unknown(
    lake: duckdb.DuckDBPyConnection,
) -> None:
    lake.execute("CREATE TABLE azure_spend AS SELECT 'a' AS tenant, 'EUR' AS currency")
    lacks, viewer = {AZURE_SPEND.name: ["cost"]}, sight(money=False)
    there = fenced_sql("SELECT tenant, cost FROM {azure_spend}", {"azure_spend"}, viewer, lacks)
    assert lake.execute(there).fetchall() == [("a", None)]
