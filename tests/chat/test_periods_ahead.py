"""Periods of questions that look ahead: counts begin today, and what is over is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.looks import Looks
from handlers.chat.refusals import UnreadablePeriod
from handlers.input.periods import BadPeriod, read_period
from handlers.messages.speaker import speaker
from tests.chat.test_periods import LISTS_OF_WORDS

TODAY = date(2026, 11, 30)


def said(text: str, looks: Looks = Looks.AHEAD) -> tuple[str, str, str]:
    """First day, last day and the words left over, as text."""
    words = text.split()
    period, used = read_period(words, TODAY, looks)
    if period is None:
        return "", "", " ".join(words)
    return str(period.first), str(period.last), " ".join(words[: len(words) - used])


@pytest.mark.parametrize(
    ("text", "last"),
    [
        *(("60 days", "2027-01-29"), ("next 60 days", "2027-01-29"), ("60d", "2027-01-29")),
        *(("over the next 60 days", "2027-01-29"), ("in 60 days", "2027-01-29")),
        *(("60 jours", "2027-01-29"), ("60 prochains jours", "2027-01-29")),
        *(("dans les 60 prochains jours", "2027-01-29"), ("d'ici 60 jours", "2027-01-29")),
        *(("60 jours à venir", "2027-01-29"), ("dans les 60 jours", "2027-01-29")),
        *(("3 months", "2027-02-28"), ("the next 3 months", "2027-02-28"), ("3m", "2027-02-28")),
        *(("les 3 prochains mois", "2027-02-28"), ("2 weeks", "2026-12-14")),
        *(("1 year", "2027-11-30"), ("1 an", "2027-11-30"), ("2 quarters", "2027-05-30")),
        *(("until March", "2027-03-31"), ("by march", "2027-03-31")),
        *(("until the end of march", "2027-03-31"), ("until 15 march", "2027-03-15")),
        *(("until next month", "2026-12-31"), ("until 2027-06", "2027-06-30")),
        *(("by the end of the year", "2026-12-31"), ("until the end of the month", "2026-11-30")),
        *(("jusqu'en mars", "2027-03-31"), ("jusqu'à mars", "2027-03-31")),
        *(("jusqu'au 15 mars", "2027-03-15"), ("d’ici mars", "2027-03-31")),
        *(("d'ici fin mars", "2027-03-31"), ("d'ici la fin de l'année", "2026-12-31")),
        *(("d'ici fin d'année", "2026-12-31"), ("jusqu'à la fin du trimestre", "2026-12-31")),
    ],
)
def test_counts_and_last_days_begin_today(text: str, last: str) -> None:
    assert said(text) == ("2026-11-30", last, "")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        *(("next month", "2026-12-01", "2026-12-31"),),
        *(("mois prochain", "2026-12-01", "2026-12-31"),),
        *(("le mois prochain", "2026-12-01", "2026-12-31"),),
        *(("next week", "2026-12-07", "2026-12-13"),),
        *(("semaine prochaine", "2026-12-07", "2026-12-13"),),
        *(("next quarter", "2027-01-01", "2027-03-31"),),
        *(("prochain trimestre", "2027-01-01", "2027-03-31"),),
        *(("next year", "2027-01-01", "2027-12-31"),),
        *(("l'année prochaine", "2027-01-01", "2027-12-31"),),
        *(("october", "2027-10-01", "2027-10-31"), ("next october", "2027-10-01", "2027-10-31")),
        *(("november", "2026-11-01", "2026-11-30"), ("next november", "2027-11-01", "2027-11-30")),
        *(("octobre prochain", "2027-10-01", "2027-10-31"),),
        *(("d'octobre", "2027-10-01", "2027-10-31"),),
        *(("tomorrow", "2026-12-01", "2026-12-01"), ("demain", "2026-12-01", "2026-12-01")),
        *(("this month", "2026-11-01", "2026-11-30"), ("this week", "2026-11-30", "2026-12-06")),
        *(("december to february", "2026-12-01", "2027-02-28"),),
        *(("2027-01..2027-03", "2027-01-01", "2027-03-31"), ("q1", "2027-01-01", "2027-03-31")),
    ],
)
def test_units_of_the_calendar_are_the_next_ones(text: str, first: str, last: str) -> None:
    assert said(text) == (first, last, "")


@pytest.mark.parametrize(
    "text",
    [
        *("last month", "yesterday", "2025", "ytd", "since october", "last 30 days", "past year"),
        *("les 30 derniers jours", "mois dernier", "until 2025", "until last month", "hier"),
        *("2026-01..2026-06", "depuis mars", "octobre dernier", "1 october 2026"),
    ],
)
def test_what_is_over_is_refused_where_the_question_looks_ahead(text: str) -> None:
    with pytest.raises(BadPeriod) as refused:
        read_period(("contoso", *text.split()), TODAY, Looks.AHEAD)
    assert (refused.value.found, refused.value.why) == (text, "period-past")


@pytest.mark.parametrize(
    "text",
    [
        *("next month", "next 60 days", "60 prochains jours", "mois prochain", "next october"),
        *("the next 3 months", "90 jours à venir", "l'année prochaine", "semaine prochaine"),
    ],
)
def test_what_is_to_come_is_refused_where_the_question_looks_back(text: str) -> None:
    with pytest.raises(BadPeriod) as refused:
        read_period(("contoso", *text.split()), TODAY)
    assert (refused.value.found, refused.value.why) == (text, "period-future")


@pytest.mark.parametrize("text", ["studio tomorrow", "chez demain", "until year", "2027-01.. x"])
def test_words_that_could_be_a_name_stay_where_the_question_looks_back(text: str) -> None:
    assert said(text, Looks.BACK) == ("", "", text)


@pytest.mark.parametrize("text", ["next 0 days", "0 jours à venir"])
def test_no_day_ahead_is_no_period(text: str) -> None:
    with pytest.raises(BadPeriod, match="period-empty"):
        said(text)


def test_the_refusal_gives_examples_that_look_the_same_way() -> None:
    tried = {}
    for looks in Looks:
        refusal = UnreadablePeriod("x", "period-past", looks)
        tried[looks] = speaker("en")(refusal.sentence, found="x", reason="it is in the past")
    assert "“next month”" in tried[Looks.AHEAD]
    assert "“last quarter”" in tried[Looks.BACK]


@given(LISTS_OF_WORDS, st.dates())
def test_arbitrary_words_end_in_a_period_not_over_or_say_what_is_wrong(
    words: list[str], today: date
) -> None:
    try:
        period, used = read_period(words, today, Looks.AHEAD)
    except BadPeriod:
        return
    assert period is None or (used > 0 and period.last >= today)
