"""Every command has what belongs to one; a check names what is missing."""

import re

import pytest

from analytics.tables import DATASETS
from handlers.chat.command import AnyCommand
from handlers.chat.reply import Reply
from handlers.messages.speaker import LOCALES, speaker
from handlers.registry import BY_NAME, COMMANDS, RANKED
from tests.rules.source import ROOT

MOST_STARTERS, TEAMS_ROOM = 3, 12

TRANSCRIPTS = {
    file.name: file.read_text("utf-8") for file in (ROOT / "tests" / "transcripts").glob("*.md")
}


def named(command: AnyCommand) -> str:
    return command.name


def _has_result(command: AnyCommand) -> bool:
    return command.tell.__annotations__["return"] is Reply and command.tell.__name__ == "tell"


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_a_command_is_asked_in_a_conversation_in_english_and_french(command: AnyCommand) -> None:
    asked = re.compile(rf"^> \w+: /?{command.name}\b", re.MULTILINE)
    in_french = re.compile(rf"^> \w+ \(fr\): /?{command.name}\b", re.MULTILINE)
    assert any(asked.search(text) for text in TRANSCRIPTS.values())
    assert any(in_french.search(text) for text in TRANSCRIPTS.values())


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_a_command_with_figures_has_a_test_of_its_question(command: AnyCommand) -> None:
    if _has_result(command) and command.rests_on:
        assert (ROOT / "tests" / "questions" / f"test_{command.name}.py").exists()


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_a_command_has_its_words_in_every_language(command: AnyCommand) -> None:
    words = [f"{command.words}-{part}" for part in ("usage", "summary", "details")]
    words += [word for word in (command.shown.starter, command.shown.home) if word]
    for locale in LOCALES:
        say = speaker(locale)
        assert all(say(word) for word in words)


def test_the_datasets_of_commands_are_kept_ones() -> None:
    assert {dataset for command in COMMANDS for dataset in command.rests_on} <= set(DATASETS)


def test_each_command_has_its_own_rank_and_menus_have_room_for_the_first() -> None:
    ranks = [command.shown.rank for command in RANKED]
    assert ranks == sorted(set(ranks))
    starters = [command for command in RANKED if command.shown.starter]
    assert len(starters) == MOST_STARTERS
    assert len(RANKED[: TEAMS_ROOM - MOST_STARTERS]) + MOST_STARTERS <= TEAMS_ROOM


def test_help_shows_questions_about_figures_before_what_else_there_is() -> None:
    kinds = [command.is_about_figures for command in BY_NAME.values()]
    assert kinds == sorted(kinds, reverse=True)
    others = {name for name, command in BY_NAME.items() if not command.is_about_figures}
    assert others >= {"digest", "help", "who-has-analytics", "doctor", "ignore"}
    assert {"usage", "customers", "activity", "growth"}.isdisjoint(others)


def test_an_example_begins_with_its_command() -> None:
    assert all(command.example.split()[0] == f"/{command.name}" for command in COMMANDS)
