"""Choices of the commands have words in each language, and no word means two of them."""

import pytest

from handlers.chat.command import AnyCommand
from handlers.registry import COMMANDS
from tests.rules.choices import faults


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_choice_of_a_command_has_words_in_each_language(command: AnyCommand) -> None:
    assert faults(command.args) == []
