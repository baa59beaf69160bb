"""The conversations hold every command, every part and every refusal, and so each of them is the
same on every platform.
"""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from babel.messages.pofile import read_po

from handlers.chat import digest_refusals, person_refusals, refusals
from handlers.chat.refusals import Refusal
from handlers.chat.reply import Part
from handlers.registry import COMMANDS
from tests.rules.source import ROOT
from tests.transcripts.platforms import Terminal
from tests.transcripts.test_transcripts import ALL
from tests.transcripts.worlds import world

TURNS = [turn for _, conversation in ALL for turn in conversation.turns]
ELSEWHERE = {
    *("NoSuchPerson", "NotInRoom", "NoRoomFor", "AloneOnly"),
    *("NotAMember", "Unconfirmed", "NoCustomerNamed"),
    *("CustomerOrTopic", "UnsureTopicOfAll"),
    "TooManyOfGroup",
}
"""Cannot be asked on the page, where only people who exist can be mentioned, and which has no
rooms. Bots, guests, strangers and people who left have tests of their own on each platform that has
them; rooms have theirs in tests/rooms. Of the made-up partner all is known, and no customer is
called like a product. A group of more than twenty has its test in tests/answering/test_groups.py.
"""
RICHEST = ("export", "french", "usage", "whoami")
"""Files whose first conversations show every kind of part together: they are tried first."""
REFUSALS = {
    kind.__name__: kind
    for module in (refusals, digest_refusals, person_refusals)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Refusal) and kind is not Refusal
}


def pattern(sentence: str) -> "re.Pattern[str]":
    """The English sentence of that id, whatever stands in its gaps."""
    with (ROOT / "handlers" / "messages" / "en.po").open("rb") as file:
        found = read_po(file).get(sentence)
    assert found is not None
    texts = found.string if isinstance(found.string, tuple) else (found.string,)
    return re.compile("|".join(map(_with_gaps, texts)))


def _with_gaps(text: str) -> str:
    pieces = [re.escape(literal) for literal, *_ in Formatter().parse(text) if literal]
    assert "".join(pieces).strip()
    return ".+".join(pieces)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_is_asked(command: str) -> None:
    asked = re.compile(rf"/?{command}\b")
    assert [turn for turn in TURNS if not turn.pressed and asked.match(turn.what)]


@pytest.mark.parametrize("name", sorted(REFUSALS.keys() - ELSEWHERE))
def test_every_refusal_is_said(name: str) -> None:
    said = pattern(REFUSALS[name].sentence)
    assert [turn for turn in TURNS if said.search(turn.expected)]


async def test_every_kind_of_part_is_shown(sample_facts: Path, tmp_path: Path) -> None:
    shown: set[type] = set()
    first = {file.stem: conversation for file, conversation in reversed(ALL)}
    richest = [first[name] for name in RICHEST]
    for number, conversation in enumerate((*richest, *(each for _, each in ALL))):
        async with world(conversation.given, sample_facts, tmp_path / str(number)) as installation:
            terminal = Terminal(installation.delivery)
            for turn in conversation.turns:
                await terminal.answer(turn)
        shown |= terminal.kinds
        if shown == set(get_args(Part)):
            return
    assert set(get_args(Part)) - shown == set()
