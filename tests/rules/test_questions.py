"""Questions read fenced tables only, so that a reader limited to some customers sees no others."""

import re
from pathlib import Path

import pytest

from analytics.tables import DATASETS
from tests.rules.source import ROOT, calls, texts

QUESTIONS = "analytics/questions"
FENCED = {
    "{standing}",
    "{standing_before}",
    "{subscription_lines}",
    *("{azure_told}", "{azure_categories_told}", "{azure_subscriptions_told}"),
    *("{azure_unusual_units}", "{azure_unusual_days}", "{azure_meter_months}", "{azure_months}"),
    *("{azure_category_costs_by_month}", "{azure_subscription_costs_by_month}"),
    *("{customer_spells}", "{customer_pieces}", "{subscribed_customers}", "{insights_runs}"),
    *("{monthly_deployment}", "{monthly_usage}", "{monthly_standing}", "{standing_pairs}"),
    *("{recent_activity}", "{activity_edges}", "{fetched_activity}"),
    *("{first_loads}", "{seat_spans}", "{seat_steps}", "{kept_seat_steps}", "{standing_seats}"),
    *(
        "{renewal_rows}",
        "{renewal_due}",
        "{renewal_terms}",
        "{spare_seats}",
        "{fetched_subscriptions}",
    ),
    *(f"{{{prefix}{dataset.name}}}" for dataset in DATASETS for prefix in ("", "newest_")),
}
_SELECT = re.compile(r"\bSELECT\b")
_TARGET = re.compile(r"\b(?:FROM|JOIN)\s+([^\s,)]+)(\s*,)?", re.IGNORECASE)


def unfenced(sql: str) -> list[str]:
    """What a query reads besides fenced tables and queries in parentheses."""
    found = [(m[1], bool(m[2])) for m in _TARGET.finditer(sql)]
    return [
        name for name, listed in found if listed or not (name in FENCED or name.startswith("("))
    ]


def queries() -> list[str]:
    return sorted(text for text in texts(QUESTIONS) if _SELECT.search(text))


@pytest.mark.parametrize("sql", queries(), ids=lambda sql: " ".join(sql.split())[:50])
def test_a_query_reads_fenced_tables_only(sql: str) -> None:
    assert _TARGET.search(sql), "a query reads something"
    assert unfenced(sql) == []


@pytest.mark.parametrize(
    ("sql", "read"),
    [
        ("SELECT 1 FROM deployment", ["deployment"]),
        ("SELECT 1 FROM {deployment} JOIN usage USING (tenant)", ["usage"]),
        ("SELECT 1 FROM (SELECT 2 FROM old.usage) x", ["old.usage"]),
        ("SELECT 1 FROM {deployment}, usage", ["{deployment}"]),
        ("select 1 from newest_usage", ["newest_usage"]),
        ("SELECT 1 FROM {customers}", ["{customers}"]),
        ("SELECT 1 FROM\n  {newest_usage} JOIN (SELECT 2 FROM {usage}) USING (day)", []),
    ],
)
def test_the_check_sees_what_a_query_reads(sql: str, read: list[str]) -> None:
    assert unfenced(sql) == read


def test_the_queries_are_found() -> None:
    assert len(queries()) >= 8


def test_questions_ask_the_facts_and_never_the_connection() -> None:
    asked = {
        (file.relative_to(ROOT).as_posix(), name)
        for file, name, _ in calls(QUESTIONS)
        if name in {"execute", "executemany", "sql", "query", "cursor", "connect"}
    }
    assert asked == set()


def test_every_query_is_asked_as_a_named_constant() -> None:
    """A text put together on the way would slip past the check above."""
    first = [call.args[0] for _, name, call in calls(QUESTIONS) if name == "rows"]
    names = [getattr(arg, "id", "?") for arg in first]

    assert len(names) >= 8
    assert [name for name in names if not re.fullmatch(r"_[A-Z_]+", name)] == []


def test_no_question_makes_sql_with_an_f_string() -> None:
    made = [
        file.name
        for file in Path(ROOT / QUESTIONS).rglob("*.py")
        if re.search(r'f"""?\s*SELECT|\.format\(', file.read_text(encoding="utf-8"))
    ]
    assert made == []
