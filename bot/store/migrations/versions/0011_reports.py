"""Reports of answers that look wrong; and the figures and the view that a button asks for."""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Text

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the table and the columns; earlier buttons ask for the answer of the newest figures."""
    op.create_table(
        "report",
        Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
        Column("number", Integer(), primary_key=True),
        Column("platform", String(128), nullable=False),
        Column("tenant", String(128), nullable=False),
        Column("user_id", String(128), nullable=False),
        Column("room", String(400), nullable=False),
        Column("command", String(64), nullable=False),
        Column("question", Text(), nullable=False),
        Column("customers", Text(), nullable=False),
        Column("stamp", Text(), nullable=False),
        Column("generation", Integer()),
        Column("said", Text(), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("claimed_until", DateTime(timezone=True)),
        Column("told", DateTime(timezone=True)),
    )
    op.create_index("report_at", "report", ["partner", "at"])
    op.add_column("partner", Column("reports", Integer(), nullable=False, server_default="0"))
    op.add_column("saved_ask", Column("generation", Integer()))
    op.add_column("saved_ask", Column("view", String(64), nullable=False, server_default="answer"))
