"""Marks as text: every reason is kept, and what earlier versions wrote is still read."""

from datetime import date

import pytest

from analytics.warehouse.marks import UNCOUNTED, Mark, Reason, mark_of, mark_text
from handlers.messages.speaker import speaker

MONDAY = date(2026, 11, 16)
DENIED = Reason("sync-why-denied", {"code": "2032"})


@pytest.mark.parametrize(
    "mark",
    [
        Mark("usage", MONDAY, (DENIED, Reason("sync-why-totals-only")), 7, "check-newest"),
        Mark("deployment", None),
    ],
)
def test_a_mark_is_read_as_it_was_written(mark: Mark) -> None:
    assert mark_of(mark_text(mark)) == mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (
            '{"as_of": "2026-11-16", "because": "sync-why-denied", "calls": 2, "dataset": "usage", '
            '"mismatch": "", "values": {"code": "2032"}}',
            Mark("usage", MONDAY, (DENIED,), 2),
        ),
        (
            '{"as_of": null, "because": "", "calls": 0, "dataset": "deployment", '
            '"mismatch": "check-newest", "values": {}}',
            Mark("deployment", None, mismatch="check-newest"),
        ),
    ],
)
def test_marks_of_earlier_versions_are_read(text: str, mark: Mark) -> None:
    assert mark_of(text) == mark


PARTS = Reason(
    "sync-why-parts", {"missing": "3", "of": "58", "why": "sync-why-denied", "code": "1"}
)


def test_parts_are_counted_for_those_alone_who_see_all_customers() -> None:
    told = Mark("subscriptions", MONDAY, (DENIED, PARTS), 58).without_counts
    uncounted = Reason("sync-why-parts-uncounted", {"why": "sync-why-denied", "code": "1"})
    assert told == Mark("subscriptions", MONDAY, (DENIED, uncounted))


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize(("counted", "uncounted"), UNCOUNTED.items())
def test_both_sentences_are_said(counted: str, uncounted: str, locale: str) -> None:
    say, values = speaker(locale), {"missing": "3", "of": "58", "why": ""}
    assert "58" in say(counted, **values)
    assert "58" not in say(uncounted, why="")
