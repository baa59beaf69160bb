"""The replay set: signed requests that were admitted."""

from alembic import op
from sqlalchemy import Column, DateTime, String

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table; requests of the minutes before are not in it."""
    op.create_table(
        "seen",
        Column("platform", String(32), primary_key=True),
        Column("mark", String(128), primary_key=True),
        Column("until", DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_seen_until", "seen", ["until"])
