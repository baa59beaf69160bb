"""Customers and what they have bought: the resale's own records."""

from analytics.tables.columns import Column, Dataset, Kind, Memory, Secrecy

_TENANT = Column("tenant", "customerTenantId", Kind.TENANT, "the customer", key=True)

CUSTOMERS = Dataset(
    "customer_list",
    "/v1/customers",
    (
        Column("tenant", "companyProfile.tenantId", Kind.TENANT, "the customer", key=True),
        Column("customer", "companyProfile.companyName", Kind.TEXT, "the customer's name"),
        Column("domain", "companyProfile.domain", Kind.TEXT, "its first domain"),
        Column("relationship", "relationshipToPartner", Kind.TEXT, "such as reseller"),
    ),
    Memory.SPANS,
)

SUBSCRIPTIONS = Dataset(
    "subscriptions",
    "/v1/customers/{customer-id}/subscriptions",
    (
        Column("tenant", "customer-id", Kind.TENANT, "the customer, from the call", key=True),
        Column("subscription", "id", Kind.CODE, "the subscription", key=True),
        Column(
            "offer", "offerId", Kind.TEXT, "product:sku:availability in new commerce, or a GUID"
        ),
        Column("product_name", "offerName", Kind.TEXT, "what was bought"),
        Column("nickname", "friendlyName", Kind.TEXT, "what the partner calls it"),
        Column(
            "product_type", "productType.id", Kind.TEXT, "such as OnlineServicesNCE or Software"
        ),
        Column("quantity", "quantity", Kind.COUNT, "seats, or units of `unit`"),
        Column("unit", "unitType", Kind.TEXT, "such as Licenses"),
        Column("status", "status", Kind.CODE, "active, suspended, deleted, expired, …"),
        Column("auto_renew", "autoRenewEnabled", Kind.FLAG, "whether it renews", optional=True),
        Column("trial", "isTrial", Kind.FLAG, "whether it is a trial", optional=True),
        Column("billing", "billingType", Kind.TEXT, "license, usage or none"),
        Column("billing_cycle", "billingCycle", Kind.TEXT, "monthly, annual, triennial or none"),
        Column("term", "termDuration", Kind.TEXT, "P1M, P1Y or P3Y; empty in legacy ones"),
        Column("next_term", "renewalTermDuration", Kind.TEXT, "the term after; empty: the same"),
        Column("created", "creationDate", Kind.DATE, "day it was bought", optional=True),
        Column("starts", "effectiveStartDate", Kind.DATE, "day it starts", optional=True),
        Column("ends", "commitmentEndDate", Kind.DATE, "day the commitment ends", optional=True),
        Column(
            "cancellable_until",
            "cancellationAllowedUntilDate",
            Kind.MOMENT,
            "instant up to which it may be cancelled",
            optional=True,
        ),
        Column("promotion", "promotionId", Kind.TEXT, "the promotion it was bought with"),
        Column("reseller", "partnerId", Kind.TEXT, "PartnerID of the indirect reseller"),
        Column("order_id", "orderId", Kind.TEXT, "the order"),
    ),
    Memory.SPANS,
    part=("tenant",),
)

SUBSCRIPTION_INSIGHTS = Dataset(
    "subscription_insights",
    "/partner/v1/analytics/subscriptions",
    (
        _TENANT,
        Column("customer", "customerName", Kind.TEXT, "the customer's name"),
        Column("market", "customerMarket", Kind.TEXT, "two letters of its country"),
        Column("subscription", "id", Kind.CODE, "the subscription", key=True),
        Column("status", "status", Kind.CODE, "active, suspended or deprovisioned"),
        Column("product_name", "productName", Kind.TEXT, "what was bought, in upper case"),
        Column("subscription_type", "subscriptionType", Kind.TEXT, "Office, Azure, Dynamics, …"),
        Column("auto_renew", "autoRenewEnabled", Kind.FLAG, "whether it renews", optional=True),
        Column("quantity", "licenseCount", Kind.COUNT, "seats", optional=True),
        Column("nickname", "friendlyName", Kind.TEXT, "what the partner calls it"),
        Column("created", "creationDate", Kind.DATE, "day it was bought", optional=True),
        Column("starts", "effectiveStartDate", Kind.DATE, "day it starts", optional=True),
        Column("ends", "commitmentEndDate", Kind.DATE, "day the commitment ends", optional=True),
        Column("state_ends", "currentStateEndDate", Kind.DATE, "day its state ends", optional=True),
        Column(
            "trial_starts", "trialStartDate", Kind.DATE, "first day of its trial", optional=True
        ),
        Column("trial_ends", "trialEndDate", Kind.DATE, "last day of its trial", optional=True),
        Column(
            "converted",
            "trialToPaidConversionDate",
            Kind.DATE,
            "day the trial became paid",
            optional=True,
        ),
        Column("last_used", "lastUsageDate", Kind.DATE, "day of the last usage", optional=True),
        Column("deprovisioned", "deprovisionedDate", Kind.DATE, "day it ended", optional=True),
        Column("renewed", "lastRenewalDate", Kind.DATE, "day it last renewed", optional=True),
        Column("churn_risk", "churnRisk", Kind.TEXT, "such as High; in examples alone"),
        Column("billing_cycle", "billingCycleName", Kind.TEXT, "such as MONTHLY; as before"),
    ),
    Memory.SPANS,
)

SUBSCRIBED_SKUS = Dataset(
    "subscribed_skus",
    "/v1/customers/{customer-id}/subscribedskus",
    (
        Column("tenant", "customer-id", Kind.TENANT, "the customer, from the call", key=True),
        Column("product", "productSku.id", Kind.CODE, "the product's SKU as a GUID", key=True),
        Column("product_name", "productSku.name", Kind.TEXT, "the product's name"),
        Column("part_number", "productSku.skuPartNumber", Kind.TEXT, "such as ENTERPRISEPACK"),
        Column("status", "capabilityStatus", Kind.TEXT, "Enabled, Warning, Suspended, Deleted"),
        Column("total", "totalUnits", Kind.COUNT, "seats in the tenant, whoever sold them"),
        Column("active", "activeUnits", Kind.COUNT, "seats in force"),
        Column("assigned", "consumedUnits", Kind.COUNT, "seats assigned to users"),
        Column("suspended", "suspendedUnits", Kind.COUNT, "seats suspended"),
        Column("warning", "warningUnits", Kind.COUNT, "seats in their grace period"),
    ),
    Memory.SPANS,
    part=("tenant",),
)

ROLE_MEMBERS = Dataset(
    "role_members",
    "/v1/roles/{role-id}/usermembers",
    (
        Column("role", "role-id", Kind.CODE, "the Partner Center role, from the call", key=True),
        Column("role_name", "role-name", Kind.TEXT, "its name, from /v1/roles"),
        Column("member", "id", Kind.CODE, "who holds it: a user's object id", key=True),
        Column("member_name", "displayName", Kind.TEXT, "their name", secrecy=Secrecy.PERSON),
        Column(
            "member_upn",
            "userPrincipalName",
            Kind.TEXT,
            "their sign-in name",
            secrecy=Secrecy.PERSON,
        ),
    ),
    Memory.SPANS,
    part=("role",),
)
"""Who holds which role in Partner Center. Shown beside our rights and never mixed up with them."""
