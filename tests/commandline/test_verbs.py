"""The verbs: each is there by its name, and one that is asked for is imported alone."""

import subprocess
import sys

import pytest

from bot.cli import VERBS, parser
from tests.commandline.conftest import Terminal


def test_every_verb_is_in_the_help() -> None:
    said = parser().format_help()
    assert [verb for verb in VERBS if f"\n    {verb}" not in said] == []


def test_no_verb_is_told_which_there_are(terminal: Terminal) -> None:
    for words in ((), ("askk", "/usage")):
        with pytest.raises(SystemExit) as ended:
            terminal.run(*words)
        assert ended.value.code == 2


def test_a_question_imports_no_chat_platform_and_no_drawing() -> None:
    code = "import sys; from bot.cli import parser; parser('ask'); print(*sorted(sys.modules))"
    told = subprocess.run(  # noqa: S603 words of ours
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    heavy = {"slack_bolt", "slack_sdk", "botbuilder", "matplotlib", "bot.platforms"}
    assert heavy & set(told.stdout.split()) == set()
