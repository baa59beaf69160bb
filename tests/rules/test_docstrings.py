"""Docstrings: each begins with a verb or the thing returned, and names its actor."""

import ast
import re
from collections.abc import Iterator

from tests.rules.source import ROOT, files

FRAGMENT = re.compile(r"(What|Who|Whom|Whose|Whoever|Whatever|How|Where|Which)\b")
UNNAMED = re.compile(r"\b(nobody|somebody|whoever)\b", re.IGNORECASE)
Described = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _docstrings() -> Iterator[tuple[str, Described, str]]:
    """Where each function and class of the product stands, with its docstring."""
    for file in files():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, Described) and (said := ast.get_docstring(node)):
                yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", node, said


def test_no_docstring_opens_as_a_question_does() -> None:
    found = list(_docstrings())
    assert len(found) > 1500
    assert [where for where, node, said in found if FRAGMENT.match(said) and not _tells(node)] == []


def test_docstrings_name_their_actors() -> None:
    assert [where for where, _, said in _docstrings() if UNNAMED.search(said)] == []


def _tells(node: Described) -> bool:
    """True of a function that returns a bool: *Whether* and its like are what it answers."""
    returns = getattr(node, "returns", None)
    return returns is not None and ast.unparse(returns) == "bool"
