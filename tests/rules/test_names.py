"""Names: files are nouns, a class name has one meaning, and old names can be followed."""

import ast
import re
from collections import defaultdict
from pathlib import Path

from tests.rules.source import ROOT, files

GERUNDS = {
    "bot/wiring.py": "what joins the parts of a program is called so",
    "bot/painting.py": "what workers do with a chart; a painter is the object in it",
    "bot/page/posting.py": "what a platform does that nobody asked for just now; the same in each",
    "bot/slack/posting.py": "as in bot/page",
    "bot/teams/posting.py": "as in bot/page",
    "bot/slack/answering.py": "what a platform does with a question; the same in each",
    "bot/teams/answering.py": "as in bot/slack",
    "bot/slack/post_spacing.py": "a distance in time, not an activity",
    "bot/scheduler/housekeeping.py": "a noun",
    "handlers/sharing.py": "what the guard decides about: sharing with a room",
    "handlers/chat/asking.py": "the question before it is answered; `ask` is a verb",
    "analytics/warehouse/building": "what is done to a generation, step by step",
    "analytics/warehouse/building/staging.py": "the term of the field",
    "analytics/sources/partner_center/paging.py": "the term of the field",
    "analytics/charts/drawing": "a chart becomes pixels in it, and nowhere else",
}
"""Files and folders of the product that keep a gerund, and why."""


def test_files_and_folders_are_nouns() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for file in files()
        for path in (file, file.parent)
        if path.stem.endswith("ing")
    }
    assert found == GERUNDS.keys()
    assert len(GERUNDS) <= 16


DOMAIN = {"assigned", "unassigned", "measured"}
"""Participles that are the field's own nouns: seats assigned, seats unassigned, seats measured."""
IRREGULAR = (
    *("became", "begun", "bought", "brought", "built", "came", "chosen", "done", "drawn", "found"),
    *("given", "gone", "heard", "held", "kept", "known", "laid", "led", "left", "lent", "lost"),
    *("made", "meant", "met", "told", "said", "seen", "sent", "shown", "spoken", "stood", "swept"),
    *("taken", "thought", "went", "won", "written"),
)


def test_functions_are_no_lone_participles() -> None:
    found = {
        (file.relative_to(ROOT).as_posix(), node.name)
        for file in files()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and _is_participle(node.name.lstrip("_"))
    }
    assert found == set()


def _is_participle(name: str) -> bool:
    ends = name.endswith("ed") and name not in {"need", "feed", "seed", "heed", "speed"}
    return name not in DOMAIN and (name in IRREGULAR or (ends and "_" not in name))


def test_a_class_name_has_one_meaning() -> None:
    where: dict[str, set[Path]] = defaultdict(set)
    for file in files():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                where[node.name.lstrip("_")].add(file)
    assert {name: found for name, found in where.items() if len(found) > 1} == {}


def test_what_old_names_became_is_still_there() -> None:
    rows = re.findall(r"^\| `[^`]+` \| `([^`]+)` \| ?(?:`([^`]+)`)?", _names(), re.MULTILINE)
    assert len(rows) > 250
    missing = [new for new, file in rows if not _stands(new, file)]
    assert missing == []


def _names() -> str:
    return (ROOT / "docs" / "names.md").read_text("utf-8")


def _stands(new: str, file: str) -> bool:
    """Whether a file of that name is there, or a class or constant in its file."""
    if not file:
        return (ROOT / new).is_file()
    return re.search(rf"^(?:class )?{new}\b", (ROOT / file).read_text("utf-8"), re.M) is not None
