"""The program's own source, as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "analytics")


def files(*folders: str) -> list[Path]:
    """Python files of these folders, or of the whole program."""
    return sorted(file for name in folders or PACKAGES for file in (ROOT / name).rglob("*.py"))


@cache
def tree(file: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


def calls(*folders: str) -> Iterator[tuple[Path, str, ast.Call]]:
    """Every call by a plain name or attribute: the file, what is called, and the call."""
    for file in files(*folders):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
                yield file, str(name), node


def texts(*folders: str) -> set[str]:
    """Every text constant."""
    return {
        node.value
        for file in files(*folders)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
