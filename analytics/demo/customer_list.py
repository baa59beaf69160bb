"""The made-up partner's list of customers, and the products in their tenants."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from analytics.demo.contract_cases import NOT_LISTED
from analytics.demo.holdings import Holding, held_on
from analytics.demo.page import DemoPage, Item, answer
from analytics.demo.seats import Seats
from analytics.demo.stories import Story, made_up_tenant
from analytics.tables import CUSTOMERS, SUBSCRIBED_SKUS

DENIED = ("Wide World Importers", "Quayside Ferries")
"""Customers who give no access to their tenants: their products cannot be had."""
_LOST = timedelta(days=7)


def listed_customers(stories: tuple[Story, ...], asked: date, today: date) -> list[str]:
    """Return the names of the customers that the partner's list has on a day."""
    day, newest = asked - timedelta(days=1), today - timedelta(days=1)
    here = [story.name for story in stories if story.here(day, newest)]
    return [name for name in here if name != NOT_LISTED or today - asked > _LOST]


def customer_list(customers: list[str], asked: date) -> DemoPage:
    """Return the list of customers as the API answers it."""
    return answer(CUSTOMERS, asked, [_customer(name) for name in customers])


def domain(customer: str) -> str:
    """Return a customer's first domain, made of the letters of its name or of its tenant."""
    plain = unicodedata.normalize("NFKD", customer).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]", "", plain) or made_up_tenant(customer)[:8]
    return f"{word[:24]}.onmicrosoft.example"


def subscribed_sku_pages(
    stories: tuple[Story, ...], customers: list[str], asked: date, today: date
) -> Iterator[DemoPage]:
    """Yield for each customer who gives access the products in its tenant, sold by any
    partner."""
    items: dict[str, list[Item]] = {name: [] for name in customers if name not in DENIED}
    newest = today - timedelta(days=1)
    for holding, seats in held_on(stories, asked - timedelta(days=1), newest):
        if holding.story.name in items:
            items[holding.story.name].append(_product(holding, seats))
    for name, held in items.items():
        tenant = made_up_tenant(name)
        yield answer(SUBSCRIBED_SKUS, asked, held, tenant, customer_id=tenant)


def _customer(name: str) -> Item:
    tenant = made_up_tenant(name)
    return {
        "id": tenant,
        "companyProfile": {
            "tenantId": tenant,
            "domain": domain(name),
            "companyName": name,
            "attributes": {"objectType": "CustomerCompanyProfile"},
        },
        "relationshipToPartner": "reseller",
        "attributes": {"objectType": "Customer"},
    }


def _product(holding: Holding, seats: Seats) -> Item:
    """Return a product's seats; those of a lapsed subscription are in their grace period."""
    grace = holding.line.seats if holding.line.lapsed and seats.assigned else 0
    unpaid = holding.line.seats if holding.story.suspended and not seats.sold else 0
    state = "Warning" if grace else "Suspended" if unpaid else "Enabled"
    return {
        "availableUnits": max(seats.sold - seats.assigned, 0),
        "activeUnits": seats.sold,
        "consumedUnits": seats.assigned,
        "suspendedUnits": unpaid,
        "totalUnits": seats.sold + grace + unpaid,
        "warningUnits": grace,
        "productSku": {
            "id": holding.sku.id,
            "name": holding.sku.name,
            "skuPartNumber": holding.sku.part,
            "targetType": "User",
        },
        "servicePlans": [],
        "capabilityStatus": state,
        "attributes": {"objectType": "SubscribedSku"},
    }
