"""Every command, with each dataset it rests on never come, refused, in part, empty or older than
the others: what is not known is never 0, and the small print says which dataset it is, and why.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from analytics.tables import Dataset
from handlers.chat.command import AnyCommand
from handlers.messages.speaker import speaker
from tests.answering.dataset_states import (
    DENIED,
    SLOW,
    YESTERDAY,
    Seen,
    State,
    questions,
    rested_on,
    seen,
)

SAY = speaker("en")

BAD = (State.MISSING, State.REFUSED, State.INCOMPLETE, State.OLDER)
UNKNOWN = (State.MISSING, State.REFUSED)
"""States in which no figure of the dataset is known."""

DENIAL = SAY(DENIED.sentence, **DENIED.values)


def reason(dataset: Dataset, state: State) -> str:
    """Why a dataset is so, in words; of one that is older, since when besides."""
    named = SAY(f"dataset-{dataset.name}")
    reasons = {
        State.MISSING: SAY("stamp-no-file"),
        State.REFUSED: DENIAL,
        State.INCOMPLETE: SAY(SLOW.sentence),
        State.OLDER: SAY("stamp-incomplete", datasets=named, day=YESTERDAY, why=DENIAL),
    }
    return reasons[state]


NO_FIGURES = {"x_ticks", "y_ticks", "limit", "legend", "top", "days", "calls"}
"""What a chart is measured by, 0 being where its axis begins; and the calls that a sync made."""

_ZERO = re.compile(r"(?<![\w.,:/+−-])0(?:\.0+)?(?: ?%)?(?![\w:/-]|[.,]\d)")
"""A figure of 0 in words."""


def cases(*states: State) -> pytest.MarkDecorator:
    """Every command and dataset. A dataset that no file can bring is asked for by each sync, which
    leaves its mark: it is never missing without a word.
    """
    every = ((*pair, state) for pair, state in product(rested_on(), states))
    found = [each for each in every if each[1].downloads or each[2] is not State.MISSING]
    ids = [f"{command.name}-{dataset.name}-{state.value}" for command, dataset, state in found]
    return pytest.mark.parametrize(("command", "dataset", "state"), found, ids=ids)


def answers(
    command: AnyCommand, dataset: Dataset, state: State
) -> Iterator[tuple[str, Seen, Seen]]:
    """Each question, its answer where the dataset is so, and where all is whole, after as many
    syncs.
    """
    beside = State.TWICE if state is State.OLDER else State.WHOLE
    here, whole = seen(dataset, state), seen(dataset, beside)
    return ((text, here[text], whole[text]) for text in questions(command))


@cases(*BAD)
def test_no_number_becomes_nought_where_a_dataset_is_not_whole(
    command: AnyCommand, dataset: Dataset, state: State
) -> None:
    for text, here, whole in answers(command, dataset, state):
        assert noughts(here.result) - noughts(whole.result) == set(), text
        assert noughts(here.charts) - noughts(whole.charts) == set(), text
        assert lines_of_nought(here) - lines_of_nought(whole) == set(), text


@cases(*UNKNOWN)
def test_no_figure_of_a_dataset_that_never_came_is_a_number(
    command: AnyCommand, dataset: Dataset, state: State
) -> None:
    for text, here, _ in answers(command, dataset, state):
        known = {name for name, value in figures(here.result, dataset) if value is not None}
        assert known == set(), text


@cases(*BAD)
def test_the_small_print_names_the_dataset_and_why(
    command: AnyCommand, dataset: Dataset, state: State
) -> None:
    said = [here.words for _, here, _ in answers(command, dataset, state)]
    named = [
        SAY(f"dataset-{dataset.name}") in words and reason(dataset, state) in words
        for words in said
    ]
    assert any(named)


@cases(State.EMPTY)
def test_a_dataset_that_came_empty_is_not_said_to_be_incomplete(
    command: AnyCommand, dataset: Dataset, state: State
) -> None:
    said = [here.words for _, here, _ in answers(command, dataset, state)]
    assert [words for words in said if "Incomplete" in words] == []


@cases(State.WHOLE)
def test_where_all_is_whole_there_are_figures(
    command: AnyCommand, dataset: Dataset, state: State
) -> None:
    said = [here for _, here, _ in answers(command, dataset, state)]
    assert [each.words for each in said if "Incomplete" in each.words] == []
    assert any(re.search(r"\d", each.words) for each in said)


def noughts(part: object, path: str = "") -> set[str]:
    """Where in JSON a number is 0: the names on the way, places in lists left out."""
    if isinstance(part, Mapping):
        inside = [
            noughts(its, f"{path}/{key}") for key, its in part.items() if key not in NO_FIGURES
        ]
        return set().union(*inside)
    if isinstance(part, list):
        return set().union(*(noughts(each, path) for each in part))
    return {path} if part == 0 and not isinstance(part, bool) else set()


def figures(part: object, dataset: Dataset, path: str = "") -> Iterator[tuple[str, object]]:
    """Every figure that is measured in the dataset alone, by the names on the way to it: where
    another one stands in, it may be known without.
    """
    if isinstance(part, Mapping) and "unit" in part:
        if part.get("dataset") == dataset.name and "stands_in" not in part:
            yield path, part["value"]
    elif isinstance(part, Mapping):
        for key, its in part.items():
            yield from figures(its, dataset, f"{path}/{key}")
    elif isinstance(part, list):
        for each in part:
            yield from figures(each, dataset, path)


def lines_of_nought(answer: Seen) -> set[str]:
    return {line for line in answer.words.splitlines() if _ZERO.search(line)}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Seats sold  0", True),
        ("0 seats are active.", True),
        ("Used by 0% of them", True),
        ("As of 2026-01-0", False),
        ("10,000 seats and 100%", False),
        ("at 09:00 UTC", False),
        ("0.5% of them", False),
    ],
)
def test_a_nought_in_words_is_found(line: str, found: bool) -> None:  # noqa: FBT001 of a table
    assert bool(_ZERO.search(line)) is found
