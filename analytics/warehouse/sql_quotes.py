"""Quoting of values that SQL takes no parameter for."""

from pathlib import Path


def quoted_path(file: Path) -> str:
    """Return a path as an SQL text."""
    return "'{}'".format(str(file).replace("'", "''"))
