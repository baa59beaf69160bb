"""The licence product of an offer: who says so, and what is known where sources differ."""

from datetime import date
from pathlib import Path

import pytest

from analytics.offers import published_offers
from analytics.questions.licenses.products import (
    Bridge,
    LicenceProduct,
    OfferSource,
    Unbridged,
    licence_products,
)
from analytics.skus import SKUS
from analytics.tables import OFFER_SKUS, SUBSCRIPTIONS, Batch, Row
from analytics.tables.offer_skus import OFFER_MATRIX, PROVISIONING_STATUS
from analytics.values import TenantId
from analytics.warehouse.building.build import build
from analytics.warehouse.building.check import check
from tests.warehouse.rows import META, opened
from tests.warehouse.staged import row

OFFER, LEGACY = "CFQ7TTC0LF8R:0001:CFQ7TTC0K971", "031C9E47-4802-4248-838E-778FB1D2CC05"
NAME = "cfq7ttc0lf8r:0001"
E3, E5 = "05e9a617-0261-4cee-bb44-138d3ef5d965", "06ebc4ee-1bb5-47dd-8120-11324bc54e06"
BUYER, STRANGER = (TenantId(f"{n:08d}-0000-4000-8000-000000000000") for n in (1, 2))
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
MATRIX, STATUS = OfferSource.MATRIX, OfferSource.SUBSCRIPTION


def said(sku: str, month: date, source: str = OFFER_MATRIX, offer: str = NAME) -> Row:
    fewest, most = (1, 300) if source == OFFER_MATRIX else (None, None)
    its = {"month": month, "source": source, "offer": offer, "sku": sku}
    return row(OFFER_SKUS, **its, fewest_seats=fewest, most_seats=most)


def bridge(folder: Path, *rows: Row, offer: str = OFFER) -> Bridge:
    told = Batch(OFFER_SKUS, rows or (said(E3, OCTOBER, offer="another"),))
    bought = row(SUBSCRIPTIONS, tenant=BUYER, subscription="s", offer=offer)
    build(folder, [told, Batch(SUBSCRIPTIONS, (bought,))], META)
    found = [
        licence_products(opened(folder, seen), [offer])[offer]
        for seen in (None, frozenset({BUYER}), frozenset({STRANGER}))
    ]
    assert found[0] == found[1]
    for others in found[2:]:  # what others bought is not told; a public page is
        assert others is Unbridged.NO_SOURCE or others.source is OfferSource.PAGE
    return found[0]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], Unbridged.NO_SOURCE),
        ([said(E3, OCTOBER)], LicenceProduct(E3, MATRIX, OCTOBER, 1, 300)),
        (
            [said(E3, NOVEMBER, PROVISIONING_STATUS)],
            LicenceProduct(E3, STATUS, NOVEMBER),
        ),
        (
            [said(E3, OCTOBER), said(E3, NOVEMBER)],
            LicenceProduct(E3, MATRIX, NOVEMBER, 1, 300),
        ),
        (
            [said(E3, OCTOBER), said(E5, NOVEMBER)],
            LicenceProduct(E5, MATRIX, NOVEMBER, 1, 300, changed=True),
        ),
        (
            [said(E3, OCTOBER), said(E5, NOVEMBER, PROVISIONING_STATUS)],
            LicenceProduct(E5, STATUS, NOVEMBER, changed=True),
        ),
        (
            [said(E5, OCTOBER, PROVISIONING_STATUS), said(E3, OCTOBER)],
            LicenceProduct(E3, MATRIX, OCTOBER, 1, 300, changed=True),
        ),
        ([said(E3, OCTOBER), said(E5, OCTOBER)], Unbridged.DISPUTED),
    ],
    ids=[
        "no source", "the matrix", "a subscription", "two months", "another since",
        "another by a newer subscription", "the matrix before a subscription", "two of one month",
    ],
)  # fmt: skip
def test_the_newest_month_wins_and_of_one_month_the_matrix(
    tmp_path: Path, rows: list[Row], found: Bridge
) -> None:
    assert bridge(tmp_path, *rows) == found
    disputed = {each.what: (each.wrong, each.fault) for each in check(tmp_path)}
    names = {each[3] for each in rows}
    assert disputed["check-disputed-offers"] == (int(len(names) > 1), False)


def test_a_public_page_is_the_last_source_and_may_be_contradicted(tmp_path: Path) -> None:
    basic = "CFQ7TTC0LH18:0001:CFQ7TTC0K971"
    page = published_offers()["cfq7ttc0lh18:0001"]
    alone = LicenceProduct(page.sku, OfferSource.PAGE, page.month)
    assert bridge(tmp_path / "page", offer=basic) == alone
    newer = said(E3, OCTOBER, offer="cfq7ttc0lh18:0001")
    found = bridge(tmp_path / "newer", newer, offer=basic)
    assert found == LicenceProduct(E3, MATRIX, OCTOBER, 1, 300, changed=True)
    what = {each.what: each.wrong for each in check(tmp_path / "newer")}
    assert what["check-disputed-offers"] == 1


def test_several_offers_may_be_of_one_product_and_legacy_ones_have_a_guid(tmp_path: Path) -> None:
    rows = [said(E3, OCTOBER), said(E3, NOVEMBER, PROVISIONING_STATUS, LEGACY.lower())]
    build(tmp_path, [Batch(OFFER_SKUS, tuple(rows))], META)
    asked = [OFFER, OFFER.replace("K971", "EST1"), LEGACY, "CFQ7TTC0LF8R:0002:CFQ7TTC0K971"]
    found = licence_products(opened(tmp_path), asked)
    assert [its.product if isinstance(its, LicenceProduct) else its for its in found.values()] == [
        E3, E3, E3, Unbridged.NO_SOURCE,
    ]  # fmt: skip


def test_each_published_pair_names_its_page_and_a_known_product() -> None:
    assert len(published_offers()) >= 1
    for each in published_offers().values():
        assert each.source.startswith("https://learn.microsoft.com/")
        assert each.sku in SKUS
        assert each.offer == each.offer.lower()
