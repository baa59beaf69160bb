"""Reading of a question's SQL: the tables and columns that it names, and conditions not set."""

from dataclasses import FrozenInstanceError

import pytest

from analytics.warehouse.building.azure_tables import (
    CATEGORY_MONTHS,
    MONTHS,
    SUBSCRIPTION_MONTHS,
)
from analytics.warehouse.building.recent_activity import RECENT
from analytics.warehouse.fenced_names import FENCED
from analytics.warehouse.statements import parameters, read_statement, with_set_conditions


@pytest.mark.parametrize(
    ("sql", "takes_all"),
    [
        ("SELECT d.sold FROM {deployment} d", False),
        ("SELECT sold FROM {deployment} d", False),
        ("SELECT d FROM {deployment} d", True),
        ("SELECT count(d) FROM {deployment} d JOIN {usage} u USING (tenant)", True),
        ("SELECT d.sold.d FROM {deployment} d", False),
        ("SELECT count(*) FROM {deployment} d", False),
        ("SELECT * FROM {deployment}", True),
        ("FROM {deployment}", True),
        ("SELECT FROM WHERE", True),
    ],
)
def test_sql_that_takes_whole_rows_is_known(sql: str, takes_all: bool) -> None:  # noqa: FBT001 of a table
    assert read_statement(sql).takes_all is takes_all


def test_names_of_tables_and_functions_are_read() -> None:
    read = read_statement("WITH a AS (FROM {usage}) FROM a, range(3), read_csv('x'), {activity} b")
    assert (read.own, read.error) == ({"a"}, "")
    assert read.tables == {"a", "{usage}", "{activity}"}
    assert read.functions == {"range", "read_csv"}
    with pytest.raises(FrozenInstanceError):
        read.error = "changed"  # type: ignore[misc]  # it is kept for other questions too


@pytest.mark.parametrize(
    ("sql", "unset", "then"),
    [
        ("x", {"a"}, "x"),
        ("($a IS NULL OR b) c", {"a"}, "(true) c"),
        ("($a IS NULL OR b) c", {"b"}, "(b) c"),
        ("y ($a IS NULL OR f(b) = (g((h)))) z", set(), "y (f(b) = (g((h)))) z"),
        ("y ($a IS NULL OR f(b) = (g((h)))) z", {"a"}, "y (true) z"),
        ("($a IS NULL OR b) AND ($c IS NULL OR (d)) e", {"a"}, "(true) AND ((d)) e"),
        ("($a IS NULL OR b)($c IS NULL OR d)", {"c"}, "(b)(true)"),
    ],
)
def test_conditions_on_what_is_not_set_are_true(sql: str, unset: set[str], then: str) -> None:
    assert with_set_conditions(sql, frozenset(unset)) == then


def test_a_condition_that_is_not_closed_is_an_error() -> None:
    with pytest.raises(ValueError, match="IS NULL OR"):
        with_set_conditions("($a IS NULL OR (b)", frozenset())


def test_parameters_are_named_without_their_sign() -> None:
    assert parameters("SELECT $a + $b_1 + $a, 'c'") == {"a", "b_1"}


def test_every_kept_summary_is_behind_the_fence() -> None:
    kept = (RECENT, MONTHS, CATEGORY_MONTHS, SUBSCRIPTION_MONTHS)
    assert [each.name for each in kept if each.name not in FENCED] == []
