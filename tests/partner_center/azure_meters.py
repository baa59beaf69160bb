"""Azure units of a generated partner, as the source lists them for one day."""

from datetime import date
from uuid import UUID

from tests.partner_center.company import Company, Item


def meters(company: Company, day: date) -> list[Item]:
    """`/partner/v1/analytics/usage/azure` of one day."""
    company = company.on(day)
    return [
        {
            "customerTenantId": tenant.upper(),
            "customerName": company.name(at),
            "subscriptionId": str(UUID(int=at + 1)).upper(),
            "subscriptionName": "Azure plan",
            "usageDate": f"{day}T00:00:00",
            "resourceLocation": "useast",
            "meterCategory": category,
            "meterSubcategory": "None",
            "meterUnit": "10,000s",
            "serviceType": "",
            "quantity": 20 + at + day.day,
        }
        for tenant, at in company.places.items()
        if at < 3
        for category in ("Storage", "Data Management")
    ]
