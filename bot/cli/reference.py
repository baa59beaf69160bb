"""docs/command-line.md: every verb and its options, read from the parsers themselves."""

import argparse
from collections.abc import Mapping

_HEAD = """# Command line

Written by `seatwise manifest` from the program itself; do not edit. In a checkout it is
`.venv/bin/seatwise`. A verb ends with 0 when it worked, 1 when it did not, 2 for settings or
arguments that cannot be used; what is wrong is said on standard error, in the language of the
environment or of `--lang`, which every verb has. `seatwise --version` says which Seatwise it is."""


def command_line_page(verbs: Mapping[str, argparse.ArgumentParser]) -> str:
    """The page as Markdown, a section for each verb; the same with every version of Python."""
    return "\n\n".join([_HEAD, *(_section(name, its) for name, its in verbs.items())]) + "\n"


def _section(name: str, parser: argparse.ArgumentParser) -> str:
    actions = [each for each in parser._actions if each.dest not in ("help", "lang")]  # noqa: SLF001 argparse has no other way
    line = " ".join(["seatwise", name, *map(_in_brackets, actions)])
    rows = [f"| `{_form(each)}` | {_about(each)} |" for each in actions]
    table = ["", "| argument | what it is |", "| --- | --- |", *rows] if rows else []
    return "\n".join([f"## seatwise {name}", "", f"`{line}`", "", parser.description or "", *table])


def _in_brackets(action: argparse.Action) -> str:
    """Write an argument as in a usage line: an optional one in brackets, a repeatable one with
    dots.
    """
    form = _form(action) + (" …" if action.nargs in ("+", "*") else "")
    return form if action.required else f"[{form}]"


def _form(action: argparse.Action) -> str:
    option = next((each for each in action.option_strings if each.startswith("--")), "")
    value = "" if action.nargs == 0 else _value(action)
    return " ".join(word for word in (option, value) if word)


def _value(action: argparse.Action) -> str:
    if action.choices:
        return "|".join(map(str, action.choices))
    name = action.metavar or action.dest.upper()
    return name if isinstance(name, str) else " ".join(name)


def _about(action: argparse.Action) -> str:
    return (action.help or "").replace("|", "\\|").replace("%%", "%")
