"""What is said of a chart's course, and drawn, in English and French: from files to words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.charts.model import BarChart, LineChart, Tone
from analytics.charts.usage import usage_chart
from analytics.questions.usage import UsageResult, usage
from analytics.sources.files.downloads import merge
from analytics.warehouse.building.build import build
from handlers.messages.speaker import speaker
from handlers.output.pictures import late_starts, picture
from tests.questions.asking import CONTOSO
from tests.sources.building import deployed, page, read, used
from tests.warehouse.rows import META, opened

LAST = date(2026, 11, 20)
OFFICE = {"customerTenantId": CONTOSO.id}
DYNAMICS = OFFICE | {
    "serviceCode": "crm",
    "serviceName": "Microsoft Dynamics",
    "productId": "d",
    "productName": "DYNAMICS 365 SALES",
}
HOLE = [*range(63, 91, 7), *range(0, 21, 7)]
"""Days ago: weekly, but for seven weeks from 18 September."""

WEEKLY = list(range(0, 91, 7))


class Partner:
    """Files of one partner, read by the program's own loader."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def result(self, *pages: bytes) -> UsageResult:
        """Contoso's usage once the files are imported, as for a period that was asked for."""
        build(self._folder, merge([read(each) for each in pages]), META)
        found = usage(opened(self._folder), CONTOSO, None, None)
        return replace(found, period_asked=True)


@pytest.fixture
def partner(tmp_path: Path) -> Partner:
    """One that imported nothing yet."""
    return Partner(tmp_path)


def seats(days: Iterable[int], sold: int, service: dict[str, str]) -> bytes:
    """A file of seats sold, two less assigned, so many days ago."""
    rows = [
        deployed(
            **service, licensesSold=sold, licensesDeployed=sold - 2, processedDateTime=_day(ago)
        )
        for ago in days
    ]
    return page(*rows, TotalCount=len(rows))


def use(days: Iterable[int], active: int, service: dict[str, str]) -> bytes:
    """A file of people who use it, so many days ago."""
    rows = [used(**service, licensesActive=active, processedDateTime=_day(ago)) for ago in days]
    return page(*rows, TotalCount=len(rows))


def _day(ago: int) -> str:
    return f"{LAST - timedelta(days=ago)}T00:00:00"


def said(result: UsageResult, locale: str) -> tuple[str, list[str]]:
    """The alternative text of the chart, and the remark about its start."""
    say = speaker(locale)
    chart = usage_chart(result, say)
    assert isinstance(chart, LineChart)
    title = f"{chart.title}. "
    alt = picture(chart, say).alt
    assert alt.startswith(title)
    return alt.removeprefix(title), late_starts(chart, say)


def blanks(result: UsageResult, locale: str) -> list[str]:
    """What the bands of the chart say."""
    chart = usage_chart(result, speaker(locale))
    assert isinstance(chart, LineChart)
    return [blank.label for blank in chart.blanks]


@pytest.mark.parametrize("apart", [1, 7, 31])
def test_services_with_first_days_apart_draw_no_rise(partner: Partner, apart: int) -> None:
    days = [apart + 2, apart, 0]
    late_ones = [apart, 0]
    result = partner.result(
        *(seats(days, 490, OFFICE), use(days, 30, OFFICE)),
        *(seats(late_ones, 168, DYNAMICS), use(late_ones, 9, DYNAMICS)),
    )
    chart = usage_chart(result, speaker("en"))

    assert isinstance(chart, LineChart)
    assert {(line.label, y) for line in chart.lines for _, y in line.points} == {
        ("Sold", 658),
        ("Assigned", 654),
        ("Used", 39),
    }
    assert chart.days == ((LAST - timedelta(days=apart)).toordinal(), LAST.toordinal())
    assert (
        "Sold from 658 to 658, Assigned from 654 to 654 and Used from 39 to 39"
        in said(result, "en")[0]
    )


def test_a_late_start_is_told_in_one_sentence(partner: Partner) -> None:
    result = partner.result(seats([90, 48, 5, 0], 490, OFFICE), seats([2, 0], 168, DYNAMICS))

    assert said(result, "en") == (
        "Lines from 18 Nov 2026 to 20 Nov 2026: Sold from 658 to 658 and Assigned from 654 to 654.",
        ["The chart starts on 18 Nov 2026, the first day with figures from every service."],
    )
    assert said(result, "fr") == (
        "Courbes du 18 nov. 2026 au 20 nov. 2026\N{NO-BREAK SPACE}: Vendues de 658 à 658 et"
        " Attribuées de 654 à 654.",
        [
            "Le graphique commence le 18 nov. 2026, premier jour où l’on a les chiffres de chaque"
            " service."
        ],
    )


def test_a_late_start_of_some_lines_names_them_and_gives_each_its_first_day(
    partner: Partner,
) -> None:
    result = partner.result(
        *(seats([14, 7, 0], 490, OFFICE), use([14, 7, 0], 30, OFFICE)),
        *(seats([14, 7, 0], 168, DYNAMICS), use([7, 0], 9, DYNAMICS)),
    )

    assert said(result, "en") == (
        "Lines from 6 Nov 2026 to 20 Nov 2026: Sold from 658 on 6 Nov 2026 to 658, Assigned from"
        " 654 on 6 Nov 2026 to 654 and Used from 39 on 13 Nov 2026 to 39.",
        ["Used: drawn from 13 Nov 2026, the first day with figures from every service."],
    )
    text, (remark,) = said(result, "fr")
    assert "Utilisées de 39 le 13 nov. 2026 à 39." in text
    assert remark.startswith("Utilisées\N{NO-BREAK SPACE}: courbe tracée à partir du 13 nov. 2026,")


def test_a_start_with_the_history_is_not_told_again(partner: Partner) -> None:
    result = partner.result(seats([7, 0], 490, OFFICE), seats([7, 0], 168, DYNAMICS))

    assert said(result, "en")[1] == []
    assert result.change is None, "which is where the history's first day is told"


def test_a_chart_without_lines_has_no_start_to_tell(partner: Partner) -> None:
    result = partner.result(
        *(seats([1, 0], 490, OFFICE), use([1, 0], 30, OFFICE)),
        *(seats([0], 168, DYNAMICS), use([0], 9, DYNAMICS)),
    )
    say = speaker("en")
    chart = usage_chart(result, say)

    assert chart is not None
    assert not isinstance(chart, LineChart)
    assert late_starts(chart, say) == []


def test_a_line_of_one_point_has_its_day(partner: Partner) -> None:
    result = partner.result(seats([7, 0], 50, OFFICE), use([7], 30, OFFICE))

    assert said(result, "en")[0].endswith("and Used 30 on 13 Nov 2026.")
    assert said(result, "fr")[0].endswith("et Utilisées 30 le 13 nov. 2026.")


@pytest.mark.parametrize(
    ("files", "english", "french"),
    [
        (
            [seats(HOLE, 50, OFFICE), use(HOLE, 30, OFFICE)],
            ("Nothing was measured from 19 Sept 2026 to 5 Nov 2026.", "not measured"),
            ("Aucun relevé du 19 sept. 2026 au 5 nov. 2026.", "aucun relevé"),
        ),
        (
            [seats(WEEKLY, 50, OFFICE), seats(HOLE, 8, DYNAMICS)],
            (
                "At least one service was not measured from 19 Sept 2026 to 5 Nov 2026.",
                "partly measured",
            ),
            (
                "Un service au moins n’a pas été relevé du 19 sept. 2026 au 5 nov. 2026.",
                "relevé incomplet",
            ),
        ),
        (
            [seats(HOLE, 50, OFFICE), use(WEEKLY, 30, OFFICE)],
            (
                "Sold and Assigned: nothing was measured from 19 Sept 2026 to 5 Nov 2026.",
                "Sold and Assigned: not measured",
            ),
            (
                "Vendues et Attribuées : aucun relevé du 19 sept. 2026 au 5 nov. 2026.",
                "Vendues et Attribuées : aucun relevé",
            ),
        ),
        (
            [
                *(seats(WEEKLY, 50, OFFICE), use(WEEKLY, 30, OFFICE)),
                *(seats(WEEKLY, 8, DYNAMICS), use(HOLE, 9, DYNAMICS)),
            ],
            (
                "Used: at least one service was not measured from 19 Sept 2026 to 5 Nov 2026.",
                "Used: partly measured",
            ),
            (
                "Utilisées : un service au moins n’a pas été relevé du 19 sept. 2026 au"
                " 5 nov. 2026.",
                "Utilisées : relevé incomplet",
            ),
        ),
    ],
    ids=["all", "one service", "seats", "use of one service"],
)
def test_a_hole_is_told_and_drawn(
    partner: Partner, files: list[bytes], english: tuple[str, str], french: tuple[str, str]
) -> None:
    result = partner.result(*files)

    for locale, (sentence, label) in (("en", english), ("fr", french)):
        text, remarks = said(result, locale)
        assert text.replace("\N{NO-BREAK SPACE}", " ").endswith(f". {sentence}")
        assert [label.replace("\N{NO-BREAK SPACE}", " ") for label in blanks(result, locale)] == [
            label
        ]
        assert remarks == []


def test_the_subtitle_has_the_days_that_are_drawn(partner: Partner) -> None:
    result = partner.result(seats([90, 48, 5, 0], 490, OFFICE), seats([2, 0], 168, DYNAMICS))

    subtitles = [
        chart.subtitle
        for locale in ("en", "fr")
        if isinstance(chart := usage_chart(result, speaker(locale)), LineChart)
    ]
    assert subtitles == [
        "Seats from 18 Nov to 20 Nov 2026",
        "Licences du 18 nov. au 20 nov. 2026",
    ]
    assert result.period.first < LAST - timedelta(days=80)


def test_the_chart_has_each_snapshot_of_its_days(partner: Partner) -> None:
    result = partner.result(seats([14, 7, 0], 50, OFFICE), seats([12, 5], 8, DYNAMICS))
    chart = usage_chart(result, speaker("en"))

    assert isinstance(chart, LineChart)
    assert [LAST.toordinal() - day for day in chart.snapshots] == [12, 7, 5, 0]


def test_a_line_is_broken_where_its_course_is(partner: Partner) -> None:
    chart = usage_chart(partner.result(seats(HOLE, 50, OFFICE)), speaker("en"))

    assert isinstance(chart, LineChart)
    assert [[len(run) for run in line.runs] for line in chart.lines] == [[4, 3], [4, 3]]


def test_the_least_used_workload_comes_first_and_one_above_100_percent_last(
    partner: Partner,
) -> None:
    shares = (("EXO", 50), ("VIVA", 71), ("TEAMS", 30))
    pages = [use([0], active, OFFICE | {"workloadCode": code}) for code, active in shares]
    chart = usage_chart(partner.result(*pages), speaker("en"))

    assert isinstance(chart, BarChart)
    assert [(bar.tone, bar.value, bar.shown) for bar in chart.bars] == [
        (Tone.MAIN, 0.6, "60%"),
        (Tone.MAIN, 1.0, "100%"),
        (Tone.MAIN, 1.42, "142%"),
    ]
