"""An answer is short before its details: a finding, a sentence, three figures, three rows."""

import re

import pytest

from tests.transcripts.reading import Turn
from tests.transcripts.test_transcripts import ALL

WORDS = 80
LIST = re.compile(
    r"/?(customers|activity|subscriptions|abonnements|renewals|renouvellements)\b|Next page"
)
"""Questions whose answer is a list."""

ANSWERS = [
    (f"{file.stem}-{turn.line}", turn)
    for file, conversation in ALL
    for turn in conversation.turns
    if re.search(r"^\[(Details|Détails)\]", turn.expected, re.MULTILINE)
]


def before_details(turn: Turn) -> list[str]:
    """The parts of an answer before its details, as they are read: a picture is not read."""
    shown = re.split(r"^\[(?:Details|Détails)\]", turn.expected, flags=re.MULTILINE)[0]
    return [part for part in shown.strip().split("\n\n") if not part.startswith("[chart] ")]


def words(text: str) -> int:
    """A figure with its unit is one word in both languages: `6 033,51 €` as `€6,033.51`."""
    return sum(bool(re.search(r"\w", word)) for word in re.split(r"[ \t\n]+", text))


@pytest.mark.parametrize(("name", "turn"), ANSWERS)
def test_an_answer_is_short_before_its_details(name: str, turn: Turn) -> None:
    said = " ".join(before_details(turn))
    assert LIST.match(turn.what) or words(said) <= WORDS, f"{name}: {words(said)} words: {said}"


def test_answers_of_both_kinds_are_counted() -> None:
    asked = {bool(LIST.match(turn.what)) for _, turn in ANSWERS}
    assert asked == {False, True}
