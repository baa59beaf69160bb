"""Insights reports of what is used: Office, Dynamics, Power BI and Enterprise Mobility."""

from dataclasses import replace

from analytics.tables.columns import EVERYONE, CellType, Column, Dataset, Memory
from analytics.tables.insights_columns import (
    ATTRIBUTION,
    CUSTOMER,
    CUSTOMER_GROUP,
    DIVISION,
    DUPLICATE,
    GLOBAL_ACCOUNT,
    HIERARCHY,
    INDUSTRY,
    MARKET,
    MONTH,
    MONTHLY_USERS,
    PAID_UNITS,
    PARTNER,
    SEATS_IN_USE,
    SEGMENT,
    SKU_DETAILS,
    STATUS,
    SUBSCRIPTION,
    TENANT,
    TERM,
    count,
    text,
)

_WHO = (MONTH, TENANT, CUSTOMER, CUSTOMER_GROUP, SEGMENT, MARKET, *INDUSTRY)
_BY = (GLOBAL_ACCOUNT, *PARTNER, ATTRIBUTION)
_BOUGHT = (replace(SUBSCRIPTION, optional=False), *TERM, STATUS)

INSIGHTS_OFFICE = Dataset(
    "insights_office_usage",
    "OfficeUsage",
    (
        *_WHO,
        Column("workload", "WorkloadName", CellType.TEXT, "workload, such as Exchange"),
        replace(PAID_UNITS, optional=False),
        replace(MONTHLY_USERS, optional=False),
        *_BY,
        DUPLICATE,
    ),
    Memory.REPLACED,
    part=("month", "tenant"),
    downloads=EVERYONE,
)
"""Seats and people of each Office workload in each month."""

INSIGHTS_DYNAMICS = Dataset(
    "insights_dynamics_usage",
    "DynamicsUsage",
    (
        *_WHO,
        *_BOUGHT,
        replace(DIVISION, optional=False),
        text("category", "RevSumCategoryName", "the product's category within `division`"),
        *SKU_DETAILS,
        *_BY,
        *SEATS_IN_USE,
    ),
    Memory.REPLACED,
    part=("month", "tenant"),
    downloads=EVERYONE,
)
"""Seats of each Dynamics subscription in each month."""

INSIGHTS_POWER_BI = Dataset(
    "insights_power_bi_usage",
    "PowerBIUsage",
    (*_WHO, *_BOUGHT, *SKU_DETAILS, *_BY, replace(HIERARCHY, optional=False), *SEATS_IN_USE),
    Memory.REPLACED,
    part=("month", "tenant"),
    downloads=EVERYONE,
)
"""Seats of each Power BI subscription in each month; only its hierarchy tells it from Dynamics."""

INSIGHTS_EMS = Dataset(
    "insights_ems_usage",
    "EMSUsage",
    (
        *_WHO,
        *_BOUGHT,
        *SKU_DETAILS,
        *_BY,
        HIERARCHY,
        PAID_UNITS,
        MONTHLY_USERS,
        count("entra_available", "AADPPaidAvailableUnits", "paid seats of Entra ID Premium"),
        count("intune_available", "IntunePaidAvailableUnits", "paid seats of Intune"),
        count("protection_available", "AzipPaidAvailableUnits", "paid seats of Info Protection"),
        replace(
            count("entra_active", "AADPMonthlyActiveUsers", "people using Entra ID Premium"),
            optional=False,
        ),
        count("intune_active", "IntuneMonthlyActiveUsers", "people using Intune"),
        count("protection_active", "AzipMonthlyActiveUsers", "people using Info Protection"),
        count("identity_active", "AATPActiveUsage", "people using Defender for Identity"),
        count("cloud_apps_active", "MCASActiveUsage", "people using Defender for Cloud Apps"),
        count("device_management", "MDM", "people with managed devices"),
        count("app_management", "MAM", "people with managed apps"),
        count("password_reset", "SSPR", "people who may reset their own password"),
    ),
    Memory.REPLACED,
    part=("month", "tenant"),
    downloads=EVERYONE,
)
"""Seats and people of each Enterprise Mobility subscription in each month."""

USAGES = (INSIGHTS_OFFICE, INSIGHTS_DYNAMICS, INSIGHTS_POWER_BI, INSIGHTS_EMS)
