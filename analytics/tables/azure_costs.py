"""What each Azure plan has cost in the month so far, by category and by Azure subscription."""

from analytics.tables.columns import CellType, Column, Dataset
from analytics.values import Secrecy

_DAY = Column(
    "day", "fetched", CellType.DAY, "day we asked, in UTC; month to date as of then", key=True
)
_TENANT = Column("tenant", "customer-id", CellType.TENANT, "the customer, from the call", key=True)
_PLAN = Column("plan", "plan-id", CellType.CODE, "the Azure plan, from the call", key=True)
_CURRENCY = Column("currency", "currencyCode", CellType.TEXT, "ISO code", key=True)
_COST = Column(
    "cost",
    "totalCost",
    CellType.NUMBER,
    "estimate of the month to date, in `currency`: the sum of the source's records",
    secrecy=Secrecy.MONEY,
)
_COST_USD = Column(
    "cost_usd",
    "usdTotalCost",
    CellType.NUMBER,
    "the same in US dollars; NULL where the source left it out of a record",
    optional=True,
    secrecy=Secrecy.MONEY,
)
_CHANGED = Column(
    "changed", "lastModifiedDate", CellType.MOMENT, "when the source last worked a record out"
)

AZURE_CATEGORY_COSTS = Dataset(
    "azure_category_costs",
    "/v1/customers/{customer-id}/subscriptions/{plan-id}/meterusagerecords",
    (
        _DAY,
        _TENANT,
        _PLAN,
        Column("category", "category", CellType.TEXT, "such as Storage", key=True),
        Column("subcategory", "subcategory", CellType.TEXT, "finer than `category`", key=True),
        _CURRENCY,
        _COST,
        _COST_USD,
        _CHANGED,
    ),
    part=("tenant", "plan"),
    keeping=True,
    item="meterId",
    month_to_date=True,
    seen_live=False,
)
"""Costs by category. The source has a record for each meter; units are in `azure_meters`."""

AZURE_SUBSCRIPTION_COSTS = Dataset(
    "azure_subscription_costs",
    "/v1/customers/{customer-id}/subscriptions/{plan-id}/resourceusagerecords",
    (
        _DAY,
        _TENANT,
        _PLAN,
        Column("subscription", "entitlementId", CellType.CODE, "the Azure subscription", key=True),
        Column("subscription_name", "entitlementName", CellType.TEXT, "its name"),
        _CURRENCY,
        _COST,
        _COST_USD,
        _CHANGED,
    ),
    part=("tenant", "plan"),
    keeping=True,
    item="resourceUri",
    month_to_date=True,
    seen_live=False,
)
"""Costs by Azure subscription. The source has a record for each resource; reservations and
purchases in the marketplace are not said to be in it.
"""
