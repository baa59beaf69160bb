"""The page docs/results.md: the result of each command as `seatwise ask --json` gives it."""

import ast
import inspect
import textwrap
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from analytics.questions.results import SCHEMA, measured_members, measures
from handlers.chat.reply import Reply
from handlers.registry import COMMANDS

_HEAD = f"""# Results

Written by `seatwise manifest` from the program; do not edit.

`seatwise ask --json` prints `{{"schema": {SCHEMA}, "result": …, "answer": …, "pictures": …}}`.
`answer` holds the words; `result` the figures, for programs. A figure is an object with `value`,
`unit`, `dataset` and `source` (the field at Partner Center). One that is not known has
`"value": null`, and says why in `unknown` and `missing`; it is never 0. Where another dataset may
have told it instead, `stands_in` names that one and its field. Names are the same in every
language; one that changes or goes raises `schema`.
"""


def results_page() -> str:
    """Return the page: the classes of each command's result, and what is in them."""
    lines, told = [_HEAD], set[type]()
    for command in COMMANDS:
        kinds = [kind for kind in command.results if kind is not Reply]
        if not kinds:
            continue
        named = " or ".join(f"[{kind.__name__}](#{kind.__name__.lower()})" for kind in kinds)
        lines.append(f"- `/{command.name}`: {named}")
        for kind in kinds:
            told |= _classes(kind)
    chapters = [_chapter(kind) for kind in sorted(told, key=lambda kind: kind.__name__)]
    return "\n".join([*lines, "", *chapters])


def _classes(hint: Any) -> set[type]:
    """Return the dataclasses of ours in a type, and those in their fields."""
    if isinstance(hint, type) and is_dataclass(hint):
        inner = [_classes(each) for each in get_type_hints(hint).values()]
        return {hint}.union(*inner)
    return set[type]().union(*(_classes(each) for each in get_args(hint)))


def _chapter(kind: type) -> str:
    about = " ".join((inspect.getdoc(kind) or "").split())
    rows = [_row(kind, name, meaning) for name, meaning in _meanings(kind).items()]
    head = "| field | unit | dataset and source | meaning |\n| --- | --- | --- | --- |"
    return "\n".join([f"## {kind.__name__}\n", f"{about}\n", head, *rows, ""])


def _row(kind: Any, name: str, meaning: str) -> str:
    measure = measures(kind).get(name)
    sources = measure.sources if measure else ()
    source = "; else ".join(f"{name}, `{field}`" for name, field in sources)
    unit = measure.unit if measure else ""
    return f"| `{name}` | {unit} | {source} | {meaning.replace('|', '/')} |"


def _meanings(kind: Any) -> Mapping[str, str]:
    """Return what each field and measured property is, from the text below it in the source."""
    names = [*(field.name for field in fields(kind)), *measured_members(kind)]
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 the source of a class
    said: dict[str, str] = {}
    for node, after in zip(body.body, [*body.body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            said[node.target.id] = _text(after)
        elif isinstance(node, ast.FunctionDef):
            said[node.name] = " ".join((ast.get_docstring(node) or "").split())
    return {name: said.get(name, "") for name in dict.fromkeys(names)}


def _text(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return " ".join(str(node.value.value).split())
    return ""
