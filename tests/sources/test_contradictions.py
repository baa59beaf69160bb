"""Two rows of one key in a file: refused where they differ, one where they are equal."""

import pytest

from analytics.sources.files.downloads import BadFile, LeftOut
from tests.sources.building import column, deployed, field_case, page, read, sheet, used
from tests.sources.items import INSIGHT, SPEND, SUBSCRIPTION, record


@pytest.mark.parametrize("case", ["01-two-terms.csv", "01b-two-terms.json"])
def test_two_terms_of_one_product_give_no_figure(case: str):
    with pytest.raises(BadFile) as refused:
        field_case(case)
    assert refused.value.problem == "import-contradiction"
    assert refused.value.values["found"] == "licensesDeployed 18 / 11"
    rows = refused.value.values["row"], refused.value.values["other"]
    assert rows == ((2, 3) if case.endswith("csv") else (1, 2))


PAIRS = {
    "seats sold": (deployed(), deployed(licensesSold=60)),
    "a name": (deployed(), deployed(productName="Office 365 E3 monthly")),
    "usage": (used(), used(licensesActive=31)),
    "a subscription": (SUBSCRIPTION, {**SUBSCRIPTION, "quantity": 2}),
    "subscription insights": (INSIGHT, {**INSIGHT, "status": "SUSPENDED"}),
    "costs": (SPEND, {**SPEND, "totalCost": 121}),
    "a record": (record(), record(operationStatus="failed")),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_rows_that_differ_under_one_key_are_refused(pair: tuple[dict[str, object], ...]):
    with pytest.raises(BadFile) as refused:
        read(page(*pair, TotalCount=2))
    assert refused.value.problem == "import-contradiction"


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_equal_rows_are_one_and_said(pair: tuple[dict[str, object], ...]):
    download = read(page(pair[0], pair[0]))

    assert len(download.batch.rows) == 1
    assert download.left_out == (LeftOut("repeated", (2,)),)


def test_rows_far_apart_are_named_by_their_lines():
    rows = [
        deployed(),
        *(deployed(productId=f"p{at}") for at in range(8)),
        deployed(licensesSold=1),
    ]
    with pytest.raises(BadFile) as refused:
        read(sheet(*rows))
    assert (refused.value.values["row"], refused.value.values["other"]) == (2, 11)


def test_another_channel_is_another_row():
    assert column(read(sheet(deployed(), deployed(channel="direct", licensesSold=9))), "sold") == [
        50,
        9,
    ]
