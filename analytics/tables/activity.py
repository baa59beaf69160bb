"""Activity in the partner's account, one row an event; Azure costs, a day's state of a month."""

from analytics.tables.columns import EVERYONE, CellType, Column, Dataset, Memory
from analytics.tables.record_values import VALUES_TOLD
from analytics.values import Secrecy

AUDIT = Dataset(
    "activity",
    "/v1/auditrecords",
    (
        Column("moment", "operationDate", CellType.MOMENT, "when it was done"),
        Column(
            "event",
            "id",
            CellType.TEXT,
            "the record; made of its fields where there is none",
            key=True,
        ),
        Column(
            "tenant", "customerId", CellType.TENANT, "the customer it was done to", optional=True
        ),
        Column("customer", "customerName", CellType.TEXT, "the customer's name; may be missing"),
        Column("who", "userPrincipalName", CellType.TEXT, "who did it", secrecy=Secrecy.PERSON),
        Column("application", "applicationId", CellType.TEXT, "with which program"),
        Column(
            "resource",
            "resourceType",
            CellType.CODE,
            "what it was done to, such as license; the portal's export does not say",
            optional=True,
        ),
        Column("operation", "operationType", CellType.CODE, "what was done, such as create_order"),
        Column(
            "status",
            "operationStatus",
            CellType.CODE,
            "succeeded, failed, progress or decline; the portal's export does not say",
            optional=True,
        ),
        Column(
            "old_value",
            "resourceOldValue",
            CellType.TEXT,
            "JSON of it before",
            secrecy=Secrecy.PERSON,
            on_request=True,
        ),
        Column(
            "new_value",
            "resourceNewValue",
            CellType.TEXT,
            "JSON of it after",
            secrecy=Secrecy.PERSON,
            on_request=True,
        ),
        Column(
            "details",
            "customizedData",
            CellType.TEXT,
            "JSON of key and value pairs",
            secrecy=Secrecy.PERSON,
            on_request=True,
        ),
        Column(
            "correlation",
            "originalCorrelationId",
            CellType.TEXT,
            "the request that it belongs to: records of one request have one",
            optional=True,
        ),
        *VALUES_TOLD,
    ),
    part=("day",),
    keeping=True,
    naming=("who", "old_value", "new_value", "details"),
    downloads=EVERYONE,
)
"""Activity; Partner Center keeps 90 days. A part is a day in UTC, while rows are keyed by id."""

UNFINISHED = ("failed", "decline", "progress")
"""Words for a status of what changed nothing, or not yet."""

AZURE_SPEND = Dataset(
    "azure_spend",
    "/v1/customers/usagerecords",
    (
        Column(
            "day",
            "fetched",
            CellType.DAY,
            "day we asked, in UTC; month to date as of then",
            key=True,
        ),
        Column("tenant", "resourceId", CellType.TENANT, "the customer", key=True),
        Column("customer", "resourceName", CellType.TEXT, "the customer's name"),
        Column(
            "cost",
            "totalCost",
            CellType.NUMBER,
            "estimate of the month to date, in `currency`",
            secrecy=Secrecy.MONEY,
        ),
        Column(
            "currency",
            "currencyCode",
            CellType.TEXT,
            "ISO code; empty in legacy rows, which have a locale alone",
            key=True,
        ),
        Column("locale", "currencyLocale", CellType.TEXT, "locale of legacy rows, such as fr-FR"),
        Column(
            "cost_usd",
            "usdTotalCost",
            CellType.NUMBER,
            "the same in US dollars",
            optional=True,
            secrecy=Secrecy.MONEY,
        ),
        Column(
            "budget",
            "budget.amount",
            CellType.NUMBER,
            "spending budget of the month; NULL: none is set",
            ("budget.ammount",),
            optional=True,
            secrecy=Secrecy.MONEY,
        ),
        Column(
            "budget_used",
            "percentUsed",
            CellType.NUMBER,
            "part of the budget that is used, a fraction; may exceed 1",
            optional=True,
            secrecy=Secrecy.MONEY,
            per_cent=True,
            negative=True,
        ),
        Column(
            "azure_plan", "isUpgraded", CellType.FLAG, "whether it is an Azure plan", optional=True
        ),
        Column(
            "changed",
            "lastModifiedDate",
            CellType.MOMENT,
            "when the source worked it out",
        ),
    ),
)

AZURE_METERS = Dataset(
    "azure_meters",
    "/partner/v1/analytics/usage/azure",
    (
        Column("day", "usageDate", CellType.DAY, "day of the usage"),
        Column("tenant", "customerTenantId", CellType.TENANT, "the customer"),
        Column("customer", "customerName", CellType.TEXT, "the customer's name"),
        Column("subscription", "subscriptionId", CellType.CODE, "the Azure subscription"),
        Column("subscription_name", "subscriptionName", CellType.TEXT, "its name"),
        Column("location", "resourceLocation", CellType.TEXT, "region"),
        Column("category", "meterCategory", CellType.TEXT, "such as Storage"),
        Column("subcategory", "meterSubcategory", CellType.TEXT, "finer than `category`"),
        Column("unit", "meterUnit", CellType.TEXT, "what `quantity` counts, such as 10,000s"),
        Column("service_type", "serviceType", CellType.TEXT, "the kind of machine"),
        Column(
            "quantity",
            "quantity",
            CellType.NUMBER,
            "units used that day, below zero for units given back; no money",
            negative=True,
        ),
    ),
    Memory.REPLACED,
    part=("day",),
)
