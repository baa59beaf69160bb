import codecs
import json
from datetime import date

import pytest

from analytics.sources.files.downloads import LeftOut
from analytics.tables import DEPLOYMENT, USAGE
from tests.sources.building import PAGES, TENANT, column, deployed, page, read, sheet, used, without

TEST_COMPANY = ("reseller", TENANT.lower(), "TEST COMPANY")


def test_the_documented_deployment_page_loads_with_its_exact_values():
    download = read((PAGES / "deployment.json").read_bytes())

    assert download.batch.dataset is DEPLOYMENT
    assert download.batch.rows == (
        (
            date(2018, 10, 14),
            "crm",
            "Microsoft Dynamics",
            *TEST_COMPANY,
            "54b84594-9c77-4499-8d65-5e0d5f410e78",
            "DYNAMICS AX TASK",
            0,
            9,
        ),
        (
            date(2018, 10, 14),
            "o365",
            "Microsoft Office 365",
            *TEST_COMPANY,
            "d3b4fe1f-9992-4930-8acb-ca6ec609365e",
            "DOMESTIC AND INTERNATIONAL CALLING PLAN",
            0,
            5,
        ),
    )
    assert (download.read, download.left_out, download.batch.incomplete) == (2, (), {})


def test_the_documented_usage_page_loads_with_its_exact_values():
    download = read((PAGES / "usage.json").read_bytes())

    assert download.batch.dataset is USAGE
    assert download.batch.rows == (
        (
            date(2018, 10, 14),
            "o365",
            "Microsoft Office 365",
            *TEST_COMPANY,
            "6fd2c87f-b296-42f0-b197-1e91e994b900",
            "OFFICE 365 ENTERPRISE E3",
            "spo",
            "SharePoint",
            0,
            1,
        ),
        (
            date(2018, 10, 14),
            "o365",
            "Microsoft Office 365",
            *TEST_COMPANY,
            "45a2423b-e884-448d-a831-d9e139c52d2f",
            "EXCHANGE ONLINE PROTECTION",
            "exo",
            "Exchange",
            0,
            1,
        ),
    )
    assert (download.numbers, download.left_out) == ((1, 2), ())


ONE, TWO = used(), used(workloadCode="SPO", workloadName="SharePoint")


@pytest.mark.parametrize(
    "raw",
    [
        page(ONE, TWO),
        codecs.BOM_UTF8 + page(ONE, TWO),
        json.dumps({"value": [ONE, TWO], "nextLink": None, "totalCount": 2}).encode("utf-16"),
        json.dumps({"items": [ONE, TWO], "totalCount": 2}).encode(),
        b"[" + page(ONE) + b"," + page(TWO) + b"]",
        page(ONE) + page(TWO),
        page(ONE) + b"\r\n\r\n" + codecs.BOM_UTF8 + page(TWO),
        json.dumps([ONE, TWO]).encode(),
        json.dumps(ONE).encode() + b"\n" + json.dumps(TWO).encode() + b"\n",
        json.dumps({"Value": [ONE, TWO]}, indent=2).encode(),
        sheet(ONE, TWO).encode(),
        sheet(ONE, TWO).replace("\n", "\r\n").encode("utf-8-sig"),
        sheet(ONE, TWO, delimiter=";").encode(),
        ("sep=;\n" + sheet(ONE, TWO, delimiter=";")).encode(),
        sheet(ONE, TWO, delimiter="\t").encode("utf-16"),
        ("\n\n" + sheet(ONE, TWO)).encode(),
        sheet(ONE, TWO).rstrip("\n").encode(),
    ],
    ids=[
        "one page",
        "byte-order mark",
        "lower-case names in UTF-16",
        "items",
        "list of pages",
        "page after page",
        "files put together, each with its mark",
        "list of items",
        "an item on each line",
        "indented",
        "CSV",
        "CSV as Excel saves it",
        "semicolons",
        "Excel's first line",
        "tabs in UTF-16",
        "blank lines first",
        "no end of line at the end",
    ],
)
def test_the_same_rows_are_read_however_they_are_wrapped(raw: bytes):
    download = read(raw)

    assert download.batch.dataset is USAGE
    assert column(download, "workload") == ["exo", "spo"]
    assert column(download, "active") == [30, 30]
    assert column(download, "tenant") == [TENANT.lower()] * 2
    assert download.batch.incomplete == {}


def test_both_spellings_of_active_licences_are_one_column():
    documented = without(used(licenseActive=7), "licensesActive")

    assert column(read(page(documented)), "active") == [7]
    assert column(read(page(documented, TWO)), "active") == [7, 30]


def test_headings_are_matched_without_case_blanks_and_underscores():
    text = sheet(deployed()).replace("customerTenantId", "Customer Tenant_ID")

    assert column(read(text.replace("licensesSold", "LICENSES SOLD")), "sold") == [50]


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-21",
        "2026-11-21T00:00:00",
        "2026-11-21 23:59:59",
        "2026-11-21T03:25:16.36+00:00",
        "2026-11-21T00:00:00.1234567Z",
        "2026-11-21T23:30:00-0800",
        " 2026-11-21T00:00 ",
    ],
)
def test_a_processing_day_is_the_day_as_it_is_written(written: str):
    assert column(read(page(deployed(processedDateTime=written))), "day") == [date(2026, 11, 21)]


def test_counts_may_be_digits_in_a_string():
    download = read(page(deployed(licensesDeployed="007", licensesSold=" 1000000 ")))

    assert (column(download, "assigned"), column(download, "sold")) == ([7], [1_000_000])


def test_fields_that_mean_nothing_to_us_are_ignored():
    item = deployed(attributes={"objectType": "LicenseDeployment"}, region=None)

    assert column(read(page(item)), "sold") == [50]


def test_an_empty_name_becomes_its_code_or_the_tenant():
    item = deployed(customerName=" ", productName=None, serviceName="")

    download = read(page(item))

    assert column(download, "customer") == [TENANT.lower()]
    assert column(download, "product_name") == ["6fd2c87f-b296-42f0-b197-1e91e994b900"]
    assert column(download, "service_name") == ["o365"]


def test_a_workload_whose_code_is_left_out_goes_by_its_name():
    item = used(workloadCode=None, workloadName="Microsoft Dynamics CRM")

    assert column(read(page(item)), "workload") == ["microsoft dynamics crm"]


def test_a_name_that_one_item_leaves_out_is_empty_there():
    bare = without(deployed(productId="sku-2"), "productName", "channel")

    download = read(page(deployed(), bare))

    assert column(download, "channel") == ["reseller", ""]
    assert column(download, "product_name") == ["OFFICE 365 ENTERPRISE E3", "sku-2"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("=HYPERLINK(0)", "=HYPERLINK(0)"),
        ("-2+3", "-2+3"),
        ("Société d'Épicerie, Inc.", "Société d'Épicerie, Inc."),
        ('The "Best" Co', 'The "Best" Co'),
        ("Two\nlines", "Two lines"),
        ("$\\frac{$ <script> Ltd", "$\\frac{$ <script> Ltd"),
        ("شركة النور", "شركة النور"),
    ],
)
def test_a_name_is_text_and_nothing_else(name: str, kept: str):
    item = deployed(customerName=name)

    assert column(read(page(item)), "customer") == [kept]
    assert column(read(sheet(item)), "customer") == [kept]


def test_what_no_file_can_hold_is_replaced_in_a_name():
    item = deployed(customerName="half \ud800 pair, \0 nought")

    assert column(read(page(item)), "customer") == ["half \ufffd pair, \ufffd nought"]


def test_a_row_repeated_is_kept_once_and_the_second_is_left_out():
    download = read(sheet(deployed(), deployed(productId="other"), deployed()))

    assert column(download, "product")[1:] == ["other"]
    assert download.left_out == (LeftOut("repeated", (4,)),)
    assert (download.read, download.numbers) == (3, (2, 3))


def test_case_does_not_make_two_rows_of_one():
    same = deployed(customerTenantId=TENANT.lower(), serviceCode="O365")

    assert read(page(deployed(), same)).left_out == (LeftOut("repeated", (2,)),)


def test_row_numbers_are_lines_also_after_blank_rows_and_names_of_two_lines():
    head, body = sheet(deployed(customerName="Two\nlines")).split("\n", 1)
    other = sheet(deployed(productId="other")).split("\n", 1)[1]
    text = f"{head}\n{body}\n,,,,,,,,,\n{other}{other}"

    download = read(text)

    assert download.numbers == (2, 6)
    assert download.left_out == (LeftOut("blank", (4, 5)), LeftOut("repeated", (7,)))


def test_cells_beyond_the_headings_may_be_empty():
    text = "\n".join(line + ",," for line in sheet(deployed()).splitlines()[1:])

    assert column(read(sheet(deployed()).splitlines()[0] + "\n" + text), "sold") == [50]


def test_a_total_that_is_larger_than_what_came_is_remembered_by_service_and_day():
    other = deployed(serviceCode="crm", processedDateTime="2026-11-18T00:00:00")

    download = read(page(deployed(), other, TotalCount="12"))

    short = {("o365", date(2026, 11, 21)): 12, ("crm", date(2026, 11, 18)): 12}
    assert download.batch.incomplete == short


def test_rows_that_the_source_itself_repeats_are_not_missing():
    assert read(page(deployed(), deployed(), TotalCount=2)).batch.incomplete == {}


def test_a_page_given_twice_does_not_stand_in_for_the_one_that_is_missing():
    first = page(deployed(), TotalCount=2)

    assert read(first + first).batch.incomplete == {("o365", date(2026, 11, 21)): 2}
