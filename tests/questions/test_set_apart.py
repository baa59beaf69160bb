"""Seats are people's: other units, free products and placeholders are told apart, never added."""

import pytest

from analytics.questions.identities import identities
from analytics.questions.portfolio import PortfolioResult, portfolio
from analytics.questions.product_units import unit_by_name
from analytics.questions.results import result_json
from analytics.questions.set_apart import WhyApart, is_placeholder
from analytics.questions.topics import find_topics_of_all
from analytics.questions.usage import usage
from analytics.skus import SKUS, Unit
from analytics.warehouse.facts import Facts
from tests.questions.asking import CONTOSO, asked, between, latest, november
from tests.questions.conftest import Told
from tests.warehouse.rows import Line, seats, use

STANDARD = "f245ecc8-75af-4f8e-b61f-27d8114de5f3"
STORAGE = "99049c9c-6011-4908-bf17-15f496e6519d"
CREDITS = "47794cd0-f0e5-45c5-9033-2eb6b5fc84e0"
RESOURCE = "440eaaa8-b3e0-484b-a8be-62870b9ba70a"
ADHOC = "8c4ce438-32a7-4ac5-91a6-e22ae08d9c8b"
DEVELOPER = "5b631642-bd26-49fe-bd20-1daaa972ef80"
UNKNOWN = "0e000000-0000-4000-8000-00000000000"
REAL = seats(20, 19, product=STANDARD)


def line(sold: int, assigned: int, product: str, **changes: object) -> Line:
    """Return a row of a product under its own name."""
    name = SKUS[product].name.upper() if product in SKUS else "BRAND NEW OFFER"
    return seats(sold, assigned, product=product, **{"product_name": name, **changes})  # type: ignore[arg-type]  # cells


def parts(*names: str) -> list[str]:
    """Return the ids of products by their part numbers."""
    return [sku.id for sku in SKUS.values() if sku.part in names]


LEFT_OUT_BY_OTHERS = parts(
    *("STREAM", "FLOW_FREE", "POWERAPPS_VIRAL", "POWER_BI_STANDARD", "TEAMS_EXPLORATORY"),
    *("RIGHTSMANAGEMENT_ADHOC", "WINDOWS_STORE", "POWERAPPS_DEV", "CCIBOTS_PRIVPREV_VIRAL"),
    *("VIRTUAL_AGENT_USL", "PHONESYSTEM_VIRTUALUSER", "MCOPSTNC", "SPZA_IW", "RMSBASIC"),
    *("MEETING_ROOM", "Microsoft_Teams_Rooms_Basic", "Microsoft_Teams_Rooms_Pro", "MCOCAP"),
    *("DYN365_ENTERPRISE_P1_IW", "PROJECT_MADEIRA_PREVIEW_IW_SKU", "SHAREPOINTSTORAGE"),
    *("POWERAPPS_INDIVIDUAL_USER", "CDS_DB_CAPACITY", "MDATP_Server", "POWERAPPS_PER_APP_IW"),
    "Microsoft_Teams_Audio_Conferencing_select_dial_out",
)


@pytest.mark.parametrize(
    ("more", "sold", "assigned"),
    [
        ([line(500, 0, STORAGE)], 20, 19),
        ([line(10_000, 3, DEVELOPER), line(10_000, 0, CREDITS), line(30, 4, RESOURCE)], 20, 19),
        ([line(1_000_000, 1, ADHOC)], 20, 19),
        ([line(10_000, 0, each) for each in LEFT_OUT_BY_OTHERS], 20, 19),
        ([line(5_040, 0, parts("MDATP_Server")[0])], 20, 19),
        ([line(10_000, 3, f"{UNKNOWN}1")], 20, 19),
        ([line(25_000, 0, f"{UNKNOWN}1")], 20, 19),
        ([line(3_000, 2, f"{UNKNOWN}1")], 20, 19),
        ([line(12_345, 7, f"{UNKNOWN}1")], 20, 19),
        ([line(1_250, 0, f"{UNKNOWN}1")], 1_270, 19),
        ([line(10_000, 400, f"{UNKNOWN}1")], 10_020, 419),
        ([line(12_000, 0, parts("ENTERPRISEPACK")[0])], 12_020, 19),
    ],
)  # fmt: skip
def test_what_is_no_seat_of_a_person_is_in_no_total(
    told: Told, more: list[Line], sold: int, assigned: int
) -> None:
    facts = told(REAL, *more)
    own, everybody = usage(facts, CONTOSO, None, None), portfolio(facts)
    period = portfolio(facts, between(15, 25))

    assert own.latest
    assert (own.latest.sold, own.latest.assigned) == (sold, assigned)
    assert (everybody.sold, everybody.assigned) == (sold, assigned)
    assert (period.sold, period.assigned) == (sold, assigned)
    assert own.stamp.left_out == everybody.stamp.left_out == period.stamp.left_out
    assert own.apart == everybody.apart == period.apart
    assert bool(own.apart) == (sold == 20)
    assert [each for each in identities(facts) if each.wrong] == []


def test_each_unit_is_told_apart_and_by_its_own_word(told: Told) -> None:
    facts = told(REAL, line(500, 0, STORAGE), line(10_000, 3, DEVELOPER), line(10_000, 0, CREDITS))
    own = asked(facts)

    assert [(each.unit, each.why, each.sold) for each in own.apart] == [
        (Unit.PEOPLE, WhyApart.FREE, 10_000),
        (Unit.CREDIT, WhyApart.UNIT, 10_000),
        (Unit.GIGABYTE, WhyApart.UNIT, 500),
    ]
    free, units = own.stamp.left_out
    assert (free.sentence, free.values) == ("stamp-free", {"n": 1, "sold": 10_000})
    assert [(each.unit, each.values["n"]) for each in units.parts] == [
        ("unit-credit", 10_000),
        ("unit-gigabyte", 500),
    ]


def test_a_placeholder_is_named_with_its_count(told: Told) -> None:
    (only,) = asked(told(REAL, line(10_000, 3, f"{UNKNOWN}1"))).stamp.left_out
    assert only.sentence == "stamp-placeholder"
    (part,) = only.parts
    assert part.values == {"product": "BRAND NEW OFFER", "n": 10_000, "assigned": 3}


def test_a_product_that_is_named_is_counted_in_its_own_unit(told: Told) -> None:
    facts = told(REAL, line(500, 0, STORAGE))
    own = asked(facts, said="extra file storage")
    assert own.latest
    assert (own.unit, own.latest.sold, own.apart) == (Unit.GIGABYTE, 500, ())
    told_json = result_json(own)
    assert isinstance(told_json, dict)
    assert told_json["latest"]["products"][0]["sold"]["unit"] == "gigabyte"

    everybody = of_all(facts, "extra file storage")
    assert (everybody.unit, everybody.sold) == (Unit.GIGABYTE, 500)


def of_all(facts: Facts, said: str) -> PortfolioResult:
    (topic,) = find_topics_of_all(facts, said).topics
    return portfolio(facts, None, topic)


def test_a_workload_counts_the_seats_of_people_alone(told: Told) -> None:
    room = parts("MEETING_ROOM")[0]
    workload = {"workload": "teams", "workload_name": "Microsoft Teams"}
    facts = told(
        *(REAL, use(9, 20, product=STANDARD, **workload)),
        *(line(30, 30, room), use(28, 30, product=room, **workload)),
    )
    assert (latest(facts, said="teams").sold, latest(facts, said="teams").active) == (20, 9)
    everybody = of_all(facts, "teams")
    assert (everybody.sold, everybody.active) == (20, 9)
    assert [each.product for each in everybody.apart] == [room]


def test_a_placeholder_of_one_customer_is_a_purchase_of_another(told: Told) -> None:
    facts = told(
        *(REAL, line(10_000, 0, f"{UNKNOWN}1")),
        line(50, 40, f"{UNKNOWN}1", customer="Fabrikam"),
    )
    everybody = portfolio(facts)
    assert (everybody.sold, everybody.assigned) == (70, 59)
    assert [(each.why, each.sold) for each in everybody.apart] == [(WhyApart.PLACEHOLDER, 10_000)]
    assert [each for each in identities(facts) if each.wrong] == []


def test_a_product_is_set_apart_on_both_days_that_are_compared(told: Told) -> None:
    early = {"day": november(9)}
    facts = told(
        *(seats(18, 15, product=STANDARD, **early), line(2, 1, f"{UNKNOWN}1", **early)),
        *(REAL, line(10_000, 1, f"{UNKNOWN}1")),
    )
    own, everybody = asked(facts, between(10, 30)), portfolio(facts, between(10, 30))
    assert own.change
    assert everybody.change
    assert own.change.sold == everybody.change.sold == 2


SAYING = {
    "Extra File Storage": Unit.GIGABYTE,
    "EXTRA FILE STORAGE FOR NEW COMMERCE": Unit.GIGABYTE,
    "Dataverse Database Capacity": Unit.GIGABYTE,
    "Archive storage add-on (500 GB)": Unit.OTHER,
    "Microsoft Teams Rooms Pro Plus": Unit.ROOM,
    "Windows Shared Devices": Unit.DEVICE,
    "Defender for Endpoint Servers": Unit.SERVER,
    "Communications Credits 2027": Unit.CREDIT,
    "Finance additional sandbox environment": Unit.TENANT,
    "Power Pages login capacity": Unit.OTHER,
}
"""Names of products that the table does not know, and what they say."""


def test_an_unknown_product_is_no_seat_where_its_name_says_so(told: Told) -> None:
    rows = [line(37, 12, f"{UNKNOWN}{n}", product_name=name) for n, name in enumerate(SAYING)]
    facts = told(REAL, *rows)
    own, everybody = asked(facts), portfolio(facts)
    period = portfolio(facts, between(15, 25))
    assert own.latest
    assert (own.latest.sold, everybody.sold, period.sold) == (20, 20, 20)
    assert {each.name: each.unit for each in own.apart} == SAYING
    assert {(each.why, each.sold) for each in own.apart} == {(WhyApart.UNIT, 37)}
    assert own.apart == everybody.apart == period.apart
    assert [each for each in identities(facts) if each.wrong] == []


def test_an_unknown_product_that_is_named_is_counted_in_the_unit_of_its_name(told: Told) -> None:
    facts = told(REAL, line(37, 0, f"{UNKNOWN}1", product_name="Extra File Storage"))
    own = asked(facts, said="extra file storage")
    assert own.latest
    assert (own.unit, own.latest.sold, own.apart) == (Unit.GIGABYTE, 37, ())
    assert of_all(facts, "extra file storage").unit is Unit.GIGABYTE


def test_an_unknown_product_whose_name_says_nothing_counts_as_seats(told: Told) -> None:
    names = ("Office 365 E9", "Archiving for Exchange Server", "Windows 365 4 vCPU 16 GB")
    rows = [line(37, 12, f"{UNKNOWN}{n}", product_name=name) for n, name in enumerate(names)]
    own = asked(told(REAL, *rows))
    assert own.latest
    assert (own.latest.sold, own.apart) == (131, ())


def test_of_no_product_that_the_table_knows_a_name_says_another_unit() -> None:
    said = {name: unit_by_name(name) for sku in SKUS.values() for name in (sku.name, *sku.former)}
    wrong = {
        sku.name: said[name]
        for sku in SKUS.values()
        for name in (sku.name, *sku.former)
        if said[name] not in (Unit.UNKNOWN, sku.unit)
    }
    assert wrong == {}
    assert len([unit for unit in said.values() if unit is not Unit.UNKNOWN]) > 80


def test_only_whole_thousands_and_ten_thousands_look_like_placeholders() -> None:
    assert not is_placeholder(999, 0)
    assert not is_placeholder(1_001, 0)
    assert is_placeholder(1_000, 9)
    assert not is_placeholder(1_000, 10)
    assert not is_placeholder(0, 0)


def test_many_units_are_summed_by_unit(told: Told) -> None:
    rooms = parts("MEETING_ROOM", "Microsoft_Teams_Rooms_Pro")
    facts = told(REAL, line(500, 0, STORAGE), line(9, 0, CREDITS), *(line(4, 4, e) for e in rooms))
    (units,) = asked(facts).stamp.left_out
    assert [(each.sentence, each.values) for each in units.parts] == [
        ("unit-gigabyte", {"n": 500}),
        ("unit-room", {"n": 8}),
        ("unit-credit", {"n": 9}),
    ]
