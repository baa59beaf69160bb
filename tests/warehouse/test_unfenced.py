"""SQL that names a table outside braces is not run."""

import pytest

from analytics.warehouse.row_fence import UnfencedTable, refuse_unfenced

TABLES = frozenset({"deployment", "usage", "services", "products"})


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT * FROM deployment", "deployment"),
        ("SELECT 1 FROM {usage} WHERE tenant IN (SELECT tenant FROM deployment)", "deployment"),
        ("SELECT * FROM {usage}, products, services", "products, services"),
        ("WITH mine AS (FROM {usage}) FROM mine JOIN services s ON true", "services"),
        ("WITH deployment AS (FROM deployment) FROM deployment", "deployment"),
        ("WITH a AS (FROM services), services AS (FROM {usage}) FROM a", "services"),
        ("WITH standing AS (FROM standing) FROM standing", "standing"),
        ("SELECT * FROM query_table('deployment')", "query_table"),
        ("SELECT * FROM read_csv('a.csv')", "read_csv"),
        ("SELECT * FROM services, services(1)", "services"),
        ("FROM 'a.csv'", "a.csv"),
        ("SELECT * FROM {nowhere}", "{nowhere}"),
        ("SELECT table_name FROM information_schema.tables", "tables"),
        ("DELETE FROM deployment", "Only SELECT"),
        ("SELECT * FROM", "syntax error"),
    ],
)
def test_a_table_outside_braces_is_refused(sql: str, said: str) -> None:
    with pytest.raises(UnfencedTable, match=said):
        refuse_unfenced(sql, TABLES)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'deployment', 1",
        "SELECT sold AS deployment FROM {deployment}",
        "FROM {newest_usage} JOIN {standing} USING (tenant)",
        "WITH mine AS (FROM {usage}) SELECT * FROM mine, unnest([1, 2]) AS t(n)",
        "SELECT * FROM range(3), generate_series(1, 2)",
        "SELECT count(*) FROM {deployment} WHERE tenant = $tenant",
    ],
)
def test_what_reads_fenced_tables_alone_is_run(sql: str) -> None:
    refuse_unfenced(sql, TABLES)
