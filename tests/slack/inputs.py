"""What people write into a field, as Slack reports it with the press of a button."""

from typing import Any

from bot.slack.inbound import WORDS


def written(text: str) -> dict[str, Any]:
    """The state of a message with a field that holds this text."""
    return {"values": {WORDS: {WORDS: {"type": "plain_text_input", "value": text}}}}
