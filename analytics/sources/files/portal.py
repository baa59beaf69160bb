"""Names that the portal's exports use where the API uses others."""

import json
from collections.abc import Sequence
from hashlib import sha256

from analytics.tables import (
    AUDIT,
    AZURE_METERS,
    AZURE_SPEND,
    CUSTOMERS,
    EXTENSION_LIST,
    INSIGHTS,
    LICENCES,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    Column,
    Dataset,
)

IMPORTED = (
    *LICENCES,
    CUSTOMERS,
    SUBSCRIPTIONS,
    SUBSCRIPTION_INSIGHTS,
    AUDIT,
    AZURE_SPEND,
    AZURE_METERS,
    *INSIGHTS,
)
"""Datasets that a file is recognised as by its headings. Totals, products and roles come through
the API alone.
"""

HEADINGS: dict[tuple[str, str], tuple[str, ...]] = {
    ("activity", "moment"): ("Date-Time", "Date", "Date and time"),
    ("activity", "customer"): ("Affected customer",),
    ("activity", "tenant"): ("Customer tenant ID",),
    ("activity", "operation"): ("Action",),
    ("activity", "who"): ("Partner user", "Performed by"),
    ("customer_list", "tenant"): ("Microsoft ID", "tenantId"),
    ("customer_list", "customer"): ("Company name", "Customer name"),
    ("customer_list", "domain"): ("Primary domain name", "Domain"),
    ("subscriptions", "tenant"): ("customerId", "customerTenantId"),
    ("azure_spend", "day"): ("lastModifiedDate",),
    ("azure_spend", "budget"): ("budgetAmount",),
    ("extension_list", "subscription"): (
        "Id",
        "Subscription",
        "Subscription GUID",
        "ID d'abonnement",
        "Identifiant de l'abonnement",
        "Abonnement-ID",
    ),
    ("extension_list", "ends"): (
        "Term end date",
        "Commitment end date",
        "Subscription end date",
        "Expiration date",
        "Date de fin",
        "Date de fin d'engagement",
        "Enddatum",
    ),
}
"""Headings accepted beside the API's own, by dataset and column. Usage records do not say when they
were fetched: their day is that of their calculation.
"""

BESIDE = ("promotionid", "effectiveunitprice")
"""Plain headings of the activity log whose cells are kept within `details`."""

_STRICT = (*LICENCES, *INSIGHTS, EXTENSION_LIST)


def needed_columns(dataset: Dataset) -> tuple[Column, ...]:
    """Return the columns without which a file is not this dataset. Licences and Insights need all
    that are not optional; others need no texts, because the API leaves out empty ones.
    """
    if dataset is CUSTOMERS:
        return dataset.columns[:2]
    strict = dataset in _STRICT
    return tuple(
        c for c in dataset.columns if not c.optional and (strict or c.kind.value != "text")
    )


def record_with_id(cells: tuple[object, ...]) -> tuple[object, ...]:
    """Return an activity record with an id. One documented example has none; the id is then a hash
    of the fields that the first version kept, so that a record keeps its id.
    """
    at = AUDIT.at("event")
    if cells[at]:
        return cells
    hashed = cells[: AUDIT.at("details") + 1]
    made = sha256(json.dumps(hashed, default=str).encode()).hexdigest()
    return (*cells[:at], made, *cells[at + 1 :])


def with_details(
    cells: tuple[object, ...], headings: Sequence[str], beside: Sequence[object]
) -> tuple[object, ...]:
    """Return a record with the columns beside ours as JSON in `details`, if it has no details."""
    at = AUDIT.at("details")
    told = {heading: cell for heading, cell in zip(headings, beside, strict=True) if cell}
    if cells[at] or not told:
        return cells
    return (*cells[:at], json.dumps(told, ensure_ascii=False), *cells[at + 1 :])
