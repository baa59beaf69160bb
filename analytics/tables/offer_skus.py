"""Which licence product each offer is: what is sold, told in the words of what is used."""

from analytics.tables.columns import WITH_API, CellType, Column, Dataset

OFFER_MATRIX, PROVISIONING_STATUS = "offer-matrix", "provisioning-status"
"""Sources of a row: Microsoft's monthly list, and what one subscription was turned into."""

OFFER_SKUS = Dataset(
    "offer_skus",
    "/v1/customers/{customer-id}/subscriptions/{subscription-id}/provisioningstatus",
    (
        Column("month", "month", CellType.MONTH, "month of the matrix, or of the call", key=True),
        Column("source", "source", CellType.CODE, "offer-matrix or provisioning-status", key=True),
        Column(
            "offer",
            "offer",
            CellType.CODE,
            "ProductId:SkuId in new commerce, else the offer's GUID",
            key=True,
        ),
        Column(
            "sku",
            "skuId",
            CellType.GUID,
            "the product of licence reports, ProvisioningId",
            key=True,
        ),
        Column("title", "SkuTitle", CellType.TEXT, "the offer's title; in the matrix alone"),
        Column(
            "part_number",
            "ProvisioningString",
            CellType.TEXT,
            "such as ENTERPRISEPACK; in the matrix alone",
        ),
        Column(
            "fewest_seats",
            "MinLicenses",
            CellType.COUNT,
            "seats that one subscription has at least; NULL: not told",
            optional=True,
        ),
        Column(
            "most_seats",
            "MaxLicenses",
            CellType.COUNT,
            "seats that a customer may have, of all partners together; NULL: not told",
            optional=True,
        ),
    ),
    part=("offer",),
    downloads=WITH_API,
    of_offers=True,
    seen_live=False,
)
"""Several offers of one product are normal. Ended offers stay: each month's matrix is kept."""
