"""Sign-ins at Partner Center, sealed; and the audit's keys from before a rotation."""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Text

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "sign_in",
        Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
        Column("kind", String(16), primary_key=True),
        Column("token", Text(), nullable=False),
        Column("given", String(64), nullable=False),
        Column("renewed", DateTime(timezone=True), nullable=False),
        Column("refused", String(64), nullable=False),
        Column("told", String(64), nullable=False),
        Column("lease_until", DateTime(timezone=True)),
        Column("fence", Integer(), nullable=False),
    )
    op.create_table(
        "audit_key",
        Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
        Column("last_seq", Integer(), primary_key=True),
        Column("key", Text(), nullable=False),
    )
