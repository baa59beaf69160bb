"""Conversations that the bot was added to, with what it takes to write there unasked."""

from alembic import op
from sqlalchemy import Boolean, Column, String, false

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the table; earlier conversations enter it with their next activity."""
    op.create_table(
        "conversation",
        Column("platform", String(32), primary_key=True),
        Column("tenant", String(128), primary_key=True),
        Column("address", String(400), primary_key=True),
        Column("installation", String(400), nullable=False),
        Column("service_url", String(400), nullable=False),
        Column("bot", String(128), nullable=False),
        Column("person", String(128), nullable=False),
        Column("account", String(400), nullable=False),
        Column("locale", String(16), nullable=False),
        Column("welcomed", Boolean, nullable=False, server_default=false()),
    )
    op.create_index("conversation_person", "conversation", ["platform", "tenant", "person"])
