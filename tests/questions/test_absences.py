"""What never came, or not whole: unknown for whom it concerns, and figures for everybody else."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.charts.model import LineChart
from analytics.charts.usage import usage_chart
from analytics.questions.portfolio import portfolio
from analytics.questions.stamp import Gap, free_products
from analytics.questions.usage import UsageResult, usage
from analytics.sources.files.downloads import merge
from analytics.values import Customer, Unknown, Why
from analytics.warehouse.building.build import build
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark, Reason
from handlers.chat.customer_search import find_subject
from handlers.chat.refusals import SeveralCustomers, UnsureTopic
from tests.charts.plain import WORDS
from tests.questions.asking import (
    CONTOSO,
    FREE,
    NOT_MEASURED,
    asked,
    between,
    latest,
    november,
    runs,
)
from tests.questions.conftest import Told
from tests.questions.stamps import as_of
from tests.sources.building import deployed, page, read, used
from tests.warehouse.rows import META, opened, seats, tenant, use
from tests.warehouse.sights import sight

NO_SEATS = Unknown(Why.NEVER_CAME, "deployment")
NO_USE = Unknown(Why.NEVER_CAME, "usage")
SHORT_SEATS = Unknown(Why.NOT_WHOLE, "deployment")
FABRIKAM = Customer(tenant("Fabrikam"), "Fabrikam")
ADATUM = Customer(tenant("Adatum"), "Adatum")
CRM = {"serviceCode": "crm", "serviceName": "Microsoft Dynamics"}


def imported(folder: Path, *pages: bytes) -> Facts:
    """What is there once these pages were imported, one by one."""
    for raw in pages:
        build(folder, merge([read(raw)]), META)
    return opened(folder)


def seats_of(whose: Customer, sold: int = 50, day: int = 20, **cells: object) -> dict[str, object]:
    cells = {"customerTenantId": whose.id, "customerName": whose.name, **cells}
    return deployed(licensesSold=sold, processedDateTime=f"2026-11-{day}", **cells)


def use_of(whose: Customer, **cells: object) -> dict[str, object]:
    cells = {"customerTenantId": whose.id, "customerName": whose.name, **cells}
    return used(processedDateTime="2026-11-20", **cells)


def of(facts: Facts, whose: Customer) -> UsageResult:
    return usage(facts, whose, None, None)


def sold(facts: Facts, whose: Customer) -> object:
    standing = of(facts, whose).latest
    return standing and standing.sold


def test_seats_that_never_came_are_unknown_beside_use_that_did(told: Told) -> None:
    standing = latest(told(use(30, 50)))

    assert (standing.sold, standing.assigned, standing.unassigned) == (NO_SEATS,) * 3
    (product,) = standing.products
    assert (product.sold, product.deployment, product.active) == (NO_SEATS, NO_SEATS, 30)


def test_use_that_never_came_is_unknown_and_not_unmeasured(told: Told) -> None:
    standing = latest(told(seats(50, 40)))

    assert (standing.sold, standing.active) == (50, NO_USE)
    assert [product.active for product in standing.products] == [NO_USE]


def test_free_products_without_seats_are_set_apart_without_a_number(told: Told) -> None:
    result = asked(told(use(30, 50), use(9, 9, product=FREE)))
    assert result.stamp.left_out == free_products(1, NO_SEATS)


def test_before_its_first_snapshot_a_dataset_is_unknown_and_no_course_starts_at_nought(
    told: Told,
) -> None:
    days = [use(30, 50, day=november(day)) for day in (9, 16)]
    facts = told(*days, seats(50, 40, day=november(16)))
    result, early = asked(facts), latest(facts, between(1, 12))

    assert early.sold == Unknown(Why.LATER, "deployment")
    chart = usage_chart(replace(result, period_asked=True), WORDS)
    assert isinstance(chart, LineChart)
    points = {line.label: [seats for _, seats in line.points] for line in chart.lines}
    assert points == {"chart-sold": [50], "chart-assigned": [40], "chart-active": [30, 30]}


def test_no_change_is_claimed_of_seats_that_are_not_known(told: Told) -> None:
    found = asked(told(*(use(day, 50, day=november(day)) for day in (9, 16))), between(10, 16))

    assert found.change is not None
    assert (found.change.sold, found.change.parts, found.change.active) == (NO_SEATS, (), 7)


def test_a_snapshot_short_of_rows_leaves_the_whole_one_before_it_with_its_date(
    tmp_path: Path,
) -> None:
    newer = page(seats_of(CONTOSO, 70), TotalCount=9)
    facts = imported(tmp_path, page(seats_of(CONTOSO, 50, day=13)), newer)
    result = of(facts, CONTOSO)

    assert sold(facts, CONTOSO) == portfolio(facts).sold == 50
    assert result.stamp.rests_on == (*as_of("Microsoft Office 365", november(13), None),)
    gap = Gap("deployment", "Microsoft Office 365", november(20), 8)
    assert result.stamp.gaps == portfolio(facts).stamp.gaps == (gap,)
    assert [point.day for point in result.courses.sold.points] == [november(13)]


def test_a_snapshot_short_of_rows_between_whole_ones_is_no_day_of_a_course(tmp_path: Path) -> None:
    short = page(seats_of(CONTOSO, 9, day=13), TotalCount=9)
    whole = [page(seats_of(CONTOSO, 50, day=day)) for day in (10, 20)]
    result = of(imported(tmp_path, short, *whole), CONTOSO)

    assert runs(result.courses.sold) == [{november(10): 50, november(20): 50}]
    assert result.stamp.gaps == ()


def test_whom_only_a_snapshot_short_of_rows_lists_has_no_figures_yet(tmp_path: Path) -> None:
    newer = page(seats_of(CONTOSO), seats_of(FABRIKAM), TotalCount=9)
    facts = imported(tmp_path, page(seats_of(CONTOSO, day=13)), newer)

    assert sold(facts, FABRIKAM) == SHORT_SEATS
    together = portfolio(facts)
    assert (together.left, together.without, together.short) == (0, 0, 1)
    alone = portfolio(Facts(facts.generation, sight({FABRIKAM.id})))
    assert [each.sold for each in alone.customers] == [SHORT_SEATS]


def test_without_any_whole_snapshot_seats_are_unknown_of_all_and_of_each(tmp_path: Path) -> None:
    short = page(seats_of(CONTOSO), seats_of(FABRIKAM), TotalCount=9)
    facts = imported(tmp_path, short, page(use_of(CONTOSO), use_of(ADATUM)))

    whose = (CONTOSO, FABRIKAM, ADATUM)
    assert [sold(facts, each) for each in whose] == [SHORT_SEATS] * 3
    together = portfolio(facts)
    assert (together.sold, together.assigned, together.unassigned) == (SHORT_SEATS,) * 3
    assert (together.active, len(together.customers)) == (60, 3)


def test_one_service_that_is_not_whole_concerns_whom_it_lists_and_whom_no_other_does(
    tmp_path: Path,
) -> None:
    office = page(seats_of(CONTOSO), seats_of(FABRIKAM))
    dynamics = page(seats_of(FABRIKAM, **CRM), TotalCount=9)
    facts = imported(tmp_path, office, dynamics, page(use_of(ADATUM)))

    assert [sold(facts, each) for each in (CONTOSO, FABRIKAM)] == [50, SHORT_SEATS]
    assert sold(facts, ADATUM) == SHORT_SEATS
    assert portfolio(facts).sold == SHORT_SEATS
    assert [gap.service for gap in of(facts, CONTOSO).stamp.gaps] == ["Microsoft Dynamics"]


def test_seats_of_a_service_that_is_used_and_that_no_file_tells_are_unknown(told: Told) -> None:
    crm = {"service": "crm", "product": "d"}
    facts = told(seats(50, 40), use(30, 50), use(4, 5, customer="Fabrikam", **crm))

    assert (sold(facts, CONTOSO), sold(facts, FABRIKAM)) == (50, NO_SEATS)
    assert portfolio(facts).sold == NO_SEATS


def test_a_service_that_files_call_by_code_and_by_name_is_one(told: Told) -> None:
    facts = told(seats(50, 40, service="Office 365"), use(30, 50))

    assert (sold(facts, CONTOSO), portfolio(facts).sold) == (50, 50)
    assert portfolio(facts).active == latest(facts).active == 30


def test_a_customer_without_usage_rows_is_not_measured(told: Told) -> None:
    facts = told(seats(50, 40), use(4, 9, customer="Fabrikam"))
    assert latest(facts).active == NOT_MEASURED


@pytest.mark.parametrize("whose", [CONTOSO, FABRIKAM])
def test_what_no_file_ever_brought_is_marked_whether_rows_are_found_or_not(
    told: Told, whose: Customer
) -> None:
    facts = told(use(30, 50))
    wanted = (Mark("deployment", None, (Reason("stamp-no-file"),)),)

    assert of(facts, whose).stamp.marks == portfolio(facts).stamp.marks == wanted
    assert of(facts, whose).stamp.incomplete == ("deployment",)


def test_a_topic_is_unsure_while_a_dataset_that_could_hold_it_is_not_there(told: Told) -> None:
    with pytest.raises(UnsureTopic) as unsure:
        find_subject(told(seats(50)), "contoso exchange")

    assert unsure.value.unknown == (NO_USE,)
    assert unsure.value.values == {"customer": "Contoso", "topic": "exchange"}


def test_the_longest_name_that_fits_is_whose_topic_is_unsure(told: Told) -> None:
    facts = told(seats(9, customer="Contoso Hotels"), seats(9, customer="Contoso Bank"))
    with pytest.raises(UnsureTopic) as unsure:
        find_subject(facts, "contoso hotels exchange")
    assert unsure.value.values["customer"] == "Contoso Hotels"


def test_one_of_several_is_chosen_before_what_they_have_is_said_to_be_unknown(told: Told) -> None:
    facts = told(seats(50), seats(9, customer="Contoso Hotels"), seats(9, customer="Contoso Bank"))
    with pytest.raises(SeveralCustomers):
        find_subject(facts, "conto exchange")
