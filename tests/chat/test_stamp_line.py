"""The one line under every answer: dates, whose figures, and whether to be careful with them."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.questions.activity import ACTIVITY_BASIS
from analytics.questions.stamp import IGNORED, LICENCE_BASIS, Exclusion, Gap, RestsOn, Stamp
from analytics.warehouse.marks import Mark, Reason
from handlers.messages.speaker import speaker
from handlers.output.stamps import stamp_line
from tests.questions.stamps import as_of

SAY = speaker("en")
MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
WHOSE = SAY("short-source-licences")
INCOMPLETE = SAY("stamp-short-incomplete")
NEVER = Mark("usage", None, (Reason("sync-why-timeout"),))


def stamp_of(*rests_on: RestsOn) -> Stamp:
    return Stamp(LICENCE_BASIS, rests_on, made_up=False, left_out=(), gaps=())


OFFICE = stamp_of(*as_of("Office", TUESDAY, TUESDAY))


def clauses(stamp: Stamp) -> list[str]:
    """The line's clauses."""
    (line,) = stamp_line(stamp, SAY).sentences
    return line.split(" · ")


def with_older(*older: str, day: date = TUESDAY) -> str:
    return SAY("stamp-short-with", day=day, older=SAY.enumeration(older))


def test_figures_of_one_day_have_that_day() -> None:
    assert clauses(OFFICE) == [SAY("stamp-short", day=TUESDAY), WHOSE]


def test_services_of_one_day_are_not_older_than_one_another() -> None:
    read_anew = date.fromisoformat("2026-11-17")
    stamp = stamp_of(*as_of("Dynamics", TUESDAY, read_anew), *as_of("Office", read_anew, TUESDAY))
    assert clauses(stamp)[0] == SAY("stamp-short", day=TUESDAY)


def test_a_service_with_older_figures_is_named_with_its_day() -> None:
    stamp = stamp_of(*as_of("Dynamics", MONDAY, MONDAY), *as_of("Office", TUESDAY, TUESDAY))
    assert clauses(stamp)[0] == with_older("Dynamics 16 Nov")


def test_the_day_of_a_service_is_that_of_its_oldest_part() -> None:
    for days in ((MONDAY, TUESDAY), (TUESDAY, MONDAY)):
        assert clauses(stamp_of(*as_of("Office", *days)))[0] == with_older("Office 16 Nov")


def test_several_older_services_are_named_each_once() -> None:
    older = date(2026, 11, 2)
    stamp = stamp_of(
        *as_of("Dynamics", older, MONDAY),
        *as_of("Power", MONDAY, None),
        *as_of("Office", TUESDAY, TUESDAY),
    )
    assert clauses(stamp)[0] == with_older("Dynamics 2 Nov", "Power 16 Nov")


def test_an_older_day_of_another_year_has_its_year() -> None:
    last_year = date(2025, 11, 17)
    stamp = stamp_of(*as_of("Dynamics", last_year, None), *as_of("Office", TUESDAY, None))
    assert clauses(stamp)[0] == with_older("Dynamics 17 Nov 2025")


def test_older_figures_of_no_service_are_the_rest() -> None:
    stamp = stamp_of(RestsOn("usage", None, MONDAY), RestsOn("deployment", None, TUESDAY))
    assert clauses(stamp)[0] == with_older(f"{SAY('stamp-short-rest')} 16 Nov")


@pytest.mark.parametrize(
    "trouble",
    [
        {"gaps": (Gap("usage", "Office", TUESDAY, 3),)},
        {"marks": (NEVER,)},
        {"marks": (replace(NEVER, as_of=MONDAY),)},
        {"marks": (replace(NEVER, mismatch="stamp-rule"),)},
    ],
    ids=["a gap", "never complete", "not complete any more", "and wrong besides"],
)
def test_what_is_missing_is_said_before_the_fold(trouble: dict[str, tuple[object, ...]]) -> None:
    assert clauses(replace(OFFICE, **trouble))[2:] == [INCOMPLETE]  # type: ignore[arg-type]


def test_what_a_check_found_wrong_is_not_called_incomplete() -> None:
    wrong = Mark("usage", TUESDAY, mismatch="stamp-rule")
    assert clauses(replace(OFFICE, marks=(wrong,)))[2:] == [SAY("stamp-short-mismatch")]


def test_products_that_an_admin_left_out_are_counted_behind_the_origin() -> None:
    ignored, free = Exclusion(IGNORED, {"n": 2}), Exclusion("stamp-free", {"n": 5, "sold": 9})
    said = clauses(replace(OFFICE, left_out=(free, ignored), marks=(NEVER,)))
    assert said[1:] == [WHOSE, "2 products ignored", INCOMPLETE]
    assert clauses(replace(OFFICE, left_out=(free,))) == clauses(OFFICE)


def test_made_up_figures_are_called_so_last() -> None:
    stamp = replace(OFFICE, made_up=True, marks=(NEVER,))
    assert clauses(stamp)[2:] == [INCOMPLETE, SAY("stamp-short-made-up")]
    assert [stamp_line(each, SAY).made_up for each in (stamp, OFFICE)] == [True, False]


def test_where_nothing_is_listed_it_says_as_of_when_and_whose() -> None:
    stamp = replace(stamp_of(), looked=MONDAY)
    assert clauses(stamp) == [SAY("stamp-short-looked", day=MONDAY), WHOSE]


def test_figures_of_no_day_have_no_origin() -> None:
    assert clauses(stamp_of()) == [SAY("stamp-no-date")]


def test_figures_that_never_came_whole_say_so_and_are_incomplete() -> None:
    stamp = replace(stamp_of(), whole=False, marks=(NEVER,))
    assert clauses(stamp) == [SAY("stamp-none-whole"), INCOMPLETE]


def test_each_question_names_its_own_source() -> None:
    stamp = replace(stamp_of(RestsOn("activity", None, MONDAY)), basis=ACTIVITY_BASIS)
    assert clauses(stamp) == [SAY("stamp-short", day=MONDAY), SAY("short-source-activity")]
