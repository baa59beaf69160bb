"""The reading by which each saved question was last understood."""

from alembic import op
from sqlalchemy import Column, String

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column; it is empty for earlier digests, which are read anew at the next start."""
    reading = Column("reading", String(16), nullable=False, server_default="")
    op.add_column("schedule", reading)
