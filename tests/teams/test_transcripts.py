"""Every conversation, on Teams in people's own chats with the bot."""

from pathlib import Path

import pytest

from tests.teams.transcribing import teams_world
from tests.transcripts.reading import Conversation
from tests.transcripts.test_transcripts import ALL, named


@pytest.mark.parametrize(("file", "conversation"), ALL, ids=named)
async def test_it_goes_as_written_on_teams(
    file: Path, conversation: Conversation, sample_facts: Path, tmp_path: Path
) -> None:
    async with teams_world(conversation.given, sample_facts, tmp_path) as there:
        for turn in conversation.turns:
            said = await there.answer(turn)
            assert said == there.expects(turn.expected), f"{file.name}, line {turn.line}"
