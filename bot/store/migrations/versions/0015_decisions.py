"""Decisions about subscriptions' terms, the number of a partner's last one, and the messages that
ask for them.
"""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Text

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Create the tables, and add the column that the version before leaves as it is."""
    op.create_table(
        "decision",
        Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
        Column("number", Integer(), primary_key=True, autoincrement=False),
        Column("rule", String(64), nullable=False),
        Column("customer", String(64), nullable=False),
        Column("subscription", String(64), nullable=False),
        Column("term_end", String(10), nullable=False),
        Column("state", String(32), nullable=False),
        Column("act_by", String(10), nullable=False),
        Column("kind", String(32), nullable=False),
        Column("until", String(10), nullable=False),
        Column("why", Text(), nullable=False),
        Column("given_by", String(400), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("undoes", Integer()),
    )
    op.create_table(
        "shown_card",
        Column("schedule", String(32), primary_key=True),
        Column("due", DateTime(timezone=True), primary_key=True),
        Column("partner", String(64), ForeignKey("partner.id"), nullable=False),
        Column("kind", String(32), nullable=False),
        Column("terms", Text(), nullable=False),
        Column("until", DateTime(timezone=True), nullable=False),
        Column("changed", DateTime(timezone=True)),
    )
    op.create_index("decision_term", "decision", ["partner", "term_end"])
    op.create_index("decision_at", "decision", ["partner", "at"])
    op.add_column("partner", Column("decisions", Integer(), nullable=False, server_default="0"))
