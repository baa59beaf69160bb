"""Troubleshooting: each line of the doctor, each reason and each finding of a check stands in the
page as the program says it, and the page quotes nothing else.
"""

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po

from tests.rules.shown_commands import text_of
from tests.rules.source import ROOT, tree

PAGE = ROOT / "docs" / "troubleshooting.md"

_PIECES = {"stamp-besides", "mark-day-of", "mark-never-of", "mark-and-more"}
"""Parts of a line about a mark."""

LINES = ("bot/health.py", "bot/sync_health.py", "bot/cli/doctor.py", "handlers/commands/doctor.py")
"""Where the doctor's lines are named; those about a mark are in `output/marks.py`."""


def _said() -> dict[str, str]:
    """Every sentence of the catalogue by its id, in the plural, with … for its values."""
    with (ROOT / "handlers" / "messages" / "en.po").open("rb") as file:
        catalogue = read_po(file)
    said = dict[str, str]()
    for message in catalogue:
        key, text = message.id, message.string
        if key and text:
            name = key if isinstance(key, str) else key[0]
            plural = text if isinstance(text, str) else text[-1]
            said[name] = re.sub(r"\{\w+\}", "…", plural)
    return said


SAID = _said()


def _named(node: ast.AST) -> set[str]:
    """Ids of the catalogue that the code names."""
    constants = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return {each for each in constants if isinstance(each, str) and each in SAID}


def _doctor_lines() -> set[str]:
    marks = tree(ROOT / "handlers" / "output" / "marks.py")
    composed = {key for key in SAID if key.startswith("doctor-")}
    return (
        composed
        | (_named(marks) - _PIECES)
        | set().union(*(_named(tree(ROOT / file)) for file in LINES))
    )


def _reasons() -> set[str]:
    return {key for key in SAID if key.startswith("sync-why-")}


def _check_findings() -> set[str]:
    rows = _named(tree(ROOT / "analytics" / "warehouse" / "building" / "check.py"))
    pairs = _named(tree(ROOT / "analytics" / "warehouse" / "building" / "agreements.py"))
    return rows | pairs | _named(tree(ROOT / "analytics" / "questions" / "identities.py"))


def _quoted(page: Path) -> list[str]:
    """What the tables quote: the first cell of a row, or the one behind the verb's."""
    rows = re.findall(r"^\| (?!---)(.*) \|$", text_of(page), re.M)
    cells = [row.split(" | ") for row in rows]
    behind_verb = [cell[1] for cell in cells if len(cell) == 3 and re.match("every|`", cell[0])]
    first = [cell[0] for cell in cells if not re.match("every|`", cell[0])]
    return [each for cell in (*first, *behind_verb) for each in cell.split(" · ")]


def test_each_line_of_the_doctor_is_explained() -> None:
    assert len(_doctor_lines()) > 30
    assert sorted(SAID[key] for key in _doctor_lines() if SAID[key] not in _quoted(PAGE)) == []


def test_each_reason_and_each_finding_is_explained() -> None:
    wanted = _reasons() | _check_findings()
    assert len(wanted) > 50
    assert sorted(SAID[key] for key in wanted if SAID[key] not in _quoted(PAGE)) == []


def test_nothing_is_quoted_that_is_not_said() -> None:
    heads = {"line", "reason", "what is said", "verb"}
    assert set(_quoted(PAGE)) - set(SAID.values()) == heads
