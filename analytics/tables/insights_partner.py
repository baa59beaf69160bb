"""Insights reports of the partner itself: its locations, and what its people learned."""

from analytics.tables.columns import EVERYONE, CellType, Column, Dataset, Memory
from analytics.tables.insights_columns import GLOBAL_ACCOUNT, date, flag, person, text

_LOCATION = (
    text("location_id", "MPNId", "PartnerID of the location"),
    text("partner_name", "PartnerName", "the partner's name"),
)

INSIGHTS_PROFILE = Dataset(
    "insights_profile",
    "Profile",
    (
        Column("location_id", "MPNId", CellType.TEXT, "PartnerID of the location"),
        text("partner_name", "PartnerName", "the partner's name"),
        Column("global_account", "PGA_MPNID", CellType.TEXT, "PartnerID of the global account"),
        text("global_name", "PGA_PartnerName", "its name"),
        text("city", "City", "the location's city"),
        text("country", "Country", "the location's country"),
        Column("level", "HierarchyLevel", CellType.TEXT, "the location's level in the account"),
    ),
    Memory.REPLACED,
    downloads=EVERYONE,
)
"""The partner's locations as they are now."""

INSIGHTS_TRAINING = Dataset(
    "insights_training",
    "TrainingCompletions",
    (
        text("month", "Month", "month of the completion, as written"),
        Column("training", "TrainingActivityId", CellType.TEXT, "the exam or training"),
        text("title", "TrainingTitle", "its title"),
        text("type", "TrainingType", "its kind"),
        person("first_name", "IndividualFirstName", "of who completed it"),
        person("last_name", "IndividualLastName", "of who completed it"),
        person("email", "Email", "of who completed it"),
        person("work_email", "CorpEmail", "of who completed it"),
        person("user", "AADUserId", "who completed it: an object id; in queries alone"),
        person("certified_id", "MCPID", "their number as a certified professional"),
        flag("certified", "IcMCP", "whether they are one", "IsMCP"),
        date("completed", "TrainingCompletionDate", "day it was completed"),
        date("expires", "ExpirationDate", "day it no longer counts"),
        text("activation", "ActivationStatus", "whether it counts now"),
        GLOBAL_ACCOUNT,
        *_LOCATION,
        text("city", "PartnerCityLocation", "the location's city"),
        text("country", "PartnerCountryLocation", "the location's country"),
    ),
    Memory.REPLACED,
    downloads=EVERYONE,
)
"""Exams and trainings that the partner's people completed."""

INSIGHTS_LEARN = Dataset(
    "insights_learn",
    "MSLearn",
    (
        Column("training", "TrainingName", CellType.TEXT, "the module or path"),
        text("type", "TrainingType", "its kind"),
        person("user", "UserId", "who completed it"),
        person("user_name", "UserName", "their name"),
        text("products", "Products", "what it is about"),
        text("roles", "Roles", "whom it is for"),
        date("completed", "CompletionDate", "day it was completed"),
        GLOBAL_ACCOUNT,
        *_LOCATION,
        text("country", "Country", "the location's country", "CustomerMarket"),
    ),
    Memory.REPLACED,
    downloads=EVERYONE,
)
"""Modules and paths that the partner's people completed on Microsoft Learn."""

PARTNERS_OWN = (INSIGHTS_PROFILE, INSIGHTS_TRAINING, INSIGHTS_LEARN)
