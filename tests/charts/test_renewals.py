"""The picture of decisions: a dot a decision in the week of its deadline, extensions ringed."""

from dataclasses import replace
from datetime import timedelta

from analytics.charts.elements import Tone
from analytics.charts.renewals import renewals_chart
from analytics.values import Customer
from handlers.messages.speaker import speaker
from handlers.output.pictures import picture
from tests.chat.renewing_lines import EXTENSION, NOW, TENANT, answer, line

SAY = speaker("en")
CONTOSO = Customer(TENANT, "Contoso")
SOON = {"act_by": NOW + timedelta(days=3)}


def test_each_decision_is_a_dot_of_its_week_and_its_seats() -> None:
    chart = renewals_chart(answer(line(**SOON, **EXTENSION), line(**SOON, seats=None), line()), SAY)
    assert chart is not None
    first, *_, last = chart.weeks
    assert [(dot.size, dot.figure, dot.tone) for dot in first.dots] == [
        (80.0, "80", Tone.ALARM),
        (None, "", Tone.MAIN),
    ]
    assert (first.label, first.figure) == ("30 Nov", "2")
    assert first.beside == "2 decisions, 80 seats and 1 paid extension"
    assert (last.label, len(last.dots)) == ("22 Feb", 1)
    assert chart.title == "3 decisions in 13 weeks; paid extensions: 1"


def test_the_words_for_those_who_do_not_see_it_tell_the_finding_and_the_weeks() -> None:
    chart = renewals_chart(answer(line(**SOON), line()), SAY)
    assert chart is not None
    alt = picture(chart, SAY).alt
    assert alt.startswith("2 decisions in 13 weeks.")
    assert "30 Nov (1 decision and 80 seats) and 22 Feb (1 decision and 80 seats)" in alt


def test_one_customers_picture_names_them_and_a_single_decision_has_none() -> None:
    one = answer(line(), customer=CONTOSO)
    assert renewals_chart(one, SAY) is None
    two = renewals_chart(answer(line(), line(**SOON), customer=CONTOSO), SAY)
    assert two is not None
    assert two.title == "Contoso · 2 decisions in 13 weeks"


def test_without_extensions_the_legend_has_no_word_for_them() -> None:
    chart = renewals_chart(answer(line(), line()), SAY)
    assert chart is not None
    assert [key.tone for key in chart.legend] == [Tone.MAIN]


def test_nothing_to_decide_and_nothing_known_are_no_picture() -> None:
    assert renewals_chart(answer(), SAY) is None
    assert renewals_chart(replace(answer(line()), weeks=()), SAY) is None
