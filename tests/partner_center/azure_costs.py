"""Azure plans of a generated partner, and what they have cost in the month so far."""

from uuid import UUID

from tests.partner_center.company import Company, Item


def meter_records(company: Company, tenant: str) -> list[Item]:
    """`…/meterusagerecords` of a customer's plan: four meters of two categories."""
    return [
        {
            "subscriptionId": company.plan(tenant),
            "meterId": f"DZH318Z0BNZ5-006G-{name}",
            "meterName": name,
            "category": category,
            "subcategory": subcategory,
            "quantityUsed": 0.2462,
            "unit": "10K",
            **_money(cost, dollars),
            "attributes": {"objectType": "MeterUsageRecord"},
        }
        for (category, subcategory, name), (cost, dollars) in zip(
            _METERS, _parts(company, tenant), strict=True
        )
    ]


def resource_records(company: Company, tenant: str) -> list[Item]:
    """`…/resourceusagerecords` of a customer's plan: four resources of two subscriptions."""
    return [
        {
            "subscriptionId": company.plan(tenant),
            "resourceUri": f"/subscriptions/{UUID(int=at // 2)}/resourceGroups/RG/providers/x/{at}",
            "resourceType": "Microsoft.Compute",
            "entitlementId": str(UUID(int=at // 2)).upper(),
            "entitlementName": f"Subscription {at // 2}",
            "resourceGroupName": "RG" if at % 2 else "rg",
            **_money(cost, dollars),
            "attributes": {"objectType": "ResourceUsageRecord"},
        }
        for at, (cost, dollars) in enumerate(_parts(company, tenant))
    ]


_METERS = (
    ("Storage", "Tables", "Batch Write Operations"),
    ("Storage", "Tables", "LRS Data Stored"),
    ("Storage", "Managed disks", "Data Stored"),
    ("Bandwidth", "Bandwidth", "Data Transfer In"),
)


def _parts(company: Company, tenant: str) -> list[tuple[float, float]]:
    """The customer's spend in four parts, in its currency and in dollars."""
    (spent,) = [each for each in company.spend if each["resourceId"] == tenant]
    wholes = [float(str(spent[name])) for name in ("totalCost", "usdTotalCost")]
    quarters = [[whole / 2, whole / 4, whole / 8, whole / 8] for whole in wholes]
    return list(zip(*quarters, strict=True))


def _money(cost: float, dollars: float) -> Item:
    return {
        "totalCost": cost,
        "currencyCode": "SEK",
        "usdTotalCost": dollars,
        "lastModifiedDate": "2026-11-17T17:08:11.1433333+00:00",
    }
