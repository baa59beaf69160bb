"""Months, quarters and days without a year, and dates in numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.values import Period
from handlers.chat.looks import Looks
from handlers.input.period_points import MONTHS
from handlers.input.periods import read_period
from tests.chat.test_periods import TODAY, said


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("october", "2026-10-01", "2026-10-31"),
        ("in October", "2026-10-01", "2026-10-31"),
        ("octobre", "2026-10-01", "2026-10-31"),
        ("en octobre", "2026-10-01", "2026-10-31"),
        ("november", "2026-11-01", "2026-11-30"),
        ("december", "2025-12-01", "2025-12-31"),
        ("last november", "2025-11-01", "2025-11-30"),
        ("octobre dernier", "2026-10-01", "2026-10-31"),
        ("q3", "2026-07-01", "2026-09-30"),
        ("T3", "2026-07-01", "2026-09-30"),
        ("3e trimestre", "2026-07-01", "2026-09-30"),
        ("3rd quarter", "2026-07-01", "2026-09-30"),
        ("third quarter of 2025", "2025-07-01", "2025-09-30"),
        ("troisième trimestre", "2026-07-01", "2026-09-30"),
        ("1er trimestre 2026", "2026-01-01", "2026-03-31"),
        ("last q4", "2025-10-01", "2025-12-31"),
        ("1 oct", "2026-10-01", "2026-10-01"),
        ("the 1st of october", "2026-10-01", "2026-10-01"),
        ("October 1", "2026-10-01", "2026-10-01"),
        ("October 1, 2025", "2025-10-01", "2025-10-01"),
        ("1er octobre", "2026-10-01", "2026-10-01"),
        ("le 1er octobre 2025", "2025-10-01", "2025-10-01"),
        ("25 december", "2025-12-25", "2025-12-25"),
        ("29 february", "2024-02-29", "2024-02-29"),
        ("du 3 au 9 novembre", "2026-11-03", "2026-11-09"),
        ("du 1er au 15 octobre", "2026-10-01", "2026-10-15"),
        ("3-9 november", "2026-11-03", "2026-11-09"),
        ("november 3 to 9", "2026-11-03", "2026-11-09"),
        ("from the 1st to the 15th of october", "2026-10-01", "2026-10-15"),
        ("between 3 and 9 nov", "2026-11-03", "2026-11-09"),
        ("from january to march", "2026-01-01", "2026-03-31"),
        ("de janvier à mars", "2026-01-01", "2026-03-31"),
        ("jan-mar", "2026-01-01", "2026-03-31"),
        ("november to february", "2025-11-01", "2026-02-28"),
        ("november 2025 to february", "2025-11-01", "2026-02-28"),
        ("q1 to q3", "2026-01-01", "2026-09-30"),
        ("1 oct to 15 nov", "2026-10-01", "2026-11-15"),
        ("01/09/2026-30/11/2026", "2026-09-01", "2026-11-30"),
        ("01/09/2026 - 27/11/2026", "2026-09-01", "2026-11-27"),
        ("09/01/2026 to 11/27/2026", "2026-09-01", "2026-11-27"),
        ("du 01/09/2026 au 30/09/2026", "2026-09-01", "2026-09-30"),
        ("03/03/2026", "2026-03-03", "2026-03-03"),
        ("03.04.2026", "2026-04-03", "2026-04-03"),
        ("2026/04/03", "2026-04-03", "2026-04-03"),
        ("11/2026", "2026-11-01", "2026-11-30"),
        ("2026-W47", "2026-11-16", "2026-11-22"),
        ("since 1 october", "2026-10-01", "2026-11-22"),
        ("depuis le 1er octobre", "2026-10-01", "2026-11-22"),
        ("since q3", "2026-07-01", "2026-11-22"),
    ],
)
def test_without_a_year_it_is_the_newest_that_is_not_after_today(
    text: str, first: str, last: str
) -> None:
    assert said(text) == (first, last, "")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("october", "2027-10-01", "2027-10-31"),
        ("november", "2026-11-01", "2026-11-30"),
        ("december", "2026-12-01", "2026-12-31"),
        ("q1", "2027-01-01", "2027-03-31"),
        ("25 décembre", "2026-12-25", "2026-12-25"),
        ("december 2026 to february", "2026-12-01", "2027-02-28"),
        ("2027-01", "2027-01-01", "2027-01-31"),
    ],
)
def test_a_question_that_looks_ahead_means_the_next_one(text: str, first: str, last: str) -> None:
    assert read_period(text.split(), TODAY, Looks.AHEAD)[0] == Period(
        date.fromisoformat(first), date.fromisoformat(last)
    )


@given(st.dates(date(2001, 1, 1), date(2098, 1, 1)), st.sampled_from(sorted(MONTHS)))
def test_a_month_alone_is_within_a_year_of_today(today: date, month: str) -> None:
    back, _ = read_period((month,), today)
    ahead, _ = read_period((month,), today, Looks.AHEAD)
    assert back is not None
    assert ahead is not None
    assert 0 <= (today - back.first).days < 366
    assert 0 <= (ahead.last - today).days < 397
