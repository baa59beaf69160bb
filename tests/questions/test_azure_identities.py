"""Identities of Azure costs over made-up months, and what a report viewer is told of them."""

import json
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.questions.azure import azure
from analytics.questions.azure.identities import azure_checks
from analytics.questions.results import result_json
from analytics.tables import AZURE_SPEND, Row
from analytics.warehouse.building.azure_tables import AZURE_TABLES, write_azure
from analytics.warehouse.facts import Facts
from handlers.commands.azure import tell
from handlers.messages.speaker import speaker
from tests.questions.azured import spent, told
from tests.questions.earlier import earlier
from tests.run_cache import built_once
from tests.seeds import are_long
from tests.warehouse.rows import opened
from tests.warehouse.sights import sight

FIRST = date(2026, 10, 1)
CURRENCIES = ("EUR", "SEK", "GBP", "")
SAY = speaker("en")

_DAY = st.integers(0, 55)
_COST = st.decimals(-50, 5000, places=2)
_SPENT = st.tuples(st.sampled_from("abcd"), _DAY, _COST, st.sampled_from(CURRENCIES), st.booleans())


@st.composite
def worlds(draw: st.DrawFn) -> list[Row]:
    """Rows of four customers in two months, at most one a day and currency."""
    rows: dict[object, Row] = {}
    for whose, at, cost, currency, has_budget in draw(st.lists(_SPENT, min_size=1, max_size=40)):
        day = FIRST + timedelta(days=at)
        cells = {"budget": Decimal(100), "locale": "" if currency else "fr-FR"}
        used = {"budget_used": cost / 100} if has_budget else {"budget": None}
        rows[whose, day, currency] = spent(whose, day, str(cost), currency, **cells | used)
    return list(rows.values())


def make_empty(folder: Path) -> None:
    told(folder, [spent(each, FIRST, "1") for each in "abcd"])


def rewritten(folder: Path, rows: Sequence[Row], times: int = 1) -> Facts:
    """The facts of these rows, all amounts so many times as much."""
    shutil.copytree(built_once("azure", make_empty) / "facts", folder / "facts")
    (file,) = (folder / "facts").glob("facts-*.duckdb")
    file.chmod(0o600)
    names = [each.name for each in AZURE_SPEND.columns]
    with duckdb.connect(file) as con:
        con.execute("DELETE FROM azure_spend")
        gaps = ", ".join("?" * len(names))
        sql = f"INSERT INTO azure_spend ({', '.join(names)}) VALUES ({gaps})"  # noqa: S608 our own
        con.executemany(sql, [[_times(each, times) for each in row] for row in rows])
        for table in AZURE_TABLES:
            con.execute(f"DROP TABLE IF EXISTS {table}")
        write_azure(con)
    return opened(folder / "facts")


def _times(cell: object, times: int) -> object:
    return cell * times if isinstance(cell, Decimal) else cell


@settings(max_examples=200 if are_long() else 6, deadline=None)
@given(worlds())
def test_days_add_up_and_no_two_currencies_ever_do(rows: list[Row]) -> None:
    with TemporaryDirectory() as folder:
        facts = rewritten(Path(folder), rows)
        result = azure(facts, None, None)
        assert [each.wrong for each in azure_checks(facts)] == [0, 0]
        before = earlier(facts)
        assert azure(before, None, None) == result
        for each in facts.people.customers:
            assert azure(before, each, None) == azure(facts, each, None)
    amounts = [each.amount for each in result.costs.totals]
    own = {abs(each) for each in _amounts(result_json(result))}
    sums = {one + other for one, other in combinations(amounts, 2)} - own
    said = f"{tell(result, SAY)} {json.dumps(result_json(result))}"
    words = [SAY.amount(each, code) for each in sums for code in CURRENCIES[:3]]
    assert [each for each in words if each in said] == []


def _amounts(part: object) -> list[Decimal]:
    """Every number in a result that is written as an amount."""
    if isinstance(part, dict):
        return [each for value in part.values() for each in _amounts(value)]
    if isinstance(part, list):
        return [each for value in part for each in _amounts(value)]
    return [Decimal(part)] if isinstance(part, str) and _is_number(part) else []


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


@settings(max_examples=100 if are_long() else 4, deadline=None)
@given(worlds())
def test_a_report_viewer_is_told_the_same_whatever_it_costs(rows: list[Row]) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        worlds = rewritten(Path(one), rows), rewritten(Path(other), rows[::-1], 3)
        answers = [
            azure(Facts(facts.generation, sight(money=False)), None, None) for facts in worlds
        ]
    assert answers[0] == answers[1]
    assert tell(answers[0], SAY) == tell(answers[1], SAY)
