"""Licence insights: seats sold and assigned, and people who use each workload."""

from analytics.tables.columns import EVERYONE, CellType, Column, Dataset

_DIMENSIONS = (
    Column(
        "day",
        "processedDateTime",
        CellType.DAY,
        "day the source worked the figures out; differs per service",
        aliases=("processedDate", "processedDay"),
        key=True,
    ),
    Column("service", "serviceCode", CellType.CODE, "service, such as o365 or crm", key=True),
    Column("service_name", "serviceName", CellType.TEXT, "the service's name"),
    Column("channel", "channel", CellType.TEXT, "how it was sold, such as reseller", key=True),
    Column(
        "tenant",
        "customerTenantId",
        CellType.TENANT,
        "the customer",
        aliases=("customerId", "tenantId"),
        key=True,
    ),
    Column("customer", "customerName", CellType.TEXT, "the customer's name"),
    Column(
        "product",
        "productId",
        CellType.CODE,
        "the product's SKU as a GUID",
        aliases=("skuId",),
        key=True,
    ),
    Column(
        "product_name", "productName", CellType.TEXT, "the product's name", aliases=("skuName",)
    ),
)

DEPLOYMENT = Dataset(
    "deployment",
    "/partner/v1/analytics/commercial/deployment/license",
    (
        *_DIMENSIONS,
        Column(
            "assigned",
            "licensesDeployed",
            CellType.COUNT,
            "seats assigned to users",
            aliases=("licenseDeployed",),
        ),
        Column(
            "sold",
            "licensesSold",
            CellType.COUNT,
            "seats sold, by every partner and directly",
            aliases=("licenseSold",),
        ),
    ),
    downloads=EVERYONE,
)

USAGE = Dataset(
    "usage",
    "/partner/v1/analytics/commercial/usage/license",
    (
        *_DIMENSIONS,
        Column("workload", "workloadCode", CellType.CODE, "workload, such as EXO or SPO", key=True),
        Column("workload_name", "workloadName", CellType.TEXT, "the workload's name"),
        Column(
            "active",
            "licensesActive",
            CellType.COUNT,
            "people who used the workload within 28 days",
            aliases=("licenseActive",),
        ),
        Column(
            "entitled",
            "licensesQualified",
            CellType.COUNT,
            "seats entitled to the workload",
            aliases=("licenseQualified",),
        ),
    ),
    downloads=EVERYONE,
)

LICENCES = (DEPLOYMENT, USAGE)
"""The licence datasets: they share dimensions, and the source works them out by service and day."""

DEPLOYMENT_TOTALS = Dataset(
    "deployment_totals",
    "/v1/analytics/licenses/deployment",
    (
        Column(
            "day",
            "processedDateTime",
            CellType.DAY,
            "day the source worked the total out",
            key=True,
        ),
        Column("service", "serviceName", CellType.CODE, "service, such as o365 or crm", key=True),
        Column("channel", "channel", CellType.TEXT, "how it was sold", key=True),
        Column("sold", "licensesSold", CellType.COUNT, "seats sold to all customers together"),
        Column(
            "share",
            "proratedDeploymentPercent",
            CellType.NUMBER,
            "weighted deployment, a fraction; its formula is not published",
        ),
    ),
)
"""Totals of all customers, superseded in 2018 but still offered: the replacement if DEPLOYMENT
cannot be had.
"""

USAGE_TOTALS = Dataset(
    "usage_totals",
    "/v1/analytics/licenses/usage",
    (
        Column(
            "day",
            "processedDateTime",
            CellType.DAY,
            "day the source worked the total out",
            key=True,
        ),
        Column("service", "serviceName", CellType.CODE, "service, such as o365 or crm", key=True),
        Column("channel", "channel", CellType.TEXT, "how it was sold", key=True),
        Column("workload", "workloadName", CellType.TEXT, "workload, such as Exchange", key=True),
        Column(
            "share",
            "proratedLicensesUsagePercent",
            CellType.NUMBER,
            "weighted usage, a fraction; may exceed 1; its formula is not published",
        ),
    ),
)
"""Totals of all customers, the replacement if USAGE cannot be had; superseded in 2018 too."""
