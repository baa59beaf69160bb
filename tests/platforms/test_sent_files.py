"""Files sent to the bot are answered as it is written, on each platform that has files."""

from pathlib import Path

import pytest

from tests.platforms.sending import slack_sending, teams_sending
from tests.program.file_drops import one_child
from tests.transcripts.reading import Conversation, conversations

__all__ = ["one_child"]
SENDING = {"slack": slack_sending, "teams": teams_sending}
WRITTEN = conversations(Path(__file__).with_name("sent-files.md"))


@pytest.mark.usefixtures("one_child")
@pytest.mark.parametrize("where", SENDING)
@pytest.mark.parametrize("conversation", WRITTEN, ids=lambda each: f"line-{each.turns[0].line}")
async def test_it_goes_as_written(
    where: str, conversation: Conversation, sample_facts: Path, tmp_path: Path
) -> None:
    async with SENDING[where](conversation.given, sample_facts, tmp_path) as there:
        for turn in conversation.turns:
            assert await there.answer(turn) == there.expects(turn.expected), f"line {turn.line}"
