"""Customers and what they have bought: the partner's own sales records."""

from analytics.tables.columns import CellType, Column, Dataset, Memory
from analytics.tables.later_fields import LATER_FIELDS
from analytics.values import Secrecy

_TENANT = Column("tenant", "customerTenantId", CellType.TENANT, "the customer", key=True)

CUSTOMERS = Dataset(
    "customer_list",
    "/v1/customers",
    (
        Column("tenant", "companyProfile.tenantId", CellType.TENANT, "the customer", key=True),
        Column("customer", "companyProfile.companyName", CellType.TEXT, "the customer's name"),
        Column("domain", "companyProfile.domain", CellType.TEXT, "its first domain"),
        Column("relationship", "relationshipToPartner", CellType.TEXT, "such as reseller"),
    ),
    Memory.SPANS,
)

SUBSCRIPTIONS = Dataset(
    "subscriptions",
    "/v1/customers/{customer-id}/subscriptions",
    (
        Column("tenant", "customer-id", CellType.TENANT, "the customer, from the call", key=True),
        Column("subscription", "id", CellType.CODE, "the subscription", key=True),
        Column(
            "offer", "offerId", CellType.TEXT, "product:sku:availability in new commerce, or a GUID"
        ),
        Column("product_name", "offerName", CellType.TEXT, "what was bought"),
        Column("nickname", "friendlyName", CellType.TEXT, "what the partner calls it"),
        Column(
            "product_type", "productType.id", CellType.TEXT, "such as OnlineServicesNCE or Software"
        ),
        Column("quantity", "quantity", CellType.COUNT, "seats, or units of `unit`"),
        Column("unit", "unitType", CellType.TEXT, "such as Licenses"),
        Column("status", "status", CellType.CODE, "active, suspended, deleted, expired, …"),
        Column("auto_renew", "autoRenewEnabled", CellType.FLAG, "whether it renews", optional=True),
        Column("trial", "isTrial", CellType.FLAG, "whether it is a trial", optional=True),
        Column("billing", "billingType", CellType.TEXT, "license, usage or none"),
        Column(
            "billing_cycle", "billingCycle", CellType.TEXT, "monthly, annual, triennial or none"
        ),
        Column("term", "termDuration", CellType.TEXT, "P1M, P1Y or P3Y; empty in legacy ones"),
        Column(
            "next_term", "renewalTermDuration", CellType.TEXT, "the term after; empty: the same"
        ),
        Column("created", "creationDate", CellType.DATE, "day it was bought", optional=True),
        Column("starts", "effectiveStartDate", CellType.DATE, "day it starts", optional=True),
        Column(
            "ends", "commitmentEndDate", CellType.DATE, "day the commitment ends", optional=True
        ),
        Column(
            "cancellable_until",
            "cancellationAllowedUntilDate",
            CellType.MOMENT,
            "instant up to which it may be cancelled",
            optional=True,
            ahead=True,
        ),
        Column("promotion", "promotionId", CellType.TEXT, "the promotion it was bought with"),
        Column("reseller", "partnerId", CellType.TEXT, "PartnerID of the indirect reseller"),
        Column("order_id", "orderId", CellType.TEXT, "the order"),
        *LATER_FIELDS,
    ),
    Memory.SPANS,
    part=("tenant",),
)

SUBSCRIPTION_INSIGHTS = Dataset(
    "subscription_insights",
    "/partner/v1/analytics/subscriptions",
    (
        _TENANT,
        Column("customer", "customerName", CellType.TEXT, "the customer's name"),
        Column("market", "customerMarket", CellType.TEXT, "two letters of its country"),
        Column("subscription", "id", CellType.CODE, "the subscription", key=True),
        Column("status", "status", CellType.CODE, "active, suspended or deprovisioned"),
        Column("product_name", "productName", CellType.TEXT, "what was bought, in upper case"),
        Column(
            "subscription_type", "subscriptionType", CellType.TEXT, "Office, Azure, Dynamics, …"
        ),
        Column("auto_renew", "autoRenewEnabled", CellType.FLAG, "whether it renews", optional=True),
        Column("quantity", "licenseCount", CellType.COUNT, "seats", optional=True),
        Column("nickname", "friendlyName", CellType.TEXT, "what the partner calls it"),
        Column("created", "creationDate", CellType.DATE, "day it was bought", optional=True),
        Column("starts", "effectiveStartDate", CellType.DATE, "day it starts", optional=True),
        Column(
            "ends", "commitmentEndDate", CellType.DATE, "day the commitment ends", optional=True
        ),
        Column(
            "state_ends", "currentStateEndDate", CellType.DATE, "day its state ends", optional=True
        ),
        Column(
            "trial_starts", "trialStartDate", CellType.DATE, "first day of its trial", optional=True
        ),
        Column("trial_ends", "trialEndDate", CellType.DATE, "last day of its trial", optional=True),
        Column(
            "converted",
            "trialToPaidConversionDate",
            CellType.DATE,
            "day the trial became paid",
            optional=True,
        ),
        Column("last_used", "lastUsageDate", CellType.DATE, "day of the last usage", optional=True),
        Column("deprovisioned", "deprovisionedDate", CellType.DATE, "day it ended", optional=True),
        Column("renewed", "lastRenewalDate", CellType.DATE, "day it last renewed", optional=True),
        Column("churn_risk", "churnRisk", CellType.TEXT, "such as High; in examples alone"),
        Column("billing_cycle", "billingCycleName", CellType.TEXT, "such as MONTHLY; as before"),
    ),
    Memory.SPANS,
)

SUBSCRIBED_SKUS = Dataset(
    "subscribed_skus",
    "/v1/customers/{customer-id}/subscribedskus",
    (
        Column("tenant", "customer-id", CellType.TENANT, "the customer, from the call", key=True),
        Column("product", "productSku.id", CellType.CODE, "the product's SKU as a GUID", key=True),
        Column("product_name", "productSku.name", CellType.TEXT, "the product's name"),
        Column("part_number", "productSku.skuPartNumber", CellType.TEXT, "such as ENTERPRISEPACK"),
        Column("status", "capabilityStatus", CellType.TEXT, "Enabled, Warning, Suspended, Deleted"),
        Column("total", "totalUnits", CellType.COUNT, "seats in the tenant, whoever sold them"),
        Column("active", "activeUnits", CellType.COUNT, "seats in force"),
        Column("assigned", "consumedUnits", CellType.COUNT, "seats assigned to users"),
        Column("suspended", "suspendedUnits", CellType.COUNT, "seats suspended"),
        Column("warning", "warningUnits", CellType.COUNT, "seats in their grace period"),
    ),
    Memory.SPANS,
    part=("tenant",),
)

ROLE_MEMBERS = Dataset(
    "role_members",
    "/v1/roles/{role-id}/usermembers",
    (
        Column(
            "role", "role-id", CellType.CODE, "the Partner Center role, from the call", key=True
        ),
        Column("role_name", "role-name", CellType.TEXT, "its name, from /v1/roles"),
        Column("member", "id", CellType.CODE, "who holds it: a user's object id", key=True),
        Column("member_name", "displayName", CellType.TEXT, "their name", secrecy=Secrecy.PERSON),
        Column(
            "member_upn",
            "userPrincipalName",
            CellType.TEXT,
            "their sign-in name",
            secrecy=Secrecy.PERSON,
        ),
    ),
    Memory.SPANS,
    part=("role",),
)
"""Members of each Partner Center role, shown beside our rights and kept apart from them."""
