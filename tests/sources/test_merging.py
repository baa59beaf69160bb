from datetime import date

from analytics.sources.files.downloads import Download, LeftOut, left_out_by_file, merge
from analytics.tables import DEPLOYMENT, USAGE
from tests.sources.building import column, deployed, page, read, sheet, used

SATURDAY = ("o365", date(2026, 11, 21))


def sold(downloads: list[Download]) -> list[object]:
    (batch,) = merge(downloads)
    return [row[DEPLOYMENT.at("sold")] for row in batch.rows]


def test_each_dataset_becomes_one_batch():
    files = [page(used()), page(deployed()), page(used(workloadCode="SPO"))]

    batches = merge([read(file) for file in files])

    assert [(batch.dataset, len(batch.rows)) for batch in batches] == [(DEPLOYMENT, 1), (USAGE, 2)]


def test_nothing_merges_into_nothing():
    assert merge([]) == ()


def test_the_same_file_twice_changes_nothing():
    once = read(page(deployed(), deployed(productId="other"), TotalCount=3))

    assert merge([once, once]) == merge([once])
    assert merge([once])[0].incomplete == {SATURDAY: 3}


def test_the_same_rows_as_json_and_as_csv_are_the_same_batch():
    assert merge([read(page(deployed()))]) == merge([read(sheet(deployed()))])


def test_the_later_file_wins_in_the_order_given():
    old, new = read(page(deployed(licensesSold=50))), read(page(deployed(licensesSold=60)))

    assert (sold([old, new]), sold([new, old])) == ([60], [50])


def test_what_gives_way_to_another_file_is_told_with_its_row():
    first = read(sheet(deployed(), deployed(productId="other")))
    second = read(page(deployed(productId="third"), deployed(licensesSold=60)))
    third = read(page(deployed(productId="other"), deployed(productId="other")))

    assert left_out_by_file([first, second, third]) == (
        (LeftOut("replaced-in-files", (2,)),),
        (),
        (LeftOut("repeated", (2,)), LeftOut("repeated-in-files", (1,))),
    )
    assert sold([first, second, third]) == [60, 50, 50]


def test_pages_in_several_files_are_complete_together():
    first = read(page(deployed(), TotalCount=2))
    second = read(page(deployed(productId="other"), TotalCount=2))

    assert first.batch.incomplete == {SATURDAY: 2}
    assert merge([first, second])[0].incomplete == {}


def test_a_page_that_is_missing_makes_its_day_incomplete_and_no_other_day():
    friday = deployed(processedDateTime="2026-11-20")
    files = [
        read(page(deployed(), TotalCount=3)),
        read(page(deployed(productId="other"), TotalCount=3)),
        read(page(friday, TotalCount=1)),
    ]

    assert merge(files)[0].incomplete == {SATURDAY: 3}


def test_pages_belong_together_through_the_services_they_share():
    crm = deployed(serviceCode="crm", processedDateTime="2026-11-18")
    first = read(page(crm, deployed(), TotalCount=3))
    second = read(page(deployed(productId="other"), TotalCount=3))

    assert merge([first, second])[0].incomplete == {}
    assert merge([first])[0].incomplete == {("crm", date(2026, 11, 18)): 3, SATURDAY: 3}


def test_a_total_of_usage_says_nothing_of_deployment():
    files = [read(page(used(), TotalCount=9)), read(page(deployed(), TotalCount=1))]

    assert [batch.incomplete for batch in merge(files)] == [{}, {SATURDAY: 9}]


def test_rows_keep_the_order_in_which_they_came():
    first = read(page(deployed(productId="b"), deployed(productId="a")))

    assert column(first, "product") == ["b", "a"]
    assert [row[6] for row in merge([first, first])[0].rows] == ["b", "a"]
