"""Each figure of a generation, broken in its file, is found by the check."""

import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from analytics.tables import AZURE_SPEND, SUBSCRIPTIONS
from analytics.values import OWN
from analytics.warehouse.building.check import check
from bot.cli import run_verb
from bot.partners import facts_folder
from tests.run_cache import built_once
from tests.warehouse.rows import opened, publish, seats, tenant, use
from tests.warehouse.test_memory import MONDAY, TUESDAY, bought, row, sync

CONTOSO = tenant("Contoso")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Facts with rows of every sort, all of which agree."""
    shutil.copytree(built_once("agreeing", _build), tmp_path, dirs_exist_ok=True)
    return tmp_path / "facts"


def _build(folder: Path) -> None:
    spent = [row(AZURE_SPEND, day=MONDAY, cost=Decimal(9), budget=Decimal(20))]
    share = [row(AZURE_SPEND, day=TUESDAY, cost=9, budget=20, budget_used=Decimal("0.45"))]
    for day, rows in ((MONDAY, spent), (TUESDAY, share)):
        given = {AZURE_SPEND: {"": rows}, SUBSCRIPTIONS: {CONTOSO: [bought("a", day.day)]}}
        sync(folder, day, given)
    lines = [seats(50, 40), seats(9, 2, product="other"), use(30, 50), use(70, 50, workload="y")]
    publish(folder / "facts", *lines, seats(5, 9, customer="Fabrikam"))


def faults(folder: Path) -> list[tuple[str, str]]:
    return [(each.dataset, each.what) for each in check(folder) if each.wrong and each.fault]


def test_what_was_built_agrees_and_what_the_source_tells_is_a_remark(folder: Path) -> None:
    assert faults(folder) == []
    remarks = {each.what: each.wrong for each in check(folder) if each.wrong}
    assert remarks == {"check-above-deployment": 1, "check-above-usage": 1}


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("UPDATE newest_deployment SET sold = sold + 1", ("deployment", "check-newest")),
        ("DELETE FROM newest_usage", ("usage", "check-newest")),
        ("UPDATE standing SET sold = sold + 1", ("deployment", "check-standing")),
        ("UPDATE standing SET assigned = 0", ("deployment", "check-standing")),
        ("UPDATE standing_pairs SET sold = sold + 1", ("deployment", "check-standing")),
        ("UPDATE standing_pairs SET active = active + 1", ("usage", "check-standing")),
        ("UPDATE standing SET active = 70 WHERE active = 30", ("usage", "check-standing")),
        (
            "INSERT INTO standing_before SELECT tenant, product, 1, 1, 1 FROM standing",
            ("deployment", "check-standing"),
        ),
        ("DELETE FROM standing WHERE product = 'other'", ("deployment", "check-totals")),
        ("UPDATE snapshots SET rows = rows + 1", ("usage", "check-snapshots")),
        ("DELETE FROM usage WHERE workload = 'y'", ("usage", "check-snapshots")),
        ("INSERT INTO deployment FROM deployment", ("deployment", "check-doubled")),
        ("UPDATE deployment SET sold = -1", ("deployment", "check-negative")),
        ("DELETE FROM customers", ("usage", "check-nameless")),
        ("DELETE FROM products", ("deployment", "check-nameless")),
        ("UPDATE subscriptions SET until = NULL", ("subscriptions", "check-overlap")),
        ("UPDATE subscriptions SET until = since", ("subscriptions", "check-overlap")),
        ("UPDATE azure_spend SET budget_used = 45", ("azure_spend", "check-share")),
    ],
)
def test_a_figure_broken_in_the_file_is_found(
    folder: Path, harm: str, found: tuple[str, str]
) -> None:
    newest = sorted(folder.glob("facts-*.duckdb"))[-1]
    with duckdb.connect(newest) as con:
        con.execute(harm)
    assert found in faults(folder)


def test_a_build_marks_what_does_not_agree_and_answers_on(tmp_path: Path) -> None:
    wrong = row(AZURE_SPEND, day=MONDAY, cost=9, budget=20, budget_used=45)
    sync(tmp_path, MONDAY, {AZURE_SPEND: {"": [wrong]}})
    assert opened(tmp_path / "facts").marks["azure_spend"].mismatch == "check-share"

    right = row(AZURE_SPEND, day=MONDAY, cost=9, budget=20, budget_used=Decimal("0.45"))
    sync(tmp_path, TUESDAY, {AZURE_SPEND: {"": [right]}})
    assert opened(tmp_path / "facts").marks["azure_spend"].mismatch == ""


def test_the_command_says_what_is_wrong_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = facts_folder(tmp_path, OWN)
    publish(home, seats(50, 40), use(30, 50))
    assert run_verb(["check", "--data", str(tmp_path), "--lang", "en"]) == 0
    assert "12 comparisons, all agree" in capsys.readouterr().out

    with duckdb.connect(home / "facts-000001.duckdb") as con:
        con.execute("UPDATE standing SET sold = 1; UPDATE standing_pairs SET sold = 1")
    assert run_verb(["check", "--data", str(tmp_path), "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "licence deployment: WRONG, a customer’s sum" in said
    assert "licence deployment: WRONG, the portfolio’s sums" in said
