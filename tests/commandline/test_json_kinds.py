"""What programs read in `--json` keeps its words."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import Enum
from typing import get_args, get_type_hints

from bot.cli.json_kinds import KINDS
from handlers.chat.reply import Reply


def held(kind: object, met: set[type]) -> Iterator[type]:
    """Dataclasses that a value of this type can hold, and itself."""
    for inner in get_args(kind):
        yield from held(inner, met)
    if isinstance(kind, type) and is_dataclass(kind) and kind not in met:
        met.add(kind)
        yield kind
        for hint in get_type_hints(kind).values():
            yield from held(hint, met)


def test_every_value_of_an_answer_has_a_word() -> None:
    found = set(held(Reply, set()))
    assert found == KINDS.keys()
    assert not any(issubclass(kind, Enum) for kind in found)


def test_the_words_are_those_that_were_always_written() -> None:
    assert set(KINDS.values()) == {
        *("bar", "barchart", "blank", "choice", "choices", "column", "figure", "figures", "line"),
        *("linechart", "notice", "paragraph", "pickperson", "picture", "reply", "safe", "stamped"),
        *("table", "tick", "unknown", "userref"),
        *("bucket", "buckets", "legendkey", "portion", "rankedbar", "ranking", "seatbar"),
        *("seatbars", "stack", "stackedcolumns", "details", "headline", "textinput"),
        *("attachment", "dottedweek", "entry", "link", "timeline", "weekdot"),
    }
