"""The table of breaks: each can still be made, and the test that must notice it is there."""

import ast
from pathlib import Path

import pytest

from tests.breaks.copies import Ran
from tests.breaks.entry import Break
from tests.breaks.table import AREAS
from tests.rules.source import ROOT, tree

ALL = [each for area in AREAS.values() for each in area]


def functions(file: str) -> set[str]:
    """The functions of a test file."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return {node.name for node in ast.walk(tree(ROOT / file)) if isinstance(node, kinds)}


def test_every_area_has_at_least_four_breaks() -> None:
    assert len(AREAS) == 12
    assert {name: len(area) for name, area in AREAS.items() if len(area) < 4} == {}
    assert len({each.says for each in ALL}) == len(ALL) >= 44


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.says)
def test_a_break_finds_its_text_once_and_leaves_a_program(each: Break) -> None:
    assert each.trouble(ROOT) == ""
    assert each.broken(ROOT) != each.read(ROOT)
    if each.file.endswith(".py"):
        ast.parse(each.broken(ROOT))


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.says)
def test_a_break_names_a_test_that_exists(each: Break) -> None:
    assert each.test.partition("[")[0] in functions(each.tests)


NODE = "tests/a/test_b.py::test_c"


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (f"FAILED {NODE} - assert 1 == 2", True),
        (f"FAILED {NODE}[one of them]", True),
        (f"FAILED {NODE}_and_more - assert 1 == 2", False),
        (f"ERROR {NODE} - its fixture", False),
        (f"FAILED {NODE}\nERROR {NODE} - its end", False),
        ("no tests ran", False),
    ],
)
def test_the_failure_of_the_named_test_alone_counts(said: str, *, counts: bool) -> None:
    assert Ran(1, said).failed(NODE) is counts


@pytest.mark.parametrize(
    ("text", "trouble"), [("one", ""), ("two", "found twice"), ("three", "no longer found")]
)
def test_a_text_that_is_not_there_once_is_said(tmp_path: Path, text: str, trouble: str) -> None:
    (tmp_path / "a.py").write_text("one two two")
    assert Break("says", "a.py", text, "", "tests/a.py", "test").trouble(tmp_path) == trouble
    assert Break("says", "gone.py", text, "", "tests/a.py", "test").trouble(tmp_path) != ""
