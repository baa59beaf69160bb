"""The verbs: each is there by its name, and one that is asked for is imported alone."""

import subprocess
import sys

import pytest

from bot.cli import VERBS, parsers
from tests.commandline.conftest import Terminal


def test_every_verb_is_in_the_help() -> None:
    said = parsers()[0].format_help()
    assert [verb for verb in VERBS if f"\n    {verb}" not in said] == []


def test_no_verb_is_told_which_there_are(terminal: Terminal) -> None:
    for words in ((), ("askk", "/usage")):
        with pytest.raises(SystemExit) as ended:
            terminal.run(*words)
        assert ended.value.code == 2


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("backup",), "Il manque\u00a0: FILE."),
        (("sync", "--loud"), "Inconnu ici\u00a0: --loud."),
        (("keys", "turn"), "action ne peut pas être 'turn'\u00a0; au choix\u00a0: 'rotate'."),
        (("check", "--data"), "--data doit être suivi d’une valeur."),
        (("demo-data", "--days", "many"), "--days ne peut pas être 'many'\u00a0: sa forme"),
        (("sync", "--quiet=yes"), "--quiet n’accepte pas de valeur, donc 'yes' est de trop."),
    ],
)
@pytest.mark.parametrize("asked", [("--lang", "fr"), ("--lang=fr",)])
def test_arguments_are_refused_in_the_language_that_was_asked_for(
    terminal: Terminal, words: tuple[str, ...], asked: tuple[str, ...], complaint: str
) -> None:
    terminal.capture.readouterr()
    with pytest.raises(SystemExit) as ended:
        terminal.run(words[0], *asked, *words[1:])
    assert ended.value.code == 2
    assert complaint in terminal.capture.readouterr().err


@pytest.mark.parametrize("verb", ["backup", "export"])
def test_a_folder_that_is_not_there_is_named_as_it_was_typed(terminal: Terminal, verb: str) -> None:
    nowhere = terminal.home / "nowhere"
    said = terminal.run(verb, str(nowhere / "b.x"))
    assert said.code != 0
    assert str(nowhere) in said.err
    assert "folder" in said.err
    assert ".seatwise" not in said.err


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
