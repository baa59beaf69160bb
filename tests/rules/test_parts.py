"""What people read comes from the catalogues; keys come from authorize()."""

import ast
import re
from dataclasses import fields

from handlers.chat.services import Services
from tests.rules.source import ROOT, calls

READ = {
    "Paragraph": 1,
    "Figure": 3,
    "Column": 1,
    "Table": 1,
    "Choice": 1,
    "Choices": 1,
    "Picture": 2,
    "Attachment": 1,
}
"""Parts, and how many of their first arguments a person reads."""


def literal(argument: ast.expr) -> bool:
    """Whether words stand in it: two letters side by side."""
    pieces = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    return any(
        isinstance(piece, ast.Constant) and re.search(r"[^\W\d_]{2}", str(piece.value))
        for piece in pieces
    )


def test_parts_never_take_words_from_code() -> None:
    said = [
        f"{file.name}:{call.lineno}"
        for file, name, call in calls("handlers")
        if name in READ
        for argument in call.args[: READ[name]]
        if literal(argument)
    ]
    assert said == []


def test_the_rule_sees_words_in_code() -> None:
    assert literal(ast.parse('"Seats sold"', mode="eval").body)
    assert literal(ast.parse('f"{n} seats"', mode="eval").body)
    assert not literal(ast.parse('f"{a} — {b}"', mode="eval").body)


def test_a_key_to_data_is_made_in_one_place() -> None:
    made = {file.relative_to(ROOT).as_posix() for file, name, _ in calls() if name == "Access"}
    assert made == {"handlers/chat/access.py"}


def test_services_have_seven_fields() -> None:
    assert len(fields(Services)) == 7
