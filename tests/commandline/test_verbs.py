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


@pytest.mark.usefixtures("made_up")
def test_a_question_imports_no_chat_platform_no_drawing_and_no_http() -> None:
    ask = "run_verb(['ask', '/usage contoso', '--as', 'ada'])"
    told = [_modules(ask), _modules(ask)]  # the first one makes the store
    assert {"alembic", "duckdb", "sqlalchemy"} <= told[0]
    heavy = {"slack_bolt", "slack_sdk", "botbuilder", "matplotlib", "bot.platforms", "aiohttp"}
    assert [heavy & told[0], (heavy | {"alembic"}) & told[1]] == [set(), set()]


def _modules(code: str) -> set[str]:
    """The modules that are loaded once this is done, in a process of its own."""
    code = f"import sys; from bot.cli import run_verb; {code}; print('--', *sorted(sys.modules))"
    told = subprocess.run(  # noqa: S603 words of ours
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    return set(told.stdout.rpartition("-- ")[2].split())
