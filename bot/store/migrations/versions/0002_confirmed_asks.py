"""The change that a button confirms, beside its question."""

from alembic import op
from sqlalchemy import Column, String

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; buttons saved before confirm nothing."""
    op.add_column("saved_ask", Column("confirms", String(64), nullable=False, server_default=""))
