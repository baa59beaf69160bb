"""Whose usage it is, how sure it is, and who may ask: identity, stamp, fence."""

from pathlib import Path

from analytics.questions.customers import customer_names
from analytics.questions.stamp import Gap
from analytics.questions.usage import usage
from analytics.sources.files.downloads import merge
from analytics.warehouse.building.build import build
from tests.questions.asking import CONTOSO, E5, asked, between, latest, november
from tests.questions.conftest import Told
from tests.questions.stamps import as_of
from tests.sources.building import deployed, page, read, used
from tests.warehouse.rows import E3, META, opened, seats, tenant, use

FABRIKAM = tenant("Fabrikam")
CRM = {"service": "crm", "service_name": "Microsoft Dynamics", "product": "d"}


def test_the_case_of_a_guid_splits_neither_customers_nor_products(tmp_path: Path) -> None:
    upper = {"customerTenantId": CONTOSO.id.upper(), "productId": E3.upper()}
    lower = {"customerTenantId": CONTOSO.id, "productId": E3}
    raw = [
        page(
            deployed(**upper, licensesSold=50), deployed(**lower, licensesSold=5, channel="direct")
        ),
        page(
            used(**upper, serviceCode="O365"), used(**lower, workloadCode="exo", channel="direct")
        ),
    ]
    build(tmp_path, merge([read(each) for each in raw]), META)
    facts = opened(tmp_path)

    assert [customer.id for customer in facts.people.customers] == [CONTOSO.id]
    standing = latest(facts)
    assert [(p.id, p.sold, p.active) for p in standing.products] == [(E3, 55, 60)]
    assert [(w.id, w.active, w.entitled) for w in standing.workloads] == [("exo", 60, 100)]


def test_the_stamp_has_each_services_day_of_seats_and_of_usage(told: Told) -> None:
    facts = told(
        seats(50, day=november(20)),
        use(30, 50, day=november(18)),
        seats(5, day=november(15), **CRM),
    )
    assert asked(facts).stamp.rests_on == (
        *as_of("Microsoft Dynamics", november(15), None),
        *as_of("Microsoft Office 365", november(20), november(18)),
    )


def test_the_stamp_of_an_older_period_has_that_periods_days(told: Told) -> None:
    facts = told(*(seats(50, day=november(day)) for day in (6, 13, 20)))

    assert asked(facts, between(1, 15)).stamp.rests_on == (
        *as_of("Microsoft Office 365", november(13), None),
    )


def test_rows_that_never_came_are_a_gap_until_a_whole_snapshot_follows(tmp_path: Path) -> None:
    short = deployed(customerTenantId=CONTOSO.id, processedDateTime="2026-11-20")
    whole = deployed(customerTenantId=CONTOSO.id, processedDateTime="2026-11-21")
    files = [read(page(short, TotalCount=4)), read(page(whole, TotalCount=1))]
    build(tmp_path, merge(files), META)
    facts = opened(tmp_path)

    assert asked(facts, between(1, 20)).stamp.gaps == (
        Gap("deployment", "Microsoft Office 365", november(20), 3),
    )
    assert asked(facts).stamp.gaps == ()


def test_figures_say_whether_they_are_made_up(tmp_path: Path, told: Told) -> None:
    assert asked(told(seats(50))).stamp.made_up is False

    folder = tmp_path / "demo"
    build(folder, merge([read(page(deployed()))]), META | {"made_up": "yes"})
    assert asked(opened(folder)).stamp.made_up is True


def test_a_reader_of_others_gets_nothing_of_a_forbidden_customer(told: Told) -> None:
    theirs = told(seats(50, 40), use(30, 50), visible=frozenset({FABRIKAM}))
    result = asked(theirs)

    assert (result.latest, result.history, result.courses.days) == (None, None, ())
    assert result.stamp.rests_on == ()


def test_a_limited_reader_gets_the_same_figures_of_their_customer(told: Told) -> None:
    rows = [seats(50, 40), use(30, 50), seats(9, customer="Fabrikam"), seats(3, product=E5)]
    everyone = asked(told(*rows))

    assert asked(told(visible=frozenset({CONTOSO.id}))) == everyone
    assert everyone.latest is not None
    assert everyone.latest.sold == 53


def test_one_customers_rows_are_not_anothers(told: Told) -> None:
    facts = told(seats(50), seats(9, customer="Fabrikam"), use(1, 9, customer="Fabrikam"))
    (fabrikam,) = facts.find("fabrikam")[1]
    result = usage(facts, fabrikam, None, None)

    assert result.customer.id == FABRIKAM
    assert result.latest is not None
    assert (result.latest.sold, result.latest.active) == (9, 1)


def test_names_are_told_of_customers_the_reader_may_see(told: Told) -> None:
    facts = told(seats(50), seats(9, customer="Fabrikam"), visible=frozenset({FABRIKAM}))
    assert customer_names(facts, [CONTOSO.id, FABRIKAM, tenant("Nobody")]) == {FABRIKAM: "Fabrikam"}
