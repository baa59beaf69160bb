"""The same answer everywhere: every command, every part and every refusal, on every platform."""

from pathlib import Path
from typing import get_args

import pytest

from handlers.chat import refusals
from handlers.chat.reply import Part
from handlers.registry import COMMANDS
from tests.parity.cases import CASES, Case
from tests.parity.reference import reference
from tests.transcripts.everywhere import PLATFORMS

ELSEWHERE = {
    *("NoSuchPerson", "NotInRoom", "NoRoomFor", "AloneOnly"),
    *("NotAMember", "Unconfirmed"),
}
"""Cannot be asked on the page, where only people who exist can be mentioned, and which has no
rooms. Bots, guests, strangers and people who left have tests of their own on each platform that has
them; rooms have theirs in tests/rooms.
"""
WITHIN = {"RightsChanged"}
"""Answered by the command itself, with a new card."""


@pytest.mark.parametrize("where", PLATFORMS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_the_answer_is_the_same(
    where: str, case: Case, sample_facts: Path, tmp_path: Path
) -> None:
    wanted = await reference(case, sample_facts, tmp_path / "reference")
    turns = case.turns()
    turns[-1].answer = wanted.answer.splitlines()  # how many messages are to be waited for
    async with PLATFORMS[where](case.given, sample_facts, tmp_path / where) as there:
        said = [await there.answer(turn) for turn in turns]
    assert said[-1] == there.expects(wanted.answer)


async def test_the_cases_hold_every_command_every_part_and_every_refusal(
    sample_facts: Path, tmp_path: Path
) -> None:
    found = [await reference(case, sample_facts, tmp_path / case.name) for case in CASES]
    asked = {command for one in found for command in one.commands}
    assert asked >= {command.name for command in COMMANDS}
    assert {kind for one in found for kind in one.parts} == set(get_args(Part))
    refused = {why for one in found for why in one.why}
    known = {
        kind.sentence
        for kind in refusals.Refusal.__subclasses__()
        if kind.__name__ not in ELSEWHERE | WITHIN
    }
    assert known - refused == set()
