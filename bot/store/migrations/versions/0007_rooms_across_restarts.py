"""The name of a room, and whether it admits people of other organisations."""

from alembic import op
from sqlalchemy import Boolean, Column, Text

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns; they stay empty for earlier rooms until the next activity there."""
    name = Column("name", Text(), nullable=False, server_default="")
    op.add_column("conversation", name)
    op.add_column("conversation", Column("shared", Boolean()))
