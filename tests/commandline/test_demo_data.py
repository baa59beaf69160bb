"""`seatwise demo-data`: as many rows as asked for, by the same loader, and never over real ones."""

from pathlib import Path

import pytest

from analytics.questions.portfolio import portfolio
from analytics.values import OWN
from analytics.warehouse.building.check import check
from bot.cli import run_verb
from bot.partners import facts_folder
from tests.warehouse.rows import opened, publish, seats, totals


def made(home: Path, *more: str) -> int:
    return run_verb(["demo-data", "--data", str(home), "--customers", "300", "--days", "9", *more])


def test_a_partner_of_the_size_asked_for_is_made_and_agrees(tmp_path: Path) -> None:
    folder = facts_folder(tmp_path, OWN)
    assert made(tmp_path) == 0

    facts = opened(folder)
    ((rows, days),) = facts.rows("SELECT count(*), count(DISTINCT day) FROM {usage}")
    assert days == 9
    assert isinstance(rows, int)
    assert 4.5 < rows / 300 / 9 < 5.5
    assert facts.generation.made_up
    assert len(portfolio(facts).customers) == 300
    assert [each for each in check(folder) if each.wrong and each.fault] == []
    assert not (folder / "demo-data.duckdb").exists()


def test_the_same_seed_makes_the_same_partner(tmp_path: Path) -> None:
    for name, seed in {"a": "7", "b": "7", "c": "8"}.items():
        made(tmp_path / name, "--seed", seed)
    told = {name: totals(opened(facts_folder(tmp_path / name, OWN))) for name in "abc"}
    assert told["a"] == told["b"] != told["c"]


def test_real_data_is_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(facts_folder(tmp_path, OWN), seats(50))
    assert made(tmp_path, "--lang", "en") == 1
    assert "holds real data" in capsys.readouterr().err
    assert totals(opened(facts_folder(tmp_path, OWN))) == (50, None)
