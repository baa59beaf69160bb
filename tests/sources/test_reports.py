import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from analytics.sources.files.downloads import BadFile, LeftOut, left_out_by_file, merge, read_file
from analytics.sources.files.headings import plain
from analytics.sources.files.portal import HEADINGS, IMPORTED
from analytics.tables import (
    AUDIT,
    AZURE_METERS,
    AZURE_SPEND,
    CUSTOMERS,
    EXTENSION_LIST,
    INSIGHTS,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    CellType,
    Dataset,
)
from tests.sources.building import PAGES, TENANT, TODAY, column, deployed, page, read, sheet
from tests.sources.hostile_archives import packed
from tests.sources.hostile_reports import customer_page, dynamics, office
from tests.sources.items import INSIGHT, METER, SPEND, SUBSCRIPTION, record

COLUMNS = json.loads((PAGES / "insights-columns.json").read_text("utf-8"))
"""By report: headings of its download and columns of its query, as documented."""

CELLS = {
    CellType.TENANT: TENANT,
    CellType.MONTH: "Oct-2026",
    CellType.DAY: "2026-10-05",
    CellType.DATE: "2026-10-05T00:00:00",
    CellType.COUNT: "7",
    CellType.NUMBER: "0.5",
    CellType.FLAG: "0",
}


def table(dataset: Dataset, headings: Sequence[str], delimiter: str = ",") -> str:
    """A table of one row that has every heading."""
    kinds = {
        plain(name): each.kind for each in dataset.columns for name in (each.field, *each.aliases)
    }
    return sheet(
        {heading: CELLS.get(kinds[plain(heading)], "x") for heading in headings},
        delimiter=delimiter,
    )


@pytest.mark.parametrize("dataset", INSIGHTS, ids=lambda each: each.endpoint)
@pytest.mark.parametrize(("way", "mark"), [("download", ","), ("query", ","), ("download", "\t")])
def test_each_report_is_told_by_its_headings_alone(dataset: Dataset, way: str, mark: str):
    headings = COLUMNS[dataset.endpoint][way]

    assert read(table(dataset, headings, mark)).batch.dataset is dataset


@pytest.mark.parametrize("dataset", INSIGHTS, ids=lambda each: each.endpoint)
@pytest.mark.parametrize("way", ["download", "query"])
def test_no_documented_column_is_lost(dataset: Dataset, way: str):
    known = {plain(name) for each in dataset.columns for name in (each.field, *each.aliases)}

    assert [each for each in COLUMNS[dataset.endpoint][way] if plain(each) not in known] == []


def test_every_heading_of_the_portal_is_a_columns():
    told = (*IMPORTED, EXTENSION_LIST)
    columns = {(dataset.name, column.name) for dataset in told for column in dataset.columns}

    assert set(HEADINGS) - columns == set()


def test_headings_in_any_case_with_blanks_and_underscores_are_one():
    headings = COLUMNS["OfficeUsage"]["download"]
    (dataset,) = (each for each in INSIGHTS if each.endpoint == "OfficeUsage")
    shouted = table(dataset, headings).replace("WorkloadName", "WORKLOAD NAME")
    assert read(shouted.replace("CustomerTenantId", "customer_tenant_id")).batch.dataset is dataset


@pytest.mark.parametrize("month", ["2026-10", "2026-10-01", "Oct-2026", "October 2026", "202610"])
def test_every_spelling_of_a_month_is_its_first_day(month: str):
    assert column(read(sheet(office(Month=month))), "month") == [date(2026, 10, 1)]


def test_rows_that_another_location_claims_too_are_left_out_and_counted():
    download = read(sheet(office(), office(IsDuplicateRowForPGA=1), office(WorkloadName="Teams")))

    assert download.left_out == (LeftOut("duplicate", (3,)),)
    assert column(download, "active") == [30, 30]


@pytest.mark.parametrize("mark", ["IsACRDuplicateAtPGALevel", "IsACRDuplicateAtMPNLevel"])
def test_azure_rows_are_left_out_by_either_mark(mark: str):
    row = {"CustomerTenantId": TENANT, "Month": "2026-10", "SubscriptionId": "s"}
    row |= {"UsageQuantity": "1.5", "ACR_USD": "9", mark: "0"}

    assert read(sheet(row, {**row, mark: "1"})).left_out == (LeftOut("duplicate", (3,)),)


@pytest.mark.parametrize("written", ["0.45", "45", "45.0", ".45", "0.4500"])
def test_a_share_in_either_scale_is_kept_as_a_fraction(written: str):
    share = written if not written.startswith(".") else "0" + written

    kept = column(read(sheet(dynamics(ActiveUsagePercent=share))), "active_share")
    assert kept == [Decimal("0.45")]


def test_a_share_over_a_hundred_percent_is_neither_cut_nor_taken_for_the_other_scale():
    over = dynamics(ActiveSeats=150, ActiveUsagePercent="1.5")

    assert column(read(sheet(over)), "active_share") == [Decimal("1.5")]


def test_of_a_part_that_two_files_tell_the_later_counts_alone():
    files = [*read_file("old.csv", sheet(office()).encode(), TODAY)]
    files += read_file("new.csv", sheet(office(MonthlyActiveUsers=31)).encode(), TODAY)

    (batch,) = merge(files)
    assert [row[batch.dataset.at("active")] for row in batch.rows] == [31]
    assert left_out_by_file(files) == ((LeftOut("replaced-in-files", (2,)),), ())


def test_a_zip_holds_any_of_them():
    raw = packed(("a.csv", sheet(office()).encode()), ("b/c.json", page(deployed())))

    told = [(each.file, each.batch.dataset.name) for each in read_file("my.zip", raw, TODAY)]
    assert told == [("my.zip/a.csv", "insights_office_usage"), ("my.zip/b/c.json", "deployment")]


def test_the_portals_activity_log_is_read_with_its_price_and_promotion():
    row = {"Date-Time": "2026-11-20T10:00:00Z", "Affected customer": "Contoso"}
    row |= {"Action": "create_order", "Performed by": "ada@partner.example"}
    row |= {"PromotionID": "P1", "EffectiveUnitPrice": "14.4"}

    download = read(sheet(row, row))
    assert download.batch.dataset is AUDIT
    assert column(download, "who") == ["ada@partner.example"]
    details = '{"PromotionID": "P1", "EffectiveUnitPrice": "14.4"}'
    assert column(download, "details") == [details]
    assert download.left_out == (LeftOut("repeated", (3,)),)


@pytest.mark.parametrize(
    ("raw", "dataset"),
    [
        (customer_page(1), CUSTOMERS),
        (page(SUBSCRIPTION), SUBSCRIPTIONS),
        (page(INSIGHT), SUBSCRIPTION_INSIGHTS),
        (page(record(), record(id="e2")), AUDIT),
        (page(SPEND), AZURE_SPEND),
        (page(METER), AZURE_METERS),
        (sheet(SUBSCRIPTION), SUBSCRIPTIONS),
        (sheet(METER), AZURE_METERS),
        (json.dumps(METER) + "\n" + json.dumps(METER), AZURE_METERS),
        (
            "Microsoft ID,Company name,Primary domain name\n" + TENANT + ",Contoso,c.example\n",
            CUSTOMERS,
        ),
    ],
)
def test_pages_of_the_api_and_tables_of_the_same_are_told_apart(raw: bytes | str, dataset: Dataset):
    assert read(raw).batch.dataset is dataset


def test_money_is_as_exact_as_it_is_written_and_the_budget_a_fraction():
    raw = page(SPEND).replace(b"120.5", b"120.568299999999590471")

    assert column(read(raw), "cost") == [Decimal("120.568299999999590471")]
    assert column(read(raw), "budget_used") == [Decimal("6.0284")]


def test_a_record_keeps_its_details_as_json_and_needs_no_customer():
    download = read(page(record(), record(id="e2", customerId=None)))

    assert column(download, "details")[0] == '[{"key": "a", "value": "b"}]'
    assert column(download, "tenant") == [TENANT.lower(), None]


def test_a_formula_stays_the_text_it_is():
    assert column(read(sheet(office(CustomerName="=cmd|'/c calc'!A1"))), "customer") == [
        "=cmd|'/c calc'!A1"
    ]


def test_a_page_read_twice_does_not_stand_for_the_one_that_is_missing():
    files = [*read_file("1", customer_page(2), TODAY), *read_file("2", customer_page(2), TODAY)]

    with pytest.raises(BadFile) as refused:
        merge(files)
    assert refused.value.values == {"file": "1", "found": 1, "limit": 2}


def test_all_pages_together_are_whole():
    files = [*read_file("1", customer_page(1), TODAY)]
    with pytest.raises(BadFile):
        merge([*read_file("2", customer_page(9), TODAY)])

    assert merge(files)[0].dataset is CUSTOMERS
