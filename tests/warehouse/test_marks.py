"""Marks as text: every reason is kept, and what earlier versions wrote is still read."""

from datetime import date

import pytest

from analytics.warehouse.marks import Mark, Reason, mark_of, mark_text

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
