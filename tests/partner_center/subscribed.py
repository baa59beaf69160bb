"""Subscriptions as documented, of a generated customer."""

from uuid import UUID

Item = dict[str, object]

_ANALYTICS = {"active": "ACTIVE", "suspended": "SUSPENDED", "expired": "DEPROVISIONED"}
"""States of subscriptions as their analytics have them."""
_LATER: tuple[Item, ...] = (
    {},
    {
        "commitmentEndDateTime": "2027-01-13T23:59:59Z",
        "refundableQuantity": {
            "totalQuantity": 2,
            "details": [{"quantity": 2, "allowedUntilDateTime": "2026-01-24T20:39:17.182697Z"}],
        },
        "scheduledNextTermInstructions": {
            "product": {
                "productId": "CFQ7TTC0LCHC",
                "skuId": "0002",
                "availabilityId": "CFQ7TTC0SMP2",
                "termDuration": "P1Y",
            },
            "quantity": 9,
        },
    },
    {"scheduledActions": [], "migratedFromSubscriptionId": "0B7E2D64-5F1C-49A8-9C3B-7D8E1F2A3B4C"},
    {"scheduledActions": "of another form", "billedTo": {"name": "Ann", "amount": 12.5}},
)
"""Fields that some subscriptions have and others do not; the last are documented nowhere."""


def subscription(seed: int, at: int, number: int, name: str) -> Item:
    """One of the customer `at`, whose `number`th it is."""
    return {
        "id": str(UUID(int=seed * 1000 + at * 10 + number)),
        "offerId": "CFQ7TTC0LH18:0001:CFQ7TTC0K971",
        "offerName": name,
        "friendlyName": name.title(),
        "quantity": 10 + at % 7 + number,
        "unitType": "Licenses",
        "creationDate": "2021-01-14T16:57:15.0966728Z",
        "effectiveStartDate": "2021-01-14T16:57:14.498252Z",
        "commitmentEndDate": "2027-01-13T00:00:00Z",
        "cancellationAllowedUntilDate": "2026-01-21T00:00:00Z",
        "status": ("active", "suspended", "expired")[at % 3],
        "autoRenewEnabled": bool(number),
        "isTrial": False,
        "billingType": "license",
        "billingCycle": "monthly",
        "termDuration": "P1Y",
        "renewalTermDuration": "",
        "partnerId": "",
        "orderId": "34b37d7340cc",
        "attributes": {"objectType": "Subscription"},
        **_LATER[at % len(_LATER)],
    }


def azure_plan(id_: str) -> Item:
    """A customer's Azure plan, which is billed by usage."""
    return {
        "id": id_,
        "offerId": "DZH318Z0BPS6:0001:DZH318Z0BMJX",
        "offerName": "Azure plan",
        "friendlyName": "Azure plan",
        "productType": {"id": "Azure", "displayName": "Azure"},
        "quantity": 1,
        "unitType": "Usage-based",
        "creationDate": "2021-01-14T16:57:15.0966728Z",
        "effectiveStartDate": "2021-01-14T16:57:14.498252Z",
        "commitmentEndDate": "9999-12-31T00:00:00Z",
        "status": "active",
        "autoRenewEnabled": True,
        "isTrial": False,
        "billingType": "usage",
        "billingCycle": "monthly",
        "termDuration": "",
        "renewalTermDuration": "",
        "partnerId": "",
        "orderId": "34b37d7340cd",
        "attributes": {"objectType": "Subscription"},
    }


def analysis(each: Item, tenant: str, customer: str) -> Item:
    """A subscription as its analytics have it."""
    return {
        "customerTenantId": tenant.upper(),
        "customerName": customer.upper(),
        "customerMarket": "SE",
        "id": str(each["id"]).upper(),
        "status": _ANALYTICS[str(each["status"])],
        "productName": str(each["offerName"]).upper(),
        "subscriptionType": "Office",
        "autoRenewEnabled": each["autoRenewEnabled"],
        "friendlyName": each["friendlyName"],
        "creationDate": "2016-02-04T19:29:38.037",
        "effectiveStartDate": "2016-02-04T00:00:00",
        "commitmentEndDate": str(each["commitmentEndDate"]),
        "trialStartDate": None,
        "deprovisionedDate": "0001-01-01T00:00:00",
        "licenseCount": str(each["quantity"]),
        "churnRisk": "High",
    }
