"""The small print under every figure: dates and source, the rule, what is missing."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.questions.stamp import (
    LICENCE_BASIS,
    Exclusion,
    ExclusionPart,
    Gap,
    RestsOn,
    Stamp,
    free_products,
)
from analytics.values import Unknown, Why
from analytics.warehouse.marks import Mark, Reason
from handlers.messages.speaker import speaker
from handlers.output.marks import mark_lines
from handlers.output.stamps import stamp_lines
from tests.questions.stamps import as_of

SAY = speaker("en")
MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


ORIGIN = {"source": SAY("source-licences"), "whose": SAY("whose-licences")}


def _stamp(*rests_on: RestsOn, made_up: bool = False) -> Stamp:
    return Stamp(LICENCE_BASIS, rests_on, made_up, (), ())


def _source(dates: str) -> str:
    return SAY("stamp-source", dates=dates, **ORIGIN)


def test_a_service_whose_seats_and_use_are_of_one_day_has_one_date() -> None:
    small_print = stamp_lines(_stamp(*as_of("Office", MONDAY, MONDAY)), SAY)
    assert small_print.sentences == (_source("16 Nov 2026 (Office)"), SAY("stamp-rule"))


def test_a_service_with_seats_alone_has_their_date() -> None:
    small_print = stamp_lines(_stamp(*as_of("Office", TUESDAY, None)), SAY)
    assert small_print.sentences[0] == _source("17 Nov 2026 (Office)")


def test_services_worked_out_on_several_days_name_them_all() -> None:
    services = (*as_of("Dynamics", None, MONDAY), *as_of("Office", MONDAY, TUESDAY))
    two = "16 Nov 2026 for seats and 17 Nov 2026 for use (Office)"
    small_print = stamp_lines(_stamp(*services), SAY)
    assert small_print.sentences[0] == _source(f"16 Nov 2026 (Dynamics) and {two}")


def test_made_up_figures_are_called_so() -> None:
    small_print = stamp_lines(_stamp(*as_of("Office", MONDAY, None), made_up=True), SAY)
    assert small_print.made_up is True
    assert small_print.sentences[0] == SAY("stamp-made-up", dates="16 Nov 2026 (Office)", **ORIGIN)


def test_figures_of_no_day_say_so_and_have_no_rule() -> None:
    assert stamp_lines(_stamp(), SAY).sentences == (SAY("stamp-no-date"),)


def test_free_seats_and_missing_rows_are_owned_up_to_behind_the_rule() -> None:
    gaps = (Gap("deployment", "Office", MONDAY, 3), Gap("usage", "Dynamics", TUESDAY, 1))
    office = as_of("Office", MONDAY, None)
    stamp = replace(_stamp(*office), left_out=free_products(2, 10_040), gaps=gaps)
    assert stamp_lines(stamp, SAY).sentences[2:] == (
        SAY("stamp-free", n=2, sold=10_040),
        SAY("stamp-gap", dataset="licence deployment", service="Office", day=MONDAY, n=3),
        SAY("stamp-gap", dataset="licence usage", service="Dynamics", day=TUESDAY, n=1),
    )


def test_names_without_figures_have_dates_and_what_is_missing_but_no_rule() -> None:
    office, gap = as_of("Office", MONDAY, None), Gap("deployment", "Office", MONDAY, 3)
    basis = replace(LICENCE_BASIS, rule="")
    stamp = replace(_stamp(*office, made_up=True), basis=basis, gaps=(gap,))
    small_print = stamp_lines(stamp, SAY)
    assert small_print.made_up is True
    assert small_print.sentences == (
        SAY("stamp-made-up", dates="16 Nov 2026 (Office)", **ORIGIN),
        SAY("stamp-gap", dataset="licence deployment", service="Office", day=MONDAY, n=3),
    )


def test_what_a_sync_brought_says_on_which_day() -> None:
    stamp = replace(_stamp(*as_of("Office", MONDAY, MONDAY)), fetched=TUESDAY)
    assert stamp_lines(stamp, SAY).sentences[0] == (
        "As of 16 Nov 2026 (Office). Source: Partner Center licence insights, fetched on "
        "17 Nov 2026; seats of all partners and direct purchases together."
    )


def test_a_dataset_that_is_not_complete_says_why_and_since_when() -> None:
    marks = (
        Mark("usage", MONDAY, (Reason("stamp-no-date"),)),
        Mark("deployment", None, (Reason("stamp-no-date"),), mismatch="stamp-rule"),
    )
    office = as_of("Office", MONDAY, None)
    said = stamp_lines(replace(_stamp(*office), marks=marks), SAY).sentences[2:]
    use, seats, why = SAY("dataset-usage"), SAY("dataset-deployment"), SAY("stamp-no-date")
    assert said == (
        SAY("stamp-incomplete", datasets=use, day=MONDAY, why=why),
        SAY("stamp-never-complete", datasets=seats, why=why),
        SAY("stamp-mismatch", dataset=seats, what=SAY("stamp-rule")),
    )


def test_every_reason_is_said_the_gravest_first() -> None:
    reasons = (
        Reason("sync-why-parts", {"missing": "3", "of": "9", "why": "sync-why-timeout"}),
        Reason("sync-why-no-gdap", {"missing": "4", "of": "9"}),
        Reason("sync-why-totals-only"),
    )
    parts = SAY("sync-why-parts", missing="3", of="9", why=SAY("sync-why-timeout"))
    both = SAY("stamp-besides", why=parts, other=SAY("sync-why-no-gdap", missing="4", of="9"))
    why = SAY("stamp-besides", why=both, other=SAY("sync-why-totals-only"))
    dataset = SAY("dataset-subscribed_skus")
    assert mark_lines((Mark("subscribed_skus", MONDAY, reasons),), SAY) == [
        SAY("stamp-incomplete", datasets=dataset, day=MONDAY, why=why)
    ]


def test_figures_that_are_made_up_were_fetched_from_nowhere() -> None:
    stamp = replace(_stamp(*as_of("Office", MONDAY, MONDAY), made_up=True), fetched=TUESDAY)
    assert stamp_lines(stamp, SAY).sentences[0] == SAY(
        "stamp-made-up", dates="16 Nov 2026 (Office)", **ORIGIN
    )


@pytest.mark.parametrize(
    ("made_up", "sentence"), [(False, "stamp-looked"), (True, "stamp-looked-made-up")]
)
def test_where_nothing_is_listed_it_says_as_of_when(sentence: str, *, made_up: bool) -> None:
    stamp = replace(_stamp(made_up=made_up), looked=MONDAY)
    assert stamp_lines(stamp, SAY).sentences[0] == SAY(sentence, day=MONDAY, **ORIGIN)


def test_figures_of_no_day_that_did_not_come_whole_say_that() -> None:
    stamp = replace(_stamp(), whole=False)
    assert stamp_lines(stamp, SAY).sentences[0] == SAY("stamp-none-whole")


def test_free_products_whose_seats_are_not_known_are_counted_all_the_same() -> None:
    unknown = Unknown(Why.NEVER_CAME, "deployment")
    stamp = replace(_stamp(), left_out=free_products(1, unknown))
    assert stamp_lines(stamp, SAY).sentences[1:] == (SAY("stamp-free-unknown", n=1),)


def test_what_is_left_out_is_enumerated_each_amount_in_its_own_unit() -> None:
    storage = {"product": "Extra File Storage", "n": 500}
    parts = (
        ExclusionPart("apart-amount", storage, "unit-gigabyte"),
        ExclusionPart("unit-server", {"n": 1}),
        ExclusionPart("apart-seats", {"product": "Power BI", "n": 10_000, "assigned": 3}),
    )
    stamp = replace(_stamp(), left_out=(Exclusion("stamp-units", {}, parts),))
    said = "Extra File Storage (500 gigabytes), 1 server and Power BI (10,000 seats, 3 assigned)"
    assert stamp_lines(stamp, SAY).sentences[1:] == (SAY("stamp-units", what=said),)


def test_a_part_says_all_that_it_knows_beside_its_amount() -> None:
    part = ExclusionPart("stamp-mismatch", {"dataset": "seats", "n": 2}, "unit-server")
    stamp = replace(_stamp(), left_out=(Exclusion("stamp-units", {}, (part,)),))
    said = SAY("stamp-mismatch", dataset="seats", what="2 servers")
    assert stamp_lines(stamp, SAY).sentences[1:] == (SAY("stamp-units", what=said),)


def test_without_free_products_nothing_is_said_of_them() -> None:
    assert len(stamp_lines(_stamp(*as_of("Office", MONDAY, None)), SAY).sentences) == 2


def test_a_dataset_that_is_complete_and_agrees_has_nothing_said_of_it() -> None:
    assert mark_lines((Mark("usage", MONDAY),), SAY) == []


def test_what_a_check_found_wrong_is_said_of_a_complete_dataset_too() -> None:
    wrong = mark_lines((Mark("usage", MONDAY, mismatch="stamp-rule"),), SAY)
    what = SAY("stamp-rule")
    assert wrong == [SAY("stamp-mismatch", dataset="licence usage", what=what)]
