"""The refusal of a whole file: its problem, the place, and the text found there."""

from dataclasses import dataclass

_SHOWN = 40


class BadFile(Exception):
    """Refusal of a file: no part of it is imported.

    `problem` is a symbolic id of the catalogue. `values` go into its sentence: always `file`, and
    where they apply `row` (a CSV's line, a JSON item's number), `column`, `found`, `limit`.
    """

    def __init__(self, problem: str, file: str, **values: object) -> None:
        super().__init__(problem, file)
        self.problem = problem
        self.values: dict[str, object] = {"file": file, **values}

    def __str__(self) -> str:
        return f"{self.problem} {self.values}"


class BadCell(Exception):
    """A cell that does not fit its column's type; the argument is the problem's id."""


@dataclass(frozen=True, slots=True)
class FileLimits:
    """Limits on one file; a file that exceeds one is refused."""

    size: int = 512 * 1024 * 1024
    """Most bytes of the file, or of all files in a zip together."""
    rows: int = 5_000_000
    columns: int = 100
    cell: int = 32 * 1024
    """Most characters of a cell."""


LIMITS = FileLimits()


def cell_excerpt(found: object) -> str:
    """Return a cell's content fit for a sentence: one line, 40 characters, nothing unprintable.

    >>> cell_excerpt("12\\x0050")
    '12\\ufffd50'
    """
    text = "" if found is None else str(found).strip()[: _SHOWN + 1]
    text = "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
