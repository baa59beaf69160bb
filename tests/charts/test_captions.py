"""The words around a chart: which day is which, and the year no more than once."""

import re
from datetime import date

import pytest

from analytics.charts.captions import first_and_last, source
from analytics.questions.stamp import LICENCE_BASIS, RestsOn, Stamp
from handlers.messages.speaker import speaker

EN = speaker("en")


def part(dataset: str, service: str, day: str) -> RestsOn:
    return RestsOn(dataset, service, date.fromisoformat(day))


def origin(*parts: RestsOn, locale: str = "en", made_up: bool = False) -> str:
    stamp = Stamp(LICENCE_BASIS, parts, made_up, (), ())
    said = source(stamp, "chart-source-licences", speaker(locale))
    assert not re.search(r"\d [A-Za-z]|[a-z.] \d{4}", said) or "(" not in said
    return said.replace("\N{NO-BREAK SPACE}", " ")


BOTH = (
    *(part("deployment", "Dynamics", "2026-11-25"), part("usage", "Dynamics", "2026-11-25")),
    *(part("deployment", "Office", "2026-11-28"), part("usage", "Office", "2026-11-28")),
)


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en", "Partner Center licence insights as of 25 Nov (Dynamics), 28 Nov 2026 (Office)"),
        (
            "fr",
            "Espace partenaires, licences au 25 nov. (Dynamics), 28 nov. 2026 (Office)",
        ),
    ],
)
def test_days_that_differ_name_their_service_oldest_first(locale: str, sentence: str) -> None:
    assert origin(*reversed(BOTH), locale=locale) == sentence


def test_one_day_of_all_services_stands_alone() -> None:
    same = [part(each.dataset, each.service or "", "2026-11-28") for each in BOTH]

    assert origin(*same) == "Partner Center licence insights as of 28 Nov 2026"
    assert origin(*same, made_up=True) == "Made-up figures as of 28 Nov 2026"


def test_days_that_differ_within_a_service_name_their_dataset() -> None:
    parts = part("deployment", "Office", "2026-11-28"), part("usage", "Office", "2026-11-26")

    assert origin(*parts).endswith(" as of 26 Nov (Office, use), 28 Nov 2026 (Office, seats)")
    assert origin(*parts, locale="fr").endswith(
        " au 26 nov. (Office, utilisation), 28 nov. 2026 (Office, licences)"
    )


def test_days_of_two_years_have_their_own() -> None:
    parts = part("usage", "Dynamics", "2025-12-30"), part("usage", "Office", "2026-01-02")

    assert origin(*parts).endswith(" as of 30 Dec 2025 (Dynamics), 2 Jan 2026 (Office)")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-09-03", "2026-11-28", ("3 Sept", "28 Nov 2026")),
        ("2025-11-28", "2026-11-28", ("28 Nov 2025", "28 Nov 2026")),
        ("2026-11-28", "2026-11-28", ("28 Nov 2026", "28 Nov 2026")),
    ],
)
def test_a_year_that_two_days_share_stands_once(
    first: str, last: str, expected: tuple[str, str]
) -> None:
    days = first_and_last(date.fromisoformat(first), date.fromisoformat(last), EN)

    assert (days["first"], days["last"]) == expected
