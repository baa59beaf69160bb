"""Insights reports of Teams: apps, ways of working, meetings and calls."""

from analytics.tables.columns import EVERYONE, CellType, Column, Dataset, Memory
from analytics.tables.insights_columns import (
    CUSTOMER,
    GLOBAL_ACCOUNT,
    INDUSTRY,
    SEGMENT,
    TENANT,
    count,
    text,
)

_WHO = (
    TENANT,
    text("customer_id", "CustomerId", "the source's own number of the customer"),
    CUSTOMER,
    text("country_code", "CustomerCountryCode", "two letters of its country"),
    text("country", "CustomerCountry", "its country"),
    SEGMENT,
    *INDUSTRY,
    GLOBAL_ACCOUNT,
)
_WORKLOAD = Column(
    "workload", "SubWorkload", CellType.TEXT, "kind of working, such as meetings or calls"
)

INSIGHTS_TEAMS_APPS = Dataset(
    "insights_teams_apps",
    "TeamsUsage3PApps",
    (
        Column("month", "DateKey", CellType.MONTH, "calendar month of the figures"),
        *_WHO,
        Column("app", "AppName", CellType.TEXT, "an app of another maker"),
        Column("active", "Usercount", CellType.COUNT, "people who used it"),
    ),
    Memory.REPLACED,
    part=("month", "tenant"),
    downloads=EVERYONE,
)
"""Use of third-party apps in Teams, in each month."""

INSIGHTS_TEAMS_WORKLOADS = Dataset(
    "insights_teams_workloads",
    "TeamsUsageWorkload",
    (
        Column("month", "MonthKey", CellType.MONTH, "calendar month of the figures"),
        *_WHO,
        _WORKLOAD,
        Column("desktop", "DesktopUsers", CellType.COUNT, "people on a desktop"),
        count("web", "WebUsers", "people in a browser"),
        count("mobile", "MobileUsers", "people on a telephone"),
        count("active", "AllUpParticipants", "people in all", "AllUpPartiticipants"),
    ),
    Memory.REPLACED,
    part=("month", "tenant"),
    downloads=EVERYONE,
)
"""Use of Teams, in each month."""

INSIGHTS_TEAMS_MEETINGS = Dataset(
    "insights_teams_meetings",
    "TeamsUsageMeetingsAndCalls",
    (
        Column("day", "DateKey", CellType.DAY, "day of the meetings"),
        *_WHO,
        _WORKLOAD,
        Column("meetings", "Meeting count", CellType.COUNT, "meetings or calls"),
        Column(
            "duration", "Meeting duration", CellType.NUMBER, "how long in all, as the source has it"
        ),
    ),
    Memory.REPLACED,
    part=("day", "tenant"),
    downloads=EVERYONE,
)
"""Meetings and calls of each day."""

TEAMS = (INSIGHTS_TEAMS_APPS, INSIGHTS_TEAMS_WORKLOADS, INSIGHTS_TEAMS_MEETINGS)
