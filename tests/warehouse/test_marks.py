"""Marks as text: every reason is kept, and what earlier versions wrote is still read."""

from datetime import date

import pytest

from analytics.warehouse.marks import UNCOUNTED, Mark, Reason, mark_of, mark_text
from handlers.messages.speaker import speaker
from handlers.output.marks import mark_lines

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


def test_a_count_within_another_reason_is_for_those_alone_who_see_all_customers() -> None:
    values = {"listed": "3", "standing": "58", "day": "2026-11-23"}
    counted = Reason("sync-why-customers", {**values, "why": "sync-why-kept"})
    uncounted = {"why": "sync-why-kept-uncounted", "day": "2026-11-23"}
    told = Mark("subscriptions", MONDAY, (counted,)).without_counts
    assert told.reasons == (Reason("sync-why-customers", uncounted),)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "as of 16 Nov 2026: kept since 16 Nov 2026: the source now lists 2 of 3."),
        ("fr", "conservé depuis le 16 nov. 2026\u00a0: la source n’en liste plus que 2 sur 3"),
    ],
)
def test_a_kept_list_says_since_when_and_what_the_source_lists(locale: str, said: str) -> None:
    values = {"listed": "2", "standing": "3", "day": "2026-11-16"}
    mark = Mark("customer_list", MONDAY, (Reason("sync-why-kept", values),))
    assert said in "".join(mark_lines((mark,), speaker(locale)))


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize(("counted", "uncounted"), UNCOUNTED.items())
def test_both_sentences_are_said(counted: str, uncounted: str, locale: str) -> None:
    say, values = speaker(locale), {"missing": "3", "asked": "3", "of": "58", "why": ""}
    values |= {"listed": "3", "standing": "58", "day": "Monday"}
    assert "58" in say(counted, **values)
    assert "58" not in say(uncounted, why="", day="Monday")
