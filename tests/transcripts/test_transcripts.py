"""Every conversation goes as it is written, on every platform."""

from pathlib import Path

import pytest

from tests.transcripts.everywhere import PLATFORMS
from tests.transcripts.reading import Conversation, conversations

FILES = sorted(Path(__file__).parent.glob("*.md"))
ALL = [(file, conversation) for file in FILES for conversation in conversations(file)]


def named(value: object) -> str:
    if isinstance(value, Conversation):
        return f"line-{value.turns[0].line}"
    return value.stem if isinstance(value, Path) else str(value)


@pytest.mark.parametrize("where", PLATFORMS)
@pytest.mark.parametrize(("file", "conversation"), ALL, ids=named)
async def test_it_goes_as_written(
    where: str, file: Path, conversation: Conversation, sample_facts: Path, tmp_path: Path
) -> None:
    async with PLATFORMS[where](conversation.given, sample_facts, tmp_path) as there:
        for turn in conversation.turns:
            said = await there.answer(turn)
            assert said == there.expects(turn.expected), f"{file.name}, line {turn.line}"


def test_there_are_conversations_to_replay() -> None:
    assert {file.stem for file in FILES} >= {"usage", "names", "refusals", "help", "french"}
    assert all(turn.expected for _, conversation in ALL for turn in conversation.turns)
