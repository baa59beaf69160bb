"""Licence products of the made-up partner's offers: the offer matrix of last month, and what was
told of legacy subscriptions, which the matrix does not have.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

from analytics.demo.contract_cases import contracts
from analytics.demo.contracts import EXTENDED, extended_offer, offer, usual_contracts
from analytics.demo.page import DemoPage, one_answer
from analytics.demo.stories import Story
from analytics.offers import offer_name
from analytics.skus import SKUS, Sku
from analytics.tables import OFFER_SKUS
from analytics.tables.offer_skus import PROVISIONING_STATUS

UNBRIDGED = "POWER_BI_PRO"
"""A product sold of which no source tells what it is in licence reports."""
_HEADINGS = (
    "ProductTitle", "ProductId", "SkuId", "SkuTitle", "ProvisioningId", "ProvisioningString",
    "MinLicenses", "MaxLicenses", "AssetOwnershipLimit", "AssetOwnershipLimitType",
    "ProductSkuPreRequisites", "ProductSkuConversion", "Description", "AllowedCountries",
)  # fmt: skip
_BUSINESS = 300
"""Seats that a customer may have of each product for small companies."""


def offer_pages(stories: tuple[Story, ...], today: date) -> Iterator[DemoPage]:
    """Yield the matrix of last month, then one answer for each legacy offer."""
    sold = [part for _, part in usual_contracts(stories, today, today - timedelta(days=1))]
    by_part = {sku.part: sku for sku in SKUS.values()}
    products = [by_part[part] for part in dict.fromkeys(sold) if part != UNBRIDGED]
    month = today.replace(day=1) - timedelta(days=1)
    sold_now = contracts(stories, today, today)
    extended = {each.product for each in sold_now if EXTENDED in each.product}
    rows = [(sku.name, offer(sku), sku) for sku in products]
    rows += [
        (sku.name + EXTENDED, extended_offer(offer(sku)), sku)
        for sku in products
        if sku.name + EXTENDED in extended
    ]
    yield DemoPage(OFFER_SKUS, today, f"offer-matrix-{month:%Y%m}.csv", _matrix(rows))
    by_name = {sku.name: sku for sku in products}
    legacy = {each.offer: each for each in sold_now if ":" not in each.offer}
    for each in legacy.values():
        if each.product in by_name:
            answered = {
                "skuId": by_name[each.product].id.upper(),
                "status": "success",
                "quantity": each.quantity,
                "endDate": f"{each.ends}T00:00:00Z",
                "attributes": {"objectType": "SubscriptionProvisioningStatus"},
            }
            name = offer_name(each.offer)
            about = {"month": f"{today:%Y-%m}", "source": PROVISIONING_STATUS, "offer": name}
            yield one_answer(OFFER_SKUS, today, answered, name, **about)


def _matrix(rows: list[tuple[str, str, Sku]]) -> bytes:
    """Return the list of offers: the title, the catalogue id and the product of each."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for title, its_offer, sku in rows:
        product, number, _ = its_offer.split(":")
        most = _BUSINESS if "Business" in sku.name else 10_000_000
        writer.writerow(
            (
                *(title, product, number, title, sku.id, sku.part, 1, most),
                *(2, "ConcurrentCount", "", "", "", "FR;GB;US"),
            )
        )
    return text.getvalue().encode()
