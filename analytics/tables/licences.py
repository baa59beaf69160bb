"""Licence insights: seats sold and assigned, and who uses what they have."""

from analytics.tables.columns import EVERYONE, Column, Dataset, Kind

_DIMENSIONS = (
    Column(
        "day",
        "processedDateTime",
        Kind.DAY,
        "day the source worked the figures out; differs per service",
        aliases=("processedDate", "processedDay"),
        key=True,
    ),
    Column("service", "serviceCode", Kind.CODE, "service, such as o365 or crm", key=True),
    Column("service_name", "serviceName", Kind.TEXT, "the service's name"),
    Column("channel", "channel", Kind.TEXT, "how it was sold, such as reseller", key=True),
    Column(
        "tenant",
        "customerTenantId",
        Kind.TENANT,
        "the customer",
        aliases=("customerId", "tenantId"),
        key=True,
    ),
    Column("customer", "customerName", Kind.TEXT, "the customer's name"),
    Column(
        "product",
        "productId",
        Kind.CODE,
        "the product's SKU as a GUID",
        aliases=("skuId",),
        key=True,
    ),
    Column("product_name", "productName", Kind.TEXT, "the product's name", aliases=("skuName",)),
)

DEPLOYMENT = Dataset(
    "deployment",
    "/partner/v1/analytics/commercial/deployment/license",
    (
        *_DIMENSIONS,
        Column(
            "assigned",
            "licensesDeployed",
            Kind.COUNT,
            "seats assigned to users",
            aliases=("licenseDeployed",),
        ),
        Column(
            "sold",
            "licensesSold",
            Kind.COUNT,
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
        Column("workload", "workloadCode", Kind.CODE, "workload, such as EXO or SPO", key=True),
        Column("workload_name", "workloadName", Kind.TEXT, "the workload's name"),
        Column(
            "active",
            "licensesActive",
            Kind.COUNT,
            "people who used the workload within 28 days",
            aliases=("licenseActive",),
        ),
        Column(
            "entitled",
            "licensesQualified",
            Kind.COUNT,
            "seats entitled to the workload",
            aliases=("licenseQualified",),
        ),
    ),
    downloads=EVERYONE,
)

LICENCES = (DEPLOYMENT, USAGE)
"""They share their dimensions, and are worked out by service and day."""

DEPLOYMENT_TOTALS = Dataset(
    "deployment_totals",
    "/v1/analytics/licenses/deployment",
    (
        Column(
            "day", "processedDateTime", Kind.DAY, "day the source worked the total out", key=True
        ),
        Column("service", "serviceName", Kind.CODE, "service, such as o365 or crm", key=True),
        Column("channel", "channel", Kind.TEXT, "how it was sold", key=True),
        Column("sold", "licensesSold", Kind.COUNT, "seats sold to all customers together"),
        Column(
            "share",
            "proratedDeploymentPercent",
            Kind.NUMBER,
            "weighted deployment, a fraction; its formula is not published",
        ),
    ),
)
"""Superseded in 2018 and still there: what is left where DEPLOYMENT cannot be had."""

USAGE_TOTALS = Dataset(
    "usage_totals",
    "/v1/analytics/licenses/usage",
    (
        Column(
            "day", "processedDateTime", Kind.DAY, "day the source worked the total out", key=True
        ),
        Column("service", "serviceName", Kind.CODE, "service, such as o365 or crm", key=True),
        Column("channel", "channel", Kind.TEXT, "how it was sold", key=True),
        Column("workload", "workloadName", Kind.TEXT, "workload, such as Exchange", key=True),
        Column(
            "share",
            "proratedLicensesUsagePercent",
            Kind.NUMBER,
            "weighted usage, a fraction; may exceed 1; its formula is not published",
        ),
    ),
)
"""As DEPLOYMENT_TOTALS, of USAGE."""
