"""Each question of the source is played answered, refused, about nobody, ambiguous, incomplete,
withheld, too long and without figures, in both languages: read off the conversations by the
sentences that say so. Each conversation goes on every platform.
"""

import re
from functools import cache
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from handlers.input.command_line import read_command
from handlers.registry import BY_NAME
from tests.rules.source import ROOT
from tests.transcripts.reading import Turn
from tests.transcripts.test_transcripts import ALL

COMMANDS = (
    *("customers", "subscriptions", "licenses", "activity", "growth", "adoption", "azure"),
    "export",
)
CASES = {
    "answered": ("stamp-short", "stamp-short-with", "export-made"),
    "refused": ("not-allowed",),
    "about nobody": ("unknown-customer", "unknown-topic", "topic-of-none"),
    "ambiguous": (
        *("several-customers", "several-topics", "several-topics-of-all"),
        "several-plans",
    ),
    "incomplete": ("stamp-short-incomplete",),
    "withheld": ("amounts-withheld", "export-left-out", "person-search-hidden"),
    "too long": ("customers-page", "table-first-of", "activity-newest-first"),
    "no figures": ("no-data",),
}
"""By case, ids of the sentences one of which the answer holds."""
NEVER = {
    *(("customers", "ambiguous"), ("growth", "about nobody"), ("growth", "ambiguous")),
    *((name, "withheld") for name in COMMANDS if name not in ("activity", "azure", "export")),
    *(
        (name, "too long")
        for name in COMMANDS
        if name not in ("customers", "subscriptions", "activity")
    ),
}
"""`/customers` lists whatever fits, and `/growth` is about no customer or product. The others show
neither amounts nor people without *Details*, and their lists are short without them.
"""


@cache
def said(locale: str, case: str) -> "re.Pattern[str]":
    """Any sentence of a case, whatever stands in its gaps."""
    with (ROOT / "handlers" / "messages" / f"{locale}.po").open("rb") as file:
        catalogue = read_po(file)
    texts = []
    for sentence in CASES[case]:
        found = catalogue.get(sentence)
        assert found is not None, sentence
        texts += found.string if isinstance(found.string, tuple) else [found.string]
    return re.compile("|".join(map(_with_gaps, texts)))


def _with_gaps(text: str) -> str:
    return ".+".join(re.escape(piece) for piece, *_ in Formatter().parse(text) if piece)


def asks(turn: Turn, command: str) -> bool:
    typed = None if turn.pressed else read_command(turn.what, BY_NAME)
    return typed is not None and typed.command == command


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("command", COMMANDS)
def test_each_case_of_a_question_is_played(command: str, locale: str) -> None:
    turns = [turn for _, conversation in ALL for turn in conversation.turns]
    answers = [
        turn.expected for turn in turns if (turn.lang or "en") == locale and asks(turn, command)
    ]
    missing = [
        case
        for case in CASES
        if (command, case) not in NEVER and not any(map(said(locale, case).search, answers))
    ]
    assert missing == []
