"""The reach of a button's answer, the room it was made in, and whether any reader may press it."""

from alembic import op
from sqlalchemy import Boolean, Column, String, false

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns; buttons saved before answer only the asker they were made for."""
    op.add_column("saved_ask", Column("reach", String(16), nullable=False, server_default="asker"))
    op.add_column("saved_ask", Column("room", String(400), nullable=False, server_default=""))
    op.add_column("saved_ask", Column("by_reader", Boolean, nullable=False, server_default=false()))
