"""Orders about terms, as people type them in either language."""

from datetime import date

import pytest

from handlers.chat.decision_refusals import NotDecided
from handlers.chat.decisions import DecisionSubject
from handlers.input.command_line import CommandLine
from handlers.input.decision_order import TypedDecision, decision_line, read_decision

TODAY = date(2026, 11, 22)
KEY = "renewal-term/c1/s1/2026-12-13"
DAY = date(2026, 12, 15)


@pytest.mark.parametrize(
    ("typed", "said", "read"),
    [
        (f"done {KEY}", "", TypedDecision("done", KEY, None, "")),
        (f"keep {KEY} because they pay", "", TypedDecision("keep", KEY, None, "they pay")),
        (f"conserver {KEY} car ils paient", "", TypedDecision("keep", KEY, None, "ils paient")),
        (f"snooze {KEY}", "", TypedDecision("snooze", KEY, None, "")),
        (f"snooze {KEY} until 15 December", "", TypedDecision("snooze", KEY, DAY, "")),
        (f"snooze {KEY}", "15 December, because A", TypedDecision("snooze", KEY, DAY, "A")),
        (f"reporter {KEY}", "15 décembre car A", TypedDecision("snooze", KEY, DAY, "A")),
        (f"snooze {KEY}", "2026-12-15 they wait", TypedDecision("snooze", KEY, DAY, "they wait")),
        (f"undo {KEY}", "", TypedDecision("undo", KEY, None, "")),
        (f"why {KEY}", "they pay", TypedDecision("why", KEY, None, "they pay")),
    ],
)
def test_an_order_is_read(typed: str, said: str, read: TypedDecision) -> None:
    assert read_decision(typed.split(), said, TODAY) == read


@pytest.mark.parametrize(
    ("typed", "said", "sentence"),
    [
        ("", "", "decision-unread"),
        ("done", "", "decision-unread"),
        ("contoso done", "", "decision-unread"),
        (f"snooze {KEY}", "whenever", "decision-bad-day"),
        (f"snooze {KEY}", "because", "decision-bad-day"),
        (f"snooze {KEY}", "2020-01-01", "decision-past-day"),
    ],
)
def test_an_order_that_lacks_something_says_what(typed: str, said: str, sentence: str) -> None:
    with pytest.raises(NotDecided) as refused:
        read_decision(typed.split(), said, TODAY)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("renewals decided", "decisions"),
        ("renewals decided last month", "decisions"),
        ("renewals décidées", "decisions"),
        (f"renewals done {KEY}", "decide"),
        (f"renewals undo {KEY}", "decide"),
        ("renewals undo 7", "renewals"),
        ("renewals keep it simple", "renewals"),
        ("renewals contoso", "renewals"),
        ("renewals", "renewals"),
        ("usage decided", "usage"),
    ],
)
def test_renewals_means_its_decisions_too(typed: str, meant: str) -> None:
    command, *words = typed.split()
    assert decision_line(CommandLine(command, tuple(words))).command == meant


@pytest.mark.parametrize("text", ["", "a/b/c", "a/b/c/d/e", "a/b/c/soon", "a//c/2026-12-13"])
def test_a_key_that_is_none_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 whichever part is none
        DecisionSubject.parse(text)
