"""What the stand-in answers about one customer, and about one of its subscriptions."""

from collections.abc import Collection, Sequence
from typing import Any

from tests.partner_center.azure_costs import meter_records, resource_records
from tests.partner_center.company import Company, Item

_OF_PLAN = {"meterusagerecords": meter_records, "resourceusagerecords": resource_records}


def of_customer(
    company: Company, path: Sequence[str], no_gdap: Collection[str]
) -> dict[str, Any] | int | None:
    """The answer to a path behind `/v1/customers/`; a status, or None for what is not there."""
    tenant, *_, what = path
    if what == "subscriptions":
        return _list(company.subscriptions(tenant))
    if what == "provisioningstatus":
        return 403 if tenant in no_gdap else _provisioned(company, tenant, path[-2])
    if what in _OF_PLAN:
        there = company.plan(tenant) == path[-2]
        return _list(_OF_PLAN[what](company, tenant)) if there else None
    return 403 if tenant in no_gdap else _list(company.skus(tenant))


def _provisioned(company: Company, tenant: str, subscription: str) -> dict[str, Any] | None:
    its = [each for each in company.subscriptions(tenant) if each["id"] == subscription]
    status = {"status": "success", "quantity": 40, "endDate": "2027-03-31T00:00:00Z"}
    return {"skuId": company.sku(str(its[0]["offerId"])), **status} if its else None


def _list(items: list[Item]) -> dict[str, Any]:
    return {"totalCount": len(items), "items": items}
