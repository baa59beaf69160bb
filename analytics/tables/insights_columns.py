"""Columns that the Insights reports share. A field is a download's heading; its aliases are the
query's names and other known spellings. Heading and query differ, so most columns are optional.
"""

from analytics.tables.columns import CellType, Column
from analytics.values import Secrecy


def text(name: str, field: str, meaning: str, *aliases: str) -> Column:
    """Return a text column that may be left out."""
    return Column(name, field, CellType.TEXT, meaning, aliases, optional=True)


def code(name: str, field: str, meaning: str, *aliases: str) -> Column:
    """Return a code column that may be left out."""
    return Column(name, field, CellType.CODE, meaning, aliases, optional=True)


def count(name: str, field: str, meaning: str, *aliases: str) -> Column:
    """Return a count column that may be left out."""
    return Column(name, field, CellType.COUNT, meaning, aliases, optional=True)


def number(name: str, field: str, meaning: str, *aliases: str) -> Column:
    """Return a decimal column that may be left out."""
    return Column(name, field, CellType.NUMBER, meaning, aliases, optional=True)


def flag(name: str, field: str, meaning: str, *aliases: str) -> Column:
    """Return a yes-or-no column that may be left out."""
    return Column(name, field, CellType.FLAG, meaning, aliases, optional=True)


def date(name: str, field: str, meaning: str, *aliases: str) -> Column:
    """Return a day column that may be left out."""
    return Column(name, field, CellType.DATE, meaning, aliases, optional=True)


def money(name: str, field: str, meaning: str, *aliases: str) -> Column:
    """Return a column of US dollars, for executive report viewers alone; it may be left out."""
    return Column(
        name, field, CellType.NUMBER, meaning, aliases, optional=True, secrecy=Secrecy.MONEY
    )


def person(name: str, field: str, meaning: str, *aliases: str) -> Column:
    """Return a column of personal data that may be left out."""
    return Column(
        name, field, CellType.TEXT, meaning, aliases, optional=True, secrecy=Secrecy.PERSON
    )


MONTH = Column("month", "Month", CellType.MONTH, "calendar month of the figures")
TENANT = Column("tenant", "CustomerTenantId", CellType.TENANT, "the customer")

GLOBAL_ACCOUNT = text(
    "global_account",
    "PGAMpnID",
    "PartnerID of the partner's global account",
    "PGAPartnerID",
    "PGA_MPNID",
)
PARTNER = (
    text("location_id", "MPNID", "PartnerID of the partner's location", "PartnerID"),
    text("partner_name", "PartnerName", "the partner's name"),
    text("location", "PartnerLocation", "the partner's location", "PartnerLocationID"),
)
ATTRIBUTION = text(
    "attribution",
    "PartnerAttributionType",
    "why the customer counts as the partner's: DPOR, PAL, CPOR, a reseller kind",
    "PartnerAttachType",
)
HIERARCHY = text("hierarchy", "PartnerHierarchy", "level of the partner's location")
CHANNEL = text("channel", "SalesChannel", "how it was sold, such as CSP")
ENROLLMENT = text("enrollment", "EnrollmentNumber", "number of the volume licence agreement")

CUSTOMER = text("customer", "CustomerName", "the customer's name")
CUSTOMER_GROUP = text("customer_group", "CustomerTpid", "number of the customer's parent company")
SEGMENT = text("segment", "CustomerSegment", "the customer's segment")
MARKET = text("market", "CustomerMarket", "the customer's market")
INDUSTRY = (
    text("industry", "IndustryName", "the customer's industry"),
    text("vertical", "VerticalName", "the customer's trade within it"),
    text("end_of_use", "EOU", "the source's EOU; its meaning is not published"),
)
CUSTOMER_IN_FULL = (
    CUSTOMER_GROUP,
    text("duns", "DUNSNumber", "the customer's DUNS number"),
    SEGMENT,
    text("top_segment", "TopSegment", "the segment above `segment`"),
    MARKET,
)

SUBSCRIPTION = code("subscription", "SubscriptionId", "the subscription")
TERM = (
    date("starts", "SubscriptionStartDate", "day it starts"),
    date("ends", "SubscriptionEndDate", "day it ends"),
)
STATUS = code(
    "status",
    "SubscriptionState",
    "active, disabled, deprovisioned, open, ingraceperiod, closed or others",
    "SubscriptionStatus",
)
PRODUCT = text("product_name", "Product", "the product")
RAW_PRODUCT = text("raw_product_name", "RawProductName", "the product as it was sold")
PART_NUMBER = text("part_number", "ProductPartNumber", "the product's part number")
SKU = text("sku", "SKU", "the product's SKU")
SKU_DETAILS = (
    SKU,
    code("sku_id", "SKUId", "the SKU's id"),
    text("free_or_paid", "FreeVsPaidSKU", "whether the SKU is free or paid"),
    text("sales_model", "SalesModel", "how it was sold"),
    text("sales_model_detail", "DetailedSalesModel", "finer than `sales_model`"),
)
DIVISION = text("division", "RevSumDivisionName", "Microsoft's division")

DUPLICATE = flag(
    "duplicate",
    "IsDuplicateRowForPGA",
    "whether another location's row says the same: sums leave it out",
)
SEATS = count("available", "AvailableSeats", "seats bought")
SEATS_IN_USE = (
    SEATS,
    count("assigned", "AssignedSeats", "seats assigned to users"),
    count("active", "ActiveSeats", "seats used in the month"),
    count("opportunity", "DeploymentOpportunity", "seats not assigned"),
    number(
        "active_share",
        "ActiveUsagePercent",
        "`active` of `available`, a fraction; the source's scale shows beside its seats",
    ),
)
PAID_UNITS = count("available", "PaidAvailableUnits", "paid seats")
MONTHLY_USERS = count(
    "active", "MonthlyActiveUsers", "people who used it in the month; may exceed `available`"
)

BILLED = money("billed_usd", "BilledRevenueUSD", "revenue billed")
AZURE_REVENUE = money("azure_usd", "AzureConsumedRevenueUSD", "Azure consumption before discounts")
CPOR = (
    money("cpor_usd", "CPORRevenue", "revenue claimed as partner of record"),
    count("cpor_seats", "CPORPaidSeats", "paid seats claimed as partner of record"),
    count("cpor_active", "CPORActiveUsers", "people using what was so claimed"),
)
RESELLER = (
    text("reseller", "ResellerID", "PartnerID of the indirect reseller", "ResellerMpnID"),
    text("reseller_name", "ResellerName", "its name"),
)
