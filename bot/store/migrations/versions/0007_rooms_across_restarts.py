"""What a room is called, and whether others than one organisation's are let into it."""

from alembic import op
from sqlalchemy import Boolean, Column, Text

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds the columns; of rooms from before nothing is known until somebody writes there."""
    name = Column("name", Text(), nullable=False, server_default="")
    op.add_column("conversation", name)
    op.add_column("conversation", Column("shared", Boolean()))
