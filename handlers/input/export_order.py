"""`/export csv usage contoso`: the question of an order for a file, and the file's form."""

from collections.abc import Collection
from dataclasses import dataclass

from handlers.chat.asking import View
from handlers.input.command_line import CommandLine, command_named
from handlers.input.fold import fold

EXPORT = "export"
_FORMS = {
    **{"csv": View.CSV, "xlsx": View.XLSX, "excel": View.XLSX, "xls": View.XLSX},
    **{"ics": View.ICS, "ical": View.ICS, "icalendar": View.ICS},
}
_LEAD = frozenset({"as", "in", "en", "to", "au", "format"})
"""Words between a question and the form of its file: `as csv`, `en csv`, `au format excel`."""


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """The question whose answer is wanted as a file."""

    line: CommandLine
    view: View


def export_order(words: tuple[str, ...], names: Collection[str], bare: str) -> ExportOrder | None:
    """Return the order that the words behind `/export` give, by default for XLSX; None where they
    name no question. A name without a command asks the command `bare`. The form stands first or
    last.

    >>> export_order(("usage", "contoso", "as", "CSV"), {"usage"}, "usage")
    ExportOrder(line=CommandLine(command='usage', words=('contoso',)), view=<View.CSV: 'csv'>)
    """
    rest, view = _without_form(words)
    if not rest:
        return None
    command = command_named(rest[0], names)
    line = CommandLine(command, rest[1:]) if command else CommandLine(bare, rest)
    return ExportOrder(line, view)


def _without_form(words: tuple[str, ...]) -> tuple[tuple[str, ...], View]:
    """Return the other words, and the form that the first or the last of them names."""
    if words and fold(words[0]) in _FORMS:
        return words[1:], _FORMS[fold(words[0])]
    if words and fold(words[-1]) in _FORMS:
        view, rest = _FORMS[fold(words[-1])], words[:-1]
        while rest and fold(rest[-1]) in _LEAD:
            rest = rest[:-1]
        return rest, view
    return words, View.XLSX
