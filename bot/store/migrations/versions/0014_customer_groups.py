"""Groups of customers, and the scopes that a right names. The version before reads a right that
names scopes as one for the customers beside them, often none.
"""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Text, false

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create the table, and add the column that the version before leaves empty."""
    op.create_table(
        "customer_group",
        Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
        Column("number", Integer(), primary_key=True, autoincrement=False),
        Column("platform", String(128), nullable=False),
        Column("tenant", String(128), nullable=False),
        Column("user_id", String(128), nullable=False),
        Column("name", Text(), nullable=False),
        Column("customers", Text(), nullable=False),
        Column("given_by", String(400), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("gone", Boolean(), nullable=False, server_default=false()),
    )
    op.add_column("assignment", Column("scopes", Text()))
