"""The periods people say, and what is left of the words before them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.values import Period
from handlers.input.periods import BadPeriod, read_period

TODAY = date(2026, 11, 22)
SAYINGS = "last 90 0 days jours mois dernier to .. 2026-13 march since depuis 2026 9999-99-99"
SAYINGS += " q9 l'an 99999999999 7y ... ? ce -ci past 2026-02..2026-01 ytd hier"
LISTS_OF_WORDS = st.lists(st.text(max_size=12) | st.sampled_from(SAYINGS.split()), max_size=10)


def said(text: str, today: date = TODAY) -> tuple[str, str, str]:
    """First day, last day and the words left over, as text."""
    words = text.split()
    period, used = read_period(words, today)
    if period is None:
        return "", "", " ".join(words)
    return str(period.first), str(period.last), " ".join(words[: len(words) - used])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("90 days", "2026-08-25"),
        ("last 90 days", "2026-08-25"),
        ("Past 90 Days", "2026-08-25"),
        ("the last 90 days", "2026-08-25"),
        ("over the past 90 days", "2026-08-25"),
        ("90d", "2026-08-25"),
        ("90 jours", "2026-08-25"),
        ("90j", "2026-08-25"),
        ("90 derniers jours", "2026-08-25"),
        ("les 90 derniers jours", "2026-08-25"),
        ("sur les 90 derniers jours", "2026-08-25"),
        ("1 day", "2026-11-22"),
        ("3 weeks", "2026-11-02"),
        ("3 semaines", "2026-11-02"),
        ("3 dernières semaines", "2026-11-02"),
        ("6 months", "2026-05-23"),
        ("6m", "2026-05-23"),
        ("6 mois", "2026-05-23"),
        ("6 derniers mois", "2026-05-23"),
        ("les 6 derniers mois", "2026-05-23"),
        ("2 quarters", "2026-05-23"),
        ("2 trimestres", "2026-05-23"),
        ("1 year", "2025-11-23"),
        ("past year", "2025-11-23"),
        ("1 an", "2025-11-23"),
        ("2y", "2024-11-23"),
        ("2 ans", "2024-11-23"),
        ("2 dernieres annees", "2024-11-23"),
        ("5 years", "2021-11-23"),
    ],
)
def test_so_many_units_end_today(text: str, first: str) -> None:
    assert said(text) == (first, "2026-11-22", "")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("last month", "2026-10-01", "2026-10-31"),
        ("le mois dernier", "2026-10-01", "2026-10-31"),
        ("mois dernier", "2026-10-01", "2026-10-31"),
        ("du mois dernier", "2026-10-01", "2026-10-31"),
        ("MOIS PRÉCÉDENT", "2026-10-01", "2026-10-31"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("ce mois", "2026-11-01", "2026-11-30"),
        ("ce mois-ci", "2026-11-01", "2026-11-30"),
        ("mois en cours", "2026-11-01", "2026-11-30"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("trimestre dernier", "2026-07-01", "2026-09-30"),
        ("le dernier trimestre", "2026-07-01", "2026-09-30"),
        ("this quarter", "2026-10-01", "2026-12-31"),
        ("ce trimestre", "2026-10-01", "2026-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("année dernière", "2025-01-01", "2025-12-31"),
        ("l'année dernière", "2025-01-01", "2025-12-31"),
        ("l\u2019an dernier", "2025-01-01", "2025-12-31"),
        ("l'annee derniere", "2025-01-01", "2025-12-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("cette année", "2026-01-01", "2026-12-31"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("semaine dernière", "2026-11-09", "2026-11-15"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("cette semaine", "2026-11-16", "2026-11-22"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("hier", "2026-11-21", "2026-11-21"),
        ("ytd", "2026-01-01", "2026-11-22"),
        ("year to date", "2026-01-01", "2026-11-22"),
    ],
)
def test_calendar_units_are_whole(text: str, first: str, last: str) -> None:
    assert said(text) == (first, last, "")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-01..2026-06", "2026-01-01", "2026-06-30"),
        ("2026-01 .. 2026-06", "2026-01-01", "2026-06-30"),
        ("2026-01...2026-06", "2026-01-01", "2026-06-30"),
        ("2026-01\u20262026-06", "2026-01-01", "2026-06-30"),
        ("2026-01\u20132026-06", "2026-01-01", "2026-06-30"),
        ("2026-01 \u2014 2026-06", "2026-01-01", "2026-06-30"),
        ("2026-01-2026-06", "2026-01-01", "2026-06-30"),
        ("2026-01 to 2026-06", "2026-01-01", "2026-06-30"),
        ("from 2026-01 to 2026-06", "2026-01-01", "2026-06-30"),
        ("de 2026-01 à 2026-06", "2026-01-01", "2026-06-30"),
        ("de janvier à juin 2026", "2026-01-01", "2026-06-30"),
        ("january to june 2026", "2026-01-01", "2026-06-30"),
        ("november to february 2026", "2025-11-01", "2026-02-28"),
        ("2025-2026", "2025-01-01", "2026-12-31"),
        ("2026-01-15..2026-03-02", "2026-01-15", "2026-03-02"),
        ("du 2026-01-15 au 2026-03-02", "2026-01-15", "2026-03-02"),
        ("2026-11-15..2026-12-31", "2026-11-15", "2026-12-31"),
        ("2026-01-15", "2026-01-15", "2026-01-15"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("Q3 2026", "2026-07-01", "2026-09-30"),
        ("2026Q3", "2026-07-01", "2026-09-30"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("T3 2026", "2026-07-01", "2026-09-30"),
        ("2026-T3", "2026-07-01", "2026-09-30"),
        ("march 2026", "2026-03-01", "2026-03-31"),
        ("Sept. 2026", "2026-09-01", "2026-09-30"),
        ("mars 2026", "2026-03-01", "2026-03-31"),
        ("août 2026", "2026-08-01", "2026-08-31"),
        ("since 2026-03", "2026-03-01", "2026-11-22"),
        ("depuis 2026-03", "2026-03-01", "2026-11-22"),
        ("2026-03..", "2026-03-01", "2026-11-22"),
        ("since march", "2026-03-01", "2026-11-22"),
        ("depuis mars", "2026-03-01", "2026-11-22"),
        ("since december", "2025-12-01", "2026-11-22"),
        ("depuis le mois dernier", "2026-10-01", "2026-11-22"),
        ("depuis 90 jours", "2026-08-25", "2026-11-22"),
    ],
)
def test_days_months_quarters_and_years_are_named(text: str, first: str, last: str) -> None:
    assert said(text) == (first, last, "")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("northwind 90 days", "northwind"),
        ("northwind for the last 90 days", "northwind"),
        ("contoso 2 last month", "contoso 2"),
        ("contoso 2 dernier mois", "contoso 2"),
        ("contoso 2 90 jours", "contoso 2"),
        ("studio 54 6m", "studio 54"),
        ("contoso 2026", "contoso"),
        ("contoso 2025 2026", "contoso 2025"),
        ("contoso last month ?", "contoso"),
        ("contoso (last month).", "contoso"),
        ("24 7 support last year", "24 7 support"),
    ],
)
def test_words_before_the_period_are_left(text: str, left: str) -> None:
    first, _, rest = said(text)
    assert (first != "", rest) == (True, left)


@pytest.mark.parametrize(
    "text",
    [
        *("studio 54", "24 7 support", "contoso", "", "marching", "last", "days", "12", "q"),
        *("area 5150", "3 days grace", "last month contoso", "prince 1999", "since contoso"),
        *("-5 days", "1.5 months", "audi q33", "2 last month support"),
    ],
)
def test_without_a_period_every_word_stays(text: str) -> None:
    assert read_period(text.split(), TODAY) == (None, 0)


def test_a_quoted_name_is_never_read_as_a_period() -> None:
    assert read_period(("usage", "last month"), TODAY) == (None, 0)
    assert read_period(("Studio 2026",), TODAY) == (None, 0)


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("contoso 2026-13", "2026-13", "period-impossible"),
        ("contoso 2026-02-30", "2026-02-30", "period-impossible"),
        ("contoso Q5 2026", "Q5 2026", "period-impossible"),
        ("2026-01..2026-13", "2026-01..2026-13", "period-impossible"),
        ("contoso 0 days", "0 days", "period-empty"),
        ("0 derniers mois", "0 derniers mois", "period-empty"),
        ("40000 days", "40000 days", "period-too-long"),
        ("99999999999999999999 days", "99999999999999999999 days", "period-too-long"),
        ("6 ans", "6 ans", "period-too-long"),
        ("61 months", "61 months", "period-too-long"),
        ("2020..2026", "2020..2026", "period-too-long"),
        ("contoso 2026-06..2026-01", "2026-06..2026-01", "period-reversed"),
        ("2027", "2027", "period-future"),
        ("03/04/2026", "03/04/2026", "period-ambiguous"),
        ("contoso 01/02/2026-03/04/2026", "01/02/2026-03/04/2026", "period-ambiguous"),
        ("contoso 31/04/2026", "31/04/2026", "period-impossible"),
        ("13/01/2026 to 01/13/2026", "13/01/2026 to 01/13/2026", "period-ambiguous"),
        ("30 february", "30 february", "period-impossible"),
        ("du 9 au 3 novembre", "du 9 au 3 novembre", "period-reversed"),
        ("2026-12..2027-02", "2026-12..2027-02", "period-future"),
        ("since 2026-12", "since 2026-12", "period-future"),
    ],
)
def test_a_period_there_is_not_is_refused_with_its_words_and_reason(
    text: str, found: str, why: str
) -> None:
    with pytest.raises(BadPeriod) as refused:
        read_period(text.split(), TODAY)
    assert (refused.value.found, refused.value.why) == (found, why)


def test_months_back_from_a_long_months_end_start_after_the_short_ones_end() -> None:
    assert said("6 months", date(2026, 8, 31))[0] == "2026-03-01"


def test_last_month_in_january_is_december_of_the_year_before() -> None:
    assert said("last month", date(2026, 1, 5))[:2] == ("2025-12-01", "2025-12-31")


def test_the_last_quarter_in_february_is_in_the_year_before() -> None:
    assert said("dernier trimestre", date(2026, 2, 28))[:2] == ("2025-10-01", "2025-12-31")


def test_five_years_are_not_too_long_in_any_week() -> None:
    period, used = read_period(("5", "years"), date(2028, 2, 29))
    assert (period, used) == (Period(date(2023, 3, 1), date(2028, 2, 29)), 2)


@given(LISTS_OF_WORDS, st.dates())
def test_arbitrary_words_give_a_period_or_say_what_is_wrong(words: list[str], today: date) -> None:
    try:
        period, used = read_period(words, today)
    except BadPeriod as bad:
        period, used = None, len(bad.found.split(" "))
    assert used <= len(" ".join(words).split(" "))
    assert period is None or used > 0
