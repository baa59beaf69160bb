"""Items of the API's other answers, as it gives them."""

from tests.sources.building import TENANT


def record(**changes: object) -> dict[str, object]:
    """An audit record as the API gives it."""
    return {
        "id": "e1",
        "customerId": TENANT,
        "userPrincipalName": "ada@partner.example",
        "resourceType": "license",
        "operationType": "update_customer_user_licenses",
        "operationDate": "2026-11-20T23:26:19.7753934Z",
        "operationStatus": "succeeded",
        "customizedData": [{"key": "a", "value": "b"}],
        **changes,
    }


SPEND = {
    "budget": {"amount": 20},
    "percentUsed": 602.84,
    "isUpgraded": True,
    "resourceId": TENANT,
    "resourceName": "Contoso",
    "totalCost": 120.5,
    "currencyCode": "SEK",
    "usdTotalCost": 12.4,
    "lastModifiedDate": "2026-11-17T17:08:11.1433333+00:00",
}
METER = {
    "customerTenantId": TENANT,
    "customerName": "Contoso",
    "subscriptionId": "EC649980-D623-49F5-B7C1-80CC772B83A8",
    "subscriptionName": "Shop",
    "usageDate": "2026-05-27T00:00:00",
    "meterCategory": "Storage",
    "quantity": 20,
}
SUBSCRIPTION = {
    "customerId": TENANT,
    "id": "83ef9d05-4169-4ef9-9657-0e86b1eab1de",
    "offerName": "Office 365 E3",
    "quantity": 1,
    "status": "active",
    "autoRenewEnabled": False,
    "creationDate": "2015-11-25T06:41:12Z",
}
INSIGHT = {
    "customerTenantId": TENANT,
    "customerName": "Contoso",
    "customerMarket": "US",
    "id": "4BF546B2-8998-4838-BEE2-5F1BBE65A04F",
    "status": "ACTIVE",
    "productName": "OFFICE 365 BUSINESS PREMIUM",
    "licenseCount": 2,
}


def spend(cost: str, **changes: object) -> dict[str, object]:
    """A row of Azure costs as a spreadsheet has it: only the cost may tell how numbers are."""
    return {
        "lastModifiedDate": "2026-11-17T17:08:11",
        "resourceId": TENANT,
        "resourceName": "Contoso",
        "totalCost": cost,
        "currencyCode": "EUR",
        "currencyLocale": "",
        "isUpgraded": "true",
        **changes,
    }
