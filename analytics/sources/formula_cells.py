"""Texts in cells of a CSV that no spreadsheet runs as formulas, and the texts read back."""

_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""First characters that a spreadsheet may take for a formula, full-width forms included."""
_MARK = "'"


def harmless_text(text: str) -> str:
    """Return the text as a cell holds it: one that begins like a formula, blanks and apostrophes
    before it left aside, gets an apostrophe in front. original_text() takes it away again.

    >>> harmless_text("=1+1"), harmless_text("'=1+1"), harmless_text("O'Reilly")
    ("'=1+1", "''=1+1", "O'Reilly")
    """
    return f"{_MARK}{text}" if _is_formula(text.lstrip(_MARK)) else text


def original_text(cell: str) -> str:
    """Return the text that harmless_text() made the cell of; any other cell as it is.

    >>> original_text("'=1+1"), original_text("=1+1"), original_text("'tis")
    ('=1+1', '=1+1', "'tis")
    """
    marked = cell.startswith(_MARK) and _is_formula(cell.lstrip(_MARK))
    return cell.removeprefix(_MARK) if marked else cell


def _is_formula(text: str) -> bool:
    return text.lstrip(" \u00a0").startswith(_FORMULA)
