"""A notebook is one reader's: their rights count, each reading is audited, its page is true."""

import ast
import re
from collections.abc import Iterator

import pandas as pd
import pytest

import bot.notebook
from analytics.demo.pages import CLEO_SEES
from bot.notebook import Notebook, Unanswered, notebook
from bot.settings import Settings
from tests.answering.asking import audited, store_file
from tests.conftest import NOW
from tests.rules.source import ROOT

BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n```\n(.*?)^```\n)?", re.M | re.S)


@pytest.fixture
def environment(sample_home: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The made-up partner of the day that the page is of."""
    monkeypatch.setattr(bot.notebook, "utc_now", lambda: NOW)
    return {"SEATWISE_DATA_DIR": str(sample_home.data_dir.parent)}


@pytest.fixture
def ben(environment: dict[str, str]) -> Notebook:
    return notebook("ben", environment)


def test_who_holds_no_right_gets_no_frame_and_that_is_audited(ben: Notebook) -> None:
    for read in (ben.ask, ben.dataset):
        with pytest.raises(Unanswered, match="don’t have access"):
            read("/usage" if read == ben.ask else "deployment")
    rows = audited(store_file(ben.settings))
    assert [(row["command"], row["outcome"]) for row in rows] == [
        ("usage", "refused"),
        ("dataset deployment", "refused"),
    ]


def test_a_dataset_that_is_read_is_audited_with_its_customers(environment: dict[str, str]) -> None:
    cleo = notebook("cleo", environment)
    frame = cleo.dataset("azure_spend")
    assert "cost" not in frame
    (row,) = audited(store_file(cleo.settings))
    assert (row["command"], row["outcome"]) == ("dataset azure_spend", "answered")
    assert row["customers"] == sorted(CLEO_SEES)


def test_an_answer_without_figures_is_told_in_its_words(environment: dict[str, str]) -> None:
    with pytest.raises(Unanswered, match="Ada"):
        notebook("ada", environment).ask("/whoami")


def blocks(page: str) -> Iterator[tuple[str, str]]:
    """Each block of Python, and what the page shows below it."""
    for code, shown in BLOCK.findall(page):
        yield code, shown.rstrip()


def test_the_page_shows_what_its_blocks_give(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    page = (ROOT / "docs" / "notebooks.md").read_text("utf-8")
    found, scope = [*blocks(page)], dict[str, object]()
    assert len(found) >= 5
    with pd.option_context("display.width", 100, "display.max_columns", None):
        for code, shown in found:
            assert _last_value(code, scope) == shown


def _last_value(code: str, scope: dict[str, object]) -> str:
    """Run a block as a notebook does; return how its last expression is shown."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "docs/notebooks.md", "exec"), scope)  # noqa: S102 the page's own words
    if not isinstance(last, ast.Expr):
        return ""
    value = eval(compile(ast.Expression(last.value), "docs/notebooks.md", "eval"), scope)  # noqa: S307 as above
    shown = str(value) if isinstance(value, pd.DataFrame | pd.Series) else repr(value)
    return "\n".join(line.rstrip() for line in shown.splitlines())
