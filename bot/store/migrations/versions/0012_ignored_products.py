"""Products that totals leave out for a customer, with who said so and why."""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKey, String, Text

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the table; the version before does not read it."""
    op.create_table(
        "ignored_product",
        Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
        Column("customer", String(64), primary_key=True),
        Column("product", String(200), primary_key=True),
        Column("reason", Text(), nullable=False),
        Column("given_by", String(400), nullable=False),
        Column("given_at", DateTime(timezone=True), nullable=False),
        Column("until", String(10), nullable=False),
    )
