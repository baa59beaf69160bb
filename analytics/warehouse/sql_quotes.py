"""What SQL takes no parameter for, put into it safely."""

from pathlib import Path


def quoted_path(file: Path) -> str:
    """A path as a text of SQL."""
    return "'{}'".format(str(file).replace("'", "''"))
