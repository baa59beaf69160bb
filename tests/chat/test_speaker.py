"""What becomes of values in sentences: numbers, instants and names."""

import re
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.messages.speaker import speaker

SAY = speaker("en")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        *((0.0, "0%"), (0.0001, "<1%"), (0.00499, "<1%"), (0.005, "1%"), (0.0149, "1%")),
        *((0.015, "2%"), (0.145, "15%"), (0.285, "29%"), (0.994, "99%"), (0.995, ">99%")),
        *((0.99999, ">99%"), (1.0, "100%"), (1.00001, ">100%"), (1.0049, ">100%")),
        *((1.005, "101%"), (1.409, "141%"), (12.5, "1,250%")),
    ],
)
def test_a_share_is_whole_percent_and_never_none_or_all_by_rounding(
    share: float, said: str
) -> None:
    assert SAY.percent(share) == said


@pytest.mark.parametrize(
    ("share", "said"), [(0.001, "< 1 %"), (0.999, "> 99 %"), (1.001, "> 100 %"), (0.894, "89 %")]
)
def test_french_keeps_its_spaces_with_a_share(share: float, said: str) -> None:
    written = speaker("fr").percent(share)

    assert " " not in written
    assert re.sub(r"\s", " ", written) == said


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_reads_as_none_or_all_only_if_it_is(part: int, whole: int) -> None:
    said = SAY.percent(part / whole)

    assert (said == "0%") == (part == 0)
    assert (said == "100%") == (part == whole)
    assert re.fullmatch(r"[<>]?[\d,]+%", said)


def test_a_change_has_its_sign() -> None:
    assert [SAY.signed_number(change) for change in (1200, -3, 0)] == ["+1,200", "−3", "0"]


@pytest.mark.parametrize(
    ("value", "currency", "english", "french"),
    [
        ("-20", "EUR", "−€20.00", "−20,00 €"),
        ("5800", "SEK", "SEK 5,800.00", "5 800,00 SEK"),
        ("1", "JPY", "JP¥1", "1 JPY"),
        ("1", "\u202ex", "x 1.00", "1,00 x"),
    ],
)
def test_an_amount_has_its_currency_apart_and_the_minus_in_front(
    value: str, currency: str, english: str, french: str
) -> None:
    said = [speaker(each).amount(Decimal(value), currency) for each in ("en", "fr")]
    assert [re.sub(r"\s", " ", each) for each in said] == [english, french]


@pytest.mark.parametrize(
    ("value", "said"),
    [("8149.848", "8,149.85"), ("31.50", "31.5"), ("0.0123", "0.012"), ("-4", "−4"), ("0", "0")],
)
def test_units_have_two_decimals_at_most_and_small_ones_their_first_digits(
    value: str, said: str
) -> None:
    assert SAY.decimal(Decimal(value)) == said


def test_an_instant_is_said_in_utc_whatever_zone_it_is_written_in() -> None:
    tokyo = datetime.fromisoformat("2026-11-22T18:30:00+09:00")
    assert SAY.moment(tokyo) == "22 Nov 2026, 09:30 UTC"


def test_what_nobody_sees_of_a_name_is_not_said() -> None:
    said = SAY("usage-topic", customer="Con\u202etoso\x00", topic="E3")
    assert said == "Contoso (E3)"
