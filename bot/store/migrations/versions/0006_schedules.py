"""Schedules, their runs, and the room where failures are told."""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the tables."""
    moment = DateTime(timezone=True)
    op.create_table(
        "schedule",
        Column("id", String(32), primary_key=True),
        Column("kind", String(32), nullable=False),
        Column("partner", String(64), ForeignKey("partner.id"), nullable=False),
        Column("number", Integer, nullable=False),
        Column("platform", String(128), nullable=False),
        Column("tenant", String(128), nullable=False),
        Column("user_id", String(128), nullable=False),
        Column("text", Text(), nullable=False),
        Column("title", Text(), nullable=False),
        Column("cron", String(100), nullable=False),
        Column("zone", String(64), nullable=False),
        Column("locale", String(16), nullable=False),
        Column("room", String(400), nullable=False),
        Column("room_kind", String(32), nullable=False),
        Column("room_name", Text(), nullable=False),
        Column("reach", String(16), nullable=False),
        Column("confirms", String(64), nullable=False),
        Column("misfire", String(16), nullable=False),
        Column("quiet", String(16), nullable=False),
        Column("doubt", String(16), nullable=False),
        Column("state", String(16), nullable=False),
        Column("reason", String(64), nullable=False),
        Column("since", moment, nullable=False),
        Column("next_due", moment),
        Column("version", Integer, nullable=False),
        Column("runs", Integer, nullable=False),
        Column("figures", String(64), nullable=False),
        Column("last_sent", moment),
        Column("told", String(64), nullable=False),
    )
    op.create_index("ix_schedule_next_due", "schedule", ["next_due"])
    op.create_index("schedule_number", "schedule", ["partner", "kind", "number"], unique=True)
    op.create_table(
        "occurrence",
        Column("schedule", String(32), ForeignKey("schedule.id"), primary_key=True),
        Column("due", moment, primary_key=True),
        Column("number", Integer, nullable=False),
        Column("state", String(16), nullable=False),
        Column("reason", String(64), nullable=False),
        Column("not_before", moment, nullable=False),
        Column("lease_until", moment),
        Column("fence", Integer, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("doubted", moment),
        Column("message", String(400), nullable=False),
        Column("content", String(64), nullable=False),
        Column("at", moment),
        Column("by_hand", Boolean, nullable=False),
        Column("repeated", Boolean, nullable=False),
        Column("missed", Integer, nullable=False),
    )
    op.create_index("occurrence_state", "occurrence", ["state", "not_before"])
    op.create_table(
        "ops_room",
        Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
        Column("platform", String(128), nullable=False),
        Column("tenant", String(128), nullable=False),
        Column("user_id", String(128), nullable=False),
        Column("room", String(400), nullable=False),
        Column("room_kind", String(32), nullable=False),
        Column("name", Text(), nullable=False),
    )
