"""Every dataset we keep: its columns' meaning and units, and the endpoint and fields it is of."""

from analytics.tables.activity import AUDIT, AZURE_METERS, AZURE_SPEND
from analytics.tables.azure_costs import AZURE_CATEGORY_COSTS, AZURE_SUBSCRIPTION_COSTS
from analytics.tables.columns import (
    Batch,
    Cell,
    CellType,
    Column,
    Dataset,
    Memory,
    Row,
)
from analytics.tables.customers import (
    CUSTOMERS,
    ROLE_MEMBERS,
    SUBSCRIBED_SKUS,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
)
from analytics.tables.extension_list import EXTENSION_LIST
from analytics.tables.insights_partner import PARTNERS_OWN
from analytics.tables.insights_sales import SALES
from analytics.tables.insights_teams import TEAMS
from analytics.tables.insights_usage import USAGES
from analytics.tables.licences import (
    DEPLOYMENT,
    DEPLOYMENT_TOTALS,
    LICENCES,
    USAGE,
    USAGE_TOTALS,
)
from analytics.tables.offer_skus import OFFER_SKUS
from analytics.values import Secrecy

__all__ = [
    "AUDIT",
    "AZURE_CATEGORY_COSTS",
    "AZURE_METERS",
    "AZURE_SPEND",
    "AZURE_SUBSCRIPTION_COSTS",
    "CUSTOMERS",
    "DATASETS",
    "DEPLOYMENT",
    "DEPLOYMENT_TOTALS",
    "EXTENSION_LIST",
    "INSIGHTS",
    "LICENCES",
    "OFFER_SKUS",
    "ROLE_MEMBERS",
    "SUBSCRIBED_SKUS",
    "SUBSCRIPTIONS",
    "SUBSCRIPTION_INSIGHTS",
    "USAGE",
    "USAGE_TOTALS",
    "Batch",
    "Cell",
    "CellType",
    "Column",
    "Dataset",
    "Memory",
    "Row",
    "Secrecy",
]

INSIGHTS = (*SALES, *USAGES, *TEAMS, *PARTNERS_OWN)
"""Every report of the Insights workspace; `endpoint` is the report's name in a query's FROM. The
API needs the sign-in of the partner-programme account; downloads are open to every programme.
"""

DATASETS = (
    *LICENCES,
    DEPLOYMENT_TOTALS,
    USAGE_TOTALS,
    CUSTOMERS,
    SUBSCRIPTIONS,
    SUBSCRIPTION_INSIGHTS,
    AUDIT,
    AZURE_SPEND,
    AZURE_METERS,
    AZURE_CATEGORY_COSTS,
    AZURE_SUBSCRIPTION_COSTS,
    SUBSCRIBED_SKUS,
    OFFER_SKUS,
    EXTENSION_LIST,
    ROLE_MEMBERS,
    *INSIGHTS,
)
"""Every dataset that a generation may hold."""
